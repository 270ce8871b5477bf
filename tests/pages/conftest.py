"""Pages run without a browser."""

import contextlib
import inspect
import io
import json
from collections.abc import Callable

import numpy as np
import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from figures.maps import decode_values


@pytest.fixture
def language() -> str:
    return "en"


def pytest_generate_tests(metafunc) -> None:
    """A test that asks for the language runs in each; what has no words in it is the same in all, and runs once."""
    marked = any("language" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "language" in inspect.signature(metafunc.function).parameters and not marked:
        metafunc.parametrize("language", ["en", "zh"])


@pytest.fixture(autouse=True)
def through_the_router(monkeypatch):
    """AppTest begins every run with Streamlit's old automatic pages, which leave app.py out; a server does not."""
    begin = PagesManager.__init__

    def begin_with_navigation(self, *args, **options):
        begin(self, *args, **options)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", begin_with_navigation)


@pytest.fixture
def open_page(language) -> Callable[..., AppTest]:
    """Run a page in `language`: ``open_page("sentence", layer="4")`` with what stands in its address."""

    def run(name: str, **address: str) -> AppTest:
        app = AppTest.from_file("../../app.py", default_timeout=60)
        app.query_params.update({"lang": language, **address})
        app.run()
        if name != "home":
            app.switch_page(f"pages/{name}.py").run()
        return checked(app)

    return run


def checked(app: AppTest) -> AppTest:
    """The app after a run in which nothing went wrong: no exception, and not the router's last door either."""
    assert not app.exception, app.exception
    assert not app.error, [error.value for error in app.error]
    return app


def component(app: AppTest, marker: str) -> dict:
    """The data of the first component that has `marker` in its widget key."""
    for element in app.get("bidi_component"):
        if f"-{marker}" in element.proto.id:
            return json.loads(element.proto.json)
    raise AssertionError(f"no component {marker}: {[e.proto.id for e in app.get('bidi_component')]}")


def map_values(app: AppTest, marker: str) -> np.ndarray:
    return decode_values(component(app, marker))


def printed_by(lines: str) -> list[float]:
    """The numbers that some printed Python prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(lines, {})
    return [float(number) for number in printed.getvalue().split()]
