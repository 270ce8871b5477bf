"""Attention and self-attention: the same computation, Q, K and V taken from one sentence, two, or a picture."""

import streamlit as st

from attention.teaching.two_languages import SEEKS, SENTENCES, ask_words
from figures.numbers import percent
from figures.worksheet import bars_svg, matrix_svg
from pages.lessons.frame import Answer, Lesson
from pages.lessons.self_picture import hold_picture, picture_toy, strongest
from pages.lessons.self_words import asked_words, hold_words, words_toy
from pages.shared.controls import choice
from pages.shared.texts import t

FROM = ("other", "same", "picture")
LOUD = 1.0
WORDS = {"self_pair": "buns", "self_asks": "en", "self_loud": LOUD}  # what both moves of words ask


def _toy() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        origin = choice("self_from", FROM, FROM[0], texts="lesson_self.from")
        about = st.container(horizontal=True, vertical_alignment="bottom", width="content")
    left, right = st.columns([6, 5], gap="large")
    with right:
        if origin != "picture":
            choice("self_seeks", SEEKS, SEEKS[0], texts="lesson_self.seeks")
        loudness = st.slider(t("lesson_self.loud"), 0.0, 3.0, LOUD, 0.25, key="self_loud", bind="query-params")
    if origin == "picture":
        hold_words()
        picture_toy(about, left, right, loudness)
    else:
        hold_picture()
        words_toy(about, left, right, origin, loudness)


def _answer() -> Answer:
    words, other = SENTENCES["cat"]["en"], SENTENCES["cat"]["zh"]
    asks, asked = words.index("drank"), other.index("喝")
    there = float(ask_words(words, other).weights[asks, asked])
    back = float(ask_words(other, words).weights[asked, asks])
    right = "same" if abs(back - there) < 1e-9 else "more" if back > there else "less"
    return Answer(right, {"there": percent(there), "back": percent(back)})


def _picture() -> str:
    state = st.session_state
    origin, loudness = state.get("self_from", FROM[0]), state.get("self_loud", LOUD)
    if origin == "picture":
        return bars_svg(*strongest(loudness))
    asking, asked, road = asked_words(origin, loudness)
    return matrix_svg(road.weights, asking, asked, t("lesson_self.map_title"))


LESSON = Lesson(
    "self",
    _toy,
    moves={
        "buns": {**WORDS, "self_from": "other", "self_seeks": "alike"},
        "same": {**WORDS, "self_from": "same", "self_seeks": "who"},
        "picture": {"self_from": "picture", "self_sample": "shapes", "self_word": "orange", "self_loud": LOUD},
    },
    options=("same", "less", "more"),
    answer=_answer,
    picture=_picture,
)
