"""The lesson Let the network decide: weights by hand, the run that plays and is scrubbed, the scene never seen."""

import re

import numpy as np
import pytest
import streamlit as st

from attention.teaching.learned_query import look, mixture_loss
from attention.teaching.street import NOTICED, RIGHT, SEEN, STREET, UNSEEN, scene
from figures.numbers import percent, signed
from pages.lessons import learn, learn_run
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values


def own_weights(app):
    return map_values(app, "learn_look")[1]


def test_the_readers_weights_and_their_error(open_page, language):
    app = open_page("lesson_learn")
    np.testing.assert_allclose(own_weights(app), [0.25] * 4)
    app.slider(key="learn_crossing_car").set_value(10)
    app.slider(key="learn_crossing_sign").set_value(0)
    checked(app.run())
    weights, place = np.array([10, 0, 5, 5]) / 20, scene("crossing")
    np.testing.assert_allclose(own_weights(app), weights)
    *things, right, mixed = map_values(app, "learn_things")
    np.testing.assert_allclose(things, place.things, rtol=1e-6)
    np.testing.assert_allclose(right, place.things[place.right], rtol=1e-6)
    np.testing.assert_allclose(mixed, weights @ place.things, rtol=1e-6)
    error = mixture_loss(weights, place)
    assert error == pytest.approx(((mixed - right) ** 2).sum() / 2)
    assert f"{error:.3f}" in component(app, "learn_things")["text"]["sentence"]
    means = [error, *(mixture_loss(np.full(4, 0.25), scene(name)) for name in SEEN[1:])]
    assert any(f"{np.mean(means):.3f}" in element.value for element in app.caption)


def test_the_error_is_opened_down_to_products_and_sums(open_page, language):
    app, texts = open_page("lesson_learn", learn_crossing_car=10), strings(language)
    opened = [element.value for element in app.expander[0].markdown]
    assert len(opened) == len(NOTICED) + 1
    assert opened[0].endswith("0.400 · 0.00 + 0.200 · 0.00 + 0.200 · 1.00 + 0.200 · 0.90 = 0.380")
    squares = re.findall(r"\(([\d.]+) − ([\d.]+)\)²", opened[-1])
    weights = np.array([10, 5, 5, 5]) / 25
    error = mixture_loss(weights, scene("crossing"))
    assert sum((float(own) - float(right)) ** 2 for own, right in squares) / 2 == pytest.approx(error, abs=1e-3)
    said = texts["lesson_learn.error_opened"].partition("{squares}")[2].format(error=f"{error:.3f}")
    assert opened[-1].endswith(said)


@pytest.mark.parametrize("name", SEEN)
def test_without_any_weight_set_all_are_alike(open_page, language, name):
    app = open_page("lesson_learn", learn_scene=name)
    for thing in STREET[name]:
        app.slider(key=f"learn_{name}_{thing}").set_value(0)
    np.testing.assert_allclose(own_weights(checked(app.run())), [0.25] * 4)


def test_set_by_hand_as_the_move_says_the_error_is_0(open_page, language):
    app = open_page("lesson_learn")
    checked(app.button(key="move_hand").click().run())
    said = strings(language)["lesson_learn.hand_finding"].format(error="0.000")
    assert component(app, "learn_things")["text"]["sentence"] == said


def test_weights_set_by_hand_can_be_carried_over_and_miss_there(open_page, language):
    app = open_page("lesson_learn")
    checked(app.button(key="move_hand").click().run())
    app.button_group(key="learn_scene").set_value("park").run()
    checked(app.button(key="learn_carry").click().run())
    carried = np.array([thing == RIGHT["crossing"] for thing in STREET["crossing"]], float)
    np.testing.assert_allclose(own_weights(app), carried)
    assert mixture_loss(carried, scene("park")) > mixture_loss(np.full(4, 0.25), scene("park"))  # worse than nothing


@pytest.mark.parametrize("step", [0, 40, 200])
def test_a_step_shows_its_query_and_its_weights(open_page, language, step):
    app = open_page("lesson_learn", learn_scene="park")
    checked(app.slider(key="learn_step").set_value(step).run())
    run = learn_run.course(learn_run.SEED, float(learn_run.RATE))
    np.testing.assert_allclose(map_values(app, "learn_question")[0], run.queries[step], rtol=1e-5)
    np.testing.assert_allclose(map_values(app, "learn_look")[0], run.weights[1][step], rtol=1e-5)
    said = component(app, "learn_look")["text"]["sentence"]
    assert f"{run.losses[step, 1]:.3f}" in said
    assert percent(float(run.weights[1][step].max())) in said


