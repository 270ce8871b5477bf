"""The map of a sentence, of one head or several, of pieces or words: its numbers are the engine's."""

import contextlib
import io

import numpy as np
import pytest

from attention.merging import merge_weights
from attention.networks import load_encoder
from attention.sinks import set_aside
from pages.shared.sentence_controls import examples
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values

LAW = examples()[0]["text"]
PIECES = "Unbelievable electroencephalographers didn't agree."  # words of several pieces


@pytest.fixture(scope="module")
def encoder():
    return load_encoder("assets/models/all-minilm-l6-v2")


@pytest.fixture
def open_map(open_page, language, monkeypatch):
    # AppTest asks for the labels of a choice outside of the page, where no language has been chosen.
    monkeypatch.setattr("pages.shared.texts.language", lambda: language)
    return lambda **address: open_page("sentence", view="map", **address)


def heads_together(page, heads, together):
    """Several heads of the layer."""
    page.button_group(key="also").set_value(heads)
    page.button_group(key="together").set_value(together)
    return checked(page.run())


def python_prints(page) -> float:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(page.code[0].value, {})
    return float(printed.getvalue())


def pinned(page) -> float:
    shown = component(page, "map")
    row, column = shown["chosen"]
    return float(map_values(page, "map")[row, column])


def test_a_long_text_is_shaded_by_roots_and_its_legend_says_so(open_map, encoder, language):
    assert not component(open_map(), "map")["roots"]
    text = " ".join(map(str, range(100, 180)))
    shown = component(open_map(text=text), "map")
    largest = encoder(text).head(4, 2).weights.max()
    assert shown["roots"]
    assert shown["range"] == [0.0, pytest.approx(largest)]
    assert shown["text"]["high"] == strings(language)["map_view.high_roots"].format(largest=f"{largest:.2f}")


def test_the_largest_of_several_heads_is_not_summed_up(open_map):
    page = heads_together(open_map(), [7, 9], "max")
    assert "%" not in component(page, "bars")["rest"]


@pytest.mark.parametrize("together", ["mean", "max"])
@pytest.mark.parametrize("sinks", ["show", "hide", "renormalise"])
def test_several_heads_are_one_map(open_map, encoder, together, sinks):
    page = heads_together(open_map(sinks=sinks), [7, 9], together)
    trace = encoder(LAW)
    weights = set_aside(trace.weights[3, [1, 6, 8]], ~trace.tokens.special, sinks)
    np.testing.assert_array_equal(map_values(page, "map"), getattr(weights, together)(0))
    assert python_prints(page) == pytest.approx(pinned(page), abs=1e-6)
    shown = component(page, "map")
    heads = component(page, "mixed_heads")
    values = [item["value"] for item in heads["items"]]
    assert getattr(np, together)(values) == pytest.approx(pinned(page), abs=1e-6)
    assert heads["references"][0]["value"] == pytest.approx(pinned(page), abs=1e-6)
    assert all(number in shown["text"]["sentence"] for number in ("2", "7", "9", "4"))
    assert any(line.value.startswith("**✓") for line in page.markdown)
    assert not any("✗" in line.value for line in page.markdown)


def test_several_heads_side_by_side_show_the_one_in_focus_and_say_so(open_map, encoder):
    page = heads_together(open_map(), [7, 9], "each")
    np.testing.assert_array_equal(map_values(page, "map"), encoder(LAW).head(4, 2).weights)
    assert any("3" in caption.value and "2" in caption.value for caption in page.caption)
    assert map_values(page, "strips").shape == (3, 32)


@pytest.mark.parametrize("sinks", ["show", "hide", "renormalise"])
@pytest.mark.parametrize("together", ["each", "mean", "max"])
def test_pieces_are_merged_into_words(open_map, encoder, sinks, together):
    page = open_map(text=PIECES, asks="2", looks="1", merge="true", sinks=sinks)
    checked(page.toggle(key="merge").set_value(True).run())
    page = heads_together(page, [] if together == "each" else [5], together)
    trace = encoder(PIECES)
    weights = trace.weights[3, [1]] if together == "each" else trace.weights[3, [1, 4]]
    kept = np.ones(len(trace.tokens), bool) if sinks == "show" else ~trace.tokens.special
    weights = set_aside(weights, kept, sinks)
    weights = weights[0] if together == "each" else getattr(weights, together)(0)
    words = np.unique(trace.tokens.groups[kept], return_inverse=True)[1]
    expected = merge_weights(weights, words)
    np.testing.assert_allclose(map_values(page, "map"), expected, rtol=1e-6)
    if sinks != "hide" and together != "max":
        np.testing.assert_allclose(map_values(page, "map").sum(-1), 1, atol=1e-5)
    assert "electroencephalographers" in component(page, "map")["rowLabels"]
    assert python_prints(page) == pytest.approx(pinned(page), abs=1e-6)
    block = map_values(page, "pieces")
    assert block.sum(-1).mean() == pytest.approx(pinned(page), abs=1e-6)
    checks = [line.value for line in page.markdown if line.value[2:3] in "✓✗"]
    assert len(checks) == (1 if together == "each" else 2)
    assert not any("✗" in check for check in checks)


def test_the_largest_of_several_heads_is_no_distribution_and_the_map_says_so(open_map, language):
    page = heads_together(open_map(sinks="hide"), list(range(1, 13)), "max")
    assert map_values(page, "map").sum(-1).max() > 1
    assert strings(language)["map_view.no_distribution"] in [caption.value for caption in page.caption]
    assert "−" not in component(page, "bars")["rest"]
    assert "-" not in component(page, "bars")["rest"]


def test_nothing_to_merge_offers_no_switch(open_map):
    page = open_map(text="Thinking Machines")
    assert "merge" not in [toggle.key for toggle in page.toggle]


def test_the_words_looked_at_are_the_chosen_columns_and_rows_have_their_own_place(open_map):
    page = open_map(looks="2.10.3", rows="1.5.9")
    assert component(page, "map")["marked"] == {"rows": [1, 5, 9], "columns": [2, 10, 3]}
    assert component(page, "map")["least"] == [0, 1]
    page = open_map(looks="2.10.3", rows="1.5.99", sinks="hide")
    assert component(page, "map")["marked"] == {"rows": [0, 4], "columns": [1, 9, 2]}


@pytest.mark.parametrize("name", ["rows", "merge"])
def test_junk_in_the_address_is_ignored(open_map, name):
    page = open_map(**{name: "%FF<junk>"})
    assert component(page, "map")["marked"]["rows"] == []
    assert component(page, "map")["rows"] == 27


def test_a_mixed_head_opens_alone(open_map, encoder):
    page = heads_together(open_map(), [7, 9], "mean")
    page.button_group(key="head").set_value(7)
    checked(page.button(key="one_head").click().run())
    np.testing.assert_array_equal(map_values(page, "map"), encoder(LAW).head(4, 7).weights)
    assert map_values(page, "strips").shape == (3, 32)


def test_the_chinese_network_has_the_same_map(open_map):
    page = heads_together(open_map(text="我吃了100个包子"), [1, 2], "max")
    encoder = load_encoder("assets/models/simbert-tiny-zh")
    np.testing.assert_array_equal(map_values(page, "map"), encoder("我吃了100个包子").weights[2, [0, 1, 3]].max(0))
    assert python_prints(page) == pytest.approx(pinned(page), abs=1e-6)
