"""The lesson What attention is: what it shows and says is what the engine and the networks computed."""

import numpy as np
import pytest

from attention.teaching.questions import ASKABLE, FEATURES, LOUDEST, SENTENCES, ask_sentence
from attention.teaching.shapes import FACTS, ask_shapes
from figures.numbers import percent
from pages.lessons import what
from pages.lessons.what_networks import PAIRS, TEXTS, strongest_link
from pages.lessons.what_picture import START
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values


def set_to(app, values):
    for name, value in values.items():
        app.slider(key=f"what_{name}").set_value(value)
    return checked(app.run())


def finding(app, key):
    return component(app, key)["text"]["sentence"]


def test_the_weights_on_the_page_are_those_of_the_question(open_page, language):
    app = open_page("lesson_what")
    for asked in ({"person": 10}, {"person": 0, "number": 4, "action": 7}):
        set_to(app, asked)
        loudness = {name: app.session_state[f"what_{name}"] for name in ASKABLE}
        trace = ask_sentence(language, loudness)
        np.testing.assert_allclose(map_values(app, "what_weights"), trace.weights, rtol=1e-6)
        vectors = map_values(app, "what_vectors")
        np.testing.assert_allclose(vectors[0], trace.Q[0] / LOUDEST, rtol=1e-6)
        np.testing.assert_allclose(vectors[1:-1], trace.V, rtol=1e-6)
        np.testing.assert_allclose(vectors[-1], trace.output[0], rtol=1e-6)
        assert percent(trace.weights.max()) in component(app, "what_weights")["text"]["sentence"]


def test_a_question_is_picked_by_its_button(open_page, language):
    app = open_page("lesson_what")
    checked(app.button(key="what_only_thing").click().run())
    assert [app.session_state[f"what_{name}"] for name in ASKABLE] == [0, 0, LOUDEST, 0]


def test_nobody_asking_is_said(open_page, language):
    app = set_to(open_page("lesson_what"), {"person": 0})
    assert strings(language)["lesson_what.nobody"] in component(app, "what_weights")["text"]["sentence"]


def test_a_tie_is_told_as_one(open_page, language):
    app, words = open_page("lesson_what"), list(SENTENCES[language])
    for asked in ({"person": 10, "number": 10}, {"person": 0, "number": 0}):
        set_to(app, asked)
        weights = ask_sentence(language, asked).weights[0]
        said = component(app, "what_weights")["text"]["sentence"]
        tied = np.isclose(weights, weights.max())
        assert tied.sum() == (2 if asked["person"] else len(words))
        assert said.count(percent(weights.max())) == 1
        for word, is_tied in zip(words, tied, strict=True):
            assert (f"“{word}”" in said) == is_tied


@pytest.mark.parametrize(
    ("asked", "behind"),
    [({"person": 10}, "rest"), ({"person": 10, "number": 5, "action": 5}, "several"), ({"person": 10, "thing": 5}, "")],
)
def test_a_tie_behind_the_first_is_told_as_one(open_page, language, asked, behind):
    app, words = set_to(open_page("lesson_what"), asked), list(SENTENCES[language])
    weights = ask_sentence(language, asked).weights[0]
    said = component(app, "what_weights")["text"]["sentence"]
    order = np.argsort(-weights, kind="stable")
    second = np.flatnonzero(np.isclose(weights, weights[order[1]]))
    if behind == "rest":
        assert len(second) == len(words) - 1
        assert not any(f"“{words[i]}”" in said for i in second)
        assert f" {len(second)} " in said
    else:
        assert (len(second) > 1) == bool(behind)
        assert all(f"“{words[i]}”" in said for i in [order[0], *second])
    assert said.count(percent(weights[order[1]])) == 1


