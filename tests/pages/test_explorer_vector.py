"""What its vector learns: cosines of true hidden states, with attention and with it taken out."""

import numpy as np
import pytest

from attention.carried import carried
from attention.networks import load_encoder
from pages.shared.sentence_controls import examples
from tests.pages.conftest import checked, component, map_values, printed_by

TEXT = examples()[0]["text"]


@pytest.fixture(scope="module")
def english():
    return load_encoder("assets/models/all-minilm-l6-v2")


REMOVED = {
    "all": [(layer, head) for layer in range(1, 7) for head in range(1, 13)],
    "layer": [(4, head) for head in range(1, 13)],
    "head": [(4, 2)],
}


@pytest.mark.parametrize("off", REMOVED)
def test_the_cosines_are_those_of_the_two_runs(open_page, english, off):
    on, without = english(TEXT), english(TEXT, without=REMOVED[off])
    found = carried(on.hidden_states, without.hidden_states, 9, (2, 10), on.tokens.special)
    shown = map_values(open_page("sentence", view="vector", off=off), "cosine_map")
    np.testing.assert_allclose(shown, found.on - found.off, atol=1e-6)
    assert (shown[:4] == 0).all() == (off != "all")  # before the layer nothing has changed


@pytest.mark.parametrize(("which", "field"), [("on", "on"), ("off", "off")])
def test_each_run_can_be_seen_by_itself(open_page, english, which, field):
    on, without = english(TEXT), english(TEXT, without=REMOVED["all"])
    found = carried(on.hidden_states, without.hidden_states, 9, (2, 10), on.tokens.special)
    shown = map_values(open_page("sentence", view="vector", cosines=which), "cosine_map")
    np.testing.assert_allclose(shown, getattr(found, field), atol=1e-6)


def test_the_page_says_when_the_claim_does_not_hold(open_page):
    page = open_page("sentence", view="vector")
    said = next(text.value for text in page.markdown if text.value.startswith("####"))
    for number in ("0\\.03", "0\\.35", "0\\.13", "0\\.41"):  # from and to, the words and the rest
        assert number in said


def test_a_sentence_that_bears_it_out_gets_another_verdict(open_page):
    """Two words only: there is nothing else to come closer to."""
    page = open_page("sentence", view="vector", text="Thinking Machines")
    said = next(text.value for text in page.markdown if text.value.startswith("####"))
    assert "0\\.55" in said


@pytest.mark.parametrize("off", REMOVED)
def test_the_printed_lines_print_the_two_cosines(open_page, off):
    page = open_page("sentence", view="vector", off=off)
    on, without = printed_by(page.code[0].value)
    change = map_values(page, "cosine_map")[-1, 2]
    assert on - without == pytest.approx(change, abs=1e-6)


def test_chinese_in_its_own_network(open_page):
    page = open_page("sentence", view="vector", text="小猫没有过马路，因为它太累了。")
    assert map_values(page, "cosine_map").shape == (5, 17)
    checked(page)


@pytest.mark.parametrize("which", ["on", "off"])
def test_the_word_named_under_the_cosines_is_another_than_the_one_that_asks(open_page, english, which):
    """The cosine of a word with itself is 1 after every layer: nothing to find there."""
    on, without = english(TEXT), english(TEXT, without=REMOVED["all"])
    found = carried(on.hidden_states, without.hidden_states, 9, (2, 10), on.tokens.special)
    others = np.delete(getattr(found, which), 9, axis=1)
    said = component(open_page("sentence", view="vector", cosines=which), "cosine_map")["text"]["sentence"]
    assert f"{others.max():.2f}" in said
    assert "“its”" not in said


@pytest.mark.parametrize(("looks", "said"), [("2.10.9", "0\\.35"), ("9", "1\\.00")])
def test_the_word_itself_is_not_counted_among_those_it_carries(open_page, looks, said):
    page = open_page("sentence", view="vector", looks=looks)
    verdict = next(text.value for text in page.markdown if text.value.startswith("####"))
    assert said in verdict
    assert "nan" not in verdict
    checked(page)
