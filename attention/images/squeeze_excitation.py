"""Squeeze-and-excitation: every channel gets a gate, computed from the averages of all channels."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.errors import ShapeError
from attention.images.maps import as_maps, check_weights, gate, linear, pool_pixels, sigmoid


@dataclass(frozen=True, eq=False)
class SqueezeExcitationWeights:
    """The two layers of a channel gate, C -> R -> C. CBAM's channel attention uses the same.

    W1 : (R, C) ndarray; b1 : (R,) ndarray or None
    W2 : (C, R) ndarray; b2 : (C,) ndarray or None
    """

    W1: np.ndarray
    b1: np.ndarray | None
    W2: np.ndarray
    b2: np.ndarray | None

    def hidden(self, squeezed: np.ndarray) -> np.ndarray:
        """ReLU(W1·squeezed + b1): (..., C) -> (..., R)."""
        return np.maximum(linear(squeezed, self.W1, self.b1), 0)

    def logits(self, hidden: np.ndarray) -> np.ndarray:
        """W2·hidden + b2: (..., R) -> (..., C)."""
        return linear(hidden, self.W2, self.b2)

    def check(self, X: np.ndarray) -> None:
        """Raise ShapeError unless the layers fit each other and the channels of X : (..., C, H, W)."""
        C, R = X.shape[-3], len(self.W1)
        check_weights(self, X, W1=(R, C), b1=(R,), W2=(C, R), b2=(C,))


@dataclass(frozen=True, eq=False)
class SqueezeExcitationTrace:
    """Every stage of `squeeze_excitation`.

    X : (..., C, H, W); squeezed : (..., C); hidden : (..., R); logits : (..., C)
    gates : (..., C), in 0..1
    """

    X: np.ndarray
    squeezed: np.ndarray
    hidden: np.ndarray
    logits: np.ndarray
    gates: np.ndarray

    @cached_property
    def output(self) -> np.ndarray:
        """(..., C, H, W), the maps times their gates"""
        return gate(self.X, self.gates)


def squeeze_excitation(X: np.ndarray, weights: SqueezeExcitationWeights) -> SqueezeExcitationTrace:
    """Average every channel, let two small layers look at all averages, and gate every channel by the result.

    ``gates = sigmoid(W2 · ReLU(W1 · mean(X)))``, equations 2 to 4 of Hu, Shen and Sun, "Squeeze-and-
    Excitation Networks" (CVPR 2018, arXiv 1709.01507). The paper has no biases, timm's SEModule has: both are
    optional.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    weights : SqueezeExcitationWeights

    Raises
    ------
    ShapeError
        When the weights are for another number of channels.
    """
    X = as_maps(X)
    weights.check(X)
    squeezed = pool_pixels(X, "avg")  # (..., C)
    hidden = weights.hidden(squeezed)  # (..., R)
    logits = weights.logits(hidden)  # (..., C)
    return SqueezeExcitationTrace(X, squeezed, hidden, logits, sigmoid(logits))


def effective_squeeze_excitation(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> SqueezeExcitationTrace:
    """Squeeze-and-excitation with one full layer instead of a bottleneck, and a gate of straight lines.

    ``gates = clip(W · mean(X) + b + 3, 0, 6) / 6``: eSE of Lee and Park, "CenterMask" (CVPR 2020, arXiv
    1911.06667), section 3.2, with the hard sigmoid of timm's EffectiveSEModule. There is no hidden layer: the
    trace's ``hidden`` is ``squeezed``.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    W : (C, C) ndarray
    b : (C,) ndarray

    Raises
    ------
    ShapeError
        When W or b is for another number of channels.
    """
    X = as_maps(X)
    C = X.shape[-3]
    if W.shape != (C, C) or b.shape != (C,):
        raise ShapeError(f"W and b must be {(C, C)} and {(C,)} for X of shape {X.shape}, got {W.shape}, {b.shape}")
    squeezed = pool_pixels(X, "avg")  # (..., C)
    logits = linear(squeezed, W, b)
    gates = np.clip(logits + 3, 0, 6) / 6
    return SqueezeExcitationTrace(X, squeezed, squeezed, logits, gates)
