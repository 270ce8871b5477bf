"""What a teacher finds on a lesson: the projector's switch, which goes along, and the sheets to print."""

import pytest

from tests.pages.conftest import checked


def is_large(app) -> bool:
    return any("-projector_keys" in element.proto.id for element in app.get("bidi_component"))


@pytest.mark.parametrize("language", ["en"])
def test_the_projector_folds_what_stands_around_the_toy_and_goes_along(open_page):
    app = open_page("lesson_query")
    folds = len(app.expander)
    assert not is_large(app)
    checked(app.toggle(key="projector_switch").set_value(True).run())
    assert is_large(app)
    assert len(app.expander) == folds + 2
    assert app.query_params["projector"] == "on"
    checked(app.switch_page("pages/lesson_root.py").run())
    assert is_large(app)
    checked(app.toggle(key="projector_switch").set_value(False).run())
    assert not is_large(app)


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("junk", ["true", "1", "<b>"])
def test_junk_in_the_address_turns_nothing_on(open_page, junk):
    assert not is_large(open_page("lesson_query", projector=junk))


def test_the_sheets_are_offered(open_page, language):
    app = open_page("lesson_query")
    assert not app.get("download_button")
    app.session_state["lesson_print"] = True  # what opening it does
    checked(app.run())
    assert len(app.get("download_button")) == 2
