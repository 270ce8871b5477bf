"""Q, K, V step by step: one dot product, the softmax and the mixture on a timeline."""

import numpy as np
import streamlit as st

from attention.walkthrough import Walkthrough, draw, walk
from figures.numbers import percent
from figures.printed_timeline import timeline_svg
from figures.timeline import BEATS, timeline_payload
from pages.lessons.frame import Answer, Lesson
from pages.shared.components import COMMON, NODES, component
from pages.shared.controls import badge, choice
from pages.shared.state import arrive_one_of
from pages.shared.texts import language, strings, t

D_MODEL, D_K, SEED, SEEDS = 3, 4, 64, 99
WORDS = ("1", "2", "3")  # their codes; what they are called stands in the texts
ASKS, LOOKS, START = "2", "1", "0"
CASE = {"qkv_asks": ASKS, "qkv_seed": SEED}  # what the moves and the question are about
TIMES = tuple(f"{tenth / 10:g}" for tenth in range(10 * len(BEATS) - 9))  # beat k is done at time k

_SCRIPTS = ("layout.js", "scene.js", "timeline.js")
_TIMELINE = component("timeline", [*COMMON, NODES, "../common/talk.js", *_SCRIPTS])


def _toy() -> None:
    place, controls = st.container(), st.container()  # the picture first, also on a phone
    with controls:
        left, middle, right = st.columns(3, gap="large")
        with left:
            asks = choice("qkv_asks", WORDS, ASKS, texts="lesson_qkv.asks")
        with middle:
            looks = choice("qkv_looks", WORDS, LOOKS, texts="lesson_qkv.looks")
        with right:
            seed = st.slider(t("lesson_qkv.seed"), 0, SEEDS, SEED, key="qkv_seed", bind="query-params")
        badge("illustrative", t("lesson_qkv.badge"))
        st.page_link(
            "pages/steps.py",
            label=t("lesson_qkv.steps"),
            icon=":material/footprint:",
            query_params={"words": " ".join(_words()), "step": "4", "asks": asks, "d_k": str(D_K)},
        )
    with place:
        _timeline(_walk(seed), int(asks) - 1, int(looks) - 1)


def _timeline(road: Walkthrough, asks: int, looks: int) -> None:
    time = arrive_one_of("qkv_time", TIMES, START)

    def rested() -> None:
        sent = st.session_state.qkv_timeline.get("rested")
        if isinstance(sent, int | float) and f"{sent:g}" in TIMES:
            st.session_state.qkv_time = f"{sent:g}"

    names = ("play", "pause", "back", "next", "label", "keys", "rounded")
    words = {name: t(f"lesson_qkv.player.{name}") for name in names}
    _TIMELINE(
        key="qkv_timeline",
        data={**timeline_payload(road, _words(), asks, looks, float(time), _say), "words": words},
        on_rested_change=rested,
    )


def _say(key: str, **values: object) -> str:
    """A text of this lesson, or what it has in common with the page of steps."""
    own = f"lesson_qkv.{key}"
    return t(own if own in strings(language()) else f"steps.{key}", **values)


def _words() -> list[str]:
    return [t(f"lesson_qkv.asks.{word}") for word in WORDS]


def _walk(seed: int, times: float = 1.0) -> Walkthrough:
    """The road over three words, in whole numbers that one can follow in one's head; the queries `times` as long."""
    X = np.vstack([draw(f"word {word}", D_MODEL, 1, seed, low=-1, high=2, parts=1).T for word in WORDS])
    W_Q, W_K, W_V = (draw(name, D_MODEL, D_K, seed, low=-1, high=1, parts=1) for name in ("W_Q", "W_K", "W_V"))
    return walk(X, times * W_Q, W_K, W_V)


def _answer() -> Answer:
    """What doubling the query does to the largest share."""
    row = int(ASKS) - 1
    before, after = (float(_walk(SEED, times).weights[row].max()) for times in (1.0, 2.0))
    right = "same" if np.isclose(before, after) else "double" if np.isclose(2 * before, after) else "more"
    shares = {"before": percent(before), "after": percent(after)}
    return Answer(right, {"word": _words()[row], "seed": SEED, "limit": percent(2 * before), **shares})


def _picture() -> str:
    """The timeline as far as it has come."""
    state = st.session_state
    asks, looks = (int(state.get(f"qkv_{name}") or code) - 1 for name, code in (("asks", ASKS), ("looks", LOOKS)))
    seed, time = state.get("qkv_seed", SEED), float(state.get("qkv_time") or START)
    payload = timeline_payload(_walk(seed), _words(), asks, looks, time, _say)
    return timeline_svg(payload, t("lesson_qkv.printed", word=_words()[asks], seed=seed))


LESSON = Lesson(
    "qkv",
    _toy,
    moves={
        "collapse": {**CASE, "qkv_looks": "1", "qkv_time": "2"},
        "other": {**CASE, "qkv_looks": "2", "qkv_time": "3"},
        "end": {**CASE, "qkv_time": TIMES[-1]},
    },
    options=("same", "more", "double"),
    answer=_answer,
    picture=_picture,
    keeps_arrows=True,
)
