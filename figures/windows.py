"""Attention in windows, rearranged patch by patch as the grid of patches draws it, and what a sentence says of it."""

from dataclasses import dataclass

import numpy as np


def by_patch(weights: np.ndarray, grid: tuple[int, int], patches: tuple[int, int]) -> np.ndarray:
    """The weights of the patches of a picture, row by row, instead of window by window.

    Parameters
    ----------
    weights : (windows, n, n) ndarray
        Of n = window² patches each; windows, and the patches of a window, row by row.
    grid : (rows, columns)
        Windows.
    patches : (rows, columns)
        That there are in the picture, at the top left.

    Returns
    -------
    (rows · columns, n) ndarray
    """
    n = weights.shape[-1]
    side = round(n**0.5)
    placed = weights.reshape(*grid, side, side, n).transpose(0, 2, 1, 3, 4)
    return placed.reshape(grid[0] * side, grid[1] * side, n)[: patches[0], : patches[1]].reshape(-1, n)


def over_patches(row: np.ndarray, window: tuple[int, int], patches: tuple[int, int]) -> np.ndarray:
    """The weights of one patch, put where its window is; 0 where nothing can be looked at.

    Parameters
    ----------
    row : (side, side) ndarray
        Over the places of its window.
    window : (row, column)
        The window's first patch.
    patches : (rows, columns)
        Of the picture; what the window has beyond it is left out.

    Returns
    -------
    (rows, columns) ndarray
    """
    values = np.zeros(patches, row.dtype)
    inside = values[window[0] : window[0] + len(row), window[1] : window[1] + len(row)]
    inside[...] = row[: inside.shape[0], : inside.shape[1]]
    return values


@dataclass(frozen=True)
class WindowFacts:
    """Where the attention of one patch goes, as shares of it.

    itself : on the patch itself
    near : on it and the eight around it, as far as they are in its window
    beyond : on the padding outside the picture
    strongest : (row, column) of the other patch of the picture with the most; itself where it is alone
    most : what that has
    """

    itself: float
    near: float
    beyond: float
    strongest: tuple[int, int]
    most: float


def window_facts(values: np.ndarray, asks: tuple[int, int]) -> WindowFacts:
    """Measure a row of weights, from `over_patches`; what is missing to 1 went beyond the picture.

    Parameters
    ----------
    values : (rows, columns) ndarray
    asks : (row, column)
    """
    around = tuple(slice(max(0, at - 1), at + 2) for at in asks)
    others = values.copy()
    others[asks] = 0
    place = np.unravel_index(others.argmax(), others.shape) if others.any() else asks
    return WindowFacts(
        itself=float(values[asks]),
        near=float(values[around].sum()),
        beyond=max(0.0, 1 - float(values.sum())),
        strongest=(int(place[0]), int(place[1])),
        most=float(values[place]),
    )
