"""What a page shows stands in its address, so that a view can be sent as a link.

Numbers and switches are bound by Streamlit itself (``bind="query-params"``: it validates, drops defaults, and replaces
the address without a history entry). Two kinds of state are not: texts, which may be too long for an address, and
choices whose labels are translated, which stand in it by a code that every language reads. Both are read from the
address when the reader arrives, and written back whenever they change, so that the browser's Back undoes the last
change. Junk falls back to the default.

A keyed widget forgets its value when its page is left; what is kept here comes back when the reader does.
"""

import re
from collections.abc import Callable, Collection, Hashable
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

LONGEST_IN_ADDRESS = 2000  # characters; a longer text stays on the page but not in the link

Read = TypeVar("Read")


def arrive(name: str, default: str, accept: Callable[[str], bool], of: Hashable = None) -> bool:
    """Before the widget with key ``name``: its value from the address, else from this visit, else the default.

    ``of`` is what the value belongs to, such as the text in which words were chosen. Once that is another one, the
    value means nothing: unless the address brings its own it falls back to the default, and the answer is True.
    """
    page_is_new, went_back = _page_is_new(f"arrived:{name}"), by_history()
    outdated = st.session_state.get(f"of:{name}", of) != of
    st.session_state[f"of:{name}"] = of
    if name in st.session_state and not page_is_new and not went_back:
        if outdated:
            st.session_state[name] = default
        return outdated
    asked = st.query_params.get(name)
    brought = bool(asked) and accept(asked)
    kept = default if went_back or outdated else st.session_state.get(f"kept:{name}", default)
    st.session_state[name] = asked if brought else kept
    return outdated and not brought and not went_back


def by_history() -> bool:
    """Whether this run answers the browser's Back or Forward: the address then says what to show, also nothing."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


def hold(name: str, default: str, accept: Callable[[str], bool]) -> None:
    """For a widget that another choice keeps out of sight: what is set meanwhile, or was chosen before, is not lost.

    Streamlit lets go of the value of a widget that is not shown, and an older one would come back in its place.
    """
    arrive(name, default, accept)
    st.session_state[name] = st.session_state[name]


def depart(name: str, default: str) -> None:
    """After the widget: keep its value for this visit, and for the address unless it is the default."""
    value = st.session_state[name]
    st.session_state[f"kept:{name}"] = value
    told = "" if value is None or value == default or len(value) > LONGEST_IN_ADDRESS else value
    came_from = st.session_state.get(f"departed:{name}")
    # On another page the browser has dropped what Streamlit still believes to be in the address: write it in any case.
    dropped = _page_is_new(f"departed:{name}") and came_from is not None
    departing = st.session_state.setdefault("departing", {})
    if told != st.query_params.get(name, "") or (dropped and told):
        departing[name] = told
    else:
        departing.pop(name, None)  # left by a run that was interrupted, and taken back since


def arrive_one_of(name: str, options: Collection[str], default: str, of: Hashable = None) -> str:
    """A code without a widget of Streamlit's, in the address unless it is the default; what is no option is junk."""
    arrive(name, default, options.__contains__, of=of)
    if st.session_state[name] not in options:
        st.session_state[name] = default
    depart(name, default)
    return st.session_state[name]


def arrive_read(name: str, read: Callable[[str], Read | None], of: Hashable = None) -> Read | None:
    """What ``read(code)`` makes of a code without a widget, in the address; None, and no code, where it is junk."""
    arrive(name, "", lambda code: read(code) is not None, of=of)
    found = read(st.session_state[name])
    if found is None:
        st.session_state[name] = ""
    depart(name, "")
    return found


def arrive_cell(name: str, shape: tuple[int, int], of: Hashable = None) -> tuple[int, int] | None:
    """Row and column, from 0, pinned in (rows, columns); in the address "column,row" from 1, as readers count."""

    def read(code: str) -> tuple[int, int] | None:
        found = re.fullmatch(r"(\d{1,4}),(\d{1,4})", code, re.ASCII)
        column, row = (int(number) - 1 for number in found.groups()) if found else (-1, -1)
        return (row, column) if 0 <= row < shape[0] and 0 <= column < shape[1] else None

    return arrive_read(name, read, of)


def keep_cell(name: str, row: int, column: int) -> None:
    """What a click on a map does, before the page runs again."""
    st.session_state[name] = f"{column + 1},{row + 1}"


def write_address() -> None:
    """At the end of a run: everything that departed at once, so that Back takes back one change of the reader's."""
    if departing := st.session_state.pop("departing", None):
        st.query_params.update({name: value or [] for name, value in departing.items()})


def enter(page: str) -> None:
    """At the start of a run: which page it is. Each time the reader comes to one is a visit of its own."""
    if st.session_state.get("page") != page:
        st.session_state.update(page=page, visit=st.session_state.get("visit", 0) + 1)


def _page_is_new(mark: str) -> bool:
    """Whether the reader has come to another page since this was last asked for ``mark``."""
    visit = st.session_state.get("visit")
    last, st.session_state[mark] = st.session_state.get(mark), visit
    return last != visit
