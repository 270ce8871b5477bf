"""An ImageNet classifier with channel attention, PP-LCNetV2: a picture in, the scores of 1,000 classes out."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from attention.networks.classifier_weights import ClassifierWeights, Separable, read_classifier_weights
from attention.networks.gates import GatedBlocks, Gates, GateTrace
from attention.networks.picture_layers import convolve, depthwise, fit_picture, relu
from attention.softmax import softmax

BLOCKS = 6  # of squeeze-and-excitation, numbered from 1


@dataclass(frozen=True, eq=False)
class ClassifierTrace:
    """What the classifier computed for one picture.

    blocks : six GateTrace, maps of (256, 14, 14) and five times (512, 14, 14)
    features : (1024, 7, 7), the last maps
    hidden : (1280,), what the head makes of their averages
    logits : (1000,), the score of every class
    probabilities : (1000,), their softmax
    """

    blocks: tuple[GateTrace, ...]
    features: np.ndarray
    hidden: np.ndarray
    logits: np.ndarray
    probabilities: np.ndarray


@dataclass(frozen=True, eq=False)
class Classifier:
    """The trained network, as `load_classifier` reads it. Immutable; several threads may call it at once."""

    weights: ClassifierWeights = field(repr=False)

    @property
    def labels(self) -> tuple[str, ...]:
        """The 1,000 classes of ImageNet, each with its synonyms: ``"coffee mug"``, ``"tench, Tinca tinca"``."""
        return self.weights.labels

    def __call__(self, rgb: np.ndarray, gates: Gates | None = None) -> ClassifierTrace:
        """Look at a picture once.

        The network was trained on squares cut out of pictures. Here it sees the whole picture, squeezed into a square
        whatever its shape: nothing at the borders is lost, and every map lies over the whole picture.

        Parameters
        ----------
        rgb : (H, W, 3) uint8 ndarray
            Any size.
        gates : mapping of int to (C,) ndarray or float, optional
            What the blocks of these numbers, 1 to 6, use instead of their own gates; one number is for all channels.
            Everything behind them is computed anew.

        Returns
        -------
        ClassifierTrace

        Raises
        ------
        ShapeError
            When `rgb` is no picture, or gates are for another number of channels.
        ValueError
            When gates are for a block that is not there.
        """
        weights, gated = self.weights, GatedBlocks(gates, BLOCKS)
        picture = fit_picture(rgb, (weights.input_size, weights.input_size))
        X = _convolved((picture - weights.mean) / weights.std, weights.stem, stride=2, padding=1)
        for block in weights.blocks:
            X = _separable(X, block, gated)
        hidden = relu(weights.widen @ X.mean(axis=(1, 2)))
        W, bias = weights.classes
        logits = W @ hidden + bias
        return ClassifierTrace(tuple(gated.traces), X, hidden, logits, softmax(logits))


def load_classifier(folder: str | Path) -> Classifier:
    """Read a network that `tools/convert_pplcnet.py` made.

    Raises
    ------
    SourceError
        If a file is missing or damaged, or a setting or tensor is not as it must be; the message names it.
    """
    return Classifier(read_classifier_weights(folder))


def _separable(X: np.ndarray, block: Separable, gated: GatedBlocks) -> np.ndarray:
    """One block: (C, H, W) -> (O, h, w)."""
    shape = block.shape
    Y = depthwise(X, *block.depthwise, stride=shape.stride, padding=shape.kernel // 2)
    relu(Y, out=Y)
    if block.gate is not None:
        Y = gated(Y, block.gate)
    for layer in block.pointwise:
        Y = _convolved(Y, layer)
    if shape.shortcut:
        Y += X
    return Y


def _convolved(X: np.ndarray, layer: tuple[np.ndarray, np.ndarray], **options: int) -> np.ndarray:
    Y = convolve(X, *layer, **options)
    return relu(Y, out=Y)
