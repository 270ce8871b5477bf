"""The lesson on q, k and v: what its sentences say is what the engine computes."""

import math
import re

import numpy as np
import pytest
import streamlit as st

from attention.softmax import softmax
from figures.numbers import percent
from figures.printed import percent_of, print_matrix, short
from figures.timeline import BEATS, summed
from pages.lessons.qkv import ASKS, LESSON, LOOKS, SEED, SEEDS, TIMES, _walk
from pages.shared.texts import strings
from tests.pages.conftest import checked, component

ROW = int(ASKS) - 1


def spaced(text):
    return text.replace(" ", "\u00a0")


def timeline(app):
    return component(app, "qkv_timeline")


def beat(app, code):
    return timeline(app)["beats"][BEATS.index(code)]["text"]


def test_opens_before_the_first_step_with_whole_numbers(open_page):
    shown = timeline(open_page("lesson_qkv"))
    assert shown["time"] == 0
    for name in ("query", "keys", "products", "scores", "values"):
        assert all(float(text.replace("−", "-")).is_integer() for row in shown["blocks"][name]["texts"] for text in row)
    np.testing.assert_array_equal(shown["blocks"]["keys"]["values"], _walk(SEED).K)


def test_the_sentences_count_with_the_engines_numbers(open_page):
    app, road = open_page("lesson_qkv"), _walk(SEED)
    score = road.scores[ROW, int(LOOKS) - 1]
    assert f"= {short(score)}" in beat(app, "collapse")
    for products in road.Q[ROW] * road.K:
        assert spaced(summed(products)) in beat(app, "others")
    assert short(math.sqrt(road.Q.shape[1])) in beat(app, "scale")
    for share in road.weights[ROW]:
        assert percent_of(share) in beat(app, "softmax")
    taken = road.weights[ROW][:, None] * road.V
    share, value = road.weights[ROW, int(LOOKS) - 1], road.V[int(LOOKS) - 1, 0]
    assert spaced(f"{short(share)} × ({short(value)}) ≈ {short(share * value)}") in beat(app, "take")
    assert spaced(summed(taken[:, 0])) in beat(app, "mix")
    assert summed(taken[:, 0]).endswith(f" {short(road.output[ROW, 0])}")
    for share in road.weights[ROW]:
        assert f"{share:.2f}·v" in beat(app, "mix")


@pytest.mark.parametrize("language", ["en"])
def test_the_name_of_a_cell_is_its_arithmetic(open_page):
    blocks = timeline(open_page("lesson_qkv"))["blocks"]
    assert blocks["products"]["names"][0][2] == "q × k, I, number 3: (−1) × 2 = −2"
    assert blocks["scores"]["names"][0] == ["sum, I: 2 + 6 − 2 − 2 = 4"]


def test_a_lead_of_one_becomes_the_factor_that_the_lesson_names(language):
    assert f"{math.e:.2f}" in strings(language)["lesson_qkv.beat.raise.text"]


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize(
    ("code", "time"), [("3", 3), ("7.3", 7.3), (TIMES[-1], len(BEATS) - 1), ("99", 0), ("3.14", 0), ("<b>", 0)]
)
def test_time_stands_in_the_address(open_page, code, time):
    assert timeline(open_page("lesson_qkv", qkv_time=code))["time"] == time


@pytest.mark.parametrize("language", ["en"])
def test_who_asks_and_whose_product_is_shown_are_chosen(open_page):
    shown = timeline(open_page("lesson_qkv", qkv_asks="3", qkv_looks="2", qkv_seed="7"))
    assert (shown["asks"], shown["looks"]) == (2, 1)
    np.testing.assert_array_equal(shown["blocks"]["query"]["values"], _walk(7).Q[2:])


@pytest.mark.parametrize("language", ["en"])
def test_the_last_move_goes_to_the_end(open_page):
    app = open_page("lesson_qkv")
    assert timeline(checked(app.button(key="move_end").click().run()))["time"] == len(BEATS) - 1


def test_what_the_moves_point_at_is_so():
    road = _walk(SEED)
    products = road.Q[ROW] * road.K[ROW]
    assert (products < 0).any()  # "ate" asks itself: there are opposite signs,
    assert road.scores[ROW].argmax() != ROW  # and it does not fit itself best
    apart = np.linalg.norm(road.V - road.output[ROW], axis=1)
    assert apart.argmin() == road.weights[ROW].argmax()  # z lies nearest to the value with the largest share


