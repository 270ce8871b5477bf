"""How one word weighs the others, mounted (assets/components/table)."""

from collections.abc import Callable

import streamlit as st

from figures.numbers import percent, signed
from pages.shared.components import COMMON, component, tool_words
from pages.shared.texts import language, strings, t

_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_WORDS = "open_view.table."
_TABLE = component(
    "table", [*COMMON, "../common/poster.js", "layout.js", "checks.js", "draw.js", "export.js", "table.js"]
)


def word_table(payload: dict, finding: str, *, key: str, name: str, source: str, on_pin: Callable[[int], None]) -> None:
    """Show a payload of `figures.word_table.word_table_payload`.

    Parameters
    ----------
    payload : dict
    finding : str
        The table in one sentence; also the text alternative for screen readers.
    name, source : str
        The file name (without ending) of what the reader takes home, and a line on where the numbers come from.
    on_pin : callable
        ``on_pin(position)`` runs before the rerun when a row is pinned.
    """

    def chosen() -> None:
        row = st.session_state[key].get("chosen")
        if isinstance(row, int) and 0 <= row < len(payload["positions"]):
            on_pin(payload["positions"][row])

    hidden = payload["hidden"]
    data = {
        **payload,
        "words": _words(payload),
        "finding": finding,
        "hiddenLine": t("sentence.rest_hidden", share=percent(hidden["weight"])) if hidden["count"] else "",
        "name": name,
        "source": source,
        "tools": tool_words(("png", "csv", "link"), "open_view"),
    }
    _TABLE(key=key, data=data, on_chosen_change=chosen)


def _words(payload: dict) -> dict[str, str]:
    """The table's texts: most of them templates that it fills in itself."""
    d_k = payload["dimensions"]
    rescaled = "_rescaled" if payload["rescaled"] else ""
    last = str(d_k).translate(_SUBSCRIPT)
    own = {text.removeprefix(_WORDS): words for text, words in strings(language()).items() if text.startswith(_WORDS)}
    return {
        **own,
        "scaled": t("open_view.scaled", d_k=d_k),
        "weight": t(f"open_view.weight{rescaled}"),
        "k_formula": t("open_view.k_formula", last=last),
        "product_formula": t("open_view.product_formula", last=last),
        "scaled_formula": t("open_view.scaled_formula", root=signed(d_k**0.5, 2)),
        "weight_formula": t(f"open_view.weight_formula{rescaled}", left=signed(payload["left"])),
    }
