"""The weights of PP-LCNetV2: which tensors there must be, and how the forward pass wants them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from attention.images.squeeze_excitation import SqueezeExcitationWeights
from attention.networks.named_tensors import Layer, convolution, layer, with_biases
from attention.sources import SourceError
from attention.sources.weights import read_settings, read_weights

_SETTINGS = {"input_size": int, "num_classes": int, "mean": list, "std": list}
_HIDDEN = 1280  # of the head


@dataclass(frozen=True)
class Shape:
    """A block's place in the architecture: maps in and out, kernel, stride, whether it has a gate, a shortcut."""

    name: str
    c_in: int
    c_out: int
    kernel: int
    stride: int
    gated: bool = False
    shortcut: bool = False


# `PPLCNetV2_base` of PaddleClas, ppcls/arch/backbone/legendary_models/pp_lcnet_v2.py, as it runs at inference.
BLOCKS = (
    Shape("stage0.1", 32, 64, 3, 1),
    Shape("stage1.1", 64, 128, 3, 2),
    Shape("stage1.2", 128, 128, 3, 1),
    Shape("stage2.1", 128, 256, 3, 2),
    Shape("stage2.2", 256, 256, 3, 1),
    Shape("stage3.1", 256, 512, 5, 2, gated=True),
    *(Shape(f"stage3.{i}", 512, 512, 5, 1, gated=True) for i in range(2, 7)),
    Shape("stage4.1", 512, 1024, 5, 2),
    Shape("stage4.2", 1024, 1024, 5, 1, shortcut=True),
)


@dataclass(frozen=True, eq=False)
class Separable:
    """A depthwise separable convolution: each map by itself, its gate if it has one, then all maps of a pixel."""

    shape: Shape
    depthwise: Layer  # (C, k, k)
    gate: SqueezeExcitationWeights | None
    pointwise: tuple[Layer, ...]  # (O, C, 1, 1); in gated blocks two, by way of half as many maps


@dataclass(frozen=True, eq=False)
class ClassifierWeights:
    """Everything the network has learned: float32, read-only."""

    input_size: int  # pixels, both sides of the square it reads
    mean: np.ndarray  # (3, 1, 1), of the colours it was trained on
    std: np.ndarray  # (3, 1, 1)
    labels: tuple[str, ...]
    stem: Layer
    blocks: tuple[Separable, ...]
    widen: np.ndarray  # (1280, 1024), the head's hidden layer
    classes: Layer  # (1000, 1280)


def read_classifier_weights(folder: str | Path) -> ClassifierWeights:
    """Read config.json, labels.txt and model.safetensors.

    Raises
    ------
    SourceError
        If a file is missing or damaged, or a setting or tensor is not as it must be; the message names it.
    """
    settings = read_settings(folder, _SETTINGS)
    tensors = read_weights(folder, _shapes(settings["num_classes"]))
    return ClassifierWeights(
        input_size=settings["input_size"],
        mean=np.array(settings["mean"], np.float32)[:, None, None],
        std=np.array(settings["std"], np.float32)[:, None, None],
        labels=_read_labels(Path(folder) / "labels.txt", settings["num_classes"]),
        stem=layer(tensors, "stem"),
        blocks=tuple(_separable(tensors, shape) for shape in BLOCKS),
        widen=tensors["head.widen.weight"],
        classes=layer(tensors, "head.classes"),
    )


def _read_labels(path: Path, count: int) -> tuple[str, ...]:
    try:
        labels = tuple(path.read_text(encoding="utf-8").splitlines())
    except FileNotFoundError as error:
        raise SourceError("missing_file", f"{path}: no such file", file=str(path)) from error
    if len(labels) != count:
        raise SourceError("damaged_file", f"{path}: {len(labels)} labels, expected {count}", file=str(path))
    return labels


def _shapes(classes: int) -> dict[str, tuple[int, ...]]:
    weights = {"stem": (BLOCKS[0].c_in, 3, 3, 3)}
    for block in BLOCKS:
        weights[f"{block.name}.depthwise"] = (block.c_in, block.kernel, block.kernel)
        if block.gated:
            weights[f"{block.name}.gate.squeeze"] = (block.c_in // 4, block.c_in)
            weights[f"{block.name}.gate.excite"] = (block.c_in, block.c_in // 4)
            weights[f"{block.name}.narrow"] = (block.c_out // 2, block.c_in)
            weights[f"{block.name}.widen"] = (block.c_out, block.c_out // 2)
        else:
            weights[f"{block.name}.widen"] = (block.c_out, block.c_in)
    weights["head.classes"] = (classes, _HIDDEN)
    return with_biases(weights) | {"head.widen.weight": (_HIDDEN, BLOCKS[-1].c_out)}


def _separable(tensors: dict[str, np.ndarray], shape: Shape) -> Separable:
    gate, pointwise = None, ("widen",)
    if shape.gated:
        squeeze, excite = (layer(tensors, f"{shape.name}.gate.{part}") for part in ("squeeze", "excite"))
        gate, pointwise = SqueezeExcitationWeights(*squeeze, *excite), ("narrow", "widen")
    return Separable(
        shape=shape,
        depthwise=layer(tensors, f"{shape.name}.depthwise"),
        gate=gate,
        pointwise=tuple(convolution(tensors, f"{shape.name}.{part}") for part in pointwise),
    )
