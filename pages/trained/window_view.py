"""The second view of the page of clicks: the encoder's self-attention in windows, block by block and head by head."""

import streamlit as st

from attention.networks.promptable import ReadPicture
from pages.shared.networks import read_by_promptable
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t
from pages.trained.window_bias import distance_bias
from pages.trained.window_choice import choose_window
from pages.trained.window_grid import take_window_home, window_grid
from pages.trained.window_heads import choose_head
from pages.trained.window_opened import opened_pair
from pages.trained.window_state import WindowView, open_windows


def window_view(read: ReadPicture, picture: OpenPicture) -> None:
    """The whole view, from its choices to the opened number."""
    left, right = st.columns([3, 2], gap="large")
    with right:
        st.caption(t("windows.lead"))
        choice = choose_window()

    size, view = read.frame.size, open_windows(read, picture, choice)

    def again() -> WindowView:  # of what is in the cache then: an open page holds nothing of it
        return open_windows(read_by_promptable(picture, size), picture, choice)

    with left:
        window_grid(view)
        choose_head(view)
        take_window_home(view, again)
    with right:
        distance_bias(view)
        what_windows_leave_out(view)
    opened_pair(view)


def what_windows_leave_out(view: WindowView) -> None:
    """What cannot be looked at in this block, what it saves, and where the rest of the picture comes in."""
    trace = view.trace
    n, windows = trace.shape[0] * trace.shape[1], trace.grid[0] * trace.grid[1]
    pairs = windows * trace.window**4
    st.markdown(t("windows.left_out", window=trace.window, pairs=f"{pairs:,}", all=f"{n * n:,}"))
