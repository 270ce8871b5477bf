"""The members of the attention family that ask words, all run on the Q, K and V of one trained head."""

from dataclasses import dataclass, field

import numpy as np

from attention.additive import additive_attention
from attention.dot_product import attend
from attention.teaching.cheaper import cheaper

SEED = 0
SHARED = 3  # query heads to each head of keys and values in `grouped`
WORD_RELATIVES = (
    "dot",
    "scaled",
    "additive",
    "location",
    "self",
    "cross",
    "multi",
    "grouped",
    "local",
    "sparse",
    "linear",
)


@dataclass(frozen=True, eq=False)
class Layer:
    """A trained layer that read a sentence, one head of it in focus.

    Q, K, V : (h, n, d_k) ndarray
    head : int
        Counted from 0.
    asking : (n_q, d_k) ndarray
        The queries of the same head over another sentence.
    """

    Q: np.ndarray = field(repr=False)
    K: np.ndarray = field(repr=False)
    V: np.ndarray = field(repr=False)
    head: int
    asking: np.ndarray = field(repr=False)


def relative(code: str, layer: Layer, reach: int) -> np.ndarray:
    """The weights of one member: (m, n_q, n_k) ndarray, m heads.

    "dot" leaves out ÷ √d_k. "additive" takes v = 1 and no projections; "location" has a vector for each place, drawn
    from `SEED`, where the others have keys (Luong et al., 2015, equation 8): nobody trained either. "grouped" gives
    `SHARED` heads the mean of their keys and values, as Ainslie et al., 2023, section 2.1, begin.

    Parameters
    ----------
    code : str
        One of `WORD_RELATIVES`.
    layer : Layer
    reach : int
        As for `cheaper`, of "local" and "sparse".
    """
    Q, K, V = (X[layer.head] for X in (layer.Q, layer.K, layer.V))
    if code in ("local", "sparse", "linear"):
        kind = {"local": "window", "sparse": "strided", "linear": "linear"}[code]
        return cheaper(Q, K, V, kind, reach).weights[None]
    if code == "multi":
        return attend(layer.Q, layer.K, layer.V).weights
    if code == "grouped":
        return attend(layer.Q, _pooled(layer.K), _pooled(layer.V)).weights
    if code == "additive":
        return additive_attention(Q, K, V).weights[None]
    if code == "location":
        places = np.random.default_rng(SEED).standard_normal(K.shape).astype(K.dtype)
        return attend(Q, places, V).weights[None]
    asking = layer.asking if code == "cross" else Q
    return attend(asking, K, V, scale=1 if code == "dot" else None).weights[None]


def _pooled(X: np.ndarray) -> np.ndarray:
    """(h, n, d) -> (h / SHARED, n, d): the mean of each group of heads."""
    return X.reshape(-1, SHARED, *X.shape[1:]).mean(axis=1)
