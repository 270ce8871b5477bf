"""Setting tokens aside that take attention without giving meaning: [CLS] and [SEP] as attention sinks."""

from typing import Literal

import numpy as np

from attention.errors import ShapeError


def set_aside(
    weights: np.ndarray, keep: np.ndarray, mode: Literal["show", "hide", "renormalise"] = "hide"
) -> np.ndarray:
    """Attention weights among the tokens that are kept.

    Parameters
    ----------
    weights : (..., n, n) ndarray
        Rows ask, columns are looked at.
    keep : (n,) bool ndarray
        False at the tokens to set aside.
    mode : {"show", "hide", "renormalise"}
        "show" gives the weights as they are. "hide" drops the rows and columns, so that rows sum to less than 1.
        "renormalise" also divides each row by what is left of it; a row with nothing left stays zero.

    Returns
    -------
    (..., n_kept, n_kept) ndarray
        A copy, or the weights themselves with "show".

    References
    ----------
    Xiao et al., 2023, "Efficient Streaming Language Models with Attention Sinks" (arXiv:2309.17453), for the term.
    Kobayashi et al., 2020, "Attention is Not Only a Weight" (arXiv:2004.10102), for why such tokens are set aside.
    """
    if keep.shape != weights.shape[-1:] or weights.shape[-1] != weights.shape[-2]:
        raise ShapeError(f"keep {keep.shape} does not fit weights {weights.shape}")
    if mode == "show":
        return weights
    kept = weights[..., keep, :][..., keep]  # (..., n_kept, n_kept)
    if mode == "hide":
        return kept
    left = kept.sum(-1, keepdims=True)
    return np.divide(kept, left, out=np.zeros_like(kept), where=left > 0)


def strongest_link(weights: np.ndarray, keep: np.ndarray) -> tuple[int, int]:
    """Row and column of the largest weight between two different kept tokens; one alone is linked to itself.

    (0, 0) where none is kept.
    """
    between = np.outer(keep, keep) & ~np.eye(len(keep), dtype=bool)
    if not between.any():
        only = int(keep.argmax())
        return only, only
    row, column = np.unravel_index(np.where(between, weights, -1.0).argmax(), weights.shape)
    return int(row), int(column)
