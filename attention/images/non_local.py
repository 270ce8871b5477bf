"""The non-local block: every place looks at every place, by the same attention as words."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.dot_product import attend
from attention.images.maps import as_maps, check_weights, linear
from attention.trace import AttentionTrace


@dataclass(frozen=True, eq=False)
class NonLocalWeights:
    """The four 1x1 convolutions of a non-local block, under the paper's names.

    W_theta, W_phi, W_g : (D, C) ndarray; b_theta, b_phi, b_g : (D,) ndarray or None
        They make queries, keys and values; D is C / 2 in the paper.
    W_z : (C, D) ndarray; b_z : (C,) ndarray or None
        With its batch normalisation folded in (`fold_batch_norm`).
    """

    W_theta: np.ndarray
    b_theta: np.ndarray | None
    W_phi: np.ndarray
    b_phi: np.ndarray | None
    W_g: np.ndarray
    b_g: np.ndarray | None
    W_z: np.ndarray
    b_z: np.ndarray | None

    def check(self, X: np.ndarray) -> None:
        """Raise ShapeError unless the layers fit each other and the channels of X : (..., C, H, W)."""
        C, D = X.shape[-3], len(self.W_theta)
        inner = {f"W_{name}": (D, C) for name in ("theta", "phi", "g")}
        check_weights(self, X, **inner, b_theta=(D,), b_phi=(D,), b_g=(D,), W_z=(C, D), b_z=(C,))


@dataclass(frozen=True, eq=False)
class NonLocalTrace:
    """Every stage of `non_local`; places are counted row by row, place = row · W + column.

    X : (..., C, H, W)
    attention : AttentionTrace
        Q, K, V (..., H·W, D), weights (..., H·W, H·W) and all between.
    added : (..., C, H, W), what the block adds to X
    """

    X: np.ndarray
    attention: AttentionTrace
    added: np.ndarray

    @cached_property
    def output(self) -> np.ndarray:
        """(..., C, H, W), X + added"""
        return self.X + self.added


def non_local(X: np.ndarray, weights: NonLocalWeights, *, scale: float = 1.0) -> NonLocalTrace:
    """Let every place collect from all places what is like it, and add that to what it has.

    ``output = W_z · softmax(theta(x) · phi(x)) g(x) + x``: the embedded Gaussian of Wang, Girshick, Gupta and
    He, "Non-local Neural Networks" (CVPR 2018, arXiv 1711.07971), equations 4 and 6, in `attention.attend`.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
        The weights of attention are (H·W)² numbers: thousands of places at most.
    weights : NonLocalWeights
    scale : float
        Multiplies the scores. The paper has none; timm's NonLocalAttn takes C ** -0.5 by default.

    Raises
    ------
    ShapeError
        When the weights do not fit each other or the channels of X.
    """
    X = as_maps(X)
    weights.check(X)
    places = X.reshape(*X.shape[:-2], -1).swapaxes(-1, -2)  # (..., H·W, C)
    Q = linear(places, weights.W_theta, weights.b_theta)
    K = linear(places, weights.W_phi, weights.b_phi)
    V = linear(places, weights.W_g, weights.b_g)
    attention = attend(Q, K, V, scale=scale)
    added = linear(attention.output, weights.W_z, weights.b_z)  # (..., H·W, C)
    return NonLocalTrace(X, attention, added.swapaxes(-1, -2).reshape(X.shape))
