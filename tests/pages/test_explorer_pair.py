"""Two texts as one pair: four blocks, one way only, and shares that add up."""

import numpy as np
import pytest

from attention.networks import load_encoder
from figures.numbers import latex
from pages.shared.sentence_controls import examples
from tests.pages.conftest import checked, component, map_values, printed_by

MODELS = {"en": "assets/models/all-minilm-l6-v2", "zh": "assets/models/simbert-tiny-zh"}
FIRST, SECOND = {"en": examples()[0]["text"], "zh": "我吃了100个包子"}, {"en": "Courts apply it.", "zh": "你吃了几个？"}


@pytest.fixture(scope="module")
def encoders():
    return {network: load_encoder(folder) for network, folder in MODELS.items()}


@pytest.mark.parametrize("network", MODELS)
def test_the_map_is_that_of_the_pair(open_page, encoders, network):
    page = open_page("sentence", view="pair", text=FIRST[network], second=SECOND[network], layer="2", head="5")
    trace = encoders[network](FIRST[network], pair=SECOND[network])
    np.testing.assert_array_equal(map_values(page, "pair_map"), trace.weights[1, 4])
    start = int((trace.tokens.segments == 1).argmax())
    assert component(page, "pair_map")["dividers"] == [start, start]
    shares = map_values(page, "pair_blocks")
    np.testing.assert_allclose(shares.sum(-1), 1, atol=1e-5)
    inside, across = (~trace.tokens.special & (trace.tokens.segments == i) for i in (0, 1))
    assert shares[0, 1] == pytest.approx(trace.weights[1, 4][np.ix_(inside, across)].sum(-1).mean(), rel=1e-5)


@pytest.mark.parametrize("network", MODELS)
def test_one_way_is_the_corner_where_a_asks_b(open_page, encoders, network):
    page = open_page("sentence", view="pair", text=FIRST[network], second=SECOND[network], one_way="true")
    trace = encoders[network](FIRST[network], pair=SECOND[network])
    first, second = (~trace.tokens.special & (trace.tokens.segments == i) for i in (0, 1))
    layer, head = {"en": (4, 2), "zh": (3, 4)}[network]
    np.testing.assert_array_equal(
        map_values(page, "pair_map"), trace.weights[layer - 1, head - 1][np.ix_(first, second)]
    )
    assert component(page, "pair_map")["dividers"] is None


def test_the_strongest_link_of_all_heads_is_one_click_away(open_page, encoders):
    page = open_page("sentence", view="pair")
    page.button(key="pair_strongest").click()
    checked(page.run())
    shown, (row, column) = map_values(page, "pair_map"), component(page, "pair_map")["chosen"]
    trace = encoders["en"](examples()[0]["text"], pair="No law is flawless, yet courts must use it fairly.")
    assert trace.tokens.words[row] == "Law"
    assert trace.tokens.words[column] == "law"
    np.testing.assert_array_equal(shown, trace.weights[2, 9])


def test_the_second_text_follows_the_language_of_the_first_until_somebody_types(open_page):
    page = open_page("sentence", view="pair")
    page.text_input(key="text").set_value("我吃了100个包子")
    checked(page.run())
    assert page.text_input(key="second").value == "你吃了几个包子？"
    page.text_input(key="second").set_value("好吃吗？").run()
    page.text_input(key="text").set_value("小猫没有过马路。")
    checked(page.run())
    assert page.text_input(key="second").value == "好吃吗？"


def test_a_blank_second_text_is_answered_and_the_last_one_stays(open_page):
    page = open_page("sentence", view="pair")
    page.text_input(key="second").set_value("A dog.").run()
    before = map_values(page, "pair_map")
    page.text_input(key="second").set_value("  ")
    checked(page.run())
    assert len(page.info) == 1
    np.testing.assert_array_equal(map_values(page, "pair_map"), before)


@pytest.mark.parametrize("second", ["\u200b", "😀", "<b>", "שלום", "x" * 500, "\x00", "."])
def test_any_second_text_is_answered(open_page, second):
    page = open_page("sentence", view="pair", second=second)
    assert page.info or map_values(page, "pair_map").size


def test_512_pieces_of_both_texts_and_the_cut_is_told(open_page):
    page = open_page("sentence", view="pair", text="word " * 300)
    page.text_input(key="second").set_value("other " * 400)
    checked(page.run())
    assert map_values(page, "pair_map").shape == (512, 512)
    assert "512" in page.info[0].value


@pytest.mark.parametrize("one_way", [{}, {"one_way": "true"}])
def test_rescaled_rows_add_up_to_one_in_the_map_the_bars_and_the_opened_cell(open_page, encoders, one_way):
    page = open_page("sentence", view="pair", second=SECOND["en"], sinks="renormalise", **one_way)
    tokens = encoders["en"](FIRST["en"], pair=SECOND["en"]).tokens
    weights = encoders["en"](FIRST["en"], pair=SECOND["en"]).weights[3, 1][~tokens.special][:, ~tokens.special]
    weights = weights / weights.sum(-1, keepdims=True)
    second = tokens.segments[~tokens.special] == 1
    shown = map_values(page, "pair_map")
    np.testing.assert_allclose(shown, weights[~second][:, second] if one_way else weights, rtol=1e-6)
    np.testing.assert_allclose(map_values(page, "pair_blocks").sum(-1), 1, atol=1e-5)
    row, column = component(page, "pair_map")["chosen"]
    bar = next(item for item in component(page, "pair_bars")["items"] if item["index"] == column)
    assert bar["value"] == pytest.approx(shown[row, column])
    assert f"= {latex(float(shown[row, column]), 3)}" in page.latex[-1].value


@pytest.mark.parametrize(
    "address",
    [{}, {"pair_pin": "9.33"}, {"pair_pin": "31.2"}, {"one_way": "true"}, {"sinks": "hide"}, {"sinks": "renormalise"}],
)
def test_the_printed_lines_print_the_pinned_number(open_page, address):
    page = open_page("sentence", view="pair", **address)
    row, column = component(page, "pair_map")["chosen"]
    (printed,) = printed_by(page.code[0].value)
    assert printed == pytest.approx(map_values(page, "pair_map")[row, column], abs=1e-6)