def test_only_what_was_reached_is_shown(open_page, language):
    """Scrubbing back keeps it, another run begins anew, and so does learning from the end again."""
    app = open_page("lesson_learn", learn_step=40)
    assert app.session_state["learn_reached"] == 40
    for step, reached in ((120, 120), (60, 120)):
        checked(app.slider(key="learn_step").set_value(step).run())
        assert app.session_state["learn_reached"] == reached
    checked(app.slider(key="learn_seed").set_value(7).run())
    assert (app.session_state["learn_step"], app.session_state["learn_reached"]) == (0, 0)
    for move, reached in (("end", learn_run.STEPS), ("other", 0), ("end", learn_run.STEPS), ("other", 0)):
        checked(app.button(key=f"move_{move}").click().run())
        assert app.session_state["learn_reached"] == reached
    checked(app.button(key="move_end").click().run())
    checked(app.button(key="learn_start").click().run())
    assert 0 < app.session_state["learn_reached"] < learn_run.STEPS
    checked(app.slider(key="learn_seed").set_value(8).run())
    assert app.session_state["learn_playing"]
    assert app.session_state["learn_reached"] <= 2 * learn_run.STRIDE


def test_what_was_not_reached_is_not_drawn(open_page, monkeypatch, language):
    seen = []
    draw = learn_run.run_curve
    monkeypatch.setattr(
        learn_run, "run_curve", lambda *given, **named: seen.append(given[3:5]) or draw(*given, **named)
    )
    app = open_page("lesson_learn")
    for step in (0, 50, 20):
        checked(app.slider(key="learn_step").set_value(step).run())
    assert [seen[0], seen[-2], seen[-1]] == [(0, 0), (50, 50), (20, 50)]


def test_the_lines_to_take_home_print_the_error_of_the_step(open_page, language, capsys):
    app = open_page("lesson_learn", learn_seed=7, learn_step=40)
    exec(app.code[0].value)
    assert f"{float(capsys.readouterr().out):.3f}" == f"{learn_run.course(7, 3.0).losses[40].mean():.3f}"


@pytest.mark.parametrize(("step", "reached"), [(0, 0), (40, 40), (40, 120), (0, 120)])
def test_the_worksheet_prints_what_was_reached_and_before_that_the_scene(monkeypatch, language, step, reached):
    state = {"lang": language, "learn_scene": "park", "learn_step": step, "learn_reached": reached}
    monkeypatch.setattr(st, "session_state", state)
    texts, picture = strings(language), learn.LESSON.picture()
    curves = [texts["lesson_learn.to_step"].format(step=end) for end in {step, reached}]
    assert all((f">{name}<" in picture) == (reached > 0) for name in curves)
    assert (texts["lesson_learn.mixed"] in picture) == (reached == 0)
    assert f">{learn_run.STEPS}<" not in picture


def test_seed_and_step_size_make_another_run(open_page, language):
    app = open_page("lesson_learn")
    app.slider(key="learn_seed").set_value(7)
    checked(app.segmented_control(key="learn_rate").set_value("30").run())
    checked(app.slider(key="learn_step").set_value(20).run())
    np.testing.assert_allclose(map_values(app, "learn_question")[0], learn_run.course(7, 30.0).queries[20], rtol=1e-5)


def test_it_plays_to_its_end_and_from_the_beginning_again(open_page, language):
    app = open_page("lesson_learn")
    checked(app.slider(key="learn_step").set_value(learn_run.STEPS - 3 * learn_run.STRIDE).run())
    checked(app.button(key="learn_start").click().run())
    assert app.slider(key="learn_step").disabled
    seen = [app.session_state["learn_step"]]
    while app.session_state["learn_playing"]:
        checked(app.run())
        seen.append(app.session_state["learn_step"])
    assert seen == sorted(seen)
    assert seen[-1] == learn_run.STEPS
    assert not app.slider(key="learn_step").disabled
    checked(app.button(key="learn_start").click().run())
    assert 0 < app.session_state["learn_step"] < learn_run.STEPS
    checked(app.button(key="learn_start").click().run())
    paused = app.session_state["learn_step"]
    checked(app.run())
    assert app.session_state["learn_step"] == paused