def test_features_that_tie_in_the_answer_are_both_named(open_page, language):
    app, texts = open_page("lesson_what"), strings(language)
    set_to(app, {"person": 10, "number": 10})
    output = ask_sentence(language, {"person": 10, "number": 10}).output[0]
    tied = [name for name in FEATURES if f"{output[FEATURES.index(name)]:.2f}" == f"{output.max():.2f}"]
    named = {name for name in FEATURES if texts[f"lesson_what.feature.{name}"] in finding(app, "what_vectors")}
    assert named == set(tied)
    assert f"{output.max():.2f}" in finding(app, "what_vectors")


def test_facts_that_tie_in_the_answer_are_all_named(open_page, language):
    app, texts = open_page("lesson_what", what_place="picture", what_red=0), strings(language)
    assert all(f"“{texts[f'lesson_what.fact.{name}']}”" in finding(app, "what_facts") for name in FACTS)


def test_a_weight_is_opened_down_to_its_products(open_page, language):
    app = set_to(open_page("lesson_what"), {"person": 0, "thing": 6, "action": 4})
    trace = ask_sentence(language, {"thing": 6, "action": 4})
    lines = app.expander[0].markdown[0].value.split("\n\n")
    at = list(SENTENCES[language]).index({"en": "ate", "zh": "吃"}[language])
    powers = np.exp(trace.scaled[0])
    assert f"(6·0 + 4·1) ÷ √{len(FEATURES)} = {4 / np.sqrt(6):.2f}" in lines[at]
    assert f"{powers[at]:.2f} ÷ {powers.sum():.2f} = **{trace.weights[0, at]:.3f}**" in lines[at]
    assert lines[-1].endswith(" + ".join(f"{power:.2f}" for power in powers) + f" = {powers.sum():.2f}")
    assert powers[at] / powers.sum() == pytest.approx(trace.weights[0, at])


@pytest.mark.parametrize(
    ("asked", "case", "question"),
    [
        ({}, "one", "person"),
        ({"person": 2, "thing": 7}, "one", "thing"),
        ({"person": 0, "thing": 5, "action": 5}, "tied", "thing"),
        ({"person": 0}, "nobody", "person"),
    ],
)
def test_the_networks_say_which_question_they_are_asked(open_page, language, asked, case, question):
    app, texts = set_to(open_page("lesson_what"), asked), strings(language)
    said = texts[f"lesson_what.networks_for.{case}"].format(ask=texts[f"lesson_what.ask.{question}"])
    assert any(said == element.value for element in app.markdown)
    assert component(app, "what_net_en")["rowLabels"] == [PAIRS[question]["en"][0]]


@pytest.mark.parametrize("question", ASKABLE)
def test_the_networks_answer_the_loudest_question(open_page, language, question):
    app = open_page("lesson_what")
    checked(app.button(key=f"what_only_{question}").click().run())
    for network in TEXTS:
        link = strongest_link(network, question)
        np.testing.assert_allclose(map_values(app, f"what_net_{network}")[0], link.row, rtol=1e-6)
        said = component(app, f"what_net_{network}")["text"]["sentence"]
        assert percent(float(link.row[link.looks])) in said
        assert (percent(link.habit_share) in said) == bool(link.habit)
        assert percent(float(link.row.max())) in said


@pytest.mark.parametrize(
    ("network", "question", "share", "at"),
    [("zh", "person", 0.37, (1, 3)), ("zh", "number", 0.90, (3, 4)), ("en", "person", 1.00, (1, 3))],
)
def test_what_the_networks_are_known_to_do(network, question, share, at):
    link = strongest_link(network, question)
    assert (link.words[link.asks], link.words[link.looks]) == PAIRS[question][network]
    assert link.row[link.looks] == pytest.approx(share, abs=0.005)
    assert (link.layer, link.head) == at
    assert link.row.sum() == pytest.approx(1, abs=1e-3)


def test_a_head_that_looks_before_every_word_is_named_as_such():
    assert strongest_link("en", "person").habit == "previous"


def facts():
    return what.what_picture.facts()[0]


