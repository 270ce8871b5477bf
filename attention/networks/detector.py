"""A one-stage detector without anchors, PicoDet: a picture in, scores and boxes of every cell of four grids out."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from attention.images.convolution import convolve_many
from attention.images.maps import sigmoid
from attention.networks.detector_head import StrideTrace
from attention.networks.detector_weights import (
    LEAVES,
    STRIDES,
    DetectorWeights,
    Head,
    Separable,
    read_detector_weights,
)
from attention.networks.gates import GatedBlocks, Gates, GateTrace
from attention.networks.named_tensors import Layer
from attention.networks.picture_layers import convolve, depthwise, fit_picture, hard_sigmoid, hard_swish

# The gated blocks in the order they are numbered, from 1: two of the backbone, then the head of each stride.
BLOCKS = ("backbone.12", "backbone.13", *(f"head.{stride}" for stride in STRIDES))


@dataclass(frozen=True, eq=False)
class DetectorTrace:
    """What the detector computed for one picture.

    size : (height, width)
        Of the reader's picture; boxes are in its pixels.
    strides : tuple of StrideTrace
        For cells of 8, 16, 32 and 64 pixels of the network's input.
    blocks : tuple of GateTrace
        In the order of `BLOCKS`.
    labels : tuple of str
        Names of the classes, in the order of the scores.
    """

    size: tuple[int, int]
    strides: tuple[StrideTrace, ...]
    blocks: tuple[GateTrace, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Detector:
    """The trained network, as `load_detector` reads it. Immutable; several threads may call it at once."""

    weights: DetectorWeights = field(repr=False)

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the classes it was trained on."""
        return self.weights.labels

    def __call__(self, rgb: np.ndarray, gates: Gates | None = None) -> DetectorTrace:
        """Look at a picture once.

        Parameters
        ----------
        rgb : (H, W, 3) uint8 ndarray
            Of any size. As in its training the network sees the whole picture as a square, whatever its shape; there
            OpenCV's cubic interpolation made it, here `fit_picture`, which averages.
        gates : mapping of int to (C,) ndarray or float, optional
            What blocks use instead of their own gates, by their numbers, counted from 1 in the order of `BLOCKS`;
            one number is for all channels. Everything behind them is computed anew.

        Returns
        -------
        DetectorTrace

        Raises
        ------
        ShapeError
            When `rgb` is no picture, or gates are for another number of channels.
        ValueError
            When there is no block of such a number.

        References
        ----------
        Yu et al., 2021, "PP-PicoDet: A Better Real-Time Object Detector on Mobile Devices" (arXiv:2111.00902); the
        layers are PaddleDetection's `LCNet`, `LCPAN` and `PicoHeadV2`.
        """
        gated, side = GatedBlocks(gates, len(BLOCKS)), self.weights.input_size
        pixels = fit_picture(rgb, (side, side))
        pixels -= self.weights.mean[:, None, None]
        pixels /= self.weights.std[:, None, None]
        leaves = self._see(pixels, gated)
        height, width = rgb.shape[:2]
        strides = []
        for stride, X in self._mix_scales(leaves).items():
            answers = _read(X, self.weights.heads[stride], gated)
            strides.append(StrideTrace(stride, (stride * width / side, stride * height / side), *answers))
        return DetectorTrace((height, width), tuple(strides), tuple(gated.traces), self.labels)

    def _see(self, pixels: np.ndarray, gated: GatedBlocks) -> dict[int, np.ndarray]:
        """The backbone, LCNet: (3, side, side) pixels to the maps of strides 8, 16 and 32."""
        X = hard_swish(convolve(pixels, *self.weights.stem, stride=2, padding=1))
        leaves = {}
        for number, block in enumerate(self.weights.backbone, 1):
            X = _slide(X, block)
            if block.gate is not None:
                X = gated(X, block.gate, activation=hard_sigmoid)
            X = _mix(X, block.pointwise)
            if number in LEAVES:
                leaves[LEAVES[number]] = X
        return leaves

    def _mix_scales(self, leaves: dict[int, np.ndarray]) -> dict[int, np.ndarray]:
        """The neck, LCPAN: what coarse maps know goes to the fine ones, and back. All become (96, rows, columns)."""
        weights = self.weights
        reduced = {stride: _mix(X, weights.reduce[stride]) for stride, X in leaves.items()}
        middle = _both(_doubled(reduced[32]), reduced[16], weights.top_down[16])
        fine = _both(_doubled(middle), reduced[8], weights.top_down[8])
        medium = _both(_separable(fine, weights.shrink[16]), middle, weights.bottom_up[16])
        coarse = _both(_separable(medium, weights.shrink[32]), reduced[32], weights.bottom_up[32])
        coarsest = _separable(reduced[32], weights.extra["reduced"]) + _separable(coarse, weights.extra["mixed"])
        return dict(zip(STRIDES, (fine, medium, coarse, coarsest), strict=True))


def load_detector(folder: str | Path) -> Detector:
    """Read the network from a folder such as assets/models/picodet.

    Raises
    ------
    SourceError
        If a file is missing, damaged or does not fit the others; the message names it.
    """
    return Detector(read_detector_weights(folder))


def _read(X: np.ndarray, head: Head, gated: GatedBlocks) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The head, PicoHeadV2, on the maps of one stride: classes, alignment and logits."""
    for layers in head.tower:
        X = _separable(X, layers)
    Y = _mix(gated(X, head.gate), head.pointwise)
    classes, logits = convolve(Y, *head.classes), convolve(Y, *head.distances)
    wide, narrow = head.alignment
    # The engine's own convolution is the faster one for a single output.
    alignment = convolve(hard_swish(convolve_many(X, *wide)), *narrow)[0]  # (rows, columns)
    return sigmoid(classes), sigmoid(alignment), logits.reshape(4, -1, *alignment.shape)


def _slide(X: np.ndarray, layers: Separable) -> np.ndarray:
    W, bias = layers.depthwise
    return hard_swish(depthwise(X, W, bias, stride=layers.stride, padding=W.shape[-1] // 2))


def _mix(X: np.ndarray, layer: Layer) -> np.ndarray:
    return hard_swish(convolve(X, *layer))


def _separable(X: np.ndarray, layers: Separable) -> np.ndarray:
    return _mix(_slide(X, layers), layers.pointwise)


def _both(X: np.ndarray, other: np.ndarray, layers: tuple[Separable, Separable]) -> np.ndarray:
    """Two sets of maps one after the other, mixed by two separable convolutions."""
    first, second = layers
    return _separable(_separable(np.concatenate([X, other]), first), second)


def _doubled(X: np.ndarray) -> np.ndarray:
    """Every pixel as 2 x 2 of its kind."""
    return X.repeat(2, axis=1).repeat(2, axis=2)
