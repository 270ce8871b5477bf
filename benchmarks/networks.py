"""The classifier and the segmenter on a picture, against the same networks in torch (eager) and onnxruntime.

All three begin with the resized picture, and ours keeps what the peers do not: the maps and gates of every block.
"""

import io
import warnings
from functools import partial
from pathlib import Path

import numpy as np

from attention.networks import load_classifier, load_segmenter
from attention.networks.gates import OneLayerWeights
from attention.networks.picture_layers import fit_picture
from benchmarks.timing import Row, compare, load_torch

MODELS = Path(__file__).parents[1] / "assets/models"
GOAL = 1.5


def run() -> list[Row]:
    torch = load_torch()
    rgb = np.random.default_rng(0).integers(0, 256, (400, 600, 3), np.uint8)
    rows = [compare("a picture of 600 x 400 made 224 x 224", partial(fit_picture, rgb, (224, 224)), None)]
    classifier, segmenter = load_classifier(MODELS / "pp-lcnetv2"), load_segmenter(MODELS / "selfie-segmenter")
    for name, network, answer, build, side in (
        ("classifier", classifier, "logits", _torch_classifier, 224),
        ("segmenter", segmenter, "mask", _torch_segmenter, 256),
    ):
        picture = rgb[:side, :side].copy()
        ours = partial(network, picture)
        module = X = None
        if torch is not None:
            module, X = build(torch, network), as_tensor(torch, picture)
            np.testing.assert_allclose(getattr(ours(), answer), module(X).numpy().squeeze(), atol=1e-3)
        rows += against_both(name, ours, torch, module, X)
    return rows


def as_tensor(torch, rgb):
    """A picture (H, W, 3) uint8 as the modules read it: (1, 3, H, W) in 0..1."""
    return torch.from_numpy(rgb.transpose(2, 0, 1) / np.float32(255))[None]


def against_both(name, ours, torch, module, X):
    """Rows of `ours` against the module in torch and, where that is installed, in onnxruntime."""
    if torch is None:
        return [compare(f"{name}, torch", ours, None, goal=GOAL)]
    rows = [compare(f"{name}, torch", ours, partial(module, X), goal=GOAL)]
    if (peer := in_onnxruntime(torch, module, X)) is not None:
        rows.append(compare(f"{name}, onnxruntime", ours, peer))
    return rows


def in_onnxruntime(torch, module, X):
    """The module in onnxruntime on one thread; None where it is not installed."""
    try:
        import onnxruntime
    except ModuleNotFoundError:
        return None
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # this exporter is the older one; the newer needs one package more
        torch.onnx.export(module, (X,), file, dynamo=False, input_names=["x"], opset_version=14)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(file.getvalue(), options)
    return partial(session.run, None, {"x": X.numpy()})


