"""Every lesson: its question can be answered in every way, its moves set its controls, its picture can be printed."""

import importlib
import re
import string

import pytest

from pages.lessons.frame import Lesson
from pages.lessons.path import LESSONS, page_of
from pages.shared.texts import strings
from tests.pages.conftest import checked


def lesson(name: str) -> Lesson:
    return importlib.import_module(f"pages.lessons.{name}").LESSON


def is_said(app, text: str) -> bool:
    """Whether a text of ours stands on the page, its placeholders filled in with something."""
    parts = string.Formatter().parse(text)
    pattern = "".join(re.escape(before) + ("" if name is None else ".+?") for before, name, _, _ in parts)
    elements = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning]
    return any(re.search(pattern, element.value, re.DOTALL) for element in elements)


@pytest.mark.parametrize("name", LESSONS)
def test_the_truth_is_told_once_the_reader_has_committed_and_every_guess_gets_its_reason(open_page, language, name):
    texts, right = strings(language), []
    app = open_page(page_of(name))
    for option in lesson(name).options:
        assert not is_said(app, texts[f"lesson_{name}.predict.truth"])
        assert not is_said(app, texts[f"lesson_{name}.remember"])
        assert app.button(key="reveal").disabled
        app.radio(key=f"guess_{name}").set_value(option).run()
        checked(app.button(key="reveal").click().run())
        right += [option] * len(app.success)
        for key in ("predict.truth", "remember", f"predict.reason.{option}"):
            assert is_said(app, texts[f"lesson_{name}.{key}"])
        checked(app.button(key="again").click().run())
    assert len(right) == 1


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("name", LESSONS)
def test_the_moves_set_the_controls(open_page, name):
    app = open_page(page_of(name))
    assert len(lesson(name).moves) >= 2
    for code, settings in lesson(name).moves.items():
        checked(app.button(key=f"move_{code}").click().run())
        assert {key: app.session_state[key] for key in settings} == dict(settings)


@pytest.mark.parametrize("name", LESSONS)
def test_its_words_are_all_there(language, name):
    texts, found = strings(language), lesson(name)
    expected = {"why", "remember", "sources", "predict.question", "predict.truth"}
    expected |= {f"{part}.{code}" for part in ("try", "try_say") for code in found.moves}
    expected |= {f"predict.{part}.{code}" for part in ("option", "reason") for code in found.options}
    assert {f"lesson_{name}.{key}" for key in expected} <= texts.keys()
    for part in ("try", "try_say"):
        assert {key.split(".")[2] for key in texts if key.startswith(f"lesson_{name}.{part}.")} == found.moves.keys()


@pytest.mark.parametrize("name", LESSONS)
def test_it_stands_in_the_course(open_page, language, name):
    app = open_page(page_of(name))
    assert app.title[0].value == strings(language)[f"page.{page_of(name)}"]
