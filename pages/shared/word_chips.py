"""The word chips, mounted: a text whose words are pointed at and chosen (assets/components/chips)."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.shared.components import COMMON, component, tool_words
from pages.shared.texts import t, template

_CHIPS = component(
    "chips",
    [
        *COMMON,
        "../common/poster.js",
        "shade.js",
        "lines.js",
        "flow.js",
        "point.js",
        "legend.js",
        "export.js",
        "chips.js",
    ],
)


def word_chips(payload: dict, *, key: str, on_choose: Callable[[int], None], tools: Sequence[str] = ()) -> None:
    """Show a payload of `figures.chips.chips_payload`; ``on_choose(index)`` runs when a word is clicked.

    Parameters
    ----------
    payload : dict
    key : str
        Widget key.
    on_choose : callable
        Called with the word's index before the page runs again.
    tools : sequence of {"png", "svg", "csv", "link"}
        What is offered to take home.
    """

    def chosen() -> None:
        event = st.session_state[key].get("chosen")
        if event and event["index"] in range(len(payload["words"])):
            on_choose(event["index"])

    _CHIPS(
        key=key,
        data={
            **payload,
            "text": {
                **{name: template(f"chips.{name}") for name in ("hover", "hover_head", "head")},
                **{name: t(f"chips.{name}") for name in ("label", "low", "asking", "looked", "heads", "solo", "keys")},
                "shown": template(f"chips.shown.{payload['direction']}"),
                "role": t(f"chips.role.{payload['role']}"),
                "high": t("chips.high") if payload["top"] == 1 else t("chips.high_most", most=f"{payload['top']:.2f}"),
            },
            "tools": tool_words(tools, "chips"),
        },
        on_chosen_change=chosen,
    )
