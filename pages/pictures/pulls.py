"""Gates pulled by hand, as they stand in the address, and the way back: of whichever channels."""

import re
from collections.abc import Mapping

import streamlit as st

from pages.shared.texts import t

MOST_STEPS = 100  # to undo


def read_pulls(code: str) -> dict[str, float]:
    """``red:0.9;skin:0.1`` as gates; parts without a number from 0 to 1 are left out."""
    parts = (part.partition(":") for part in code.split(";"))
    return {
        name: float(number)
        for name, _, number in parts
        if re.fullmatch(r"(0(\.\d{1,3})?|1(\.0{1,3})?)", number, re.ASCII)
    }


def pulls_code(pulled: Mapping[str | int, float]) -> str:
    """Gates as they stand in the address."""
    return ";".join(f"{name}:{gate:g}" for name, gate in pulled.items())


def step(name: str, code: str) -> None:
    """Change the gates that stand under `name`, so that it can be undone."""
    steps = st.session_state.setdefault(f"{name}_steps", [])
    steps.append(st.session_state[name])
    del steps[:-MOST_STEPS]
    st.session_state[name] = code


def forget_steps(name: str) -> None:
    """Where the gates have become others: nothing to go back to."""
    st.session_state[f"{name}_steps"] = []


def _undo(name: str) -> None:
    st.session_state[name] = st.session_state[f"{name}_steps"].pop()


def offer_undo(name: str) -> None:
    """Undo takes back the last pull; the other button lets all gates go."""
    st.button(
        t("channel.undo"),
        icon=":material/undo:",
        disabled=not st.session_state.get(f"{name}_steps"),
        key=f"{name}_undo",
        on_click=_undo,
        args=(name,),
    )
    free, none = t("channel.free_all"), not st.session_state[name]
    st.button(free, disabled=none, key=f"{name}_free", on_click=step, args=(name, ""))
