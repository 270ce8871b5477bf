"""The frame of every lesson: why, the toy, moves to try, a prediction before its answer, what to remember, the next.

Its words are assets/texts/<language>/lesson_<name>.toml: ``why``; for every move ``try.<move>``, ``try_say.<move>``
and, for paper, ``try_ask.<move>`` and ``try_answer.<move>``; ``predict.question``, ``predict.option.<option>`` and
``predict.reason.<option>`` for every option, ``predict.truth``; ``remember``; ``sources``.
"""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from pages.lessons import printing, projector
from pages.lessons.lesson import Answer, Lesson
from pages.lessons.path import answered, choose_lesson, go_on
from pages.shared.components import bring_back
from pages.shared.controls import tell_again
from pages.shared.part import part
from pages.shared.texts import t

__all__ = ["Answer", "Lesson", "show"]


def show(lesson: Lesson) -> None:
    """Place the whole lesson; on a projector, what stands around its toy is folded."""
    with st.container(horizontal=True, vertical_alignment="center", key="lesson_bar"):
        choose_lesson(lesson.name)
        printing.offer(lesson)
        is_projected = projector.switch_on(arrows=not lesson.keeps_arrows)
    st.markdown(lesson.t("why"))
    bring_back("lesson_toy", st.session_state.get("lesson_moves", 0))
    with st.container(key="lesson_toy"):
        _toy(lesson)
    if is_projected:
        with st.expander(t("lesson.try"), icon=":material/play_arrow:", key="fold_try"):
            _moves(lesson)
        with st.expander(t("lesson.predict"), icon=":material/help:", key="fold_predict"):
            _prediction(lesson)
            _remember(lesson)
    else:
        left, right = st.columns(2, gap="large")
        with left:
            st.subheader(t("lesson.try"), anchor=False)
            _moves(lesson)
        with right:
            st.subheader(t("lesson.predict"), anchor=False)
            _prediction(lesson)
        _remember(lesson)
    go_on(lesson.name)
    with st.expander(t("lesson.sources"), icon=":material/menu_book:"):
        st.markdown(lesson.t("sources"))


@part
def _toy(lesson: Lesson) -> None:
    lesson.toy()


def _moves(lesson: Lesson) -> None:
    for code, settings in lesson.moves.items():
        st.button(
            lesson.t(f"try.{code}"),
            key=f"move_{code}",
            icon=":material/play_arrow:",
            on_click=partial(_make, settings),
        )
        st.caption(lesson.t(f"try_say.{code}"))


def _make(settings: Mapping[str, object]) -> None:
    """What a move does; the page then goes up to the toy."""
    st.session_state.update(settings, lesson_moves=st.session_state.get("lesson_moves", 0) + 1)


def _prediction(lesson: Lesson) -> None:
    """The reader commits to an answer, then the page computes the truth."""
    name, said = lesson.name, answered().get(lesson.name)
    st.markdown(lesson.t("predict.question"))
    labels = {option: lesson.t(f"predict.option.{option}") for option in lesson.options}
    tell_again(f"guess_{name}")
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


def _remember(lesson: Lesson) -> None:
    if lesson.name in answered():
        st.info(lesson.t("remember"), icon=":material/bookmark:")
    else:
        st.caption(t("lesson.remember_later"))


def _commit(name: str) -> None:
    if guess := st.session_state[f"guess_{name}"]:  # none, where the click was faster than the page
        answered()[name] = guess


def _forget(name: str) -> None:
    answered().pop(name, None)
    st.session_state[f"guess_{name}"] = None
