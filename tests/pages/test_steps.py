"""The page Step by step: what it shows is what the engine computed, in both languages, whatever the address says."""

import contextlib
import io

import numpy as np
import pytest

from attention.walkthrough import draw_projections, draw_words, illustrated_transformer, walk
from pages.shared.stages import read_cell, read_edits, write_edits
from pages.shared.texts import strings
from tests.pages.conftest import checked, component

DEFAULT = ["Thinking", "Machines"]


def matrices(page):
    return {matrix["name"]: matrix for matrix in component(page, "road")["matrices"]}


def assert_shows(page, road):
    for name, matrix in matrices(page).items():
        np.testing.assert_array_equal(matrix["values"], getattr(road, name))


def small(words=DEFAULT, d_model=4, d_k=3, seed=19, **options):
    return walk(draw_words(words, d_model, seed), *draw_projections(d_model, d_k, seed), **options)


def test_opens_on_the_first_step_of_thinking_machines(open_page, language):
    page = open_page("steps")
    assert_shows(page, small())
    shown = component(page, "road")
    assert shown["step"] == 1
    assert shown["title"] == strings(language)["steps.step.1.title"]
    assert matrices(page)["scores"]["rows"] == DEFAULT


@pytest.mark.parametrize("step", [*map(str, range(1, 8)), "all"])
@pytest.mark.parametrize("cross", ["false", "true"])
def test_every_step_in_both_languages(open_page, step, cross):
    page = open_page("steps", step=step, cross=cross)
    shown = component(page, "road")
    assert shown["step"] == (0 if step == "all" else int(step))
    for text in (
        shown["title"],
        shown["sentence"],
        shown["try"],
        shown["opened"]["title"],
        shown["opened"]["sentence"],
    ):
        assert text
        assert "{" not in text


def test_the_illustrated_transformer_is_one_click_away(open_page):
    page = open_page("steps", step="6")
    preset = next(control for control in page.segmented_control if control.key == "preset")
    page = checked(preset.set_value("illustrated").run())
    X, projections = illustrated_transformer()
    assert_shows(page, walk(X, *projections))
    assert matrices(page)["scores"]["texts"][0] == ["112", "96"]
    assert matrices(page)["scaled"]["texts"][0] == ["14", "12"]
    assert matrices(page)["weights"]["texts"][0] == ["0.88", "0.12"]
    assert any("jalammar.github.io/illustrated-transformer" in caption.value for caption in page.caption)


def test_own_words_and_sizes(open_page):
    page = open_page("steps", words="思考机器")
    page.session_state["d_model"], page.session_state["d_k"], page.session_state["seed"] = 6, 11, 5
    page = checked(page.run())
    assert_shows(page, small([*"思考机器"], 6, 11, 5))


def test_cross_attention_takes_the_queries_from_the_other_words(open_page):
    page = open_page("steps", words="a b c", other="x y", step="4")
    page = checked(page.toggle[0].set_value(True).run())
    assert_shows(page, small(["a", "b", "c"], Y=draw_words(["x", "y"], 4, 19)))
    assert np.shape(matrices(page)["weights"]["values"]) == (2, 3)


def test_changed_numbers_come_with_the_address(open_page):
    edits = [("X", 0, 1, 3.0), ("scores", 0, 0, 20.0)]
    page = open_page("steps", step="7", edits=write_edits(edits), cell="scores.1.1")
    assert_shows(page, small(overwrite=edits))
    shown = component(page, "road")
    assert shown["changes"] == 2
    assert shown["chosen"] == ["scores", 0, 0]


def test_changed_numbers_are_forgotten_with_the_words_they_stood_in(open_page):
    page = open_page("steps", edits="X.1.2:3")
    page = checked(page.text_input(key="words").set_value("other words").run())
    assert_shows(page, small(["other", "words"]))


@pytest.mark.parametrize(
    "address",
    [
        {"step": "99", "asks": "-1", "cell": "nonsense", "edits": "X.1:;;X.0.1:2;X.1.1:nan;X.1.1:1e9", "preset": "x"},
        {"step": "", "asks": "1.5", "cell": "Q.999.1", "edits": "Q.999.1:5", "words": "   ", "other": "\n"},
        {"step": "１", "asks": "²", "cell": "Y.1.1", "words": "x" * 3000},
    ],
)
def test_junk_in_the_address_falls_back(open_page, address):
    page = open_page("steps", **address)
    assert_shows(page, small())
    assert component(page, "road")["step"] == 1
    assert component(page, "road")["changes"] == 0


def test_blank_words_keep_the_page_working(open_page, language):
    page = open_page("steps")
    page = checked(page.text_input(key="words").set_value("   ").run())
    assert_shows(page, small())
    said = strings(language)["steps.words_none"].format(words="Thinking Machines")
    assert said in [caption.value for caption in page.caption]


def test_more_words_than_fit_are_left_out_and_said(open_page):
    page = open_page("steps", words=" ".join(f"w{i}" for i in range(30)))
    assert matrices(page)["X"]["rows"] == [f"w{i}" for i in range(8)]
    assert any("w8" in caption.value for caption in page.caption)


@pytest.mark.parametrize("words", ["<script>alert(1)</script> {word} $x$", "مرحبا بالعالم", "👩‍👩‍👧 🙂", "one"])
def test_any_words_are_text(open_page, words):
    page = open_page("steps", step="7")
    page = checked(page.text_input(key="words").set_value(words).run())
    assert matrices(page)["X"]["rows"] == words.split()


@pytest.mark.parametrize("cell", ["W_V.2.1", "Q.1.1", "scores.2.1", "weights.1.2", "output.2.3"])
@pytest.mark.parametrize("preset", ["small", "illustrated"])
def test_the_printed_lines_give_the_opened_number(open_page, cell, preset):
    page = open_page("steps", step="7", cell=cell, preset=preset, edits="scores.2.2:7.5")
    name, row, column = component(page, "road")["chosen"]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(page.code[0].value, {})
    assert float(printed.getvalue()) == pytest.approx(matrices(page)[name]["values"][row][column], abs=1e-12)


def test_edits_survive_the_address():
    edits = [("X", 0, 1, -1.5), ("weights", 7, 7, 1 / 3), ("W_Q", 1, 63, 1000.0)]
    assert read_edits(write_edits(edits)) == [(*cell, pytest.approx(value)) for *cell, value in edits]
    assert read_edits("X.1.1:1001;X.1.1:inf;Z.1.1:1;X.1.1;scores.2.1:-4") == [("scores", 1, 0, -4.0)]
    assert read_cell("W_Q.1.64") == ("W_Q", 0, 63)
    assert read_cell("W_Q.1.64.1") is None
