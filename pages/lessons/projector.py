"""A lesson before a class: large type, what surrounds the toy folded, and a presenter's keys that go on."""

import streamlit as st

from pages.shared.components import COMPONENTS, component
from pages.shared.state import arrive_one_of
from pages.shared.texts import t

_KEYS = component("projector", ["projector.js"])
_LARGE = (COMPONENTS / "projector" / "page.css").read_text(encoding="utf-8")


def switch_on() -> bool:
    """The switch; it stands in the address and goes along from lesson to lesson."""
    is_on = arrive_one_of("projector", ("on", ""), "") == "on"
    st.session_state.projector_switch = is_on
    st.toggle(t("lesson.projector"), key="projector_switch", help=t("lesson.projector_help"), on_change=_turn)
    if is_on:
        st.html(f"<style>{_LARGE}</style>")
        _KEYS(key="projector_keys", width=1, height=1)
    return is_on


def _turn() -> None:
    st.session_state.projector = "on" if st.session_state.projector_switch else ""
