"""Let the network decide: weights set by hand for one scene after another, then one query learned for all of them."""

import numpy as np
import streamlit as st

from attention.teaching.learned_query import look, mixture_loss
from attention.teaching.street import NOTICED, RIGHT, SEEN, STREET, UNSEEN, scene
from figures.maps import MapText, map_payload
from figures.numbers import percent
from figures.worksheet import curves_svg
from pages.lessons import learn_run
from pages.lessons.lesson import Answer, Lesson
from pages.lessons.path import answered
from pages.shared.components import attention_map
from pages.shared.controls import badge, choice
from pages.shared.texts import t, template

HAND_MOST, HAND_START = 10, 5
SURE, EVEN = 0.5, 0.4  # weights from which on a thing is looked at for certain, and up to which nothing is


def _toy() -> None:
    offered = (*SEEN, UNSEEN) if "learn" in answered() else SEEN  # the last one is the question
    name = choice("learn_scene", offered, SEEN[0], texts="lesson_learn.scene", quiet=True)
    left, right = st.columns([2, 3], gap="large")
    with left:
        _things(name)
    with right:
        st.markdown(t("lesson_learn.hand", right=_thing(RIGHT[name])))
        with st.container(horizontal=True, key="learn_hand"):
            for thing in STREET[name]:
                st.slider(
                    _thing(thing),
                    0,
                    HAND_MOST,
                    HAND_START,
                    key=_key(name, thing),
                    bind="query-params",
                    persist_state="session",
                    width=130,
                )
        errors = {each: mixture_loss(_by_hand(each), scene(each)) for each in offered}
        said = t("lesson_learn.hand_finding", error=f"{errors[name]:.3f}")
        learn_run.weights_row(_by_hand(name), t("lesson_learn.you"), name, said, key="learn_own")
        st.markdown(t("lesson_learn.hand_errors", errors=learn_run.listed(errors)))
    badge("illustrative", t("lesson_learn.badge"))
    learn_run.show(name, _by_hand(name), float(np.mean([errors[each] for each in SEEN])))


def _thing(name: str) -> str:
    return t(f"lesson_learn.thing.{name}")


def _key(name: str, thing: str) -> str:
    return f"learn_{name}_{thing}"


def _by_hand(name: str) -> np.ndarray:
    """The reader's weights in a scene, as shares: (n,) ndarray; even where all are 0."""
    set_to = np.array([st.session_state.get(_key(name, thing), HAND_START) for thing in STREET[name]], np.float64)
    return set_to / set_to.sum() if set_to.any() else np.full(len(set_to), 1 / len(set_to))


def _things(name: str) -> None:
    """What there is to notice in a scene."""
    features = [t(f"lesson_learn.feature.{each}") for each in NOTICED]
    text = MapText(
        row_title=t("lesson_learn.things_row"),
        column_title=t("lesson_learn.things_column"),
        low=t("lesson_learn.things_low"),
        high=t("lesson_learn.things_high"),
        sentence=t("lesson_learn.things_finding", right=_thing(RIGHT[name])),
        hover=template("lesson_learn.hover"),
        name=f"scene-{name}",
        source=t("lesson_learn.badge"),
    )
    things = [_thing(thing) for thing in STREET[name]]
    payload = map_payload(scene(name).things, things, features, text, value_range=(0, 1), decimals=2)
    attention_map(payload, key="learn_things", tools=())


def _answer() -> Answer:
    unseen = scene(UNSEEN)
    course = learn_run.chosen_course()
    weights = look(course.queries[-1], unseen).weights[0]
    first, second = (int(i) for i in np.argsort(-weights, kind="stable")[:2])
    things = [_thing(thing) for thing in STREET[UNSEEN]]
    values = {"first": things[first], "share": percent(weights[first])}
    values |= {"second": things[second], "other": percent(weights[second])}
    if first == unseen.right and weights[first] > SURE:
        return Answer("moving", values)
    return Answer("evenly" if weights.max() < EVEN else "place", values)


def _picture() -> str:
    course = learn_run.chosen_course()
    at = learn_run.chosen_step()
    steps = np.arange(len(course.losses))
    curves = {
        t("lesson_learn.all_steps"): (steps, course.losses.mean(axis=1)),
        t("lesson_learn.so_far", step=at): (steps[: at + 1], course.losses[: at + 1].mean(axis=1)),
    }
    return curves_svg(curves, t("lesson_learn.loss"))


LESSON = Lesson(
    "learn",
    _toy,
    moves={
        "hand": {
            "learn_scene": "crossing",
            **{_key("crossing", thing): HAND_MOST * (thing == RIGHT["crossing"]) for thing in STREET["crossing"]},
        },
        "end": {"learn_step": learn_run.STEPS, **learn_run.HALT},
        "other": {"learn_seed": 7, "learn_step": 0, **learn_run.HALT},
    },
    options=("moving", "evenly", "place"),
    answer=_answer,
    picture=_picture,
)
