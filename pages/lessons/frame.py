"""The frame of every lesson: why, the toy, moves to try, a prediction before its answer, what to remember, the next.

Its words are assets/texts/<language>/lesson_<name>.toml: ``why``; ``try.<move>`` and ``try_say.<move>`` for every move;
``predict.question``, ``predict.option.<option>`` and ``predict.reason.<option>`` for every option, ``predict.truth``;
``remember``; ``sources``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pages.lessons.path import answered, choose_lesson, go_on
from pages.shared.part import part
from pages.shared.texts import t


@dataclass(frozen=True)
class Answer:
    """What the page computes once the reader has committed.

    right : the option that is true
    values : what fills the placeholders of ``predict.truth`` and of the reasons
    """

    right: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Lesson:
    """One idea, one thing to touch, one question.

    name : as in `pages.lessons.path.LESSONS`
    toy : places what is touched; it runs alone when it is
    moves : {code: {key in the session: what a click on "try this" sets it to}}
    options : the codes of what can be predicted
    answer : computes which of them is true, from the engine
    picture : the toy's present state for the worksheet, an SVG
    """

    name: str
    toy: Callable[[], None]
    moves: Mapping[str, Mapping[str, object]]
    options: tuple[str, ...]
    answer: Callable[[], Answer]
    picture: Callable[[], str]

    def t(self, key: str, **values: object) -> str:
        """A text of this lesson."""
        return t(f"lesson_{self.name}.{key}", **values)


def show(lesson: Lesson) -> None:
    """Place the whole lesson."""
    with st.container(horizontal=True, vertical_alignment="center", key="lesson_bar"):
        choose_lesson(lesson.name)
    st.markdown(lesson.t("why"))
    _toy(lesson)
    left, right = st.columns(2, gap="large")
    with left:
        _moves(lesson)
    with right:
        _prediction(lesson)
    if lesson.name in answered():
        st.info(lesson.t("remember"), icon=":material/bookmark:")
    else:
        st.caption(t("lesson.remember_later"))
    go_on(lesson.name)
    with st.expander(t("lesson.sources"), icon=":material/menu_book:"):
        st.markdown(lesson.t("sources"))


@part
def _toy(lesson: Lesson) -> None:
    lesson.toy()


def _moves(lesson: Lesson) -> None:
    st.subheader(t("lesson.try"), anchor=False)
    for code, settings in lesson.moves.items():
        st.button(
            lesson.t(f"try.{code}"),
            key=f"move_{code}",
            icon=":material/play_arrow:",
            on_click=partial(st.session_state.update, settings),
        )
        st.caption(lesson.t(f"try_say.{code}"))


def _prediction(lesson: Lesson) -> None:
    """The reader commits to an answer, then the page computes the truth."""
    name, said = lesson.name, answered().get(lesson.name)
    st.subheader(t("lesson.predict"), anchor=False)
    st.markdown(lesson.t("predict.question"))
    labels = {option: lesson.t(f"predict.option.{option}") for option in lesson.options}
    guess = st.radio(
        t("lesson.guess"),
        lesson.options,
        index=lesson.options.index(said) if said else None,
        key=f"guess_{name}",
        format_func=labels.get,
        disabled=said is not None,
        label_visibility="collapsed",
    )
    if said is None:
        commit = partial(_commit, name)
        st.button(t("lesson.reveal"), key="reveal", type="primary", disabled=guess is None, on_click=commit)
        return
    answer = lesson.answer()
    is_right = said == answer.right
    reason = lesson.t(f"predict.reason.{said}", **answer.values)
    say, word, icon = (st.success, "right", "check") if is_right else (st.warning, "wrong", "close")
    say(f"**{t(f'lesson.{word}')}** {reason}", icon=f":material/{icon}:")
    st.markdown(lesson.t("predict.truth", **answer.values))
    st.button(t("lesson.again"), key="again", icon=":material/restart_alt:", on_click=partial(_forget, name))


def _commit(name: str) -> None:
    answered()[name] = st.session_state[f"guess_{name}"]


def _forget(name: str) -> None:
    answered().pop(name, None)
    st.session_state[f"guess_{name}"] = None
