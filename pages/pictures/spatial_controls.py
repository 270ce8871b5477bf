"""The weights of a spatial mask as sliders whose values stand in the address."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.shared.texts import t


@dataclass(frozen=True)
class Slider:
    """One number: its name in the address, the engine's argument it is, its range, step and default."""

    key: str
    argument: str
    lowest: float
    highest: float
    step: float
    default: float


def slide(slider: Slider) -> float:
    """The slider; its words are ``spatial.weights.<key>`` and ``<key>_help``."""
    return st.slider(
        t(f"spatial.weights.{slider.key}"),
        slider.lowest,
        slider.highest,
        slider.default,
        slider.step,
        format="%g",
        key=slider.key,
        help=t(f"spatial.weights.{slider.key}_help"),
        bind="query-params",
        persist_state="session",
    )


def reset_button(sliders: Sequence[Slider], **choices: str) -> None:
    """Puts `sliders` back to their defaults, and `choices` (name: default) as well."""

    def reset() -> None:
        for slider in sliders:
            st.session_state[slider.key] = slider.default
        st.session_state.update(choices)

    changed = any(st.session_state[slider.key] != slider.default for slider in sliders)
    changed = changed or any(st.session_state[name] != default for name, default in choices.items())
    st.button(
        t("spatial.weights.reset"),
        icon=":material/restart_alt:",
        type="tertiary",
        disabled=not changed,
        on_click=reset,
        key="reset_spatial",
    )
