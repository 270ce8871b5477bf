"""What a lesson prints: the worksheet of the class, with the toy as it stands, and the teacher's page of answers."""

import streamlit as st

from figures.printed_lesson import Move, Option, PrintedLesson, answer_page, worksheet
from pages.lessons.lesson import Lesson
from pages.lessons.path import title
from pages.shared.part import last_door
from pages.shared.texts import language, t

WORDS = ("name", "class", "date", "picture", "reason", "truth", "remember", "right", "wrong")
MOVE = ("try", "try_ask", "try_answer")
FILES = (("worksheet", worksheet, "edit_document"), ("answers", answer_page, "fact_check"))


@st.fragment
def offer(lesson: Lesson) -> None:
    """A button for both files; they are written when it is opened, so that they show what stands there then."""
    with last_door("printing"):
        sheets = st.popover(t("lesson.print.label"), icon=":material/print:", key="lesson_print", on_change="rerun")
        if not sheets.open:
            return
        with sheets:
            st.caption(t("lesson.print.note"))
            printed = printed_lesson(lesson)
            for name, write, icon in FILES:
                st.download_button(
                    t(f"lesson.print.{name}"),
                    data=write(printed),
                    file_name=f"{lesson.name}-{name}.html",
                    mime="text/html",
                    on_click="ignore",
                    icon=f":material/{icon}:",
                    key=f"print_{name}",
                    width="stretch",
                )


def printed_lesson(lesson: Lesson) -> PrintedLesson:
    """All that is printed of a lesson, in the reader's language, its toy as it stands now."""
    answer = lesson.answer()
    options = [
        Option(
            lesson.t(f"predict.option.{option}"),
            lesson.t(f"predict.reason.{option}", **answer.values),
            option == answer.right,
        )
        for option in lesson.options
    ]
    return PrintedLesson(
        language={"zh": "zh-CN"}.get(language(), language()),
        app=t("app.name"),
        title=title(lesson.name),
        why=lesson.t("why"),
        picture=lesson.picture(),
        moves=[Move(*(lesson.t(f"{part}.{code}") for part in MOVE)) for code in lesson.moves],
        question=lesson.t("predict.question"),
        options=options,
        truth=lesson.t("predict.truth", **answer.values),
        remember=lesson.t("remember"),
        sources=lesson.t("sources"),
        words={
            **{name: t(f"lesson.print.{name}") for name in WORDS},
            **{name: t(f"lesson.{name}") for name in ("try", "predict", "sources")},
            **{name: t(f"lesson.print.{name}") for name in ("worksheet", "answers")},
        },
    )
