"""The weights of the detector: which layers there must be, and how the forward pass wants them."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from attention.images.squeeze_excitation import SqueezeExcitationWeights
from attention.networks.gates import OneLayerWeights
from attention.networks.named_tensors import Layer, layer, with_biases
from attention.sources import SourceError
from attention.sources.weights import read_settings, read_weights

STRIDES = (8, 16, 32, 64)  # pixels of the network's input from one cell to the next
WIDTH = 96  # channels of everything behind the backbone
STEM = 16
# LCNet's blocks: side of the kernels, channels, stride, hidden units of the gate (0: no gate).
BACKBONE = (
    (3, 24, 1, 0),
    (3, 48, 2, 0),
    (3, 48, 1, 0),
    (3, 96, 2, 0),
    (3, 96, 1, 0),
    (3, 192, 2, 0),
    *[(5, 192, 1, 0)] * 5,
    (5, 384, 2, 48),
    (5, 384, 1, 96),
)
LEAVES = {5: 8, 11: 16, 13: 32}  # the blocks whose maps the neck reads, counted from 1: their stride
_SETTINGS = {"input_size": int, "bins": int, "score_threshold": float, "iou_threshold": float, "boxes_kept": int}


@dataclass(frozen=True, eq=False)
class Separable:
    """A depthwise convolution, perhaps a gate, and a 1x1 convolution that mixes the channels."""

    depthwise: Layer  # (C, k, k), (C,)
    pointwise: Layer  # (O, C, 1, 1), (O,)
    stride: int = 1
    gate: SqueezeExcitationWeights | None = None


@dataclass(frozen=True, eq=False)
class Head:
    """What reads the maps of one stride."""

    tower: tuple[Separable, Separable]
    gate: OneLayerWeights
    pointwise: Layer
    classes: Layer  # C to one map a class
    distances: Layer  # C to four sides of `bins` maps
    alignment: tuple[Layer, Layer]  # 5x5 to one map, then 1x1


@dataclass(frozen=True, eq=False)
class DetectorWeights:
    """Everything the detector has learned: float32, read-only; and the settings it was published with."""

    input_size: int  # pixels along each side of what it reads
    bins: int
    mean: np.ndarray  # (3,) of the training pictures' colours, in 0..1
    std: np.ndarray  # (3,)
    score_threshold: float
    iou_threshold: float
    boxes_kept: int
    labels: tuple[str, ...]
    stem: Layer
    backbone: tuple[Separable, ...]
    reduce: dict[int, Layer]  # by stride
    top_down: dict[int, tuple[Separable, Separable]]
    shrink: dict[int, Separable]
    bottom_up: dict[int, tuple[Separable, Separable]]
    extra: dict[str, Separable]
    heads: dict[int, Head]


def read_detector_weights(folder: str | Path) -> DetectorWeights:
    """Read config.json and model.safetensors, as tools/convert_picodet.py writes them.

    Raises
    ------
    SourceError
        If a file is missing or damaged, or a setting or tensor is not as it must be; the message names it.
    """
    settings = read_settings(folder, _SETTINGS | {"labels": list, "mean": list, "std": list})
    labels = settings["labels"]
    if settings["input_size"] % STRIDES[2] or not labels or not all(isinstance(label, str) for label in labels):
        path = Path(folder) / "config.json"
        message = f"{path}: labels must be words, and input_size a multiple of {STRIDES[2]}"
        raise SourceError("wrong_setting", message, file=str(path))
    tensors = read_weights(folder, _shapes(len(labels), settings["bins"]))

    read = partial(layer, tensors)

    def separable(name: str, stride: int = 1, gated: bool = False) -> Separable:
        gate = SqueezeExcitationWeights(*read(f"{name}.gate.reduce"), *read(f"{name}.gate.expand")) if gated else None
        return Separable(read(f"{name}.depthwise"), read(f"{name}.pointwise"), stride, gate)

    def pair(name: str) -> tuple[Separable, Separable]:
        return separable(f"{name}.1"), separable(f"{name}.2")

    return DetectorWeights(
        **{name: settings[name] for name in _SETTINGS},
        mean=np.array(settings["mean"], np.float32),
        std=np.array(settings["std"], np.float32),
        labels=tuple(labels),
        stem=read("backbone.stem"),
        backbone=tuple(
            separable(f"backbone.{i}", stride, hidden > 0) for i, (_, _, stride, hidden) in enumerate(BACKBONE, 1)
        ),
        reduce={stride: read(f"neck.reduce.{stride}") for stride in STRIDES[:3]},
        top_down={stride: pair(f"neck.top_down.{stride}") for stride in (16, 8)},
        shrink={stride: separable(f"neck.shrink.{stride}", stride=2) for stride in (16, 32)},
        bottom_up={stride: pair(f"neck.bottom_up.{stride}") for stride in (16, 32)},
        extra={source: separable(f"neck.extra.{source}", stride=2) for source in ("reduced", "mixed")},
        heads={
            stride: Head(
                tower=pair(f"head.{stride}"),
                alignment=(read(f"head.{stride}.alignment.1"), read(f"head.{stride}.alignment.2")),
                gate=OneLayerWeights(*read(f"head.{stride}.gate")),
                **{part: read(f"head.{stride}.{part}") for part in ("pointwise", "classes", "distances")},
            )
            for stride in STRIDES
        },
    )


def _shapes(n_classes: int, bins: int) -> dict[str, tuple[int, ...]]:
    """Every tensor of the network, with its shape."""
    weights: dict[str, tuple[int, ...]] = {"backbone.stem": (STEM, 3, 3, 3)}

    def separable(name: str, k: int, C: int, n_out: int) -> None:
        weights[f"{name}.depthwise"] = (C, k, k)
        weights[f"{name}.pointwise"] = (n_out, C, 1, 1)

    C = STEM
    for i, (k, n_out, _, hidden) in enumerate(BACKBONE, 1):
        separable(f"backbone.{i}", k, C, n_out)
        if hidden:
            weights[f"backbone.{i}.gate.reduce"] = (hidden, C)
            weights[f"backbone.{i}.gate.expand"] = (C, hidden)
        C = n_out
        if i in LEAVES:
            weights[f"neck.reduce.{LEAVES[i]}"] = (WIDTH, C, 1, 1)
    for name in ("top_down.16", "top_down.8", "bottom_up.16", "bottom_up.32"):
        separable(f"neck.{name}.1", 5, 2 * WIDTH, 2 * WIDTH)
        separable(f"neck.{name}.2", 5, 2 * WIDTH, WIDTH)
    for name in ("shrink.16", "shrink.32", "extra.reduced", "extra.mixed"):
        separable(f"neck.{name}", 5, WIDTH, WIDTH)
    for name in (f"head.{stride}" for stride in STRIDES):
        separable(f"{name}.1", 5, WIDTH, WIDTH)
        separable(f"{name}.2", 5, WIDTH, WIDTH)
        weights |= {
            f"{name}.gate": (WIDTH, WIDTH),
            f"{name}.pointwise": (WIDTH, WIDTH, 1, 1),
            f"{name}.classes": (n_classes, WIDTH, 1, 1),
            f"{name}.distances": (4 * bins, WIDTH, 1, 1),
            f"{name}.alignment.1": (1, WIDTH, 5, 5),
            f"{name}.alignment.2": (1, 1, 1, 1),
        }
    return with_biases(weights)
