"""What a reader takes home from a page besides the picture: all numbers, and the lines that reproduce one of them."""

import io

import numpy as np
import streamlit as st

from pages.shared.texts import t


def npz(**arrays: np.ndarray) -> bytes:
    """Named arrays as one compressed .npz file."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def take_home(name: str, arrays, lines: str, *, key: str) -> None:
    """The folded part under a map.

    Parameters
    ----------
    name : str
        File name without ending.
    arrays : callable returning dict of str to ndarray
        Asked only when the reader downloads.
    lines : str
        Python that prints the number on the page.
    key : str
        Widget key.
    """
    with st.expander(t("take.title"), icon=":material/download:"):
        st.download_button(
            t("take.npz"),
            data=lambda: npz(**arrays()),
            file_name=f"{name}.npz",
            mime="application/octet-stream",
            help=t("take.npz_help"),
            on_click="ignore",
            icon=":material/dataset:",
            key=key,
        )
        st.caption(t("take.code"))
        st.code(lines, language="python", wrap_lines=True)
