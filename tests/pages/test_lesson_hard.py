"""The lesson on soft and hard attention: what it shows and says is what the engine computes."""

import math
import re

import numpy as np
import pytest

from attention.images import CHANNELS
from attention.teaching.glimpses import ask
from pages.lessons import hard, hard_views
from pages.lessons.hard_scene import ASKS, TEMPERATURES, heat, scene
from pages.shared.texts import strings
from tests.pages.conftest import checked, component


def say(language: str, key: str) -> str:
    return strings(language)[f"lesson_hard.{key}"]


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
    assert f"{moves['lift']['hard_nudge']:.0f}" in say(language, "try.lift")
    assert str(hard.HAIR) in say(language, "predict.question")
    scene_ = scene("coffee")
    sharp = hard_views.drawn(scene_, heat("0.1"), 1)
    assert np.bincount(sharp).max() > 0.75 * len(sharp)  # "most glimpses fall on the same patch"


def test_a_hair_moves_the_soft_answer_only():
    answer = hard.LESSON.answer()
    assert answer.right == "stays"
    assert answer.values["hard"] == "0.000"
    assert answer.values["soft"] != "0.000"


@pytest.mark.parametrize("temperature", ["∞", "0"])
def test_neither_end_of_the_temperature_has_a_slope(temperature):
    for code in ASKS:
        _, here, _ = hard_views.moved(scene(code), heat(temperature), 1.0)
        assert not here.slope.any()


@pytest.mark.parametrize("code", ASKS)
def test_the_slider_lifts_the_rival_over_the_best(code):
    along, here, channel = hard_views.moved(scene(code), 1.0, 0.0)
    assert len(np.unique(along.hard[:, channel])) == 2
    assert here.slope[channel] != 0


def test_the_slope_said_is_the_slope_drawn(open_page, language):
    app = open_page("lesson_hard")
    checked(app.button(key="move_lift").click().run())
    _, here, channel = hard_views.moved(scene("coffee"), 1.0, 2.0)
    told = next(text.value for text in app.markdown if "straight-through" in text.value and "**0**" in text.value)
    assert f"**{here.slope[channel]:.3f}**" in told
    crops, scores = component(app, "hard_crops")["items"], scene("coffee").scores
    for crop, patch in zip(crops, (scores.argmax(), scene("coffee").rival), strict=True):
        assert f"{scores[patch]:.2f}" in crop["note"]


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


@pytest.mark.parametrize(("view", "title"), [("glimpses", "row 3"), ("spread", "100 trials"), ("slope", "argmax")])
@pytest.mark.parametrize("temperature", ["∞", "1", "0"])
def test_what_is_printed_is_what_is_shown(monkeypatch, view, title, temperature):
    monkeypatch.setattr("pages.shared.texts.language", lambda: "en")
    monkeypatch.setattr("pages.lessons.hard.st.session_state", {"hard_view": view, "hard_temperature": temperature})
    printed = hard.LESSON.picture()
    assert title in printed or (view == "glimpses" and temperature == "∞")  # all alike: the first row comes first
    assert printed.startswith("<svg")
    assert "nan" not in printed
