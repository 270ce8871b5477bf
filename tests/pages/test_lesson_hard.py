"""The lesson on soft and hard attention: what it shows and says is what the engine computes."""

import math
import re

import numpy as np
import pytest

from attention.images import CHANNELS
from attention.teaching.glimpses import ask, spread_of_means
from figures.numbers import percent, weight
from pages.lessons import hard, hard_views
from pages.lessons.hard_scene import ASKS, TEMPERATURES, heat, scene
from pages.shared.texts import strings
from tests.pages.conftest import checked, component


def say(language: str, key: str) -> str:
    return strings(language)[f"lesson_hard.{key}"]


def said(app, key: str, language: str, **values: object) -> bool:
    return say(language, key).format(**values) in [element.value for element in app.markdown]


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("temperature", TEMPERATURES)
def test_from_even_weights_to_a_single_one(open_page, temperature):
    sent = component(open_page("lesson_hard", hard_temperature=temperature), "hard_glimpses")
    weights, values = np.array(sent["weights"]), scene("coffee").V
    n = len(weights)
    assert weights.sum() == pytest.approx(1)
    np.testing.assert_allclose(sent["expectation"], weights @ values)
    if temperature == "∞":
        np.testing.assert_allclose(weights, 1 / n)
    if temperature == "0":
        assert sorted(weights)[-2:] == [0, 1]
        assert set(sent["chosen"]) == {int(weights.argmax())}
        np.testing.assert_allclose(sent["means"][0], sent["expectation"])


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("code", ASKS)
def test_every_picture_can_be_looked_at_in_every_way(open_page, code):
    for view in hard.VIEWS:
        app = open_page("lesson_hard", hard_picture=code, hard_view=view)
    sent = component(open_page("lesson_hard", hard_picture=code), "hard_glimpses")
    assert sent["asks"] == np.argmax(sent["weights"])  # nothing is more like a patch than itself
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize("language", ["en"])
def test_another_seed_draws_other_glimpses_and_the_same_one_the_same(open_page):
    first, again, other = (
        component(open_page("lesson_hard", hard_seed=seed), "hard_glimpses")["chosen"] for seed in ("1", "1", "2")
    )
    assert first == again != other
    assert len(first) == hard_views.DRAWS


def test_the_largest_weight_and_how_many_patches_it_looks_at_are_told(open_page, language):
    app = open_page("lesson_hard", hard_temperature="∞")
    looks = next(text.value for text in app.markdown if "70" in text.value)
    assert re.findall(r"\*\*(.+?)\*\*", looks) == ["1.4\u00a0%", "70.0"]  # 1 / 70
    assert f"{len(CHANNELS)}" in say(language, "badge")


def test_in_the_slope_view_the_weights_told_are_those_after_the_lift(open_page, language):
    nudge, shown = float(hard_views.NUDGES[-1]), scene("coffee")
    app = open_page("lesson_hard", hard_view="slope", hard_nudge=hard_views.NUDGES[-1])
    lifted = np.exp(shown.scores)
    lifted[shown.rival] *= math.exp(nudge)
    p = lifted / lifted.sum()
    looks = f"{math.exp(-(p * np.log(p)).sum()):.1f}"
    values = {"largest": percent(p[shown.rival]), "looks": looks, "all": len(p)}
    assert said(app, "weights", language, **values)


@pytest.mark.parametrize("code", ASKS)
def test_four_times_as_many_glimpses_halve_the_distance(code):
    found = hard_views.measured(scene(code), 3.0)
    counts = list(found.counts)
    for n in (1, 4, 16):
        once, four = (found.measured[counts.index(many)] for many in (n, 4 * n))
        assert math.sqrt(once / four) == pytest.approx(2, rel=0.25)
    assert not hard_views.measured(scene(code), 0.0).measured.any()


def test_the_moves_say_the_numbers_that_they_set(language):
    moves = hard.LESSON.moves
    assert moves["sharp"]["hard_temperature"] in say(language, "try.sharp")
    assert moves["many"]["hard_temperature"] in say(language, "try.many")
    assert moves["lift"]["hard_nudge"] in say(language, "try.lift")
    assert str(hard.HAIR) in say(language, "predict.question")
    scene_ = scene("coffee")
    sharp = hard_views.drawn(scene_, heat("0.1"), 1)
    assert np.bincount(sharp).max() > 0.75 * len(sharp)  # "most glimpses fall on the same patch"


