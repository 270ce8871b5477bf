"""What a reader chooses in the view of windows: the block, the head, who asks. All of it stands in the address.

``stands=312.5_140.0`` is the place in the picture that asks, x and y in pixels, so that it stays in every block,
however large its patches are; ``meets=320.5_150.0`` is the place that is looked at, whose number is opened.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.shared.controls import choice
from pages.shared.picture_source import OpenPicture
from pages.shared.state import arrive_one_of, arrive_read
from pages.shared.texts import t

BLOCKS = tuple(str(block) for block in range(1, 11))
HEADS = {block: 4 if block <= 2 else 5 if block <= 8 else 10 for block in range(1, 11)}

Place = tuple[float, float]  # row and column in pixels of the picture


@dataclass(frozen=True)
class WindowChoice:
    """block from 1, head from 0 or None for the mean of all, and what a click does: "asks" or "looks"."""

    block: int
    head: int | None
    press: str


def choose_window() -> WindowChoice:
    """The block and what a click does; the head is chosen by clicking its picture."""
    block = int(choice("depth", BLOCKS, "5", texts="windows.block", help=t("windows.block.help")))
    press = choice("press", ("asks", "looks"), "asks", texts="windows.press")
    heads = ("mean", *(str(head) for head in range(1, HEADS[block] + 1)))
    lens = arrive_one_of("lens", heads, "mean")
    return WindowChoice(block, None if lens == "mean" else int(lens) - 1, press)


def pin_head(code: str) -> None:
    """Show another head, "1" to "10", or the "mean" of all."""
    st.session_state.lens = code


def asking_place(picture: OpenPicture) -> Place | None:
    """Where the patch that asks is; None where the page has to choose."""
    return arrive_read("stands", _reader(picture.rgb.shape[:2]), picture.digest)


def looked_place(picture: OpenPicture) -> Place | None:
    """Where the patch is whose number is opened; None where the page has to choose."""
    return arrive_read("meets", _reader(picture.rgb.shape[:2]), picture.digest)


def pin_asking(place: Place) -> None:
    """Let the patch at a place ask; before the page runs again."""
    st.session_state.update(stands=_code(place), meets="")


def pin_looked(place: Place) -> None:
    """Open the number of the patch at a place."""
    st.session_state.meets = _code(place)


def _reader(shape: tuple[int, int]) -> Callable[[str], Place | None]:
    def read(code: str) -> Place | None:
        found = re.fullmatch(r"(\d{1,4}(?:\.\d)?)_(\d{1,4}(?:\.\d)?)", code, re.ASCII)
        x, y = (float(number) for number in found.groups()) if found else (-1.0, -1.0)
        return (y, x) if 0 <= y < shape[0] and 0 <= x < shape[1] else None

    return read


def _code(place: Place) -> str:
    return f"{place[1]:.1f}_{place[0]:.1f}"
