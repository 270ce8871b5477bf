"""A word opened: every number of the table is the engine's, in both languages."""

import numpy as np
import pytest

from attention.networks import load_encoder
from figures.packed import unpack
from tests.pages.conftest import checked, component

LAW = "The Law will never be perfect, but its application should be just - this is what we are missing, in my opinion."
BUNS = "我吃了100个包子"


@pytest.fixture(scope="module")
def heads():
    english = load_encoder("assets/models/all-minilm-l6-v2")(LAW)
    chinese = load_encoder("assets/models/simbert-tiny-zh")(BUNS)
    return {LAW: english.head(4, 2), BUNS: chinese.head(3, 4)}


def column(table: dict, name: str) -> np.ndarray:
    return unpack(table[name], (len(table["labels"]),))


@pytest.mark.parametrize("text", [LAW, BUNS])
def test_every_number_is_the_engines(open_page, heads, text):
    table = component(open_page("sentence", view="open", text=text), "table")
    head, asks = heads[text], table["labels"].index(table["asks"])
    d_k = head.Q.shape[1]
    np.testing.assert_array_equal(unpack(table["q"], (d_k,)), head.Q[asks])
    np.testing.assert_array_equal(unpack(table["k"], head.K.shape), head.K)
    for name in ("scores", "scaled", "weights"):
        np.testing.assert_array_equal(column(table, name), getattr(head, name)[asks])


def test_the_word_that_asks_and_the_pinned_row_stand_in_the_address(open_page, heads):
    table = component(open_page("sentence", view="open", asks="12", looks="10.2"), "table")
    assert (table["asks"], table["chosen"]) == ("be", 10)
    np.testing.assert_array_equal(column(table, "weights"), heads[LAW].weights[12])


def test_the_order_and_the_numbers_stand_in_the_address(open_page):
    page = open_page("sentence", view="open", order="weight")
    table = component(page, "table")
    assert [table["labels"][row] for row in table["order"][:2]] == ["Law", "application"]
    assert table["numbers"] is False
    page.toggle(key="numbers").set_value(True)
    assert component(checked(page.run()), "table")["numbers"] is True


def test_junk_in_the_address_is_ignored(open_page):
    table = component(open_page("sentence", view="open", order="<junk>", numbers="7"), "table")
    assert table["sort"] == "position"
    assert table["numbers"] is False


def test_hidden_words_are_one_line_with_their_share(open_page, heads):
    table = component(open_page("sentence", view="open", sinks="hide"), "table")
    assert "[CLS]" not in table["labels"]
    taken = heads[LAW].weights[9, [0, -1]].sum()
    assert table["hidden"]["weight"] == pytest.approx(taken, abs=1e-6)
    assert f"{100 * taken:.1f}\u00a0%" in table["hiddenLine"]


def test_rescaled_weights_add_up_to_one_and_say_so(open_page, heads):
    shown = component(open_page("sentence", view="open"), "table")
    table = component(open_page("sentence", view="open", sinks="renormalise"), "table")
    assert column(table, "weights").sum() == pytest.approx(1, abs=1e-6)
    np.testing.assert_allclose(column(table, "weights") * table["left"], heads[LAW].weights[9, 1:-1], rtol=1e-5)
    assert table["words"]["weight"] != shown["words"]["weight"]
    assert f"{table['left']:.3f}" in table["words"]["weight_formula"]


def test_the_pinned_cell_is_opened_below(open_page, heads):
    page = open_page("sentence", view="open", looks="10")
    formulas = " ".join(latex.value for latex in page.latex)
    assert f"{heads[LAW].scores[9, 10]:.3f}" in formulas
    assert "application" in component(page, "table")["labels"]


@pytest.mark.parametrize("text", ["😀🎉", "שלום עולם", "<b>x</b> {braces} %s", "x" * 500, "a"])
def test_any_text_gives_a_table(open_page, text):
    table = component(open_page("sentence", view="open", text=text), "table")
    assert column(table, "weights").sum() == pytest.approx(1, abs=1e-5)


def test_512_pieces_are_a_small_payload(open_page):
    page = open_page("sentence", view="open")
    page.text_input(key="text").set_value("word " * 2000)
    table = component(checked(page.run()), "table")
    assert len(table["labels"]) == 512
    assert len(str(table)) < 200_000
