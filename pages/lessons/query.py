"""Why not K with itself? Two maps over the same words: one with its own questions, one where keys ask keys."""

import numpy as np
import streamlit as st

from attention.walkthrough import Walkthrough, draw_projections, draw_words, walk
from figures.maps import MapText, map_payload
from figures.numbers import signed
from figures.worksheet import matrix_svg
from pages.lessons.frame import Answer, Lesson
from pages.shared.components import attention_map
from pages.shared.controls import badge
from pages.shared.texts import t, template

D_MODEL, D_K, SEED, SEEDS = 4, 3, 19, 99


def _toy() -> None:
    seed = st.slider(t("lesson_query.seed"), 0, SEEDS, SEED, key="query_seed", bind="query-params")
    words, own = _words(), _walk(seed)
    mirrored = walk(own.X, own.W_K, own.W_K, own.W_V)  # the keys ask
    badge("illustrative", t("lesson_query.badge"))
    for place, name, road in zip(st.columns(2, gap="large"), ("qk", "kk"), (own, mirrored), strict=True):
        with place:
            st.markdown(f"#### {t(f'lesson_query.{name}')}")
            text = MapText(
                row_title=t("lesson_query.row"),
                column_title=t("lesson_query.column"),
                low=t("lesson_query.low"),
                high=t("lesson_query.high"),
                sentence=t("lesson_query.finding", value=signed(_asymmetry(road.scores))),
                hover=template("lesson_query.hover"),
                name=f"scores-{name}",
                source=t("lesson_query.badge"),
            )
            attention_map(map_payload(road.scores, words, words, text, scale="diverging"), key=f"query_{name}")


def _words() -> list[str]:
    return t("lesson_query.words").split()


def _walk(seed: int) -> Walkthrough:
    return walk(draw_words(_words(), D_MODEL, seed), *draw_projections(D_MODEL, D_K, seed))


def _asymmetry(scores: np.ndarray) -> float:
    """The largest difference between "A asks B" and "B asks A"."""
    return float(np.abs(scores - scores.T).max())


def _answer() -> Answer:
    road = _walk(SEED)
    mirrored = walk(road.X, road.W_K, road.W_K, road.W_V)
    values = {"own": signed(_asymmetry(road.scores)), "mirrored": signed(_asymmetry(mirrored.scores))}
    return Answer("same" if _asymmetry(mirrored.scores) == 0 else "other", values)


def _picture() -> str:
    seed = st.session_state.get("query_seed", SEED)
    return matrix_svg(_walk(seed).scores, _words(), _words(), t("lesson_query.qk"))


LESSON = Lesson(
    "query",
    _toy,
    moves={"first": {"query_seed": 7}, "second": {"query_seed": 42}},
    options=("same", "other", "zero"),
    answer=_answer,
    picture=_picture,
)
