"""The run of a query that learns: started, stopped, scrubbed; what it looks at, its loss, its own numbers."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import streamlit as st

from attention import attend
from attention.teaching.learned_query import Course, gradient, learn, look, mixture_loss
from attention.teaching.street import NOTICED, SEEN, STREET, UNSEEN, scene
from figures.maps import MapText, map_payload
from figures.numbers import percent, signed
from figures.run_curve import CurveText, run_curve
from pages.shared.components import attention_map
from pages.shared.controls import choice
from pages.shared.part import last_door
from pages.shared.texts import t, template

STEPS, STRIDE, BEAT = 200, 5, 0.2  # steps of a run, how many of them a beat takes, seconds a beat
SEED, SEEDS, RATE, RATES = 0, 99, "3", ("1", "3", "10", "30")
HALT = {"learn_playing": None, "learn_reached": None}  # what else is set by who sets the step
EVERY = 10  # steps between two columns of the map over time


@lru_cache(maxsize=64)
def course(seed: int, rate: float) -> Course:
    """The whole run on the three scenes."""
    return learn([scene(name) for name in SEEN], seed=seed, rate=rate, steps=STEPS)


def chosen_course() -> Course:
    """The run of the reader's seed and rate."""
    state = st.session_state
    return course(state.get("learn_seed", SEED), float(state.get("learn_rate", RATE)))


def chosen_step() -> int:
    """The step that is shown."""
    return st.session_state.get("learn_step", 0)


def listed(errors: Mapping[str, float]) -> str:
    """Errors with the names of their scenes."""
    return " · ".join(f"{t(f'lesson_learn.scene.{name}')} {value:.3f}" for name, value in errors.items())


def show(name: str, by_hand: np.ndarray, hand_error: float) -> None:
    """Place the run: what is set before it, then what moves with it.

    Parameters
    ----------
    name : str
        The scene that is looked at.
    by_hand : (n,) ndarray
        The reader's own weights there.
    hand_error : float
        The reader's mean error over the three scenes.
    """
    playing = _plays()
    with st.container(horizontal=True, vertical_alignment="bottom", key="learn_controls"):
        label, icon = ("stop", "pause") if playing else ("start", "play_arrow")
        if st.button(
            t(f"lesson_learn.{label}"), key="learn_start", type="primary", icon=f":material/{icon}:", on_click=_press
        ):
            st.rerun()  # the whole page: timers of parts are set and stopped with it
        st.slider(t("lesson_learn.seed"), 0, SEEDS, SEED, key="learn_seed", bind="query-params", width=150)
        choice("learn_rate", RATES, RATE, texts="lesson_learn.rate")
    beat = st.fragment(_beat, run_every=BEAT if playing else None)
    beat(name, by_hand, hand_error, playing)


def _plays() -> bool:
    """Whether the run plays; coming back to the page does not start it again."""
    state = st.session_state
    return state.get("learn_playing") == state.visit


def _press() -> None:
    """Start, from the beginning where the end was reached; or stop."""
    if _plays():
        _stop()
        return
    state = st.session_state
    state.learn_playing = state.visit
    state.learn_reached = chosen_step() % STEPS


def _stop() -> None:
    st.session_state.learn_playing = None


def _beat(name: str, by_hand: np.ndarray, hand_error: float, timed: bool) -> None:
    """One look at the run; while it plays, a few steps further each time."""
    state = st.session_state
    if _plays():
        state.learn_reached = min(state.learn_reached + STRIDE, STEPS)
        if state.learn_reached == STEPS:
            _stop()
    if timed and not _plays():
        st.rerun()  # without the timer
    if state.get("learn_reached") is not None:  # what the browser says of its slider may be a beat late
        state.learn_step = state.learn_reached
    if not _plays():
        state.learn_reached = None
    with last_door("lesson_learn"):
        at = st.slider(t("lesson_learn.step"), 0, STEPS, 0, key="learn_step", bind="query-params", disabled=timed)
        _run(chosen_course(), at, name, by_hand, hand_error)


