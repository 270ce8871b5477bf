"""A lesson before a class: large type, what surrounds the toy folded, and a presenter's keys that go on."""

import streamlit as st

from pages.shared.components import COMPONENTS, component
from pages.shared.state import arrive_one_of
from pages.shared.texts import t

_KEYS = component("projector", ["projector.js"])
_LARGE = (COMPONENTS / "projector" / "page.css").read_text(encoding="utf-8")


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
