"""Soft and hard attention: a mixture of everything, or one glimpse after another."""

import numpy as np
import streamlit as st

from attention.images.patch_attention import effective_number
from attention.teaching.glimpses import nudge_score
from figures.numbers import percent, weight
from figures.worksheet import bars_svg, curves_svg
from pages.lessons import hard_views
from pages.lessons.hard_scene import ASKS, TEMPERATURES, Scene, heat, scene
from pages.lessons.lesson import Answer, Lesson
from pages.shared.controls import badge, choice
from pages.shared.texts import t

VIEWS = {"glimpses": hard_views.glimpses, "spread": hard_views.spread, "slope": hard_views.slope}
OPENING = "1"  # temperature
HAIR = 0.001  # what the question adds to a score
PRINTED = 8  # weights on a worksheet
TOGETHER = 0.08  # of a curve's height: closer than that, two printed names would cover each other


def _toy() -> None:
    left, right = st.columns(2, gap="large", vertical_alignment="bottom")
    with left:
        view = choice("hard_view", tuple(VIEWS), "glimpses", texts="lesson_hard.view", quiet=True)
    with right:
        code = choice("hard_picture", tuple(ASKS), "coffee", texts="lesson_hard.picture", quiet=True)
    chosen = st.select_slider(
        t("lesson_hard.temperature"),
        TEMPERATURES,
        OPENING,
        key="hard_temperature",
        bind="query-params",
    )
    shown, temperature = scene(code), heat(chosen)
    hard_views.hold_sliders()
    VIEWS[view](shown, temperature)
    weights = shown.weights(temperature, float(st.session_state["hard_nudge"]) if view == "slope" else 0.0)
    looks = f"{float(effective_number(weights)):.1f}"
    st.markdown(t("lesson_hard.weights", largest=percent(float(weights.max())), looks=looks, all=len(weights)))
    badge("illustrative", t("lesson_hard.badge"))


def _answer() -> Answer:
    shown = scene("coffee")
    second = int(np.argsort(shown.scores)[-2])
    found = nudge_score(shown.scores, shown.V, second, (0.0, HAIR), heat(OPENING))
    soft, hard = (float(np.abs(np.diff(answers, axis=0)).max()) for answers in (found.soft, found.hard))
    values = {"soft": weight(soft), "hard": f"{hard:.3g}", "temperature": OPENING}
    return Answer("stays" if hard == 0 else "jumps", values)


def _picture() -> str:
    state = st.session_state
    code = state.get("hard_temperature", OPENING)
    shown, temperature = scene(state.get("hard_picture", "coffee")), heat(code)
    view = state.get("hard_view")
    if view == "spread":
        found = hard_views.measured(shown, temperature)
        title = t("lesson_hard.spread.printed", temperature=code)
        return bars_svg(np.sqrt(found.measured), [f"n = {n}" for n in found.counts], title)
    if view == "slope":
        return _curves(shown, temperature, code)
    weights = shown.weights(temperature)
    order = np.argsort(-weights, kind="stable")[:PRINTED]
    places = [divmod(int(patch), shown.patches.shape[1]) for patch in order]
    labels = [t("lesson_hard.place", row=row + 1, column=column + 1) for row, column in places]
    return bars_svg(weights[order], labels, t("lesson_hard.printed", count=PRINTED, temperature=code))


def _curves(shown: Scene, temperature: float, code: str) -> str:
    """The soft and the hard answer over what is added; where they end together, one name stands for both."""
    along, _, channel = hard_views.moved(shown, temperature, 0.0)
    soft, hard = along.soft[:, channel], along.hard[:, channel]
    apart = abs(soft[-1] - hard[-1]) > TOGETHER * np.ptp([soft, hard])
    names = [t("lesson_hard.slope.soft"), t("lesson_hard.slope.hard")] if apart else [t("lesson_hard.slope.both"), ""]
    curves = {name: (along.nudges, ys) for name, ys in zip(names, (soft, hard), strict=True)}
    colour = t(f"lesson_hard.colour.{hard_views.COLOURS[channel]}")
    return curves_svg(curves, t("lesson_hard.slope.printed", colour=colour, temperature=code))


LESSON = Lesson(
    "hard",
    _toy,
    moves={
        "sharp": {"hard_view": "glimpses", "hard_picture": "coffee", "hard_temperature": "0.1", "hard_seed": "1"},
        "many": {"hard_view": "spread", "hard_picture": "coffee", "hard_temperature": "3"},
        "lift": {"hard_view": "slope", "hard_picture": "coffee", "hard_temperature": "1", "hard_nudge": "2"},
    },
    options=("stays", "hair", "jumps"),
    answer=_answer,
    picture=_picture,
)
