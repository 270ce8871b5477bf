"""The weights of the person segmenter: which tensors there must be, and how the forward pass wants them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from attention.images.squeeze_excitation import SqueezeExcitationWeights
from attention.networks.gates import OneLayerWeights
from attention.networks.named_tensors import Layer, convolution, layer, with_biases
from attention.sources.weights import read_settings, read_weights


@dataclass(frozen=True)
class Shape:
    """A block's place in the encoder: maps in, between and out, kernel, stride, hidden units of its gate."""

    c_in: int
    c_between: int
    c_out: int
    kernel: int
    stride: int
    hidden: int = 0  # none: the block has no gate
    swish: bool = True  # hard swish, else ReLU

    @property
    def shortcut(self) -> bool:
        return self.stride == 1


STEM = 16
ENCODER = (
    Shape(16, 16, 16, 3, 2, hidden=8, swish=False),
    Shape(16, 72, 24, 3, 2, swish=False),
    Shape(24, 88, 24, 3, 1, swish=False),
    Shape(24, 96, 32, 5, 2, hidden=24),
    Shape(32, 128, 32, 5, 1, hidden=32),
    Shape(32, 128, 32, 5, 1, hidden=32),
    Shape(32, 96, 32, 5, 1, hidden=24),
    Shape(32, 96, 32, 5, 1, hidden=24),
)
MIDDLE = 128
DECODER = (24, 16, 16)  # maps at each level, from coarse to fine


@dataclass(frozen=True, eq=False)
class Encoding:
    """An inverted residual block of MobileNetV3: widen, each map by itself, its gate if it has one, narrow."""

    shape: Shape
    expand: Layer
    depthwise: Layer
    gate: SqueezeExcitationWeights | None
    project: Layer


@dataclass(frozen=True, eq=False)
class Decoding:
    """A level of the decoder: what comes from below is narrowed, gates the encoder's maps, and is added to them."""

    reduce: Layer
    gate: SqueezeExcitationWeights
    mix: Layer
    depthwise: Layer


@dataclass(frozen=True, eq=False)
class SegmenterWeights:
    """Everything the network has learned: float32, read-only."""

    input_size: int  # pixels, both sides of the square it reads
    stem: Layer
    encoder: tuple[Encoding, ...]
    middle: Layer
    middle_gate: OneLayerWeights
    decoder: tuple[Decoding, ...]
    mask: Layer


def read_segmenter_weights(folder: str | Path) -> SegmenterWeights:
    """Read config.json and model.safetensors.

    Raises
    ------
    SourceError
        If a file is missing or damaged, or a setting or tensor is not as it must be; the message names it.
    """
    settings = read_settings(folder, {"input_size": int})
    tensors = read_weights(folder, _shapes())
    return SegmenterWeights(
        input_size=settings["input_size"],
        stem=convolution(tensors, "stem"),
        encoder=tuple(_encoding(tensors, f"encoder.{i}", shape) for i, shape in enumerate(ENCODER, 1)),
        middle=convolution(tensors, "middle.maps"),
        middle_gate=OneLayerWeights(*layer(tensors, "middle.gate")),
        decoder=tuple(_decoding(tensors, f"decoder.{i}") for i in range(1, len(DECODER) + 1)),
        mask=convolution(tensors, "mask"),
    )


def _shapes() -> dict[str, tuple[int, ...]]:
    weights = {"stem": (STEM, 3, 3, 3)}
    for i, block in enumerate(ENCODER, 1):
        weights[f"encoder.{i}.expand"] = (block.c_between, block.c_in)
        weights[f"encoder.{i}.depthwise"] = (block.c_between, block.kernel, block.kernel)
        if block.hidden:
            weights[f"encoder.{i}.gate.squeeze"] = (block.hidden, block.c_between)
            weights[f"encoder.{i}.gate.excite"] = (block.c_between, block.hidden)
        weights[f"encoder.{i}.project"] = (block.c_out, block.c_between)
    weights["middle.maps"] = weights["middle.gate"] = (MIDDLE, ENCODER[-1].c_out)
    for i, (below, width) in enumerate(zip((MIDDLE, *DECODER), DECODER, strict=False), 1):
        weights[f"decoder.{i}.reduce"] = (width, below)
        weights[f"decoder.{i}.depthwise"] = (width, 3, 3)
        for part in ("gate.squeeze", "gate.excite", "mix"):
            weights[f"decoder.{i}.{part}"] = (width, width)
    return with_biases(weights) | {"mask.weight": (DECODER[-1], 1, 2, 2), "mask.bias": (1,)}


def _encoding(tensors: dict[str, np.ndarray], name: str, shape: Shape) -> Encoding:
    return Encoding(
        shape=shape,
        expand=convolution(tensors, f"{name}.expand"),
        depthwise=convolution(tensors, f"{name}.depthwise"),
        gate=_gate(tensors, name) if shape.hidden else None,
        project=convolution(tensors, f"{name}.project"),
    )


def _decoding(tensors: dict[str, np.ndarray], name: str) -> Decoding:
    return Decoding(
        reduce=convolution(tensors, f"{name}.reduce"),
        gate=_gate(tensors, name),
        mix=convolution(tensors, f"{name}.mix"),
        depthwise=convolution(tensors, f"{name}.depthwise"),
    )


def _gate(tensors: dict[str, np.ndarray], name: str) -> SqueezeExcitationWeights:
    return SqueezeExcitationWeights(*layer(tensors, f"{name}.gate.squeeze"), *layer(tensors, f"{name}.gate.excite"))
