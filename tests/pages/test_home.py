"""Home: alive on arrival, in both languages."""

import contextlib
import io
from pathlib import Path

import numpy as np
import pytest

from attention.images import RAW_THRESHOLD, feature_maps, illustrative_spatial_weights, spatial_attention
from attention.networks import load_encoder
from attention.sources.images import read_image
from figures.masks import decode_values
from pages.lessons.path import LESSONS
from pages.shared.picture_source import SAMPLES
from pages.shared.sentence_controls import address, examples
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values


def test_the_law_sentence_is_drawn_with_the_network_s_numbers(open_page):
    page = open_page("home")
    trace = load_encoder("assets/models/all-minilm-l6-v2")(examples()[0]["text"])
    np.testing.assert_array_equal(map_values(page, "home_map"), trace.head(4, 2).weights)


def test_a_typed_sentence_goes_on_to_the_sentence_page(open_page):
    page = open_page("home")
    page.text_input(key="text").set_value("我吃了100个包子").run()
    assert map_values(page, "home_map").shape == (9, 9)
    checked(page.switch_page("pages/sentence.py").run())
    assert page.text_input(key="text").value == "我吃了100个包子"


def test_the_rocket_is_drawn_under_the_engines_mask(open_page):
    X = feature_maps(read_image(SAMPLES["rocket"].read_bytes()).rgb).maps
    mask = spatial_attention(X, illustrative_spatial_weights(threshold=RAW_THRESHOLD)).mask
    shown = decode_values(component(open_page("home"), "home_mask"))
    np.testing.assert_allclose(shown, mask, atol=1e-5)  # it travels in 16-bit steps


def test_there_is_a_way_to_every_other_page(open_page):
    links = {link.proto.page for link in open_page("home").get("page_link")}
    assert {path.stem for path in Path("pages").glob("*.py")} - {"home"} <= links


@pytest.mark.parametrize("at", [0, 1])
def test_the_printed_lines_print_a_number_of_the_map(open_page, at):
    page = open_page("home")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(page.code[at].value, {})
    shown = map_values(page, "home_map") if at == 0 else decode_values(component(page, "home_mask"))
    first = float(printed.getvalue().split()[0])
    assert np.abs(shown - first).min() < 1e-5  # a large mask travels in 16-bit steps


def test_the_link_of_a_long_text_leaves_the_text_to_the_visit(open_page):
    page = open_page("home")
    page.text_input(key="text").set_value("all the words " * 300).run()
    assert "text" not in address("all the words " * 300, 4, 2, (1, 2))
    checked(page.switch_page("pages/sentence.py").run())
    assert page.text_input(key="text").value == "all the words " * 300


def test_a_reader_who_has_begun_the_course_sees_how_far_and_goes_on_with_one_click(open_page, language):
    def links(page) -> list[tuple[str, str, str]]:
        return [(link.proto.page, link.proto.label, link.proto.icon) for link in page.get("page_link")]

    page = open_page("home")
    assert not [icon for _, _, icon in links(page) if "check_circle" in icon]
    page.session_state["lessons_answered"] = {"what": "half", "forms": "nothing"}
    checked(page.run())
    name, label, _ = links(page)[0]
    assert name == "lesson_learn"
    texts = strings(language)
    title = texts["lesson.title"].format(number=2, name=texts["page.lesson_learn"])
    assert label == texts["lesson.take_up"].format(done=2, count=len(LESSONS), title=title)
    assert [name for name, _, icon in links(page) if "check_circle" in icon] == ["lesson_what", "lesson_forms"]
    page.session_state["lessons_answered"] = dict.fromkeys(LESSONS, "any")
    checked(page.run())
    assert links(page)[0][0] == "sentence"