def test_the_answers_on_paper_are_the_engines(language):
    texts, road, word = strings(language), _walk(SEED), ROW
    answer = {code: texts[f"lesson_qkv.try_answer.{code}"] for code in LESSON.moves}
    names = [texts[f"lesson_qkv.asks.{code}"] for code in "123"]
    for code, looks in (("collapse", 0), ("other", 1)):
        assert LESSON.moves[code]["qkv_looks"] == str(looks + 1)
        assert summed(road.Q[word] * road.K[looks]) in answer[code]
    first, itself = road.Q[word] * road.K[0], road.Q[word] * road.K[word]
    assert "3 × 2 = 6" in answer["collapse"]
    assert (road.Q[word, 1], road.K[0, 1], first.argmax()) == (3, 2, 1)  # the second pair
    assert (np.sign(first) == [1, 1, -1, -1]).all()  # the last two have opposite signs
    assert "3 × (−3) = −9" in answer["other"]
    assert (itself < 0).nonzero()[0].tolist() == [1]  # only the second
    assert (road.Q[word, 1], road.K[word, 1]) == (3, -3)
    assert re.search(rf"“{names[0]}” ?(has|得) {short(road.scores[word].max())}\b", answer["other"])
    assert road.scores[word].argmax() == 0
    for name, (share,) in zip(names, print_matrix(road.weights[word][:, None], places=2), strict=True):
        assert re.search(f"“{name}” ?{share}", answer["end"])
    (z,) = print_matrix(road.output[word : word + 1], places=2)
    assert re.search("[,，] ?".join(map(re.escape, z)), answer["end"])
    assert (names[road.weights[word].argmax()], LESSON.moves["end"]["qkv_asks"]) == (names[0], ASKS)


def test_the_question_names_its_case(language):
    texts = strings(language)
    question = texts["lesson_qkv.predict.question"]
    assert f" {SEED}" in question
    assert f"“{texts[f'lesson_qkv.asks.{ASKS}']}”" in question
    assert LESSON.answer().values["seed"] == SEED


@pytest.mark.parametrize(
    ("time", "looks", "empty"), [("0", "1", 40), ("2", "1", 36), ("3", "2", 35), ("4", "2", 25), ("9", "1", 0)]
)
def test_on_paper_what_is_not_computed_yet_is_an_empty_box(monkeypatch, language, time, looks, empty):
    state = {"lang": language, "qkv_time": time, "qkv_looks": looks, "qkv_asks": "3", "qkv_seed": 17}
    monkeypatch.setattr(st, "session_state", state)
    picture, road = LESSON.picture(), _walk(17)
    assert picture.count("<rect") == 4 * (1 + 4 * 3 + 1) + 4 * 3
    boxes = re.findall(r"<rect[^>]*/><text[^>]*>([^<]*)</text>", picture)
    assert boxes.count("") == empty
    for numbers in (road.Q[2], road.K.ravel()):
        for text in print_matrix(numbers[None])[0]:
            assert text in boxes


def test_z_usually_lies_nearest_to_the_value_with_the_largest_share():
    nearest = []
    for road in map(_walk, range(SEEDS + 1)):
        apart = np.linalg.norm(road.V - road.output[:, None], axis=2)  # (asking words, values)
        nearest.extend(apart.argmin(axis=1) == road.weights.argmax(axis=1))
    assert 0.8 < np.mean(nearest) < 1


def test_doubling_the_query_doubles_the_scores_and_lets_the_largest_share_grow(language):
    once, twice = _walk(SEED), _walk(SEED, 2.0)
    np.testing.assert_array_equal(twice.scores, 2 * once.scores)
    before, after = once.weights[ROW].max(), softmax(2 * once.scaled)[ROW].max()
    assert before < after < min(1, 2 * before)
    answer = LESSON.answer()
    assert answer.right == "more"
    assert (answer.values["before"], answer.values["after"]) == (percent(before), percent(after))
    assert answer.values["limit"] == percent(2 * before)
    assert 2 * before > 1  # so it cannot double


@pytest.mark.parametrize("seed", range(0, SEEDS + 1, 11))
@pytest.mark.parametrize("language", ["en"])
def test_every_seed_can_be_shown(open_page, seed):
    shown = timeline(open_page("lesson_qkv", qkv_seed=str(seed)))
    np.testing.assert_array_equal(shown["blocks"]["values"]["values"], _walk(seed).V)