def test_the_picture_shows_the_weights_of_its_patches(open_page, language):
    app = open_page("lesson_what", what_place="picture")
    for asked in ({}, {"red": 0, "round": 6}):
        set_to(app, asked)
        trace = ask_shapes(facts(), {name: app.session_state[f"what_{name}"] for name in START})
        shown = map_values(app, "what_facts")
        np.testing.assert_allclose(shown[:-1], trace.V, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(shown[-1], trace.output[0], rtol=1e-5, atol=1e-6)
        assert percent(float(trace.weights.max())) in component(app, "what_shapes_view")["text"]["sentence"]


def test_the_moves_lead_to_what_they_ask_about():
    shares = np.sort(ask_sentence("en", {"number": 10}).weights[0])
    assert shares[-2] > 1.5 * shares[-3]  # a second word stands out
    discs = [0, 2, 5, 7, 8, 10]
    wins = [
        ask_shapes(facts(), {"round": 6, "red": red}).weights[0].argmax() not in discs for red in range(LOUDEST + 1)
    ]
    assert wins == sorted(wins)
    assert not wins[0]
    assert wins[-1]


def test_the_truth_of_the_prediction_is_computed(open_page, language):
    app = open_page("lesson_what")
    app.radio(key="guess_what").set_value("one").run()
    checked(app.button(key="reveal").click().run())
    trace = ask_sentence(language, {"person": LOUDEST, "number": LOUDEST})
    first, second = np.sort(np.argsort(-trace.weights[0], kind="stable")[:2])
    words = list(SENTENCES[language])
    said = strings(language)["lesson_what.predict.truth"].format(
        first=words[first],
        second=words[second],
        share=percent(trace.weights[0, first]),
        other=percent(trace.weights[0, second]),
        person=f"{trace.output[0, 0]:.2f}",
        number=f"{trace.output[0, 1]:.2f}",
    )
    assert any(said in element.value for element in app.markdown)


def test_the_prose_counts_right():
    assert len(TEXTS) == 2
    assert all("100" in words for words in SENTENCES.values())


def paper(language: str, move: str) -> str:
    """The teacher's answer to a move."""
    return strings(language)[f"lesson_what.try_answer.{move}"].replace(" %", "\u00a0%")


def test_the_answers_on_paper_are_computed(language):
    words = list(SENTENCES[language])
    many = ask_sentence(language, {"number": 10})
    first, second = np.argsort(-many.weights[0])[:2]
    number = many.K[:, FEATURES.index("number")]
    told = paper(language, "many")
    for i in (first, second):
        assert f"“{words[i]}”" in told
        assert percent(many.weights[0, i]) in told
    assert f" {number[second]:g} " in told or f" {number[second]:g}，" in told
    assert np.flatnonzero(number).tolist() == sorted([first, second])

    told, even, louder = paper(language, "mix"), *(ask_sentence(language, {"thing": n, "action": 6}) for n in (6, 7))
    ate, buns = (words.index(word) for word in {"en": ("ate", "buns"), "zh": ("吃", "包子")}[language])
    assert even.weights[0, ate] == pytest.approx(even.weights[0, buns]) == pytest.approx(even.weights.max())
    for share in (even.weights[0, ate], louder.weights[0, buns], louder.weights[0, ate]):
        assert percent(share) in told
    assert louder.weights[0, buns] / louder.weights[0, ate] == pytest.approx(1.5, abs=0.01)  # "half as large again"


def test_the_answer_on_paper_about_shapes_is_computed(language):
    found = facts()
    at = {red: ask_shapes(found, dict(START) | {"red": red, "round": 6}).weights[0] for red in (0, 6, 7)}
    triangle, told = int(at[7].argmax()), paper(language, "shapes")
    discs = np.isclose(at[0], at[0].max(), rtol=0.05)
    assert discs.sum() == 6
    assert not discs[triangle]
    assert at[6][discs].min() > at[6][triangle]
    for share in (at[0].max(), at[6].max(), at[6][triangle], at[7][triangle]):
        assert percent(share) in told
