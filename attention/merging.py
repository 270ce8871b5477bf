"""Word pieces merged into words: the attention of whole words from that of their pieces."""

import numpy as np

from attention.errors import ShapeError


def merge_weights(weights: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Attention weights between words: summed over the pieces looked at, averaged over the pieces that ask.

    Parameters
    ----------
    weights : (..., n, n) ndarray
        Between pieces: rows ask, columns are looked at.
    groups : (n,) ndarray of int
        The word that each piece belongs to: 0 to m - 1, ascending, each at least once.

    Returns
    -------
    (..., m, m) ndarray
        In the float dtype of the weights. Rows that summed to 1 still do.

    Raises
    ------
    ShapeError
        If the sizes do not fit.
    ValueError
        If the groups are not the numbers from 0 on, in order.

    References
    ----------
    Clark et al., 2019, "What Does BERT Look At?" (arXiv:1906.04341), section 4.
    """
    if groups.ndim != 1 or weights.ndim < 2 or weights.shape[-2:] != 2 * groups.shape:
        raise ShapeError(f"groups {groups.shape} do not fit weights {weights.shape}")
    begins = np.diff(groups, prepend=groups[:1] - 1) != 0
    if not np.array_equal(groups, np.cumsum(begins) - 1):
        raise ValueError(f"groups are {groups}, but must count from 0 on, in order, without leaving one out")
    starts = np.flatnonzero(begins)
    merged = np.add.reduceat(weights, starts, axis=-1)  # (..., n, m)
    merged = np.add.reduceat(merged, starts, axis=-2)  # (..., m, m)
    return merged / np.bincount(groups)[:, None].astype(merged.dtype)
