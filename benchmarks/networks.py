"""The classifier and the segmenter on a picture, against the same networks in torch (eager) and onnxruntime.

All three begin with the resized picture, and ours keeps what the peers do not: the maps and gates of every block.
"""

import io
import warnings
from functools import partial
from pathlib import Path

import numpy as np

from attention.networks import load_classifier, load_segmenter
from attention.networks.picture_layers import fit_picture
from benchmarks.timing import Row, compare, load_torch

MODELS = Path(__file__).parents[1] / "assets/models"
GOAL = 1.5


def run() -> list[Row]:
    torch = load_torch()
    rgb = np.random.default_rng(0).integers(0, 256, (400, 600, 3), np.uint8)
    rows = [compare("a picture of 600 x 400 made 224 x 224", partial(fit_picture, rgb, (224, 224)), None)]
    classifier, segmenter = load_classifier(MODELS / "pp-lcnetv2"), load_segmenter(MODELS / "selfie-segmenter")
    small, square = (rgb[:side, :side].copy() for side in (224, 256))
    cases = [
        ("classifier", partial(classifier, small), lambda: classifier(small).logits, _torch_classifier, small),
        ("segmenter", partial(segmenter, square), lambda: segmenter(square).mask, _torch_segmenter, square),
    ]
    for name, ours, answer, build, picture in cases:
        peer = {"torch": None}
        if torch is not None:
            module = build(torch, classifier if name == "classifier" else segmenter)
            X = torch.from_numpy(picture.astype(np.float32).transpose(2, 0, 1) / 255)[None]
            np.testing.assert_allclose(answer(), module(X).numpy().squeeze(), atol=1e-3)
            peer = {"torch": partial(module, X), "onnxruntime": in_onnxruntime(torch, module, X)}
        rows += [
            compare(f"{name}, {of}", ours, theirs, goal=GOAL if of == "torch" else None)
            for of, theirs in peer.items()
            if theirs is not None or of == "torch"
        ]
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
            self.depthwise = _conv(torch, *block.depthwise, stride=shape.stride, padding=shape.kernel // 2)
            self.gate = None if block.gate is None else _gate(torch, block.gate)
            self.pointwise = nn.ModuleList(_conv(torch, *layer) for layer in block.pointwise)
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
            self.stem = _conv(torch, *weights.stem, stride=2, padding=1)
            self.blocks = nn.Sequential(*map(Block, weights.blocks))
            self.widen = _conv(torch, weights.widen[:, :, None, None], None)
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
            self.expand, self.project = _conv(torch, *block.expand), _conv(torch, *block.project)
            self.depthwise = _conv(torch, *block.depthwise, stride=block.shape.stride)
            self.gate = None if block.gate is None else _gate(torch, block.gate)

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
            self.reduce, self.mix = _conv(torch, *level.reduce), _conv(torch, *level.mix)
            self.depthwise = _conv(torch, *level.depthwise, padding=1)
            self.gate = _gate(torch, level.gate)

        def forward(self, X, skip):
            X = functional.interpolate(X, scale_factor=2.0, mode="bilinear", align_corners=False)
            below = self.reduce(X)
            Y = torch.relu(self.mix(skip * self.gate(skip + below) + below))
            return Y + torch.relu(self.depthwise(Y))

    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.stem = _conv(torch, *weights.stem, stride=2)
            self.encoder = nn.ModuleList(map(Encoding, weights.encoder))
            self.middle = _conv(torch, *weights.middle)
            self.middle_gate = _conv(torch, weights.middle_gate.W[:, :, None, None], weights.middle_gate.b)
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
            gates = torch.sigmoid(self.middle_gate(X.mean((2, 3), keepdim=True)))
            X = torch.relu(self.middle(X)) * gates
            for level, skip in zip(self.decoder, reversed(skips), strict=True):
                X = level(X, skip)
            return torch.sigmoid(self.mask(X))

    return Network().eval()


def _conv(torch, W, bias, **options):
    """nn.Conv2d with our kernels: (O, C, k, k), or (C, k, k) for one a map."""
    groups = len(W) if W.ndim == 3 else 1
    kernels = W[:, None] if W.ndim == 3 else W
    channels = (kernels.shape[1] * groups, len(kernels))
    made = torch.nn.Conv2d(*channels, W.shape[-1], groups=groups, bias=bias is not None, **options)
    made.weight.data = torch.tensor(kernels)
    if bias is not None:
        made.bias.data = torch.tensor(bias)
    return made


def _gate(torch, weights):
    """Squeeze-and-excitation's gates, (1, C, 1, 1)."""
    nn = torch.nn
    layers = (weights.W1[:, :, None, None], weights.b1), (weights.W2[:, :, None, None], weights.b2)
    squeeze, excite = (_conv(torch, *layer) for layer in layers)
    return nn.Sequential(nn.AdaptiveAvgPool2d(1), squeeze, nn.ReLU(), excite, nn.Sigmoid())
