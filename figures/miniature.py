"""Maps so small that only their pattern is read, as pictures for a gallery."""

import base64
import math

import numpy as np

from figures.mask_files import overlay, png
from figures.masks import Look, enlarge
from figures.palette import SEQUENTIAL, colored

SIDE = 216  # pixels of a miniature's longer side, about
GAP, BETWEEN = 4, 150  # pixels between heads, and their grey
ACROSS = 4  # heads in a row


def png_url(pixels: np.ndarray) -> str:
    """An (H, W, 3) uint8 array as a PNG data URL: its cells keep their edges."""
    return f"data:image/png;base64,{base64.b64encode(png(pixels)).decode()}"


def weights_miniature(weights: np.ndarray, theme: str) -> np.ndarray:
    """Attention weights without their words, several heads in rows of `ACROSS`, in the page's colours.

    The colour is that of a weight's root, as in `figures.head_grid.thumbnails`: small weights are seen too.

    Parameters
    ----------
    weights : (m, n_q, n_k) ndarray
        From 0 to 1.
    theme : {"light", "dark"}

    Returns
    -------
    (height, width, 3) uint8 ndarray
    """
    heads, rows, columns = weights.shape
    across = min(heads, ACROSS)
    down, side = math.ceil(heads / across), max(1, SIDE // across // max(rows, columns))
    cells = colored(np.sqrt(weights), (0, 1), SEQUENTIAL[theme]).repeat(side, axis=1).repeat(side, axis=2)
    height, width = rows * side + GAP, columns * side + GAP
    sheet = np.full((down * height - GAP, across * width - GAP, 3), BETWEEN, np.uint8)
    for at, head in enumerate(cells):
        y, x = at // across * height, at % across * width
        sheet[y : y + rows * side, x : x + columns * side] = head
    return sheet


def picture_miniature(rgb: np.ndarray, values: np.ndarray, value_range: tuple[float, float]) -> np.ndarray:
    """A picture under the colours of its numbers, about `SIDE` pixels long.

    Parameters
    ----------
    rgb : (H, W, 3) uint8 ndarray
    values : (rows, columns) ndarray
    value_range : (low, high)
        The ends of the colours.

    Returns
    -------
    (height, width, 3) uint8 ndarray
    """
    step = max(1, max(rgb.shape[:2]) // SIDE)
    fine = enlarge(values, rgb.shape[:2])[::step, ::step]
    return overlay(rgb[::step, ::step], fine, Look(), value_range=value_range)
