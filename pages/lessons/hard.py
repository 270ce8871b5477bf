"""Soft and hard attention: a mixture of everything, or one glimpse after another."""

import numpy as np
import streamlit as st

from attention.images.patch_attention import effective_number
from attention.teaching.glimpses import ask, nudge_score
from figures.numbers import percent, weight
from figures.worksheet import bars_svg, curves_svg
from pages.lessons import hard_views
from pages.lessons.hard_scene import ASKS, TEMPERATURES, heat, scene
from pages.lessons.lesson import Answer, Lesson
from pages.shared.controls import badge, choice
from pages.shared.texts import t

VIEWS = {"glimpses": hard_views.glimpses, "spread": hard_views.spread, "slope": hard_views.slope}
HAIR = 0.001  # what the question adds to a score
PRINTED = 8  # weights on a worksheet


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
    code = state.get("hard_temperature", "1")
    shown, temperature = scene(state.get("hard_picture", "coffee")), heat(code)
    view = state.get("hard_view")
    if view == "spread":
        found = hard_views.measured(shown, temperature)
        curves = {"measured": found.measured, "predicted": found.predicted}
        curves = {name: (found.counts, np.sqrt(each)) for name, each in curves.items()}
    elif view == "slope":
        along, _, channel = hard_views.moved(shown, temperature, 0.0)
        curves = {name: (along.nudges, getattr(along, name)[:, channel]) for name in ("soft", "hard")}
    else:
        weights = ask(shown.q, shown.X, shown.V, temperature).weights[0]
        order = np.argsort(-weights, kind="stable")[:PRINTED]
        places = [divmod(int(patch), shown.patches.shape[1]) for patch in order]
        labels = [t("lesson_hard.place", row=row + 1, column=column + 1) for row, column in places]
        return bars_svg(weights[order], labels, t("lesson_hard.printed", count=PRINTED, temperature=code))
    named = {t(f"lesson_hard.{view}.{name}", trials=hard_views.TRIALS): curve for name, curve in curves.items()}
    return curves_svg(named, t(f"lesson_hard.{view}.x"))


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
