"""A lesson before a class: large type, what surrounds the toy folded, and a presenter's keys that go on."""

import streamlit as st

from pages.shared.components import COMPONENTS, component
from pages.shared.state import arrive_one_of
from pages.shared.texts import t

_KEYS = component("projector", ["projector.js"])
_LARGE = (COMPONENTS / "projector" / "page.css").read_text(encoding="utf-8")

_GROWTH = 1.4  # near the page's own at 1080p, and less than it, for a screen of 720 lines


def larger(pixels: int) -> int:
    """What is measured in pixels, as large as it has to be: on a projector it grows with the page's letters."""
    return round(_GROWTH * pixels) if _is_on() else pixels


def chart(figure, *, key: str, alt: str) -> None:
    """A chart to be read, without tools; on a projector its letters and its height grow alike."""
    if _is_on():
        letters = {"font": {"size": larger(14)}}
        axes = {"tickfont": letters["font"], "title": letters}
        figure.update_layout(height=larger(figure.layout.height), legend=letters, hoverlabel=letters)
        figure.update_xaxes(axes)
        figure.update_yaxes(axes)
    st.plotly_chart(figure, key=key, config={"displayModeBar": False}, alt=alt)


def switch_on(*, arrows: bool) -> bool:
    """The switch; it stands in the address and goes along from lesson to lesson. Do `arrows` turn to another?"""
    is_on = arrive_one_of("projector", ("on", ""), "") == "on"
    st.session_state.projector_switch = is_on
    told = t("lesson.projector_help" if arrows else "lesson.projector_help_paged")
    st.toggle(t("lesson.projector"), key="projector_switch", help=told, on_change=_turn)
    if is_on:
        st.html(f"<style>{_LARGE}</style>")
        _KEYS(key="projector_keys", data={"arrows": arrows}, width=1, height=1)
    return is_on


def _turn() -> None:
    st.session_state.projector = "on" if st.session_state.projector_switch else ""


def _is_on() -> bool:
    return st.session_state.get("projector") == "on"
