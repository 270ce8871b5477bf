"""The Sentence page: what it shows is what the network computed, in both languages."""

import contextlib
import io

import numpy as np
import pytest

from attention.networks import load_encoder
from attention.sinks import set_aside
from figures.numbers import percent
from pages.shared.sentence_controls import examples, python_lines
from tests.pages.conftest import checked, component, map_values

MODELS = {"en": "assets/models/all-minilm-l6-v2", "zh": "assets/models/simbert-tiny-zh"}


@pytest.fixture(scope="module")
def encoders():
    return {network: load_encoder(folder) for network, folder in MODELS.items()}


def test_opens_on_the_law_sentence_at_layer_4_head_2_with_its_chosen(open_page, encoders):
    page = open_page("sentence", view="map")
    trace = encoders["en"](examples()[0]["text"])
    np.testing.assert_array_equal(map_values(page, "map"), trace.head(4, 2).weights)
    shown = component(page, "map")
    assert shown["rowLabels"][shown["chosen"][0]] == "its"
    assert shown["columnLabels"][shown["chosen"][1]] == "Law"
    assert component(page, "bars")["items"][0]["value"] == pytest.approx(0.804, abs=5e-4)


@pytest.mark.parametrize("at", range(len(examples())))
def test_every_example_shows_what_its_name_says(open_page, encoders, at):
    example = examples()[at]
    page = open_page("sentence", view="map")
    checked(page.button(key=f"example{at}").click().run())
    network = "zh" if ord(example["text"][0]) > 0x3000 else "en"
    weights = encoders[network](example["text"]).head(example["layer"], example["head"]).weights
    np.testing.assert_array_equal(map_values(page, "map"), weights)
    assert component(page, "map")["chosen"] == [example["asks"], example["looks"][0]]
    assert weights[example["asks"], example["looks"][0]] == pytest.approx(example["weight"], abs=0.005)


@pytest.mark.parametrize("mode", ["hide", "renormalise"])
def test_the_sinks_can_be_set_aside(open_page, encoders, mode):
    page = open_page("sentence", view="map", sinks=mode)
    trace = encoders["en"](examples()[0]["text"])
    expected = set_aside(trace.head(4, 2).weights, ~trace.tokens.special, mode)
    np.testing.assert_array_equal(map_values(page, "map"), expected)
    taken = trace.weights[3, 1][np.ix_(~trace.tokens.special, trace.tokens.special)].sum(-1).mean()  # by words
    assert any(percent(taken) in caption.value for caption in page.caption)


def test_another_layer_and_head_show_their_own_numbers(open_page, encoders):
    page = open_page("sentence", view="map")
    page.button_group(key="layer").set_value(6)
    page.button_group(key="head").set_value(12)
    checked(page.run())
    np.testing.assert_array_equal(map_values(page, "map"), encoders["en"](examples()[0]["text"]).head(6, 12).weights)


def test_another_network_begins_at_its_own_opening_head(open_page, encoders):
    page = open_page("sentence", view="map")
    page.button_group(key="layer").set_value(6)
    page.run()
    page.text_input(key="text").set_value("我吃了100个包子")
    checked(page.run())
    np.testing.assert_array_equal(map_values(page, "map"), encoders["zh"]("我吃了100个包子").head(3, 4).weights)


def test_the_reader_may_choose_the_network(open_page, encoders):
    page = open_page("sentence", view="map", network="zh", text="Thinking Machines")
    np.testing.assert_array_equal(map_values(page, "map"), encoders["zh"]("Thinking Machines").head(3, 4).weights)
    assert len(page.warning) == 1  # trained on Chinese, reading English


def test_the_opened_cell_adds_up(open_page, encoders):
    page = open_page("sentence", view="map")
    q, k, products = map_values(page, "strips")
    head = encoders["en"](examples()[0]["text"]).head(4, 2)
    np.testing.assert_array_equal(products, q * k)
    assert products.sum() == pytest.approx(head.scores[9, 2], rel=1e-5)
    formulas = " ".join(latex.value for latex in page.latex)
    for number in (head.scores[9, 2], head.scaled[9, 2], head.weights[9, 2]):
        assert f"{number:.3f}" in formulas


@pytest.mark.parametrize("mode", ["show", "hide", "renormalise"])
def test_the_printed_lines_print_the_printed_number(open_page, mode):
    page = open_page("sentence", view="map", sinks=mode)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(page.code[0].value, {})
    assert float(printed.getvalue()) == pytest.approx(component(page, "bars")["items"][0]["value"], abs=1e-6)


