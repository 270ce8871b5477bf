"""What the page about detection says of its boxes, in both languages: no more than was computed."""

import pytest

from pages.shared.texts import TEXTS, strings
from pages.trained.yolo_view import told
from tests.pages.conftest import component
from tests.pages.picture_helpers import encoded, gradient, upload


def sentence(app) -> str:
    return component(app, "detection")["sentence"]


def test_where_nothing_is_found_the_page_says_what_to_try(open_page, language):
    words = strings(language)
    assert words["yolo.boxes.hint_picture"] in sentence(open_page("yolo", sample="rocket"))
    assert words["yolo.boxes.hint_score"] in sentence(open_page("yolo", score="95"))
    app = open_page("yolo", sample="rocket", detect="fewer")
    assert app.subheader[0].value == words["yolo.fewer.nothing"].format(score="0.30")


@pytest.mark.parametrize(("score", "said"), [(0.912, "0.91"), (0.2961, "0.296"), (0.30004, "0.30004")])
def test_no_score_reads_as_the_threshold(score, said):
    assert told(score, 0.3) == said


def test_boxes_of_a_reduced_picture_are_measured_in_its_pixels(open_page, language):
    of_reduced = strings(language)["yolo.pixels.reduced"].format(width=640, height=320)
    assert of_reduced in sentence(upload(open_page("yolo", detect="sides"), encoded(gradient(1280, 640))))
    assert strings(language)["yolo.pixels.picture"] in sentence(open_page("yolo", detect="sides"))


def test_the_best_box_is_opened_even_if_it_fills_the_picture(open_page):
    assert open_page("yolo", sample="cat", detect="scores").session_state.object == "cat"


@pytest.mark.parametrize(
    ("silent", "instead", "case", "said"),
    [("1", "mean", "scores", "0.91 → 0.87"), ("3", "mean", "same", "0.91"), ("2", "mean", "lost", "0.39")],
)
def test_the_sentence_tells_what_the_gates_change(open_page, language, silent, instead, case, said):
    words = strings(language)
    app = open_page("yolo", detect="gates", silent=silent, silenced=instead)
    blank = dict.fromkeys(("score", "changes", "own", "now"), "|")
    parts = words[f"yolo.gates.{case}"].format(**blank | {"score": "0.30"}).split("|")
    assert all(part in sentence(app) for part in [*parts, said])
    assert words["yolo.gates.turn_some"].format(gates=silent) in [element.value for element in app.markdown]


def test_a_box_that_only_appears_without_gates_is_new(open_page, language):
    spoon = strings(language)["coco.spoon"]
    said = sentence(open_page("yolo", detect="gates", silent="4", silenced="ones", score="29"))
    assert strings(language)["yolo.gates.new"].partition("}")[2].partition("{")[0] + spoon in said


@pytest.mark.parametrize("instead", ["ones", "mean", "average"])
def test_only_ones_make_the_signal_larger(open_page, language, instead):
    app = open_page("yolo", detect="gates", silenced=instead)
    louder = strings(language)["yolo.gates.louder"]
    assert any(louder in caption.value for caption in app.caption) == (instead == "ones")


@pytest.mark.parametrize("name", ["yolo", "yolo_family_anchors", "yolo_family_masks"])
def test_chinese_lines_are_not_broken_inside_a_paragraph(name):
    text = (TEXTS / "zh" / f"{name}.md").read_text(encoding="utf-8")
    assert [paragraph for paragraph in text.strip().split("\n\n") if "\n" in paragraph] == []