def _torch_classifier(torch, classifier):
    """PP-LCNetV2 of nn.Conv2d and nn.Linear, batch normalisations folded as in ours."""
    nn, weights = torch.nn, classifier.weights

    class Block(nn.Module):
        def __init__(self, block):
            super().__init__()
            shape = block.shape
            self.depthwise = conv(torch, *block.depthwise, stride=shape.stride, padding=shape.kernel // 2)
            self.gate = None if block.gate is None else gate(torch, block.gate)
            self.pointwise = nn.ModuleList(conv(torch, *layer) for layer in block.pointwise)
            self.shortcut = shape.shortcut

        def forward(self, X):
            Y = torch.relu(self.depthwise(X))
            if self.gate is not None:
                Y = Y * self.gate(Y)
            for layer in self.pointwise:
                Y = torch.relu(layer(Y))
            return Y + X if self.shortcut else Y

    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.mean, self.std = torch.from_numpy(weights.mean), torch.from_numpy(weights.std)
            self.stem = conv(torch, *weights.stem, stride=2, padding=1)
            self.blocks = nn.Sequential(*map(Block, weights.blocks))
            self.widen = conv(torch, weights.widen, None)
            self.classes = nn.Linear(*weights.classes[0].shape[::-1])
            self.classes.weight.data, self.classes.bias.data = (torch.tensor(array) for array in weights.classes)

        def forward(self, X):
            X = self.blocks(torch.relu(self.stem((X - self.mean) / self.std)))
            hidden = torch.relu(self.widen(X.mean((2, 3), keepdim=True)))
            return self.classes(hidden.flatten(1))

    return Network().eval()


def _torch_segmenter(torch, segmenter):
    """MediaPipe's selfie segmentation of nn.Conv2d and nn.ConvTranspose2d."""
    nn, functional, weights = torch.nn, torch.nn.functional, segmenter.weights

    def same(X, kernel, stride):
        before = (kernel - stride) // 2
        after = kernel - stride - before
        return functional.pad(X, (before, after, before, after))

    class Encoding(nn.Module):
        def __init__(self, block):
            super().__init__()
            self.shape = block.shape
            self.activate = nn.Hardswish() if block.shape.swish else nn.ReLU()
            self.expand, self.project = conv(torch, *block.expand), conv(torch, *block.project)
            self.depthwise = conv(torch, *block.depthwise, stride=block.shape.stride)
            self.gate = None if block.gate is None else gate(torch, block.gate)

        def forward(self, X):
            Y = same(self.activate(self.expand(X)), self.shape.kernel, self.shape.stride)
            Y = self.activate(self.depthwise(Y))
            if self.gate is not None:
                Y = Y * self.gate(Y)
            Y = self.project(Y)
            return Y + X if self.shape.shortcut else Y

    class Decoding(nn.Module):
        def __init__(self, level):
            super().__init__()
            self.reduce, self.mix = conv(torch, *level.reduce), conv(torch, *level.mix)
            self.depthwise = conv(torch, *level.depthwise, padding=1)
            self.gate = gate(torch, level.gate)

        def forward(self, X, skip):
            X = functional.interpolate(X, scale_factor=2.0, mode="bilinear", align_corners=False)
            below = self.reduce(X)
            Y = torch.relu(self.mix(skip * self.gate(skip + below) + below))
            return Y + torch.relu(self.depthwise(Y))

    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.stem = conv(torch, *weights.stem, stride=2)
            self.encoder = nn.ModuleList(map(Encoding, weights.encoder))
            self.middle = conv(torch, *weights.middle)
            self.middle_gate = gate(torch, weights.middle_gate)
            self.decoder = nn.ModuleList(map(Decoding, weights.decoder))
            self.mask = nn.ConvTranspose2d(16, 1, 2, stride=2)
            self.mask.weight.data, self.mask.bias.data = (torch.tensor(array) for array in weights.mask)

        def forward(self, X):
            X = functional.hardswish(self.stem(same(X, 3, 2)))
            skips = [X]
            for number, block in enumerate(self.encoder, 1):
                X = block(X)
                if number in (1, 3):
                    skips.append(X)
            X = torch.relu(self.middle(X)) * self.middle_gate(X)
            for level, skip in zip(self.decoder, reversed(skips), strict=True):
                X = level(X, skip)
            return torch.sigmoid(self.mask(X))

    return Network().eval()


def conv(torch, W, bias, **options):
    """nn.Conv2d with our kernels: (O, C, k, k), (C, k, k) for one a map, or a matrix (O, C) over channels."""
    groups = len(W) if W.ndim == 3 else 1
    kernels = {2: W[..., None, None], 3: W[:, None]}.get(W.ndim, W)
    channels = (kernels.shape[1] * groups, len(kernels))
    made = torch.nn.Conv2d(*channels, kernels.shape[-1], groups=groups, bias=bias is not None, **options)
    made.weight.data = torch.tensor(kernels)
    if bias is not None:
        made.bias.data = torch.tensor(bias)
    return made


def gate(torch, weights, activation=None):
    """Squeeze-and-excitation's gates, (1, C, 1, 1), of two layers or of one."""
    nn = torch.nn
    if isinstance(weights, OneLayerWeights):
        layers = [conv(torch, weights.W, weights.b)]
    else:
        layers = [conv(torch, weights.W1, weights.b1), nn.ReLU(), conv(torch, weights.W2, weights.b2)]
    return nn.Sequential(nn.AdaptiveAvgPool2d(1), *layers, activation or nn.Sigmoid())
