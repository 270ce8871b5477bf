"""The large switch, and what a block that is off uses instead of its own gates."""

import streamlit as st

from pages.shared.components import component
from pages.shared.networks import other_samples
from pages.shared.texts import t
from pages.trained.off_choice import BLOCKS, keep_off
from pages.trained.off_view import View

_SWITCH = component("switch", ["switch.js"])


def big_switch(network: str, off: tuple[int, ...]) -> None:
    """All blocks on, or all of them off."""
    count = BLOCKS[network]
    case = "whole" if not off else "none" if len(off) == count else "some"

    def turned() -> None:
        on = st.session_state.attention_switch.get("turned")
        if on is not None:
            keep_off(() if on else tuple(range(1, count + 1)), count)

    _SWITCH(
        key="attention_switch",
        data={
            "on": not off,
            "name": t("attention_off.switch.name"),
            "states": {
                "on": t("attention_off.switch.on"),
                "off": t(f"attention_off.switch.{'partly' if case == 'some' else 'off'}"),
            },
            "note": t(f"attention_off.switch.{case}", count=len(off), total=count),
        },
        on_turned_change=turned,
    )


def about_instead(view: View) -> None:
    """What the chosen replacement means."""
    choice = view.choice
    name = t(f"attention_off.donor.{choice.donor}") if choice.donor else ""
    with st.container(key="off_about"):
        st.caption(
            t(f"attention_off.instead.about_{choice.instead}", count=len(other_samples(view.picture)), name=name)
        )
