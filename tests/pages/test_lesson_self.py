"""What the lesson on self- and cross-attention says in prose, held against the engine."""

import re

import numpy as np
import pytest

from attention.teaching.two_languages import FEATURES, SENTENCES, ask_words, feature_vectors
from figures.numbers import percent
from pages.lessons.self import LESSON
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values


def test_the_root_in_the_prose(language):
    assert f"√{len(FEATURES)}" in strings(language)["lesson_self.product"]
    assert ask_words(SENTENCES["cat"]["en"]).scale == pytest.approx(1 / 3)


def test_the_same_score_another_share():
    words, other = SENTENCES["cat"]["en"], SENTENCES["cat"]["zh"]
    there, back = ask_words(words, other), ask_words(other, words)
    assert np.array_equal(there.scores, back.scores.T)
    assert LESSON.answer().right == "more"


@pytest.mark.parametrize(("asks", "asked"), [("en", "zh"), ("zh", "en")])
def test_the_map_is_of_who_asks_and_who_is_asked(open_page, language, asks, asked):
    app = open_page("lesson_self", self_asks=asks, self_pair="buns", self_loud="2.0")
    words, other = SENTENCES["buns"][asks], SENTENCES["buns"][asked]
    payload = component(app, "self_map")
    assert (tuple(payload["rowLabels"]), tuple(payload["columnLabels"])) == (words, other)
    assert np.allclose(map_values(app, "self_map"), ask_words(words, other, loudness=2.0).weights, atol=1e-6)
    vectors = map_values(app, "self_vectors")
    assert vectors.shape == (len(other) + 2, len(FEATURES))


def test_a_sentence_that_asks_itself_is_square(open_page, language):
    app = open_page("lesson_self", self_from="same", self_pair="buns")
    assert component(app, "self_map")["rowLabels"] == component(app, "self_map")["columnLabels"]
    assert map_values(app, "self_map").shape == (5, 5)
    app.button(key="move_same").click()
    seeking = ask_words(SENTENCES["buns"]["en"], seeks="who").weights
    assert np.allclose(map_values(checked(app.run()), "self_map"), seeking, atol=1e-6)
    assert seeking[1].argmax() == 0  # “ate” looks at “I”


def test_a_picture_is_asked_by_a_word(open_page, language):
    app = open_page("lesson_self", self_from="picture", self_word="blue")
    assert map_values(app, "self_patches").sum() == pytest.approx(1, abs=1e-4)
    assert strings(language)["lesson_self.word.blue"] in component(app, "self_patches")["text"]["sentence"]
    app.slider(key="self_loud").set_value(0.0)
    assert np.ptp(map_values(checked(app.run()), "self_patches")) < 1e-7


@pytest.mark.parametrize("language", ["en"])
def test_junk_in_the_address_opens_the_lesson_as_it_is(open_page):
    app = open_page(
        "lesson_self", self_from="x", self_pair="y", self_asks="z", self_seeks="q", self_cell="99,99", self_loud="a"
    )
    assert component(app, "self_map")["rowLabels"] == list(SENTENCES["cat"]["en"])
    assert LESSON.picture().startswith("<svg")


def test_the_patches_that_get_most_are_printed(monkeypatch):
    state = {"lang": "en", "self_from": "picture", "self_word": "blue", "self_sample": "shapes"}
    monkeypatch.setattr("streamlit.session_state", state)
    assert strings("en")["lesson_self.patches_title"].format(word="blue") in LESSON.picture()


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("origin", ["same", "picture"])
def test_a_move_works_before_what_it_sets_has_been_seen(open_page, origin):
    app = open_page("lesson_self", self_from=origin)
    checked(app.button(key="move_buns").click().run())
    assert component(app, "self_map")["rowLabels"] == list(SENTENCES["buns"]["en"])


@pytest.mark.parametrize("language", ["en"])
def test_a_move_sets_the_picture_whatever_the_address_says(open_page):
    app = open_page("lesson_self", self_word="blue", self_sample="coffee")
    checked(app.button(key="move_picture").click().run())
    assert (app.session_state["self_word"], app.session_state["self_sample"]) == ("orange", "shapes")


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize(("code", "shown"), [("buns", "self_map"), ("same", "self_map"), ("picture", "self_patches")])
def test_a_move_asks_as_loudly_as_its_words_say(open_page, code, shown):
    expected = map_values(checked(open_page("lesson_self").button(key=f"move_{code}").click().run()), shown)
    app = checked(open_page("lesson_self", self_loud="0.0").button(key=f"move_{code}").click().run())
    assert np.allclose(map_values(app, shown), expected)


def shares(language: str, code: str) -> list[str]:
    """What the teacher's answer to a move says in percent, as `percent` writes it."""
    found = re.findall(r"\d+(?:\.\d+)?\s%", strings(language)[f"lesson_self.try_answer.{code}"])
    return [share.replace(" ", "\u00a0") for share in found]


def test_the_answers_on_paper_of_the_words(language):
    asking, asked = SENTENCES["buns"]["en"], SENTENCES["buns"]["zh"]
    weights = ask_words(asking, asked).weights
    hundred, steamed = (weights[asking.index(word)] for word in ("100", "steamed"))
    assert asked[int(steamed.argmax())] == "包子"
    assert [asked[i] for i in np.argsort(-hundred)[:2]] == ["100", "个"]
    assert shares(language, "buns") == [percent(steamed.max()), *map(percent, np.sort(hundred)[:-3:-1])]
    says = {word: feature_vectors([word])[0].astype(bool) for word in (*asking, *asked)}
    both = says["steamed"]
    assert {FEATURES[i] for i in np.flatnonzero(both)} == {"quality", "food"}
    assert [word for word in asked if says[word][both].all()] == ["包子"]
    assert says["个"][FEATURES.index("amount")]
    who, alike = (ask_words(asking, seeks=seeks).weights[asking.index("ate")] for seeks in ("who", "alike"))
    assert (asking[int(who.argmax())], asking[int(alike.argmax())]) == ("I", "ate")
    assert shares(language, "same") == [percent(who.max()), percent(alike.max())]


def test_the_answer_on_paper_of_the_picture(open_page, language):
    app = checked(open_page("lesson_self").button(key="move_picture").click().run())
    weights = map_values(app, "self_patches")
    most = np.argsort(-weights, axis=None)[:4]
    rows, columns = np.unravel_index(most, weights.shape)
    assert (sorted(set(rows + 1)), sorted(set(columns + 1))) == ([6, 7], [10, 11])
    told = strings(language)["lesson_self.try_answer.picture"]
    assert {"en": "Rows 6 and 7, columns 10 and 11", "zh": "第 6、7 行的第 10、11 列"}[language] in told
    assert f" {weights.size} " in told or f"，{weights.size} " in told
    assert shares(language, "picture") == [percent(weights.flat[most].sum()), percent(1 / weights.size)]
