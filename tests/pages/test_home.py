"""Home: alive on arrival, in both languages."""

import contextlib
import io

import numpy as np
import pytest

from attention.networks import load_encoder
from pages.shared.sentence_controls import address, examples
from tests.pages.conftest import checked, map_values


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


def test_there_is_a_way_to_every_other_page(open_page):
    links = {link.proto.page for link in open_page("home").get("page_link")}
    assert {"steps", "sentence", "picture"} <= links


@pytest.mark.parametrize("at", [0, 1])
def test_the_printed_lines_print_a_number_of_the_map(open_page, at):
    page = open_page("home")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(page.code[at].value, {})
    shown = map_values(page, ("home_map", "map_mask")[at])
    first = float(printed.getvalue().split()[0])
    assert np.abs(shown - first).min() < 1e-6


def test_the_link_of_a_long_text_leaves_the_text_to_the_visit(open_page):
    page = open_page("home")
    page.text_input(key="text").set_value("all the words " * 300).run()
    assert "text" not in address("all the words " * 300, 4, 2, (1, 2))
    checked(page.switch_page("pages/sentence.py").run())
    assert page.text_input(key="text").value == "all the words " * 300
