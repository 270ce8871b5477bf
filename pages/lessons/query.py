"""Why not K with itself? Five words with numbers to follow, and a trained network whose keys are made to ask."""

import streamlit as st

from figures.numbers import percent
from pages.lessons.lesson import Answer, Lesson
from pages.lessons.query_network import network_picture, network_toy
from pages.lessons.query_reading import LAW, hold_reading, law
from pages.lessons.query_words import words_picture, words_toy
from pages.shared.controls import choice

VIEWS = {"words": (words_toy, words_picture), "network": (network_toy, network_picture)}
OPENING = "words"


def _toy() -> None:
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        view = choice("query_view", tuple(VIEWS), OPENING, texts="lesson_query.view", quiet=True)
    if view != "network":
        hold_reading()
    toy, _ = VIEWS[view]
    toy(row)


def _picture() -> str:
    _, picture = VIEWS[st.session_state.get("query_view", OPENING)]
    return picture()


def _answer() -> Answer:
    """Where the opening word of a trained head looks once the head's keys ask."""
    layer, head, asks, looks = LAW["layer"], LAW["head"], LAW["asks"], LAW["looks"][0]
    traces = law(), law(keys_ask=((layer, head),))
    before, after = (trace.weights[layer - 1, head - 1, asks] for trace in traces)
    right = {asks: "itself", looks: "law"}.get(int(after.argmax()), "other")
    values = {"before": before[looks], "law": after[looks], "itself_before": before[asks], "itself": after[asks]}
    return Answer(right, {name: percent(float(value)) for name, value in values.items()})


LESSON = Lesson(
    "query",
    _toy,
    moves={
        "other": {"query_view": "words", "query_seed": 94, "query_shown": "scores"},
        "weights": {"query_view": "words", "query_shown": "weights"},
        "network": {
            "query_view": "network",
            "query_text": LAW["text"],
            "query_asks": "queries",
            "query_head": "4,2",
        },
    },
    options=("law", "other", "itself"),
    answer=_answer,
    picture=_picture,
)
