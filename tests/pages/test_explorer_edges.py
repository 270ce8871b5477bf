"""Every view with texts at the edge of what can be read, and with choices that the text does not hold."""

import gc

import pytest

from attention.networks import EncoderTrace
from pages.shared import compute
from tests.pages.conftest import checked, map_values

VIEWS = ("words", "map", "heads", "find", "open", "vector", "change", "pair")
TEXTS = ("\u200b", "a", "Hello there", "我", "😀", "z" * 500)
JUNK = {
    "asks": "999",
    "looks": "7.x.-1",
    "rows": "٣.400",
    "mask": "0.1.2.3.4.5",
    "pair_pin": "1.999",
    "without": "99-1.0-0",
    "also": "77",
}


@pytest.fixture
def open_view(open_page, language, monkeypatch):
    # AppTest asks for the labels of a choice outside of the page, where no language has been chosen.
    monkeypatch.setattr("pages.shared.texts.language", lambda: language)
    return lambda view, **address: open_page("sentence", view=view, **address)


@pytest.mark.parametrize("sinks", ["hide", "renormalise"])
def test_nothing_is_left_to_rescale_where_every_word_is_hidden(open_view, sinks):
    page = open_view("change", text="Thinking Machines", mask="1.2", sinks=sinks)
    assert not map_values(page, "change_after").any()
    assert not any("nan" in latex.value for latex in page.latex)


@pytest.mark.parametrize("sinks", ["show", "hide", "renormalise"])
@pytest.mark.parametrize("view", VIEWS)
def test_any_text_is_shown_whatever_the_address_says(open_view, view, sinks):
    page = open_view(view, sinks=sinks, merge="true", **JUNK)
    for text in TEXTS:
        page.text_input(key="text").set_value(text)
        checked(page.run())
    for network in ("zh", "en"):
        page.button_group(key="network").set_value(network)
        checked(page.run())


@pytest.mark.parametrize("language", ["en"], indirect=True)
@pytest.mark.parametrize("view", VIEWS)
def test_an_open_page_does_not_hold_what_the_network_computed(open_view, view):
    page = open_view(view)
    page.text_input(key="text").set_value(f"Only for the view {view}")
    checked(page.run())
    compute._traces.clear()
    gc.collect()
    assert not [held for held in gc.get_objects() if isinstance(held, EncoderTrace) and held.text.endswith(view)]