def test_a_hair_moves_the_soft_answer_only():
    answer = hard.LESSON.answer()
    assert answer.right == "stays"
    assert answer.values["hard"] == "0"
    assert answer.values["soft"] != "0.000"


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("view", hard.VIEWS)
@pytest.mark.parametrize("move", hard.LESSON.moves)
def test_the_address_tells_what_a_move_sets_from_every_view(open_page, view, move):
    app = open_page("lesson_hard", hard_view=view, hard_picture="cat", hard_seed="5", hard_nudge="-1")
    checked(app.button(key=f"move_{move}").click().run())
    defaults = {"hard_view": "glimpses", "hard_picture": "coffee", "hard_temperature": hard.OPENING, "hard_seed": "1"}
    for key, value in hard.LESSON.moves[move].items():
        assert app.query_params.get(key, defaults.get(key)) == value


@pytest.mark.parametrize("temperature", ["∞", "0"])
def test_neither_end_of_the_temperature_has_a_slope_and_the_line_says_why(open_page, language, temperature):
    for code in ASKS:
        _, here, _ = hard_views.moved(scene(code), heat(temperature), 1.0)
        assert not here.slope.any()
    app = open_page("lesson_hard", hard_view="slope", hard_temperature=temperature)
    row, column = divmod(scene("coffee").rival, scene("coffee").patches.shape[1])
    case = {"∞": "said_even", "0": "said_hard"}[temperature]
    assert said(app, f"slope.{case}", language, row=row + 1, column=column + 1)
    assert not said(app, "slope.samples", language)
    assert not any("*straight-through*" in text.value or "*直通*" in text.value for text in app.markdown)


@pytest.mark.parametrize("language", ["en"])
def test_a_small_slope_is_not_told_as_none(open_page):
    app = open_page("lesson_hard", hard_view="slope", hard_temperature="30")
    _, here, channel = hard_views.moved(scene("coffee"), 30.0, 0.0)
    told = next(text.value for text in app.markdown if "straight-through" in text.value)
    assert f"slope of **{weight(here.slope[channel])}**" in told
    assert 0 < here.slope[channel] < 0.0005
    _, falls, channel = hard_views.moved(scene("astronaut"), 1.0, 0.0)
    assert hard_views.slope_of(falls, channel) == f"−{-falls.slope[channel]:.3f}"


def test_with_argmax_chance_has_no_part(open_page, language):
    app = open_page("lesson_hard", hard_view="spread", hard_temperature="0")
    assert said(app, "spread.said_hard", language, n=hard_views.COUNTS[-1])
    assert len(set(hard_views.drawn(scene("coffee"), 0.0, 1))) == 1


@pytest.mark.parametrize("code", ASKS)
def test_the_slider_lifts_the_rival_over_the_best(code):
    along, here, channel = hard_views.moved(scene(code), 1.0, 0.0)
    assert len(np.unique(along.hard[:, channel])) == 2
    assert here.slope[channel] != 0


def test_the_slope_said_is_the_slope_drawn(open_page, language):
    app = open_page("lesson_hard")
    checked(app.button(key="move_lift").click().run())
    _, here, channel = hard_views.moved(scene("coffee"), 1.0, 2.0)
    told = next(text.value for text in app.markdown if "straight-through" in text.value)
    assert f"**{here.slope[channel]:.3f}**" in told
    crops, scores = component(app, "hard_crops")["items"], scene("coffee").scores
    best, lifted = f"{scores.max():.2f}", f"{scores[scene('coffee').rival]:.2f} +\u00a02.0"
    assert [crop["note"] for crop in crops] == [say(language, "slope.score").format(value=v) for v in (best, lifted)]


@pytest.mark.parametrize("code", ASKS)
def test_samples_point_along_the_slope_on_average_and_one_by_one_are_noisy(code):
    shown = scene(code)
    _, here, channel = hard_views.moved(shown, 1.0, 0.0)
    chosen = ask(shown.q, shown.X, shown.V, draws=20_000, seed=1).weights.argmax(axis=-1)
    was = shown.V[chosen, channel]
    share = ask(shown.q, shown.X, shown.V).weights[0, shown.rival]
    raised = (was - was.mean()) * ((chosen == shown.rival) - share)  # Williams, 1992
    assert raised.mean() == pytest.approx(here.slope[channel], rel=0.25)
    assert raised.std() > 2 * abs(here.slope[channel])


