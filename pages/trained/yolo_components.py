"""The components of the page about detection, mounted: boxes over a picture, bars of distances."""

from collections.abc import Callable

import streamlit as st

from pages.shared.components import COMMON, NODES, component, tool_words
from pages.shared.texts import t, template

_SCRIPTS = ("../common/pointing.js", "../common/poster.js", "../common/talk.js", "suppress.js", "draw.js", "boxes.js")
_BOXES = component("boxes", [*COMMON, *_SCRIPTS])
_BINS = component("bins", ["../common/scales.js", "../common/words.js", NODES, "bins.js"])
_STEP_WORDS = ("score_label", "iou_label", "first", "previous", "next", "last")
_STEP_TEMPLATES = ("none", "all", "takes", "alone", "result", "chip", "pair")


def boxes(
    payload: dict,
    *,
    source: str,
    states: str = "above",
    on_cell: Callable[[int, int], None] | None = None,
    on_settings: Callable[[dict | None], None] | None = None,
) -> None:
    """Show a payload of `figures.boxes.boxes_payload`, the first thing in its column.

    All steps share one component, so that the picture stands still while what is drawn over it changes.

    Parameters
    ----------
    payload : dict
    source : str
        What stands under the picture that is taken home.
    states : "above", "fewer" or "gates"
        What kept, lost and removed boxes are in the table that is taken home.
    on_cell : callable, optional
        ``on_cell(row, column)`` when a cell of the grid is clicked.
    on_settings : callable, optional
        Told what the reader has set: ``{"score": percent, "iou": percent, "round": step}``.
    """
    key, grid = "detection", payload["grid"]

    def chosen() -> None:
        cell = st.session_state[key].get("chosen")
        if cell and grid and 0 <= cell["row"] < grid["rows"] and 0 <= cell["column"] < grid["columns"]:
            on_cell(cell["row"], cell["column"])

    _BOXES(
        key=key,
        data={
            **payload,
            "pinnable": on_cell is not None,
            "roomy": states == "gates",  # the switches below stay where they are, however long the sentence
            "words": {
                **{name: template(f"yolo.words.{name}") for name in ("hover", "cell")},
                "columns": t("yolo.words.columns").split("|"),
                "cell_columns": t("yolo.words.cell_columns").split("|"),
                "states": dict(zip(("kept", "lost", "removed"), t(f"yolo.states.{states}").split("|"), strict=True)),
                "keys": t("yolo.words.keys_pin" if on_cell else "yolo.words.keys"),
                "source": source,
                **{name: template(f"yolo.fewer.words.{name}") for name in (*_STEP_WORDS, *_STEP_TEMPLATES)},
            },
            "tools": tool_words(("png", "csv", "link")),
        },
        on_chosen_change=chosen if on_cell else lambda: None,
        on_settings_change=(
            (lambda: on_settings(st.session_state[key].get("settings"))) if on_settings else lambda: None
        ),
    )


def bins(payload: dict, *, key: str, on_open: Callable[[int], None]) -> None:
    """Show a payload of `figures.boxes.bins_payload`; ``on_open(side)`` runs when a side is clicked."""
    count = len(payload["sides"])

    def opened() -> None:
        side = st.session_state[key].get("opened")
        if side in range(count):
            on_open(side)

    _BINS(key=key, data=payload, on_opened_change=opened)
