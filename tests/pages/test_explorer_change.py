"""What if: what is changed is truly recomputed, shown beside what was, and can be undone."""

import numpy as np
import pytest

from attention.networks import load_encoder
from pages.explorer.changes import MOST_STEPS, Changes
from pages.shared.sentence_controls import examples
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values, printed_by

TEXT = examples()[0]["text"]


@pytest.fixture(scope="module")
def english():
    return load_encoder("assets/models/all-minilm-l6-v2")


CHANGES = [
    ({}, {"mask_tokens": (2,)}),  # on arrival the word looked at is hidden
    ({"mask": "none"}, {}),
    ({"mask": "3.10"}, {"mask_tokens": (3, 10)}),
    ({"mask": "none", "without": "1-3.3-7"}, {"without": [(1, 3), (3, 7)]}),
    ({"mask": "none", "temperature": "2"}, {"temperature": 2.0}),
    ({"mask": "none", "unscaled": "true"}, {"scale": 1.0}),
    (
        {"mask": "5", "temperature": "0.5", "without": "2-9"},
        {"mask_tokens": (5,), "temperature": 0.5, "without": [(2, 9)]},
    ),
]


@pytest.mark.parametrize(("address", "options"), CHANGES)
def test_the_maps_are_those_of_the_two_runs(open_page, english, address, options):
    page = open_page("sentence", view="change", **address)
    before, after = english(TEXT).weights[3, 1], english(TEXT, **options).weights[3, 1]
    np.testing.assert_array_equal(map_values(page, "change_before"), before)
    np.testing.assert_array_equal(map_values(page, "change_after"), after)
    np.testing.assert_array_equal(map_values(page, "change_difference"), after - before)


def test_undo_takes_one_step_back_whatever_made_it(open_page):
    page = open_page("sentence", view="change")
    shown = [map_values(page, "change_after")]
    page.button(key="remove_head").click()
    shown.append(map_values(checked(page.run()), "change_after"))
    page.toggle(key="unscaled").set_value(True)
    shown.append(map_values(checked(page.run()), "change_after"))
    page.select_slider(key="temperature").set_value(2.0)
    shown.append(map_values(checked(page.run()), "change_after"))
    for expected in (shown[2], shown[1], shown[0]):
        page.button(key="undo").click()
        np.testing.assert_array_equal(map_values(checked(page.run()), "change_after"), expected)
    assert page.button(key="undo").disabled


def test_only_so_many_steps_are_kept(open_page):
    page = open_page("sentence", view="change")
    page.session_state.changes_made.extend([Changes((1,), (), 1.0, False)] * MOST_STEPS)
    page.button(key="remove_head").click()
    checked(page.run())
    assert len(page.session_state.changes_made) == MOST_STEPS
    assert page.session_state.changes_made[-1] == Changes((2,), (), 1.0, False)


def test_as_trained_takes_everything_back_and_can_be_undone_itself(open_page):
    page = open_page("sentence", view="change", temperature="3")
    changed = map_values(page, "change_after")
    page.button(key="reset").click()
    checked(page.run())
    assert not map_values(page, "change_difference").any()
    assert page.button(key="reset").disabled
    page.button(key="undo").click()
    np.testing.assert_array_equal(map_values(checked(page.run()), "change_after"), changed)


def test_a_removed_head_can_be_put_back(open_page, english):
    page = open_page("sentence", view="change", mask="none", layer="3", head="7")
    page.button(key="remove_head").click().run()
    page.button_group(key="layer").set_value(5)
    page.button_group(key="head").set_value(1)
    checked(page.run())
    without = english(TEXT, without=[(3, 7)]).weights[4, 0]
    np.testing.assert_array_equal(map_values(page, "change_after"), without)
    page.button_group(key="layer").set_value(3)
    page.button_group(key="head").set_value(7)
    page.run()
    page.button(key="remove_head").click()
    checked(page.run())
    assert page.session_state.without == ""


def test_another_text_begins_with_its_own_hidden_word(open_page, english):
    page = open_page("sentence", view="change", mask="3.10")
    page.text_input(key="text").set_value("Thinking Machines")
    checked(page.run())
    assert page.session_state.mask == "1"
    assert page.button(key="undo").disabled


@pytest.mark.parametrize("name", ["mask", "without", "temperature", "unscaled"])
def test_junk_in_the_address_is_ignored(open_page, english, name):
    page = open_page("sentence", view="change", **{name: "9999-99.x"})
    expected = english(TEXT, mask_tokens=(2,)).weights[3, 1]
    np.testing.assert_array_equal(map_values(page, "change_after"), expected)


@pytest.mark.parametrize(("address", "options"), CHANGES[2:])
def test_the_printed_lines_print_both_weights(open_page, address, options):
    page = open_page("sentence", view="change", **address)
    before, after = printed_by(page.code[0].value)
    assert before == pytest.approx(map_values(page, "change_before")[9, 2], abs=1e-6)
    assert after == pytest.approx(map_values(page, "change_after")[9, 2], abs=1e-6)


def test_a_hidden_word_is_opened_as_hidden(open_page):
    page = open_page("sentence", view="change")
    formulas = [latex.value for latex in page.latex]
    assert any(r"\to -\infty" in formula for formula in formulas)


def test_every_word_may_be_hidden(open_page):
    page = open_page("sentence", view="change", mask=".".join(map(str, range(27))))
    assert not map_values(page, "change_after").any()


@pytest.mark.parametrize(
    ("view", "key"), [("change", "change_before"), ("change", "change_after"), ("pair", "pair_map")]
)
def test_a_long_text_is_shaded_by_roots_on_the_same_scale(open_page, language, view, key):
    short, long = (
        component(open_page("sentence", view=view, text=" ".join(map(str, range(100, end)))), key) for end in (110, 180)
    )
    assert (short["roots"], long["roots"]) == (False, True)
    assert short["range"] == long["range"] == [0.0, 1.0]
    assert long["text"]["high"] == strings(language)["map_view.high_one_roots"]
