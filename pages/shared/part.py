"""A part of a page that runs again without the rest of it, and the last door for what goes wrong in a run."""

import functools
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from pages.shared.state import write_address
from pages.shared.texts import t


def part(body: Callable[..., None]) -> Callable[..., None]:
    """Make `body` a part of its own: what is touched in it runs it alone, so its answer is painted sooner.

    It must come last among what writes the address, and hold everything that depends on what is touched in it.
    """

    @st.fragment
    @functools.wraps(body)
    def run(*arguments: object) -> None:
        with last_door(f"{body.__module__}.{body.__name__}"):
            body(*arguments)
        write_address()

    return run


@contextmanager
def last_door(name: str) -> Iterator[None]:
    """No traceback ever reaches a reader: what nobody expected becomes one sentence, and goes to the log."""
    try:
        yield
    except Exception:
        logging.getLogger(__name__).exception("%r failed", name)
        st.error(t("app.unexpected"), icon=":material/build:")
