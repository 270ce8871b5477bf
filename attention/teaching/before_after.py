"""One word's vector in one head, before it has looked around and after."""

from dataclasses import dataclass, field

import numpy as np

from attention.similarity import cosine_similarity
from attention.trace import AttentionTrace


@dataclass(frozen=True, eq=False)
class BeforeAfter:
    """What a word brings to a head, and what it leaves with.

    Attributes
    ----------
    before : (d_v,) ndarray
        Its own value vector: what it would leave with if it looked at itself alone.
    after : (d_v,) ndarray
        The mixture of all value vectors by its weights.
    looked : (d_v,) ndarray
        The value vector of the word that is looked at.
    alike_before, alike_after : float
        Cosine with `looked`.
    """

    before: np.ndarray = field(repr=False)
    after: np.ndarray = field(repr=False)
    looked: np.ndarray = field(repr=False)
    alike_before: float
    alike_after: float


def before_after(attention: AttentionTrace, asks: int, looks: int) -> BeforeAfter:
    """Compare the value vector of one word with what attention makes of it.

    Parameters
    ----------
    attention : AttentionTrace
        Self-attention of one head: V (n, d_v), weights (n, n), output (n, d_v).
    asks, looks : int
        Row and column.

    Raises
    ------
    ValueError
        If there is no such word.
    """
    n = len(attention.V)
    if not (0 <= asks < n and 0 <= looks < n):
        raise ValueError(f"no row {asks} or column {looks} among {n} words, counted from 0")
    before, after, looked = attention.V[asks], attention.output[asks], attention.V[looks]
    alike = cosine_similarity(np.stack([before, after, looked]), 2)
    return BeforeAfter(before, after, looked, float(alike[0]), float(alike[1]))
