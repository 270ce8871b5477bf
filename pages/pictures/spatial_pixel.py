"""The pinned pixel: one for all maps of a picture, in the address, and forgotten with the picture."""

import re

import numpy as np
import streamlit as st

from pages.shared.state import arrive, depart


def choose_pixel(height: int, width: int, strongest: tuple[int, int]) -> tuple[int, int]:
    """Row and column of the pinned pixel, from 0; in the address as "column,row" from 1, as readers count."""

    def parse(code: str) -> tuple[int, int] | None:
        found = re.fullmatch(r"(\d{1,4}),(\d{1,4})", code, re.ASCII)
        column, row = (int(number) - 1 for number in found.groups()) if found else (-1, -1)
        return (row, column) if 0 <= row < height and 0 <= column < width else None

    arrive("pixel", "", lambda code: parse(code) is not None)
    pixel = parse(st.session_state.pixel)
    if pixel is None:
        st.session_state.pixel = ""
    depart("pixel", "")
    return pixel or strongest


def pin_pixel(row: int, column: int) -> None:
    """What a click on a map does, before the page runs again."""
    st.session_state.pixel = f"{column + 1},{row + 1}"


def strongest_place(values: np.ndarray, margin: int = 3) -> tuple[int, int]:
    """Row and column of the largest number; not at the border, where a kernel looks out of the picture."""
    height, width = values.shape
    top, left = (margin if size > 2 * margin else 0 for size in (height, width))
    inside = values[top : height - top, left : width - left]
    row, column = np.unravel_index(int(inside.argmax()), inside.shape)
    return int(row) + top, int(column) + left