def _run(run: Course, at: int, name: str, by_hand: np.ndarray, hand_error: float) -> None:
    q, mean = run.queries[at], float(run.losses[at].mean())
    slope = float(np.linalg.norm(np.mean([gradient(q, scene(each)) for each in SEEN], axis=0)))
    st.progress(at / STEPS, t("lesson_learn.progress", step=at, steps=STEPS, error=f"{mean:.3f}", slope=f"{slope:.4f}"))
    left, right = st.columns([2, 3], gap="large")
    with left:
        _look(look(q, scene(name)).weights[0], by_hand, at, name)
        _question(q)
    with right:
        said = t("lesson_learn.curve_said", step=at, error=f"{mean:.3f}", hand=f"{hand_error:.3f}")
        words = CurveText(t("lesson_learn.step"), t("lesson_learn.loss"), t("lesson_learn.level"))
        theme = st.context.theme.type or "light"
        st.image(run_curve(run.losses.mean(axis=1), at, hand_error, words, theme=theme), width="stretch", alt=said)
        st.caption(said)
        _over_time(run, at, name)


def _things(name: str) -> list[str]:
    return [t(f"lesson_learn.thing.{thing}") for thing in STREET[name]]


def weights_row(weights: np.ndarray, who: str, name: str, said: str, *, key: str) -> None:
    """How somebody shares their attention among the things of a scene."""
    text = MapText(
        row_title=t("lesson_learn.who"),
        column_title=t("lesson_learn.things_row"),
        low=t("lesson_learn.low"),
        high=t("lesson_learn.high"),
        sentence=said,
        hover=template("lesson_learn.hover"),
        name=f"weights-{name}",
        source=t("lesson_learn.badge"),
    )
    payload = map_payload(weights[None], [who], _things(name), text, value_range=(0, 1), cell=(6, 72))
    attention_map(payload, key=key, tools=())


def _look(weights: np.ndarray, by_hand: np.ndarray, at: int, name: str) -> None:
    """Where the network looks in this scene, and how far it errs."""
    first, place = int(weights.argmax()), scene(name)
    said = t(
        "lesson_learn.look_finding",
        thing=_things(name)[first],
        share=percent(weights[first]),
        own=f"{mixture_loss(weights, place):.3f}",
        hand=f"{mixture_loss(by_hand, place):.3f}",
    )
    weights_row(weights, t("lesson_learn.network", step=at), name, said, key="learn_look")


def _question(q: np.ndarray) -> None:
    """The learned query, feature by feature."""
    features = [t(f"lesson_learn.feature.{each}") for each in NOTICED]
    most = float(np.abs(chosen_course().queries).max())
    text = MapText(
        row_title=t("lesson_learn.q_row"),
        column_title=t("lesson_learn.things_column"),
        low=t("lesson_learn.q_low"),
        high=t("lesson_learn.q_high"),
        sentence=t("lesson_learn.q_finding", feature=features[int(q.argmax())], value=signed(float(q.max()), 2)),
        hover=template("lesson_learn.hover"),
        name="learned-query",
        source=t("lesson_learn.badge"),
    )
    payload = map_payload(
        q[None], ["q"], features, text, scale="diverging", value_range=(-most, most), decimals=2, cell=(6, 72)
    )
    attention_map(payload, key="learn_question")


def _over_time(run: Course, at: int, name: str) -> None:
    """The weights of this scene over the steps; a click goes there."""
    weights, right, things = _at_every_step(run, name), scene(name).right, _things(name)
    begin, now = weights[[0, at], right]
    text = MapText(
        row_title=t("lesson_learn.things_row"),
        column_title=t("lesson_learn.step"),
        low=t("lesson_learn.low"),
        high=t("lesson_learn.high"),
        sentence=t("lesson_learn.time_finding", thing=things[right], begin=percent(begin), now=percent(now), step=at),
        hover=template("lesson_learn.time_hover"),
        name=f"weights-over-steps-{name}",
        source=t("lesson_learn.badge"),
    )
    payload = map_payload(
        weights[::EVERY].T,
        things,
        [str(step) for step in range(0, STEPS + 1, EVERY)],
        text,
        chosen=(right, round(at / EVERY)),
        value_range=(0, 1),
        cell=(6, 40),
    )
    attention_map(payload, key="learn_time", on_choose=_go)


def _at_every_step(run: Course, name: str) -> np.ndarray:
    """The weights of a scene at every step, also of the one that was not learned from: (steps + 1, n)."""
    if name == UNSEEN:
        return attend(run.queries, scene(name).things, scene(name).things).weights
    return run.weights[SEEN.index(name)]


def _go(_: int, column: int) -> None:
    st.session_state.update(learn_step=column * EVERY, **HALT)