@pytest.mark.parametrize("text", ["", "   ", "\u3000"])
def test_a_blank_text_is_answered_and_the_last_one_stays(open_page, text):
    page = open_page("sentence", view="map")
    page.text_input(key="text").set_value("Thinking Machines").run()
    before = map_values(page, "map")
    page.text_input(key="text").set_value(text)
    checked(page.run())
    assert len(page.info) == 1
    np.testing.assert_array_equal(map_values(page, "map"), before)


@pytest.mark.parametrize(
    "text",
    [
        "😀🎉👩‍👩‍👧",
        "שלום עולם",
        "<script>alert(1)</script>",
        "e\u0301\u0301\u0301 z\u0351\u036b\u0343\u036a",
        "x" * 500,
        "\u202eabc",
        "{braces} {0} %s",
        "=1+1",
        "\\frac{1}{2} $x$",
        "\x00\x07",
    ],
)
def test_any_text_gives_a_map(open_page, text):
    page = open_page("sentence", view="map")
    page.text_input(key="text").set_value(text)
    checked(page.run())
    weights = map_values(page, "map")
    np.testing.assert_allclose(weights.sum(-1), 1, atol=1e-5)


def test_100_000_characters_are_cut_at_512_pieces_and_the_cut_is_told(open_page):
    page = open_page("sentence", view="map")
    page.text_input(key="text").set_value("word " * 20_000)
    checked(page.run())
    assert map_values(page, "map").shape == (512, 512)
    assert "97451" in page.info[0].value


def test_a_script_that_neither_network_reads_is_told_with_its_shares(open_page):
    page = open_page("sentence", view="map", text="هذه جملة باللغة العربية")
    assert percent(0) in page.warning[0].value
    assert len(page.get("page_link")) == 1


@pytest.mark.parametrize("name", ["layer", "head", "sinks", "network", "asks", "looks", "text", "lang"])
def test_junk_in_the_address_is_ignored(open_page, name):
    address = {name: "%FF<junk>" if name != "text" else ""}
    page = open_page("sentence", view="map", **address)
    assert component(page, "map")["rows"] == 27


def test_what_the_lesson_says_of_these_heads_is_so(encoders):
    """Every claim of assets/texts/*/sentence.md that a number can check."""
    english, chinese = encoders["en"], encoders["zh"]
    for text in (examples()[0]["text"], "Thinking Machines", "Dogs chase cats because they run fast."):
        looks_back = english(text).head(1, 3).weights
        assert all(row.argmax() == i for i, row in enumerate(looks_back[1:]))
    wide = english("The animal didn't cross the street because it was too wide.")
    row = wide.head(4, 2).weights[wide.tokens.words.index("it")]
    assert wide.tokens.words[int(np.where(wide.tokens.special, 0, row).argmax())] == "animal"
    buns = chinese("我吃了100个包子")
    assert buns.head(3, 4).weights[5, 4] == pytest.approx(0.90, abs=0.005)
    assert [int(i) for i in np.argsort(-buns.head(1, 3).weights[2])[:2]] == [2, 1]
    kitten = chinese("小猫没有过马路，因为它太累了。")
    it = kitten.tokens.words.index("它")
    assert kitten.weights[:, :, it, 1:3].sum(-1).max() < 0.2
    for encoder in (english, chinese):
        for example in examples():
            if encoder is (chinese if ord(example["text"][0]) > 0x3000 else english):
                trace = encoder(example["text"])
                taken = trace.weights[1:][..., trace.tokens.special].sum(-1).mean()
                assert 0.35 < taken < 0.9


@pytest.mark.parametrize("words", range(500, 511))
def test_the_printed_text_of_a_cut_one_is_read_as_the_same_pieces(encoders, words):
    """Wherever in a word the cut falls."""
    text = "word " * words + "unbelievabilities electroencephalographically " * 9
    trace = encoders["en"](text)
    scope = {}
    exec(python_lines(trace, "en", 4, 2, 1, 2, "show"), scope)
    assert scope["trace"].tokens.pieces == trace.tokens.pieces


@pytest.mark.parametrize("text", ["\x00\x07", "\u200b\u200b"])
def test_a_text_without_readable_characters_is_answered(open_page, text):
    page = open_page("sentence", text=text)
    assert "[CLS]" in page.info[0].value
    assert not page.warning
