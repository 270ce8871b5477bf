"""Self-attention over a picture's patches that stays within groups: windows as in Swin, areas as in YOLOv12.

Attention of everybody to everybody takes n² products a channel. Patches that attend within their own group only take
the sum of the groups' squares: with l groups of one size an l-th.
"""

from dataclasses import dataclass

import numpy as np

from attention.arrays import as_floats
from attention.dot_product import attend
from attention.errors import ShapeError


@dataclass(frozen=True, eq=False)
class GroupedTrace:
    """What `attend_within` returns.

    groups : (n,) ndarray of int
        The group each patch belongs to.
    weights : (n, n) ndarray
        Row: who asks. Rows sum to 1; between patches of different groups there is exactly 0.
    output : (n, d_v) ndarray
    multiply_adds : int
        Products that Q·Kᵀ and weights·V took, counted as in `attention.images.costs`.
    """

    groups: np.ndarray
    weights: np.ndarray
    output: np.ndarray
    multiply_adds: int


def whole(rows: int, columns: int) -> np.ndarray:
    """One group of all patches of a grid: (rows · columns,) ndarray of int."""
    return np.zeros(rows * columns, int)


def windows(rows: int, columns: int, side: int) -> np.ndarray:
    """Square windows that do not overlap; at the grid's end they are smaller where `side` does not divide it.

    Liu et al., "Swin Transformer" (ICCV 2021, arXiv:2103.14030), section 3.2, without the shift.

    Parameters
    ----------
    rows, columns : int
        Patches are counted row by row, as `picture_patches` does.
    side : int
        Of a window, in patches.

    Returns
    -------
    (rows · columns,) ndarray of int

    Raises
    ------
    ValueError
        When side is below 1.
    """
    if side < 1:
        raise ValueError(f"a window's side must be at least 1, got {side}")
    row, column = np.divmod(np.arange(rows * columns), columns)
    return row // side * -(-columns // side) + column // side


def areas(rows: int, columns: int, count: int, *, upright: bool = False) -> np.ndarray:
    """Strips across the whole grid, as many as `count`, as equal as whole rows allow.

    The area attention of Tian, Ye and Doermann, "YOLOv12" (2025, arXiv:2502.12524), section 3.2, whose code cuts the
    flattened map into runs of the same length; that its default is 4 is from there too.

    Parameters
    ----------
    rows, columns : int
    count : int
        Never more than there are rows, or columns.
    upright : bool
        Strips of whole columns instead of whole rows.

    Returns
    -------
    (rows · columns,) ndarray of int

    Raises
    ------
    ValueError
        When count is below 1.
    """
    if count < 1:
        raise ValueError(f"there must be at least 1 area, got {count}")
    row, column = np.divmod(np.arange(rows * columns), columns)
    place, length = (column, columns) if upright else (row, rows)
    return place * min(count, length) // length


def attend_within(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, groups: np.ndarray, *, temperature: float = 1.0
) -> GroupedTrace:
    """`attend`, run once for each group on its own patches.

    Parameters
    ----------
    Q, K : (n, d_k) ndarray
    V : (n, d_v) ndarray
    groups : (n,) ndarray of int
    temperature : float
        Above 0.

    Raises
    ------
    ShapeError
        When Q, K, V and groups are not of one number of patches.
    """
    n = len(groups)
    if not n == len(Q) == len(K) == len(V):
        raise ShapeError(f"Q {Q.shape}, K {K.shape} and V {V.shape} must have a row for each of {n} patches")
    Q, K, V = as_floats(Q=Q, K=K, V=V)
    weights, output = np.zeros((n, n), Q.dtype), np.empty((n, V.shape[1]), Q.dtype)
    multiply_adds = 0
    for group in np.unique(groups):
        inside = np.flatnonzero(groups == group)
        trace = attend(Q[inside], K[inside], V[inside], temperature=temperature)
        weights[np.ix_(inside, inside)] = trace.weights
        output[inside] = trace.output
        multiply_adds += len(inside) ** 2 * (Q.shape[1] + V.shape[1])
    return GroupedTrace(groups, weights, output, multiply_adds)


def moved(weights: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How much of the attention lies elsewhere: the total variation distance, half the sum of all differences.

    Parameters
    ----------
    weights, others : (..., n_k) ndarray
        Rows that sum to 1.

    Returns
    -------
    (...) ndarray
        From 0, the same, to 1, nothing in common.
    """
    return np.abs(weights - others).sum(axis=-1) / 2
