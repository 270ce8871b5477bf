"""What a reader chooses on the picture page: a pixel, a channel."""

import re

import streamlit as st

from attention.images import CHANNELS
from pages.shared.state import arrive, depart
from pages.shared.texts import t

DEFAULT_CHANNEL = "global_contrast"


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


def arrive_channel() -> int:
    """The opened channel, known before its selectbox is drawn."""
    arrive("channel", DEFAULT_CHANNEL, CHANNELS.__contains__)
    return CHANNELS.index(st.session_state.channel)


def choose_channel() -> None:
    """The selectbox for the opened channel; `arrive_channel` has its value."""
    labels = {name: t(f"picture.channel.{name}") for name in CHANNELS}
    st.selectbox(t("picture.channels.choose"), labels, format_func=labels.get, key="channel")
    depart("channel", DEFAULT_CHANNEL)


def open_channel(name: str) -> None:
    """What a click on a channel's picture does, before the page runs again."""
    st.session_state.channel = name
