"""Global context: all places share one query, and what it collects is given back to all of them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from attention.dot_product import attend
from attention.images.maps import as_maps, check_weights, linear, sigmoid
from attention.trace import AttentionTrace

Fusion = Literal["add", "scale"]


@dataclass(frozen=True, eq=False)
class GlobalContextWeights:
    """The one query of all places, and the two layers after it, C -> R -> C, with a layer normalisation between.

    W_k : (C,) ndarray
        Its bias would change nothing: the softmax takes it away again.
    W1 : (R, C) ndarray; b1 : (R,) ndarray
    norm_weight, norm_bias : (R,) ndarray
    W2 : (C, R) ndarray; b2 : (C,) ndarray
    eps : float
        Of the normalisation; 1e-6 in timm.
    """

    W_k: np.ndarray
    W1: np.ndarray
    b1: np.ndarray
    norm_weight: np.ndarray
    norm_bias: np.ndarray
    W2: np.ndarray
    b2: np.ndarray
    eps: float = 1e-5

    def check(self, X: np.ndarray) -> None:
        """Raise ShapeError unless the layers fit each other and the channels of X : (..., C, H, W)."""
        C, R = X.shape[-3], len(self.W1)
        check_weights(self, X, W_k=(C,), W1=(R, C), b1=(R,), norm_weight=(R,), norm_bias=(R,), W2=(C, R), b2=(C,))


@dataclass(frozen=True, eq=False)
class GlobalContextTrace:
    """Every stage of `global_context`.

    X : (..., C, H, W)
    attention : AttentionTrace
        Of one query to all places: weights (..., 1, H·W).
    context : (..., C), what the query collects
    hidden : (..., R); logits : (..., C), what the layers make of it
    fusion : as it was given
    """

    X: np.ndarray
    attention: AttentionTrace
    context: np.ndarray
    hidden: np.ndarray
    logits: np.ndarray
    fusion: Fusion

    @property
    def mask(self) -> np.ndarray:
        """(..., H, W), each place's share of the attention; they sum to 1"""
        weights = self.attention.weights
        return weights.reshape(*weights.shape[:-2], *self.X.shape[-2:])

    @cached_property
    def output(self) -> np.ndarray:
        """(..., C, H, W), X plus the logits, or X times their sigmoid"""
        if self.fusion == "add":
            return self.X + self.logits[..., None, None]
        return self.X * sigmoid(self.logits)[..., None, None]


def global_context(X: np.ndarray, weights: GlobalContextWeights, *, fusion: Fusion = "add") -> GlobalContextTrace:
    """Collect from all places by one softmax, and add the result, transformed, to every place.

    ``output = X + W2 · ReLU(LN(W1 · sum(softmax(W_k · x) x)))``: Cao, Xu, Lin, Wei and Hu, "GCNet" (ICCVW 2019,
    arXiv 1904.11492), equation 5: a non-local block (`non_local`) whose places all ask the same.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    weights : GlobalContextWeights
    fusion : {"add", "scale"}
        "add" as in the paper; "scale" gates the channels by the sigmoid instead, timm's default
        (timm/layers/global_context.py).

    Raises
    ------
    ShapeError
        When the weights do not fit each other or the channels of X.
    ValueError
        For another fusion.
    """
    X = as_maps(X)
    weights.check(X)
    if fusion not in get_args(Fusion):
        raise ValueError(f"fusion must be one of {', '.join(get_args(Fusion))}, got {fusion!r}")
    places = X.reshape(*X.shape[:-2], -1).swapaxes(-1, -2)  # (..., H·W, C)
    attention = attend(weights.W_k[None].astype(X.dtype, copy=False), places, places, scale=1.0)
    context = attention.output[..., 0, :]  # (..., C)
    normed = _layer_norm(linear(context, weights.W1, weights.b1), weights.eps)
    hidden = np.maximum(normed * weights.norm_weight + weights.norm_bias, 0).astype(X.dtype, copy=False)
    return GlobalContextTrace(X, attention, context, hidden, linear(hidden, weights.W2, weights.b2), fusion)


def _layer_norm(x: np.ndarray, eps: float) -> np.ndarray:
    return (x - x.mean(axis=-1, keepdims=True)) / np.sqrt(x.var(axis=-1, keepdims=True) + eps)
