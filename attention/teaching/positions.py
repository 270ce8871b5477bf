"""Attention on the same words in another order, with and without knowing where each word stands."""

import numpy as np

from attention.dot_product import attend
from attention.positions import alibi_bias, rotary, sinusoidal_positions
from attention.trace import AttentionTrace

POSITIONS = ("none", "sinusoidal", "rotary", "alibi")
ALIBI_HEADS = 8  # the bias is that of the first of so many heads, the steepest


def attend_in_place(X, W_Q, W_K, W_V, positions: str = "none") -> AttentionTrace:
    """Self-attention of words that may know where they stand.

    Parameters
    ----------
    X : (n, d_model) ndarray
        Row i is the word in place i.
    W_Q, W_K, W_V : (d_model, d_k) ndarray
    positions : str
        One of `POSITIONS`: nothing; waves added to X; Q and K turned (d_k even); a bias on the scores that grows
        with the distance, by the slope 1/2.

    Returns
    -------
    AttentionTrace

    Raises
    ------
    ValueError
        If the positions have another name.
    ShapeError
        As `attend`, `rotary` and `sinusoidal_positions`.
    """
    if positions not in POSITIONS:
        raise ValueError(f"positions is {positions!r}, but must be one of {POSITIONS}")
    if positions == "sinusoidal":
        X = X + sinusoidal_positions(*X.shape)
    Q, K = X @ W_Q, X @ W_K
    if positions == "rotary":
        Q, K = rotary(Q), rotary(K)
    bias = alibi_bias(ALIBI_HEADS, len(X))[0] if positions == "alibi" else None
    return attend(Q, K, X @ W_V, mask=bias)


def changed_answers(X, W_Q, W_K, W_V, order, positions: str = "none") -> np.ndarray:
    """What another order changes in each word's answer.

    Parameters
    ----------
    X, W_Q, W_K, W_V, positions
        As for `attend_in_place`.
    order : (n,) sequence of int
        Which word of X stands in each place.

    Returns
    -------
    (n, d_k) ndarray
        Row i: the output of word i of X in the new order, less its output in the old one. Without positions it is 0:
        attention is equivariant to permutations.

    References
    ----------
    Lee et al., 2019, "Set Transformer" (arXiv:1810.00825), property 1.
    """
    before = attend_in_place(X, W_Q, W_K, W_V, positions).output
    after = attend_in_place(X[list(order)], W_Q, W_K, W_V, positions).output
    return after[np.argsort(order)] - before
