"""The pinned pixel: one for all maps of a picture, in the address, and forgotten with the picture."""

from functools import partial

import numpy as np

from pages.shared.state import arrive_cell, keep_cell

pin_pixel = partial(keep_cell, "pixel")  # what a click on a map does, told its row and column


def choose_pixel(height: int, width: int, strongest: tuple[int, int]) -> tuple[int, int]:
    """Row and column of the pinned pixel, from 0."""
    return arrive_cell("pixel", (height, width)) or strongest


def strongest_place(values: np.ndarray, margin: int = 3) -> tuple[int, int]:
    """Row and column of the largest number; not at the border, where a kernel looks out of the picture."""
    height, width = values.shape
    top, left = (margin if size > 2 * margin else 0 for size in (height, width))
    inside = values[top : height - top, left : width - left]
    row, column = np.unravel_index(int(inside.argmax()), inside.shape)
    return int(row) + top, int(column) + left
