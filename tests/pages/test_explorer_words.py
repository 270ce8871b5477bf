"""The words view: its chips and bars show what the network computed, in both directions and for any heads."""

import numpy as np
import pytest

from attention.merging import merge_weights
from attention.networks import load_encoder
from attention.sinks import set_aside
from figures.numbers import percent
from figures.packed import unpack
from pages.shared.sentence_controls import examples
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, printed_by

LAW = examples()[0]["text"]
PIECES = "Unbelievabilities don't electrify well-known kittens."


@pytest.fixture(scope="module")
def english():
    return load_encoder("assets/models/all-minilm-l6-v2")


def chips(page):
    return component(page, "words")


def weights_of(page):
    shown = chips(page)
    size = len(shown["words"])
    return unpack(shown["weights"], (max(1, len(shown["heads"])), size, size))


def open_words(open_page, **address):
    return open_page("sentence", view="words", **address)


def with_heads(page, heads):
    page.button_group(key="also").set_value(list(heads))
    return checked(page.run())


def test_the_chips_are_the_pieces_and_their_weights_those_of_the_head(open_page, english):
    page = open_words(open_page)
    trace, shown = english(LAW), chips(page)
    assert shown["words"] == list(trace.tokens.words)
    assert shown["special"] == [0, len(trace.tokens) - 1]
    assert (shown["asks"], shown["pinned"], shown["lines"]) == (9, 9, True)
    assert 2 in shown["looks"]
    np.testing.assert_array_equal(weights_of(page)[0], trace.weights[3, 1])
    assert percent(trace.weights[3, 1, 9, 2]) in shown["sentence"]


def test_the_bars_are_the_row_of_the_word_that_asks(open_page, english):
    row = english(LAW).weights[3, 1, 9]
    bars = component(open_words(open_page), "bars")
    assert [item["value"] for item in bars["items"]] == sorted(map(float, row), reverse=True)[:10]
    assert "its" in bars["title"]


def test_the_other_direction_is_the_column_of_the_word_looked_at(open_page, english):
    page = open_words(open_page, direction="in")
    column = english(LAW).weights[3, 1, :, 2]
    assert (chips(page)["direction"], chips(page)["pinned"], chips(page)["role"]) == ("in", 2, "looks")
    bars = component(page, "bars")
    assert [item["value"] for item in bars["items"]] == sorted(map(float, column), reverse=True)[:10]
    assert bars["chosen"] == 9
    for share in sorted(column)[-2:]:
        assert percent(share) in chips(page)["sentence"]


@pytest.mark.parametrize("direction", ["out", "in"])
def test_several_heads_are_sent_each_with_its_number(open_page, english, direction):
    page = with_heads(open_words(open_page, direction=direction), [5, 11])
    weights = english(LAW).weights[3, [1, 4, 10]]
    assert chips(page)["heads"] == [2, 5, 11]
    np.testing.assert_array_equal(weights_of(page), weights)
    strongest = (weights[:, 9] if direction == "out" else weights[:, :, 2]).max(-1)
    for share in strongest:
        assert percent(share) in chips(page)["sentence"]
    row = weights[0, 9] if direction == "out" else weights[0, :, 2]
    assert component(page, "bars")["items"][0]["value"] == row.max()  # those of the head in focus


def test_twelve_heads_name_the_three_strongest_links(open_page, english):
    page = with_heads(open_words(open_page), range(1, 13))
    weights = english(LAW).weights[3]
    np.testing.assert_array_equal(weights_of(page), weights)
    said = chips(page)["sentence"]
    largest = np.sort(weights[:, 9].max(-1))
    assert [percent(share) in said for share in largest] == [False] * 9 + [True] * 3


@pytest.mark.parametrize(("how", "summary"), [("mean", np.mean), ("max", np.max)])
def test_heads_taken_together_are_one_matrix(open_page, english, how, summary):
    page = with_heads(open_words(open_page, together=how), [5, 11])
    assert chips(page)["heads"] == []
    expected = summary(english(LAW).weights[3, [1, 4, 10]], axis=0)
    np.testing.assert_allclose(weights_of(page)[0], expected, atol=1e-7)


