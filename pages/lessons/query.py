"""Why not K with itself? Five words with numbers to follow, and a trained network whose keys are made to ask."""

import streamlit as st

from figures.numbers import percent
from pages.lessons.lesson import Answer, Lesson
from pages.lessons.query_network import as_trained, network_picture, network_toy, opening_head, opening_link, read_with
from pages.lessons.query_words import words_picture, words_toy
from pages.shared.controls import choice
from pages.shared.state import arrive

VIEWS = {"words": (words_toy, words_picture), "network": (network_toy, network_picture)}
OPENING = "words"


def _toy() -> None:
    for name in ("query_asks", "query_head"):  # a move sets them before the view that asks for them has been seen
        arrive(name, "", bool)
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        toy, _ = VIEWS[choice("query_view", tuple(VIEWS), OPENING, texts="lesson_query.view", quiet=True)]
    toy(row)


def _picture() -> str:
    _, picture = VIEWS[st.session_state.get("query_view", OPENING)]
    return picture()


def _answer() -> Answer:
    """Where the opening word of a trained head looks once the head's keys ask."""
    (layer, head), (asks, looks) = opening_head(), opening_link()
    own, changed = as_trained(), read_with(((layer, head),))
    before, after = (trace.weights[layer - 1, head - 1, asks] for trace in (own, changed))
    right = {asks: "itself", looks: "law"}.get(int(after.argmax()), "other")
    values = {"before": before[looks], "law": after[looks], "itself_before": before[asks], "itself": after[asks]}
    return Answer(right, {name: percent(float(value)) for name, value in values.items()})


LESSON = Lesson(
    "query",
    _toy,
    moves={
        "other": {"query_view": "words", "query_seed": 94, "query_shown": "scores"},
        "weights": {"query_view": "words", "query_shown": "weights"},
        "network": {"query_view": "network", "query_asks": "queries", "query_head": "4,2"},
    },
    options=("law", "other", "itself"),
    answer=_answer,
    picture=_picture,
)
