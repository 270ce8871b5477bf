"""The detector on a picture, against the same network in torch (eager) and onnxruntime.

All begin with the resized picture and end with scores and boxes of all cells. Ours keeps the maps and gates of every
block too. The suppression, which the peers do not have, is timed alone.
"""

from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from attention.networks.detections import candidates, suppress
from attention.networks.detector import DetectorTrace, load_detector
from attention.networks.detector_weights import LEAVES, STRIDES
from benchmarks import networks
from benchmarks.networks import against_both, as_tensor
from benchmarks.timing import Row, compare, load_torch

ROOT = Path(__file__).parents[1]


def run() -> list[Row]:
    torch = load_torch()
    detector = load_detector(ROOT / "assets/models/picodet")
    side = detector.weights.input_size
    rgb = np.asarray(Image.open(ROOT / "assets/images/coffee.jpg").resize((side, side)))
    trace = detector(rgb)

    def ours():
        return _laid_out(detector(rgb))

    module = X = None
    if torch is not None:
        module, X = _torch_detector(torch, detector), as_tensor(torch, rgb)
        for mine, theirs in zip(_laid_out(trace), module(X), strict=True):
            np.testing.assert_allclose(mine, theirs.numpy(), atol=0.05)
    rows = against_both("detector", ours, torch, module, X)
    found = candidates(trace.strides, detector.weights.score_threshold)
    removed = partial(suppress, found.boxes, found.scores, detector.weights.iou_threshold, classes=found.classes)
    return [*rows, compare(f"suppression of {len(found)} boxes", removed, None)]


def _laid_out(trace: DetectorTrace) -> tuple[np.ndarray, np.ndarray]:
    """Scores (80, cells) and boxes (cells, 4) of all strides one after the other."""
    scores = np.concatenate([grid.scores.reshape(len(trace.labels), -1) for grid in trace.strides], axis=1)
    return scores, np.concatenate([grid.boxes.reshape(-1, 4) for grid in trace.strides])


def _torch_detector(torch, detector):
    """PicoDet of nn.Conv2d and nn.Hardswish, batch normalisations folded as in ours."""
    nn, weights = torch.nn, detector.weights

    conv, gate = partial(networks.conv, torch), partial(networks.gate, torch)

    class Separable(nn.Module):
        def __init__(self, layers):
            super().__init__()
            padding = layers.depthwise[0].shape[-1] // 2
            self.depthwise = conv(*layers.depthwise, stride=layers.stride, padding=padding)
            self.pointwise, self.swish = conv(*layers.pointwise), nn.Hardswish()
            self.gate = None if layers.gate is None else gate(layers.gate, nn.Hardsigmoid())

        def forward(self, X):
            X = self.swish(self.depthwise(X))
            if self.gate is not None:
                X = X * self.gate(X)
            return self.swish(self.pointwise(X))

    def pair(layers):
        return nn.Sequential(*map(Separable, layers))

    class Head(nn.Module):
        def __init__(self, head, stride):
            super().__init__()
            self.stride, self.swish = stride, nn.Hardswish()
            self.tower, self.pointwise = pair(head.tower), conv(*head.pointwise)
            self.gate = gate(head.gate)
            self.classes, self.distances = conv(*head.classes), conv(*head.distances)
            first, second = head.alignment
            self.alignment = nn.Sequential(conv(*first, padding=2), nn.Hardswish(), conv(*second))
            rows = -(-weights.input_size // stride)
            y, x = torch.meshgrid(torch.arange(rows) + 0.5, torch.arange(rows) + 0.5, indexing="ij")
            self.centres, self.bins = torch.stack([x, y], -1).view(-1, 2), torch.arange(weights.bins).float()

        def forward(self, X):
            X = self.tower(X)
            gated = self.swish(self.pointwise(X * self.gate(X)))
            scores = torch.sqrt(torch.sigmoid(self.classes(gated)) * torch.sigmoid(self.alignment(X)))
            shares = torch.softmax(self.distances(gated).permute(0, 2, 3, 1).reshape(-1, 4, weights.bins), dim=-1)
            near, far = (shares @ self.bins).split(2, dim=1)
            boxes = torch.cat([self.centres - near, self.centres + far], dim=1) * self.stride
            return scores.flatten(2)[0], boxes

    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.mean, self.std = (torch.tensor(part)[:, None, None] for part in (weights.mean, weights.std))
            self.stem, self.swish = conv(*weights.stem, stride=2, padding=1), nn.Hardswish()
            self.backbone = nn.ModuleList(map(Separable, weights.backbone))
            self.reduce = nn.ModuleList(conv(*layer) for layer in weights.reduce.values())
            self.top_down = nn.ModuleList(pair(weights.top_down[stride]) for stride in (16, 8))
            self.bottom_up = nn.ModuleList(pair(weights.bottom_up[stride]) for stride in (16, 32))
            self.shrink = nn.ModuleList(Separable(weights.shrink[stride]) for stride in (16, 32))
            self.extra = nn.ModuleList(Separable(weights.extra[source]) for source in ("reduced", "mixed"))
            self.enlarge = nn.Upsample(scale_factor=2)
            self.heads = nn.ModuleList(Head(weights.heads[stride], stride) for stride in STRIDES)

        def forward(self, X):
            X, leaves = self.swish(self.stem((X - self.mean) / self.std)), []
            for number, block in enumerate(self.backbone, 1):
                X = block(X)
                if number in LEAVES:
                    leaves.append(X)
            fine, medium, coarse = (self.swish(layer(leaf)) for layer, leaf in zip(self.reduce, leaves, strict=True))
            middle = self.top_down[0](torch.cat([self.enlarge(coarse), medium], dim=1))
            fine = self.top_down[1](torch.cat([self.enlarge(middle), fine], dim=1))
            medium = self.bottom_up[0](torch.cat([self.shrink[0](fine), middle], dim=1))
            last = self.bottom_up[1](torch.cat([self.shrink[1](medium), coarse], dim=1))
            coarsest = self.extra[0](coarse) + self.extra[1](last)
            found = [head(X) for head, X in zip(self.heads, (fine, medium, last, coarsest), strict=True)]
            return torch.cat([scores for scores, _ in found], dim=1), torch.cat([boxes for _, boxes in found])

    return Network().eval()