def test_merged_words_keep_rows_that_sum_to_1(open_page, english):
    page = open_words(open_page, text=PIECES)
    pieces = chips(page)
    tokens = english(PIECES).tokens
    assert pieces["continues"] == [i for i in range(1, len(tokens)) if tokens.groups[i] == tokens.groups[i - 1]]
    page.toggle(key="merge").set_value(True)
    checked(page.run())
    assert chips(page)["words"] == list(tokens.word_texts)
    assert chips(page)["continues"] == []
    np.testing.assert_allclose(weights_of(page).sum(-1), 1, atol=1e-5)
    expected = merge_weights(english(PIECES).weights[3, 1], tokens.groups)
    np.testing.assert_array_equal(weights_of(page)[0], expected)


def test_where_nothing_is_in_pieces_there_is_nothing_to_merge(open_page):
    assert not [toggle for toggle in open_words(open_page).toggle if toggle.key == "merge"]


@pytest.mark.parametrize("mode", ["hide", "renormalise"])
def test_the_sinks_can_be_set_aside(open_page, english, mode):
    page = open_words(open_page, sinks=mode)
    trace = english(LAW)
    expected = set_aside(trace.weights[3, 1], ~trace.tokens.special, mode)
    np.testing.assert_array_equal(weights_of(page)[0], expected)
    assert chips(page)["special"] == []
    assert chips(page)["pinned"] == 8


@pytest.mark.parametrize(
    "text",
    ["😀🎉👩‍👩‍👧", "שלום עולם", "<script>alert(1)</script>", "e\u0301\u0301 z\u0351\u036b", "x" * 500, "{0} %s {", " "],
)
@pytest.mark.parametrize("direction", ["out", "in"])
def test_any_text_gives_chips(open_page, text, direction):
    page = open_words(open_page, text=text, direction=direction)
    assert len(chips(page)["words"]) >= 2
    np.testing.assert_allclose(weights_of(page).sum(-1), 1, atol=1e-5)


def test_a_long_word_is_short_on_its_chip_and_whole_in_its_title(open_page):
    shown = chips(open_words(open_page, text="x" * 500))
    assert len(shown["words"][1]) == 24
    assert shown["full"] == {"1": "x" * 500}


def test_junk_in_the_address_is_ignored(open_page):
    assert chips(open_words(open_page, direction="sideways", merge="perhaps"))["direction"] == "out"


def test_512_pieces_in_twelve_heads_fit_the_payload(open_page):
    page = with_heads(open_words(open_page, text="attention is all you need " * 120), range(1, 13))
    assert len(chips(page)["words"]) == 512
    assert len(chips(page)["weights"]["data"]) < 8e6 * 0.6


@pytest.mark.parametrize(
    "address", [{}, {"also": "7", "together": "mean"}, {"sinks": "renormalise"}, {"merge": "true"}]
)
def test_the_printed_lines_print_the_number_of_the_framed_pair(open_page, address):
    page = open_page("sentence", text="The unbelievability of its laws doesn't matter.", asks="2", looks="9", **address)
    shown = component(page, "words")
    (printed,) = printed_by(page.code[0].value)
    size = len(shown["words"])
    weights = unpack(shown["weights"], (max(1, len(shown["heads"])), size, size))
    assert printed == pytest.approx(weights[0, shown["asks"], shown["looks"][0]], abs=1e-6)


@pytest.mark.parametrize("together", ["each", "mean"])
def test_what_stands_under_a_word_is_said_where_several_heads_share_it(open_page, language, together, monkeypatch):
    # AppTest asks for the labels of a choice outside of the page, where no language has been chosen.
    monkeypatch.setattr("pages.shared.texts.language", lambda: language)
    said = strings(language)["words_view.each_note"]
    page = open_page("sentence")
    assert said not in [caption.value for caption in page.caption]
    page.button_group(key="also").set_value([7])
    page.button_group(key="together").set_value(together)
    checked(page.run())
    assert (said in [caption.value for caption in page.caption]) == (together == "each")
