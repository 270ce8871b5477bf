"""Widgets in the house's manner: labelled in the reader's language, their values in the address."""

from collections.abc import Sequence

import streamlit as st

from pages.shared.state import arrive, by_history, depart
from pages.shared.texts import LANGUAGES, browser_language, language, t


def choice(
    name: str, options: Sequence[str], default: str, *, texts: str, help: str | None = None, quiet: bool = False
) -> str:
    """One of a few options with translated labels (``<texts>.<option>``); in the address under its own code.

    Where the options say enough, `quiet` leaves the label to screen readers.
    """
    arrive(name, default, options.__contains__)
    if st.session_state[name] not in options:
        st.session_state[name] = default
    labels = {option: t(f"{texts}.{option}") for option in options}
    chosen = st.segmented_control(
        t(f"{texts}.label"),
        options,
        default=st.session_state[name],  # what it starts with where the reader's click was faster than its code
        key=name,
        format_func=labels.get,
        required=True,
        wrap=True,
        help=help,
        label_visibility="collapsed" if quiet else "visible",
    )
    depart(name, default)
    return chosen


def tell_again(key: str) -> None:
    """Before a list or radio buttons with translated options: after another language, which one is chosen.

    The browser knows an option of these by its words alone, and finds none of the old ones among the new.
    """
    state, told = st.session_state, f"told:{key}"
    if key in state and state.get(told) != language():
        state[key] = state[key]
    state[told] = language()


def select(name: str, labels: dict[str, str], label: str) -> None:
    """One of many options, found by typing: {code: its words}; `name` has arrived and departs with the caller."""
    start = list(labels).index(st.session_state[name])  # as in `choice`
    tell_again(name)
    st.selectbox(label, labels, start, format_func=labels.get, key=name)


def language_switch() -> None:
    """English or 中文: the browser's language first, then the reader's choice, on every page (see app.py)."""
    # Not only when it is missing: a run that is cut short before the browser saw it comes back with None.
    if st.session_state.get("lang") not in LANGUAGES or by_history():
        asked = st.query_params.get("lang")
        st.session_state.lang = asked if asked in LANGUAGES else browser_language()
    st.segmented_control(
        t("language.label"),
        list(LANGUAGES),
        default=st.session_state.lang,
        key="lang",
        format_func=LANGUAGES.get,
        required=True,
        label_visibility="collapsed",
    )


def number_choice(name: str, count: int, default: int, *, label: str, help: str | None = None) -> int:
    """One of 1..count, all in view (layers, heads); a value that does not exist here falls back to the default."""
    if st.session_state.get(name, default) not in range(1, count + 1):
        st.session_state[name] = default
    return st.pills(
        label,
        list(range(1, count + 1)),
        default=default,
        key=name,
        required=True,
        wrap=True,
        bind="query-params",
        help=help,
    )


def switch(name: str, *, label: str, help: str | None = None) -> bool:
    """On or off, off by default; in the address, and kept while another view does not show it."""
    return st.toggle(label, key=name, bind="query-params", persist_state="session", help=help)


def badge(kind: str, text: str) -> None:
    """Says in one line where the numbers come from: ``kind`` is "trained" or "illustrative"."""
    icon, color = {
        "trained": (":material/verified:", "green"),
        "illustrative": (":material/draw:", "orange"),
    }[kind]
    st.badge(text, icon=icon, color=color)
