"""What a reader takes home of a mask: the picture under its colours, the numbers as pictures and tables, the Python."""

from collections.abc import Callable
from typing import Literal

import numpy as np
import streamlit as st

from figures.mask_files import grey_steps, overlay, png, table
from figures.masks import Look
from figures.numbers import signed
from pages.shared.picture_source import OpenPicture
from pages.shared.take_home import npz
from pages.shared.texts import t

_ALONE = ("grey8", "grey16")  # files that hold nothing but the numbers


def take_mask_home(
    picture: OpenPicture,
    values: Callable[[], np.ndarray],
    look: Look,
    *,
    name: str,
    key: str,
    value_range: tuple[float, float],
    scale: Literal["sequential", "diverging"],
    lines: str | None,
    arrays: Callable[[], dict[str, np.ndarray]] | None,
    called: Literal["mask", "map"] = "mask",
) -> None:
    """The folded part under a mask. Every file is made when the reader asks for it.

    Parameters
    ----------
    picture, look, name, key, value_range, scale, lines, arrays, called
        As `pages.pictures.viewer.mask_viewer`.
    values : callable returning (rows, columns) ndarray
    """
    low, high = value_range

    def offer(file: str, ending: str, mime: str, make: Callable[[], bytes], icon: str) -> None:
        st.download_button(
            t(f"viewer.{called if file in _ALONE else 'take'}.{file}"),
            data=make,
            file_name=f"{name}{ending}",
            mime=mime,
            help=t(f"viewer.take.{file}_help", low=signed(low, 2), high=signed(high, 2)),
            on_click="ignore",
            icon=f":material/{icon}:",
            key=f"{key}_{file}",
        )

    def seen() -> bytes:
        return png(overlay(picture.rgb, values(), look, value_range=value_range, scale=scale))

    with st.expander(t("take.title"), icon=":material/download:"):
        with st.container(horizontal=True):
            offer("overlay", "-overlay.png", "image/png", seen, "image")
            offer("grey8", "-8bit.png", "image/png", lambda: png(grey_steps(values(), value_range, 8)), "contrast")
            offer("grey16", "-16bit.png", "image/png", lambda: png(grey_steps(values(), value_range, 16)), "contrast")
            offer("csv", ".csv", "text/csv", lambda: table(values()), "table")
            if arrays is not None:
                offer("npz", ".npz", "application/octet-stream", lambda: npz(**arrays()), "dataset")
        st.caption(t("viewer.take.grey", low=signed(low, 2), high=signed(high, 2)))
        if lines is not None:
            st.caption(t("take.code"))
            st.code(lines, language="python", wrap_lines=True)
