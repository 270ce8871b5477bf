"""All heads at a glance: the thumbnails and the measures are the engine's, in both languages."""

import base64

import numpy as np
import pytest

from attention.networks import load_encoder
from attention.profiles import head_profiles
from attention.sinks import set_aside
from figures.head_grid import SORTS, measures, ordered, thumbnails
from tests.pages.conftest import checked, component, printed_by

MODELS = {"en": "assets/models/all-minilm-l6-v2", "zh": "assets/models/simbert-tiny-zh"}
LAW = "The Law will never be perfect, but its application should be just - this is what we are missing, in my opinion."
BUNS = "我吃了100个包子"


@pytest.fixture(scope="module")
def traces():
    return {LAW: load_encoder(MODELS["en"])(LAW), BUNS: load_encoder(MODELS["zh"])(BUNS)}


def cells(grid: dict) -> np.ndarray:
    shape = (grid["layers"], grid["heads"], grid["side"], grid["side"])
    return np.frombuffer(base64.b64decode(grid["cells"]), np.uint8).reshape(shape)


@pytest.mark.parametrize(("text", "layers"), [(LAW, 6), (BUNS, 4)])
def test_every_head_of_the_network_is_drawn_and_measured(open_page, traces, text, layers):
    grid = component(open_page("sentence", view="heads", text=text), "heads")
    assert (grid["layers"], grid["heads"]) == (layers, 12)
    np.testing.assert_array_equal(cells(grid), thumbnails(traces[text].weights))
    measured = measures(head_profiles(traces[text].weights, traces[text].tokens.special))
    for measure in grid["measures"]:
        np.testing.assert_array_equal(measure["numbers"], measured[measure["code"]].ravel())


@pytest.mark.parametrize("sort", SORTS)
def test_the_order_stands_in_the_address(open_page, traces, sort):
    grid = component(open_page("sentence", view="heads", sort=sort), "heads")
    trace = traces[LAW]
    assert grid["order"] == ordered(measures(head_profiles(trace.weights, trace.tokens.special)), sort)


def test_junk_in_the_address_is_the_order_by_layer(open_page):
    assert component(open_page("sentence", view="heads", sort="<junk>"), "heads")["sort"] == "layer"


def test_the_head_in_focus_is_the_one_chosen_above(open_page):
    page = open_page("sentence", view="heads")
    page.button_group(key="layer").set_value(1)
    page.button_group(key="head").set_value(3)
    grid = component(checked(page.run()), "heads")
    assert grid["chosen"] == 2
    assert "100\u00a0%" in grid["each"][2]["does"]
    assert "L1H3" in grid["finding"]


@pytest.mark.parametrize("mode", ["hide", "renormalise"])
def test_without_cls_and_sep_the_thumbnails_leave_them_out_and_the_measures_do_not(open_page, traces, mode):
    grid = component(open_page("sentence", view="heads", sinks=mode), "heads")
    trace = traces[LAW]
    expected = thumbnails(set_aside(trace.weights, ~trace.tokens.special, mode))
    np.testing.assert_array_equal(cells(grid), expected)
    shares = next(measure["numbers"] for measure in grid["measures"] if measure["code"] == "special")
    np.testing.assert_array_equal(shares, head_profiles(trace.weights, trace.tokens.special).to_special.ravel())


def test_512_pieces_say_that_a_cell_is_a_block(open_page):
    page = open_page("sentence", view="heads")
    page.text_input(key="text").set_value("word " * 2000)
    grid = component(checked(page.run()), "heads")
    assert grid["side"] == 64
    assert "8 × 8" in grid["words"]["legend"]


def test_the_printed_lines_print_the_focus_of_the_head(open_page):
    page = open_page("sentence", view="heads", layer="1", head="3")
    (printed,) = printed_by(page.code[0].value)
    shown = component(page, "heads")["each"][2]["values"][0]
    assert shown.startswith(f"{printed:.1f}")


@pytest.mark.parametrize("text", [LAW, BUNS])
def test_the_share_of_the_sinks_beside_the_heads_is_that_of_the_card(open_page, text):
    page = open_page("sentence", view="heads", text=text)
    grid = component(page, "heads")
    share = grid["each"][grid["chosen"]]["values"][2]
    assert share.endswith("%")
    assert any(share in caption.value for caption in page.caption)
