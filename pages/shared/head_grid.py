"""All heads of a network at a glance, mounted (assets/components/heads)."""

from collections.abc import Callable

import streamlit as st

from figures.head_grid import CELLS
from pages.shared.components import COMMON, component, tool_words
from pages.shared.texts import t, template

ONWARD = ("map", "words")  # the views that the card leads to
_WORDS = ["head", "row_title", "column_title", "low", "middle", "high", "keys", "open_map", "open_words", "measured"]

_HEADS = component("heads", [*COMMON, "../common/poster.js", "layout.js", "export.js", "heads.js"])


def head_grid(
    payload: dict, *, key: str, n: int, on_open: Callable[[int, int], None], on_go: Callable[[str], None]
) -> None:
    """Show a payload of `figures.head_grid.head_grid_payload`.

    Parameters
    ----------
    payload : dict
    n : int
        The rows of the matrices that the thumbnails stand for.
    on_open : callable
        ``on_open(layer, head)``, counted from 1, runs before the rerun when a thumbnail is clicked.
    on_go : callable
        ``on_go(view)`` runs before the rerun when the card's way to another view is taken.
    """

    def opened() -> None:
        head = st.session_state[key].get("chosen")
        if isinstance(head, int) and 0 <= head < len(payload["each"]):
            on_open(head // payload["heads"] + 1, head % payload["heads"] + 1)

    def went() -> None:
        view = st.session_state[key].get("go")
        if view in ONWARD:
            on_go(view)

    block = -(-n // CELLS)
    words = {
        **{word: t(f"heads_view.{word}") for word in _WORDS},
        "card": template("heads_view.card"),
        "legend": t("heads_view.legend") if block == 1 else t("heads_view.legend_blocks", block=block),
        "described": t("heads_view.described", finding=payload["finding"]),
    }
    tools = tool_words(("png", "csv", "link"), "heads_view")
    _HEADS(key=key, data={**payload, "words": words, "tools": tools}, on_chosen_change=opened, on_go_change=went)
