"""A person segmenter with channel attention, MediaPipe's selfie segmentation: a picture in, a mask of people out."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from attention.images.maps import sigmoid
from attention.networks.gates import GatedBlocks, Gates, GateTrace
from attention.networks.picture_layers import convolve, depthwise, fit_picture, hard_swish, relu, resize, transposed
from attention.networks.segmenter_weights import Decoding, Encoding, SegmenterWeights, read_segmenter_weights

BLOCKS = 10  # of squeeze-and-excitation, numbered from 1: six in the encoder, one in the middle, three in the decoder
SKIPS = (1, 3)  # encoder blocks after which the decoder reads maps again


@dataclass(frozen=True, eq=False)
class SegmenterTrace:
    """What the segmenter computed for one picture.

    blocks : ten GateTrace
    mask : (256, 256), in 0..1, how sure it is of a person at each pixel
    """

    blocks: tuple[GateTrace, ...]
    mask: np.ndarray


@dataclass(frozen=True, eq=False)
class Segmenter:
    """The trained network, as `load_segmenter` reads it. Immutable; several threads may call it at once."""

    weights: SegmenterWeights = field(repr=False)

    def __call__(self, rgb: np.ndarray, gates: Gates | None = None) -> SegmenterTrace:
        """Look at a picture once.

        As in MediaPipe the network sees the whole picture, squeezed into a square whatever its shape.

        Parameters
        ----------
        rgb : (H, W, 3) uint8 ndarray
            Any size.
        gates : mapping of int to (C,) ndarray or float, optional
            What the blocks of these numbers, 1 to 10, use instead of their own gates; one number is for all channels.
            Everything behind them is computed anew.

        Returns
        -------
        SegmenterTrace

        Raises
        ------
        ShapeError
            When `rgb` is no picture, or gates are for another number of channels.
        ValueError
            When gates are for a block that is not there.
        """
        weights, gated = self.weights, GatedBlocks(gates, BLOCKS)
        picture = fit_picture(rgb, (weights.input_size, weights.input_size))
        X = convolve(picture, *weights.stem, stride=2, padding=_padding(3, 2))
        X = hard_swish(X, out=X)  # (16, 128, 128)
        skips = [X]
        for number, block in enumerate(weights.encoder, 1):
            X = _encode(X, block, gated)
            if number in SKIPS:
                skips.append(X)
        Y = convolve(X, *weights.middle)
        X = gated(relu(Y, out=Y), weights.middle_gate, seen=X)  # (128, 16, 16)
        for level, skip in zip(weights.decoder, reversed(skips), strict=True):
            X = _decode(X, skip, level, gated)
        mask = transposed(X, *weights.mask)[0]
        return SegmenterTrace(tuple(gated.traces), sigmoid(mask, out=mask))


def load_segmenter(folder: str | Path) -> Segmenter:
    """Read a network that `tools/convert_selfie.py` made.

    Raises
    ------
    SourceError
        If a file is missing or damaged, or a setting or tensor is not as it must be; the message names it.
    """
    return Segmenter(read_segmenter_weights(folder))


def _encode(X: np.ndarray, block: Encoding, gated: GatedBlocks) -> np.ndarray:
    """One block: (C, H, W) -> (O, h, w)."""
    shape = block.shape
    activate = hard_swish if shape.swish else relu
    Y = convolve(X, *block.expand)
    Y = depthwise(
        activate(Y, out=Y), *block.depthwise, stride=shape.stride, padding=_padding(shape.kernel, shape.stride)
    )
    activate(Y, out=Y)
    if block.gate is not None:
        Y = gated(Y, block.gate)
    Y = convolve(Y, *block.project)
    if shape.shortcut:
        Y += X
    return Y


def _decode(X: np.ndarray, skip: np.ndarray, level: Decoding, gated: GatedBlocks) -> np.ndarray:
    """One level: maps (C, H, W) from below and the encoder's (D, 2 H, 2 W) of this size -> (D, 2 H, 2 W)."""
    # The network resizes first. Mixing a pixel's channels first gives the same, on a quarter of the pixels.
    below = resize(convolve(X, *level.reduce), skip.shape[1:])
    Y = convolve(gated(skip, level.gate, seen=skip + below) + below, *level.mix)
    relu(Y, out=Y)
    Z = depthwise(Y, *level.depthwise, padding=1)
    Y += relu(Z, out=Z)
    return Y


def _padding(kernel: int, stride: int) -> tuple[int, int, int, int]:
    """TensorFlow's padding "same" for sides that are multiples of the stride: the odd zero lies at bottom and right."""
    whole = kernel - stride
    before, after = whole // 2, whole - whole // 2
    return before, after, before, after