def test_a_move_stops_the_playing(open_page, language):
    app = open_page("lesson_learn")
    checked(app.button(key="learn_start").click().run())
    checked(app.button(key="move_end").click().run())
    checked(app.run())
    assert app.session_state["learn_step"] == learn_run.STEPS


@pytest.mark.parametrize("language", ["en"])  # AppTest knows the labels of a choice in one language only
def test_the_scene_never_seen_is_offered_once_it_was_predicted(open_page):
    app = open_page("lesson_learn", learn_scene=UNSEEN)
    assert app.session_state["learn_scene"] == SEEN[0]
    app.radio(key="guess_learn").set_value("evenly").run()
    checked(app.button(key="reveal").click().run())
    app.segmented_control(key="learn_scene").set_value(UNSEEN)
    checked(app.slider(key="learn_step").set_value(learn_run.STEPS).run())
    run = learn_run.course(learn_run.SEED, float(learn_run.RATE))
    weights = look(run.queries[-1], scene(UNSEEN)).weights
    np.testing.assert_allclose(map_values(app, "learn_look")[:1], weights, rtol=1e-5)
    assert any(percent(weights.max()) in element.value for element in app.markdown)
    checked(app.button(key="again").click().run())
    assert app.session_state["learn_scene"] == SEEN[0]


def test_the_end_is_much_the_same_from_the_other_start():
    """What the third move asks about."""
    ends = [learn_run.course(seed, float(learn_run.RATE)).queries[[0, -1]] for seed in (learn_run.SEED, 7)]
    apart = np.linalg.norm(ends[0] - ends[1], axis=1)
    assert apart[1] < apart[0]
    signs = np.sign([end[-1] for end in ends])
    np.testing.assert_array_equal(signs[0], [1, 1, -1, -1])  # asks for what moves and is near, away from the rest
    np.testing.assert_array_equal(signs[0], signs[1])


def test_the_prose_counts_right():
    """One query, four numbers; four things in view; three scenes."""
    assert len(NOTICED) == 4
    assert {len(things) for things in STREET.values()} == {4}
    assert len(SEEN) == 3
    assert set(RIGHT) == set(STREET)
    assert learn.LESSON.moves["end"]["learn_step"] == learn_run.STEPS


def test_the_answers_on_paper_are_computed(language):
    moves = learn.LESSON.moves
    told = {move: strings(language)[f"lesson_learn.try_answer.{move}"] for move in moves}
    carried = np.array([thing == RIGHT["crossing"] for thing in STREET["crossing"]], float)
    assert f" {mixture_loss(carried, scene('park')):.3f}" in told["hand"]
    assert list(STREET["park"])[int(carried.argmax())] == "kite"
    seeds = learn_run.SEED, moves["other"]["learn_seed"]
    runs = [learn_run.course(seed, float(learn_run.RATE)) for seed in seeds]
    for value in runs[0].queries[-1]:
        assert f"{value:.1f}".replace("-", "−") in told["end"]
    for name in SEEN:
        seen, right = np.array(list(STREET[name].values())), list(STREET[name]).index(RIGHT[name])
        moving, near, bright, large = seen.T
        assert min(moving[right], near[right]) >= 0.8
        assert right not in (bright.argmax(), large.argmax())
    for run in runs:
        assert all(f"{value:.2f}".replace("-", "−") in told["other"] for value in run.queries[-1])
        assert (np.sign(run.queries[-1]) == (1, 1, -1, -1)).all()
    apart = max(np.abs(one[-1] - other[-1]).max() for one, other in zip(runs[0].weights, runs[1].weights, strict=True))
    assert 0.002 < apart <= 0.003
    assert np.abs(runs[0].queries[0] - runs[1].queries[0]).max() > 0.4


def test_the_sheet_prints_the_numbers_that_the_map_shows(open_page, monkeypatch, language):
    shown = map_values(open_page("lesson_learn"), "learn_things")
    monkeypatch.setattr(st, "session_state", {"lang": language})
    picture = learn.LESSON.picture()
    assert [signed(value, 2) for value in shown.flat if f">{signed(value, 2)}<" not in picture] == []
    assert picture.count(">0.57<") == np.count_nonzero(np.isclose(shown, 0.575))
