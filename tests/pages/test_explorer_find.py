"""Find a head: all heads ranked by what the engine computed, the fixed ones marked, the winner one click away."""

import numpy as np
import pytest

from attention.head_search import search_heads
from attention.networks import load_encoder
from pages.shared.sentence_controls import counterexamples, examples
from tests.pages.conftest import checked, component, map_values, printed_by


@pytest.fixture(scope="module")
def english():
    return load_encoder("assets/models/all-minilm-l6-v2")


def test_all_heads_are_ranked_by_what_the_word_gives_to_both(open_page, english):
    page = open_page("sentence", view="find")
    trace = english(examples()[0]["text"])
    found = search_heads(trace.weights, trace.tokens.special, 9, (2, 10))
    items = component(page, "ranking")["items"]
    assert [item["label"] for item in items] == [f"L{layer}H{head}" for layer, head in found.order]
    np.testing.assert_allclose([item["value"] for item in items], -np.sort(-found.shares, axis=None))
    assert [bool(item["note"]) for item in items] == [bool(found.fixed[i - 1, j - 1]) for i, j in found.order]
    assert items[0]["label"] == "L3H2"
    assert items[0]["note"]  # the trap: "application" is only the next word
    assert items[1]["label"] == "L4H2"
    assert not items[1]["note"]


def test_mean_and_uniform_are_the_lines_to_hold_it_against(open_page):
    mean, uniform = component(open_page("sentence", view="find"), "ranking")["references"]
    assert mean["value"] == pytest.approx(0.204, abs=5e-4)
    assert uniform["value"] == pytest.approx(2 / 27)


def test_one_click_opens_the_winner_in_the_map(open_page, english):
    page = open_page("sentence", view="find", layer="1", head="1")
    checked(page.button(key="open_primary").click().run())
    np.testing.assert_array_equal(map_values(page, "map"), english(examples()[0]["text"]).head(4, 2).weights)
    assert page.session_state.view == "map"


def test_the_words_to_find_stand_in_the_address(open_page, english):
    page = open_page("sentence", view="find", asks="10", looks="2.4.2.99")
    trace = english(examples()[0]["text"])
    found = search_heads(trace.weights, trace.tokens.special, 10, (2, 4))
    assert component(page, "ranking")["items"][0]["value"] == pytest.approx(found.shares.max())
    assert component(page, "strip")["looks"] == [2, 4]


@pytest.mark.parametrize("at", [0, 1])
def test_the_pair_that_proves_nothing_shows_what_it_says(open_page, english, at):
    example = counterexamples()[at]
    page = open_page("sentence", view="find")
    checked(page.button(key=f"counterexample{at}").click().run())
    weights = english(example["text"]).weights[example["layer"] - 1, example["head"] - 1]
    assert weights[example["asks"], example["looks"][0]] == pytest.approx(example["weight"], abs=0.005)
    chosen = next(item for item in component(page, "ranking")["items"] if item["label"] == "L6H12")
    assert chosen["index"] == component(page, "ranking")["chosen"]
    assert chosen["value"] == pytest.approx(example["weight"], abs=0.005)


def test_both_sentences_of_the_pair_link_it_to_animal_in_the_same_head(english):
    """What assets/texts/*/find_view.md says."""
    for example in counterexamples():
        trace = english(example["text"])
        row = trace.weights[5, 11, trace.tokens.words.index("it")]
        assert trace.tokens.words[int(np.where(trace.tokens.special, 0, row).argmax())] == "animal"


def test_the_text_beside_the_ranking_says_what_the_heads_do(english):
    """What assets/texts/*/find_view.md says of L3H2: nobody gives "application" more, and it is the next word."""
    trace = english(examples()[0]["text"])
    asks = trace.tokens.words.index("its")
    assert trace.tokens.words[asks + 1] == "application"
    given = trace.weights[:, :, asks, asks + 1]
    assert np.unravel_index(given.argmax(), given.shape) == (2, 1)
    assert trace.weights[2, 1, asks].argmax() == asks + 1


def test_chinese_has_its_own_heads(open_page):
    page = open_page("sentence", view="find", text="我吃了100个包子")
    assert len(component(page, "ranking")["items"]) == 4 * 12


@pytest.mark.parametrize("address", [{}, {"layer": "1", "head": "12", "asks": "20", "looks": "3.7"}])
def test_the_printed_lines_print_the_share_of_the_head_in_focus(open_page, address):
    page = open_page("sentence", view="find", **address)
    ranking = component(page, "ranking")
    (printed,) = printed_by(page.code[0].value)
    assert printed == pytest.approx(ranking["items"][ranking["chosen"]]["value"], abs=1e-6)
