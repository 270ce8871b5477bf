"""Attention between parts of what is read: from one text to another, from words to [CLS] and [SEP]."""

from collections.abc import Sequence

import numpy as np

from attention.errors import ShapeError


def block_shares(weights: np.ndarray, asking: Sequence[np.ndarray], looked: Sequence[np.ndarray]) -> np.ndarray:
    """How much of its attention each asking part gives to each looked-at part, on average over its words.

    Parameters
    ----------
    weights : (..., n_q, n_k) ndarray
    asking : sequence of a (n_q,) bool ndarrays
        Which rows belong to each asking part.
    looked : sequence of b (n_k,) bool ndarrays
        Which columns belong to each looked-at part.

    Returns
    -------
    (..., a, b) ndarray
        A row sums to 1 where the looked-at parts are everything and none overlaps; 0 where a part is empty.

    Raises
    ------
    ShapeError
        If a part does not fit the weights.
    """
    for parts, size in ((asking, weights.shape[-2]), (looked, weights.shape[-1])):
        if any(part.shape != (size,) for part in parts):
            raise ShapeError(f"parts {[part.shape for part in parts]} do not fit weights {weights.shape}")
    rows = np.stack(asking).astype(weights.dtype)  # (a, n_q)
    columns = np.stack(looked).astype(weights.dtype)  # (b, n_k)
    return rows / np.maximum(1, rows.sum(axis=-1, keepdims=True)) @ weights @ columns.T


def strongest_between(weights: np.ndarray, asking: np.ndarray, looked: np.ndarray) -> tuple[int, ...]:
    """Where the largest weight from one part to another is: the index into `weights`, the leading axes included.

    Parameters
    ----------
    weights : (..., n_q, n_k) ndarray
    asking : (n_q,) bool ndarray
    looked : (n_k,) bool ndarray

    Raises
    ------
    ValueError
        If a part is empty.
    """
    rows, columns = np.flatnonzero(asking), np.flatnonzero(looked)
    if not (len(rows) and len(columns)):
        raise ValueError("there is no link between parts of which one is empty")
    between = weights[..., rows, :][..., columns]
    *leading, row, column = np.unravel_index(between.argmax(), between.shape)
    return (*(int(i) for i in leading), int(rows[row]), int(columns[column]))
