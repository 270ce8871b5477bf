"""What a teacher finds on a lesson: the projector's switch, which goes along, and the sheets to print."""

import json

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


@pytest.mark.parametrize("language", ["en"])
def test_on_a_projector_charts_have_larger_letters_and_are_taller(open_page):
    def charts(**address: str) -> tuple[list[float], set[float]]:
        found = open_page("lesson_root", **address).get("plotly_chart")
        layouts = [json.loads(chart.proto.spec)["layout"] for chart in found]
        axes = [layout[axis] for layout in layouts for axis in ("xaxis", "yaxis")]
        letters = {size for axis in axes for size in (axis["tickfont"]["size"], axis["title"]["font"]["size"])}
        return [layout["height"] for layout in layouts], letters

    (heights, letters), (tall, large) = charts(), charts(projector="on")
    assert len(heights) == len(tall) == 3
    assert all(after > before for before, after in zip(heights, tall, strict=True))
    assert (letters, large) == ({14}, {20})
