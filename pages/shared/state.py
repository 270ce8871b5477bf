"""What a page shows stands in its address, so that a view can be sent as a link.

Numbers and switches are bound by Streamlit itself (``bind="query-params"``: it validates, drops defaults, and replaces
the address without a history entry). Two kinds of state are not: texts, which may be too long for an address, and
choices whose labels are translated, which stand in it by a code that every language reads. Both are read from the
address when the reader arrives, and written back whenever they change, so that the browser's Back undoes the last
change. Junk falls back to the default.

A keyed widget forgets its value when its page is left; what is kept here comes back when the reader does.
"""

from collections.abc import Callable

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

LONGEST_IN_ADDRESS = 2000  # characters; a longer text stays on the page but not in the link


def arrive(name: str, default: str, accept: Callable[[str], bool]) -> None:
    """Before the widget with key ``name``: its value from the address, else from this visit, else the default."""
    page_is_new, went_back = _page_is_new(f"arrived:{name}"), by_history()
    if name in st.session_state and not page_is_new and not went_back:
        return
    asked = st.query_params.get(name)
    kept = default if went_back else st.session_state.get(f"kept:{name}", default)
    st.session_state[name] = asked if asked and accept(asked) else kept


def by_history() -> bool:
    """Whether this run answers the browser's Back or Forward: the address then says what to show, also nothing."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


def depart(name: str, default: str) -> None:
    """After the widget: keep its value for this visit, and for the address unless it is the default."""
    value = st.session_state[name]
    st.session_state[f"kept:{name}"] = value
    told = "" if value is None or value == default or len(value) > LONGEST_IN_ADDRESS else value
    came_from = st.session_state.get(f"departed:{name}")
    # On another page the browser has dropped what Streamlit still believes to be in the address: write it in any case.
    dropped = _page_is_new(f"departed:{name}") and came_from is not None
    if told != st.query_params.get(name, "") or (dropped and told):
        st.session_state.setdefault("departing", {})[name] = told


def write_address() -> None:
    """At the end of a run: everything that departed at once, so that Back takes back one change of the reader's."""
    if departing := st.session_state.pop("departing", None):
        st.query_params.update({name: value or [] for name, value in departing.items()})


def _page_is_new(mark: str) -> bool:
    """Whether the reader has come to another page since this was last asked for ``mark``."""
    page = st.session_state.get("page")
    last, st.session_state[mark] = st.session_state.get(mark), page
    return last != page
