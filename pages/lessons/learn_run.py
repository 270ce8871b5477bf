"""The run of a query that learns: started, stopped, scrubbed; what it looks at, its loss, its own numbers."""

from collections.abc import Mapping
from functools import lru_cache, partial

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
from pages.shared.state import by_history
from pages.shared.take_home import take_home
from pages.shared.texts import t, template

STEPS, STRIDE, BEAT = 200, 5, 0.2  # steps of a run, how many of them a beat takes, seconds a beat
SEED, SEEDS, RATE, RATES = 0, 99, "3", ("1", "3", "10", "30")
HALT = {"learn_playing": None, "learn_played": None}  # what else is set by who sets the step
LINES = """\
from attention.teaching.learned_query import learn
from attention.teaching.street import SEEN, scene

run = learn([scene(name) for name in SEEN], seed={seed}, rate={rate:g}, steps={step})
print(run.losses[-1].mean())  # {error:.3f}
"""


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


def reached_step() -> int:
    """How far this run has come: what lies behind it is not shown yet."""
    return max(st.session_state.get("learn_reached", 0), chosen_step())


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
    _begin_anew()
    beat = st.fragment(_beat, run_every=BEAT if playing else None)
    beat(name, by_hand, hand_error, playing)


def _plays() -> bool:
    """Whether the run plays; coming back to the page does not start it again."""
    state = st.session_state
    return state.get("learn_playing") == state.visit


def _begin_anew() -> None:
    """Another seed or step size is another run, of which nothing is known; a link and Back say their own step."""
    state = st.session_state
    run = state.visit, state.learn_seed, state.learn_rate
    before = state.get("learn_run", run)
    if run != before:
        state.learn_reached = 0
        if state.visit == before[0] and not by_history():
            state.update(learn_step=0, learn_played=0 if _plays() else None)
    state.learn_run = run


def _press() -> None:
    """Start, where the end is shown from the beginning and anew; or stop."""
    if _plays():
        _stop()
        return
    state = st.session_state
    if chosen_step() == STEPS:
        state.learn_reached = 0
    state.update(learn_playing=state.visit, learn_played=chosen_step() % STEPS)


def _stop() -> None:
    st.session_state.learn_playing = None


def _beat(name: str, by_hand: np.ndarray, hand_error: float, timed: bool) -> None:
    """One look at the run; while it plays, a few steps further each time."""
    state = st.session_state
    if _plays():
        state.learn_played = min(state.learn_played + STRIDE, STEPS)
        if state.learn_played == STEPS:
            _stop()
    if timed and not _plays():
        st.rerun()  # without the timer
    if state.get("learn_played") is not None:  # what the browser says of its slider may be a beat late
        state.learn_step = state.learn_played
    if not _plays():
        state.learn_played = None
    with last_door("lesson_learn"):
        at = st.slider(t("lesson_learn.step"), 0, STEPS, 0, key="learn_step", bind="query-params", disabled=timed)
        state.learn_reached = reached_step()
        _run(chosen_course(), at, name, by_hand, hand_error)


def _run(run: Course, at: int, name: str, by_hand: np.ndarray, hand_error: float) -> None:
    q, mean = run.queries[at], float(run.losses[at].mean())
    slope = float(np.linalg.norm(np.mean([gradient(q, scene(each)) for each in SEEN], axis=0)))
    st.progress(at / STEPS, t("lesson_learn.progress", step=at, steps=STEPS, error=f"{mean:.3f}", slope=f"{slope:.4f}"))
    left, right = st.columns(2, gap="large")
    with left:
        _over_steps(run, at, name, mean, hand_error)
    with right:
        _look(look(q, scene(name)).weights[0], by_hand, at, name)
        _question(q)
    _take_home(run, at, name, mean)


def _things(name: str) -> list[str]:
    return [t(f"lesson_learn.thing.{thing}") for thing in STREET[name]]


def _look(weights: np.ndarray, by_hand: np.ndarray, at: int, name: str) -> None:
    """Where the network looks in this scene and where the reader does, and how far each errs."""
    first, place = int(weights.argmax()), scene(name)
    said = t(
        "lesson_learn.look_finding",
        thing=_things(name)[first],
        share=percent(weights[first]),
        own=f"{mixture_loss(weights, place):.3f}",
        hand=f"{mixture_loss(by_hand, place):.3f}",
    )
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
    who = [t("lesson_learn.network", step=at), t("lesson_learn.you")]
    payload = map_payload(np.array([weights, by_hand]), who, _things(name), text, value_range=(0, 1), cell=(6, 64))
    attention_map(payload, key="learn_look")


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


def _over_steps(run: Course, at: int, name: str, mean: float, hand_error: float) -> None:
    """The error and the weights of this scene, as far as the run has come."""
    reached, weights, things = reached_step(), _at_every_step(run, name), _things(name)
    right = scene(name).right
    begin, now = (percent(share) for share in weights[[0, at], right])
    said = t("lesson_learn.curve_said", step=at, error=f"{mean:.3f}", hand=f"{hand_error:.3f}")
    told = t("lesson_learn.time_said", thing=things[right], begin=begin, now=now)
    words = CurveText(*(t(f"lesson_learn.{part}") for part in ("step", "loss", "level", "rows", "to_come")))
    theme = st.context.theme.type or "light"
    drawn = run_curve(run.losses.mean(axis=1), weights, things, at, reached, hand_error, words, theme=theme)
    st.image(drawn, width="stretch", alt=f"{said} {told}")
    st.caption(f"{said}  \n{told}")  # a line each, so that none moves what stands below


def _take_home(run: Course, at: int, name: str, mean: float) -> None:
    """The run as far as it has come, and the lines that make it again."""
    state, until = st.session_state, slice(reached_step() + 1)
    lines = LINES.format(seed=state.learn_seed, rate=float(state.learn_rate), step=at, error=mean)
    weights = _at_every_step(run, name)[until]
    arrays = partial(dict, queries=run.queries[until], losses=run.losses[until], weights=weights)
    take_home("learned-run", arrays, lines, key="learn_npz")


def _at_every_step(run: Course, name: str) -> np.ndarray:
    """The weights of a scene at every step, also of the one that was not learned from: (steps + 1, n)."""
    if name == UNSEEN:
        return attend(run.queries, scene(name).things, scene(name).things).weights
    return run.weights[SEEN.index(name)]
