"""Attention that asks less than everybody of everybody: what it does with the same Q, K and V, and what it costs."""

from dataclasses import dataclass, field

import numpy as np

from attention.dot_product import attend
from attention.linear import linear_attention
from attention.masks import strided_mask, window_mask

KINDS = ("full", "window", "strided", "linear")


@dataclass(frozen=True, eq=False)
class Cheaper:
    """What `cheaper` returns.

    weights : (..., n, n) ndarray
        Rows sum to 1. Those of linear attention are made for the eye only; it does without.
    output : (..., n, d_v) ndarray
    multiply_adds : int
        As `products` counts them, of one head.
    """

    weights: np.ndarray = field(repr=False)
    output: np.ndarray = field(repr=False)
    multiply_adds: int


def cheaper(Q: np.ndarray, K: np.ndarray, V: np.ndarray, kind: str, reach: int) -> Cheaper:
    """Self-attention of n words, in full or by one of the cheaper rules.

    Parameters
    ----------
    Q, K : (..., n, d_k) ndarray
    V : (..., n, d_v) ndarray
    kind : str
        One of `KINDS`: everybody; `window_mask`; `strided_mask`; `linear_attention`.
    reach : int
        Words to either side that a window shows; the stride. Nothing to the other kinds.
    """
    n = Q.shape[-2]
    trace = linear_attention(Q, K, V) if kind == "linear" else attend(Q, K, V, mask=_mask(kind, n, reach))
    return Cheaper(trace.weights, trace.output, products(kind, n, Q.shape[-1], V.shape[-1], reach))


def products(kind: str, n: int, d_k: int, d_v: int, reach: int) -> int:
    """Multiply-adds of one head over n words, projections aside.

    By pairs: d_k for the score and d_v for the value of each pair that may meet. Linear: φ(K)ᵀV and φ(Q) times that,
    n · d_k · d_v each, and n · d_k for the sums that divide.
    """
    if kind == "linear":
        return 2 * n * d_k * d_v + n * d_k
    distances = np.arange(1, n)
    meet = {
        "full": distances > 0,
        "window": distances <= reach,
        "strided": (distances < reach) | (distances % max(reach, 1) == 0),
    }[kind]
    return (n + 2 * int((n - distances)[meet].sum())) * (d_k + d_v)


def apart(output: np.ndarray, other: np.ndarray) -> float:
    """How far two outputs lie apart: the length of their difference as a share of the first one's length."""
    return float(np.linalg.norm(other - output) / np.linalg.norm(output))


def _mask(kind: str, n: int, reach: int) -> np.ndarray | None:
    if kind == "window":
        return window_mask(n, before=reach, after=reach)
    return strided_mask(n, stride=reach) if kind == "strided" else None
