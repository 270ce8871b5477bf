"""Soft and hard attention: a mixture of everything, or one glimpse after another."""

import numpy as np
import streamlit as st

from attention.images.patch_attention import effective_number
from attention.teaching.glimpses import ask, nudge_score
from figures.numbers import percent, weight
from figures.worksheet import curves_svg
from pages.lessons import hard_views
from pages.lessons.frame import Answer, Lesson
from pages.lessons.hard_scene import ASKS, TEMPERATURES, heat, scene
from pages.shared.controls import badge, choice
from pages.shared.texts import t

VIEWS = {"glimpses": hard_views.glimpses, "spread": hard_views.spread, "slope": hard_views.slope}
HAIR = 0.001  # what the question adds to a score


def _toy() -> None:
    left, right = st.columns(2, gap="large", vertical_alignment="bottom")
    with left:
        view = choice("hard_view", tuple(VIEWS), "glimpses", texts="lesson_hard.view", quiet=True)
    with right:
        code = choice("hard_picture", tuple(ASKS), "coffee", texts="lesson_hard.picture", quiet=True)
    chosen = st.select_slider(
        t("lesson_hard.temperature"),
        TEMPERATURES,
        "1",
        key="hard_temperature",
        bind="query-params",
    )
    shown, temperature = scene(code), heat(chosen)
    VIEWS[view](shown, temperature)
    weights = ask(shown.q, shown.X, shown.V, temperature).weights[0]
    looks = f"{float(effective_number(weights)):.1f}"
    st.markdown(t("lesson_hard.weights", largest=percent(float(weights.max())), looks=looks, all=len(weights)))
    badge("illustrative", t("lesson_hard.badge"))


def _answer() -> Answer:
    shown = scene("coffee")
    second = int(np.argsort(shown.scores)[-2])
    found = nudge_score(shown.scores, shown.V, second, (0.0, HAIR))
    soft, hard = (float(np.abs(np.diff(answers, axis=0)).max()) for answers in (found.soft, found.hard))
    return Answer("stays" if hard == 0 else "jumps", {"soft": weight(soft), "hard": weight(hard), "hair": HAIR})


def _picture() -> str:
    state = st.session_state
    shown = scene(state.get("hard_picture", "coffee"))
    temperature = heat(state.get("hard_temperature", "1"))
    along, _, channel = hard_views.moved(shown, temperature, 0.0)
    curves = {name: (along.nudges, getattr(along, name)[:, channel]) for name in ("soft", "hard")}
    curves = {t(f"lesson_hard.slope.{name}"): curve for name, curve in curves.items()}
    return curves_svg(curves, t("lesson_hard.slope.x"))


LESSON = Lesson(
    "hard",
    _toy,
    moves={
        "sharp": {"hard_view": "glimpses", "hard_temperature": "0.1"},
        "many": {"hard_view": "spread", "hard_temperature": "3"},
        "lift": {"hard_view": "slope", "hard_temperature": "1", "hard_nudge": 2.0},
    },
    options=("stays", "hair", "jumps"),
    answer=_answer,
    picture=_picture,
)
