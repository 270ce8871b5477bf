"""Let the network decide: weights set by hand for one scene after another, then one query learned for all of them."""

import numpy as np
import streamlit as st

from attention.teaching.learned_query import look, mixture_loss
from attention.teaching.street import NOTICED, RIGHT, SEEN, STREET, UNSEEN, scene
from figures.maps import MapText, map_payload
from figures.numbers import percent
from figures.worksheet import curves_svg, matrix_svg
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
    with st.container(horizontal=True, vertical_alignment="center", key="learn_top"):
        name = choice("learn_scene", offered, SEEN[0], texts="lesson_learn.scene", quiet=True)
        badge("illustrative", t("lesson_learn.badge"))
    st.markdown(t("lesson_learn.hand", right=_thing(RIGHT[name])))
    left, right = st.columns(2, gap="large")
    with right:
        _sliders(name)
    weights = _by_hand(name)
    errors = {each: mixture_loss(_by_hand(each), scene(each)) for each in offered}
    with left:
        _things(name, weights, errors[name])
    with right:
        terms = (f"{share:.2f} · **{_thing(thing)}**" for share, thing in zip(weights, STREET[name], strict=True))
        st.markdown(t("lesson_learn.mixture", terms=" + ".join(terms)))
        st.markdown(t("lesson_learn.hand_errors", errors=learn_run.listed(errors)))
        _opened(name, weights, errors[name])
    learn_run.show(name, weights, float(np.mean([errors[each] for each in SEEN])))


def _sliders(name: str) -> None:
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
                width=116,
            )
    if name != SEEN[0]:
        before = SEEN[SEEN.index(name) - 1] if name in SEEN else SEEN[-1]
        label = t("lesson_learn.carry", scene=t(f"lesson_learn.scene.{before}"))
        st.button(label, key="learn_carry", icon=":material/content_copy:", on_click=_carry, args=(before, name))


def _carry(before: str, name: str) -> None:
    """The weights of one scene in another, place by place."""
    for old, new in zip(STREET[before], STREET[name], strict=True):
        st.session_state[_key(name, new)] = st.session_state.get(_key(before, old), HAND_START)


def _thing(name: str) -> str:
    return t(f"lesson_learn.thing.{name}")


def _key(name: str, thing: str) -> str:
    return f"learn_{name}_{thing}"


def _by_hand(name: str) -> np.ndarray:
    """The reader's weights in a scene, as shares: (n,) ndarray; even where all are 0."""
    set_to = np.array([st.session_state.get(_key(name, thing), HAND_START) for thing in STREET[name]], np.float64)
    return set_to / set_to.sum() if set_to.any() else np.full(len(set_to), 1 / len(set_to))


def _rows(name: str, weights: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """The things of a scene, then what is right and what the reader's weights make of them: (n + 2, d), and names."""
    place = scene(name)
    rows = np.array([*place.things, place.things[place.right], weights @ place.things])
    return rows, [*map(_thing, STREET[name]), t("lesson_learn.right"), t("lesson_learn.mixed")]


def _features() -> list[str]:
    return [t(f"lesson_learn.feature.{each}") for each in NOTICED]


def _things(name: str, weights: np.ndarray, error: float) -> None:
    """What there is to notice in a scene, and below it the two rows that should become one."""
    rows, names = _rows(name, weights)
    text = MapText(
        row_title=t("lesson_learn.things_row"),
        column_title=t("lesson_learn.things_column"),
        low=t("lesson_learn.things_low"),
        high=t("lesson_learn.things_high"),
        sentence=t("lesson_learn.hand_finding", error=f"{error:.3f}"),
        hover=template("lesson_learn.hover"),
        name=f"scene-{name}",
        source=t("lesson_learn.badge"),
    )
    payload = map_payload(rows, names, _features(), text, value_range=(0, 1), decimals=3, cell=(6, 60))
    attention_map(payload, key="learn_things", tools=())  # on a phone its sliders follow; the worksheet prints it


def _opened(name: str, weights: np.ndarray, error: float) -> None:
    """The error down to its products and sums."""
    rows, _ = _rows(name, weights)
    *things, right, mixed = rows
    with st.expander(t("lesson_learn.opened"), icon=":material/calculate:"):
        for i, feature in enumerate(_features()):
            terms = " + ".join(f"{w:.3f} · {thing[i]:.2f}" for w, thing in zip(weights, things, strict=True))
            st.markdown(f"**{feature}**{t('lesson_learn.colon')}{terms} = {mixed[i]:.3f}")
        squares = " + ".join(f"({own:.3f} − {goal:.2f})²" for own, goal in zip(mixed, right, strict=True))
        st.markdown(t("lesson_learn.error_opened", squares=squares, error=f"{error:.3f}"))


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
    """The run as far as it has come; before it has begun, the scene by hand."""
    course, at, reached = learn_run.chosen_course(), learn_run.chosen_step(), learn_run.reached_step()
    if not reached:
        name = st.session_state.get("learn_scene", SEEN[0])
        return matrix_svg(*_rows(name, _by_hand(name)), _features(), t(f"lesson_learn.scene.{name}"))
    steps, losses = np.arange(reached + 1), course.losses[: reached + 1].mean(axis=1)
    curves = {t("lesson_learn.to_step", step=end): (steps[: end + 1], losses[: end + 1]) for end in (reached, at)}
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
        "other": {"learn_seed": 7, "learn_step": 0, "learn_reached": 0, **learn_run.HALT},
    },
    options=("moving", "evenly", "place"),
    answer=_answer,
    picture=_picture,
)