@pytest.mark.parametrize("temperature", TEMPERATURES)
@pytest.mark.parametrize("view", hard.VIEWS)
def test_what_is_printed_is_what_is_shown(monkeypatch, language, view, temperature):
    monkeypatch.setattr("pages.shared.texts.language", lambda: language)
    monkeypatch.setattr("pages.lessons.hard.st.session_state", {"hard_view": view, "hard_temperature": temperature})
    printed, shown = hard.LESSON.picture(), scene("coffee")
    assert "nan" not in printed
    if view == "slope":
        _, _, channel = hard_views.moved(shown, heat(temperature), 0.0)
        colour = say(language, f"colour.{hard_views.COLOURS[channel]}")
        assert f">{say(language, 'slope.printed').format(colour=colour, temperature=temperature)}<" in printed
        ends = [float(end) for end in re.findall(r',([\d.]+)" fill="none" stroke="#000" stroke-width="2"', printed)]
        named = [f">{say(language, f'slope.{name}')}<" in printed for name in ("soft", "hard", "both")]
        assert named == ([True, True, False] if abs(ends[0] - ends[1]) > 15 else [False, False, True])  # 15: a line
        return
    title = {"glimpses": "printed", "spread": "spread.printed"}[view]
    assert f">{say(language, title).format(count=hard.PRINTED, temperature=temperature)}<" in printed
    weights, found = shown.weights(heat(temperature)), hard_views.measured(shown, heat(temperature))
    values = {"glimpses": np.sort(weights)[::-1][: hard.PRINTED], "spread": np.sqrt(found.measured)}[view]
    assert re.findall(r">(\d\.\d{3})<", printed) == [f"{value:.3f}" for value in values]


def numbers(text: str) -> list[str]:
    return re.findall(r"[+−]?\d+(?:\.\d+)?", text)


def test_the_answers_on_paper_are_what_the_moves_show(language):
    shown, moves = scene("coffee"), hard.LESSON.moves
    assert {move["hard_picture"] for move in moves.values()} == {"coffee"}
    told = []
    for temperature in (moves["sharp"]["hard_temperature"], "∞"):
        weights = shown.weights(heat(temperature))
        chosen = hard_views.drawn(shown, heat(temperature), int(moves["sharp"]["hard_seed"]))
        apart = (np.linalg.norm(shown.V[chosen[:n]].mean(axis=0) - weights @ shown.V) for n in (1, len(chosen)))
        why = [] if temperature == "∞" else [f"{len(chosen)}", f"{100 * weights.max():.0f}"]
        told += [temperature, str(np.bincount(chosen).max()), *why, *(f"{value:.3f}" for value in apart)]
    assert numbers(say(language, "try_answer.sharp")) == [each for each in told if each != "∞"]

    found = hard_views.measured(shown, heat(moves["many"]["hard_temperature"]))
    by_count = dict(zip(found.counts, np.sqrt(found.measured), strict=True))
    asked = [int(n) for n in numbers(say(language, "try_ask.many"))[1:]]
    assert numbers(say(language, "try_answer.many")) == [f"{by_count[n]:.3f}" for n in asked]
    some = spread_of_means(shown.q, shown.X, shown.V, 3.0, (1, 4, 100), trials=1)  # "four times", "a hundred times"
    np.testing.assert_allclose(np.sqrt(some.predicted[0] / some.predicted[1:]), (2, 10))

    along, here, channel = hard_views.moved(shown, 1.0, float(moves["lift"]["hard_nudge"]))
    steepest = along.nudges[np.abs(np.gradient(along.soft[:, channel])).argmax()]
    jump = along.nudges[1:][np.diff(along.hard[:, channel]) != 0].item()
    best, rival = shown.scores.max(), shown.scores[shown.rival]
    expected = [f"{here.slope[channel]:.3f}", f"+{steepest:.0f}", f"+{jump:.1f}", f"{rival:.2f}", f"{best:.2f}"]
    assert numbers(say(language, "try_answer.lift"))[:5] == expected
    assert jump == pytest.approx(best - rival, abs=0.06)


@pytest.mark.parametrize("code", ["coffee", "cat", "astronaut", "shapes"])
def test_what_looks_most_like_the_patch_that_asks_is_itself(code):
    shown = scene(code)
    assert shown.weights(0.0)[shown.asks] == 1
