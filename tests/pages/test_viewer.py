"""The mask viewer on a page: its settings stand in the address, its payload does not change with them."""

import json

import pytest

from figures.masks import COLOURS, LOOKS
from pages.pictures import viewer
from tests.pages.conftest import checked, component

DEFAULTS = {
    "look": "auto", "beside": "auto", "opacity": "65", "colours": "violet", "signed": "blue_red", "keep": "100",
    "contour": "off",
}  # fmt: skip
OTHERS = {
    "look": "swipe", "beside": "mask", "opacity": "40", "colours": "magma", "signed": "ice_fire", "keep": "60",
    "contour": "on",
}  # fmt: skip


def told(app) -> dict:
    return component(app, "spatial_viewer_settings")


def shown(app) -> dict:
    (proto,) = [e.proto for e in app.get("bidi_component") if e.proto.id.endswith("-spatial_viewer")]
    return json.loads(proto.json)


def test_without_a_word_in_the_address_everything_is_as_usual(open_page):
    app = open_page("spatial")
    assert told(app) == DEFAULTS
    assert not set(DEFAULTS) & set(app.query_params)


def test_the_address_brings_all_settings_and_keeps_them(open_page):
    app = open_page("spatial", **OTHERS)
    assert told(app) == OTHERS
    assert {name: app.query_params[name] for name in OTHERS} == OTHERS
    app.switch_page("pages/compare.py").run()
    app.switch_page("pages/spatial.py").run()
    assert told(checked(app)) == OTHERS


@pytest.mark.parametrize("junk", ["", "junk", "-1", "101", "6.5", "%00<b>", "०"])
def test_junk_in_the_address_is_the_default(open_page, junk):
    assert told(open_page("spatial", **dict.fromkeys(DEFAULTS, junk))) == DEFAULTS
    assert told(open_page("spatial", **{**OTHERS, "keep": junk})) == {**OTHERS, "keep": "100"}


def test_a_change_of_settings_sends_no_picture_and_no_number_again(open_page):
    app = open_page("spatial")
    before = shown(app)
    app.session_state.look, app.session_state.keep = "swipe", "50"
    checked(app.run())
    assert told(app) == {**DEFAULTS, "look": "swipe", "keep": "50"}
    assert shown(app) == before


def test_what_a_browser_sends_is_taken_over_as_far_as_it_means_something(monkeypatch):
    state = dict(DEFAULTS)
    monkeypatch.setattr(viewer.st, "session_state", state)
    viewer._keep({**OTHERS, "opacity": ["4"], "colours": "rainbow", "more": "x"})
    assert state == {**OTHERS, "opacity": "65", "colours": "violet"}
    viewer._keep(None)
    assert state["look"] == "swipe"


def test_every_choice_has_a_name_in_the_readers_language(open_page):
    words = shown(open_page("spatial"))["words"]
    assert set(LOOKS) < set(words["look"])
    assert set(words["colours"]) == {name for names in COLOURS.values() for name in names}
    assert all(words["look"].values())
    assert all(words["colours"].values())


def test_a_page_has_a_look_of_its_own_until_the_reader_chooses_one(open_page):
    app = open_page("channel")
    payload = json.loads(next(e.proto.json for e in app.get("bidi_component") if e.proto.id.endswith("channel_viewer")))
    assert payload["opening"] == "pair"
    assert component(app, "channel_viewer_settings")["look"] == "auto"
    assert "look" not in app.query_params
    assert shown(open_page("spatial"))["opening"] == "overlay"
