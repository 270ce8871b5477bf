"""The course: its lessons in order, and how far this reader has come."""

import streamlit as st

from pages.shared.texts import t

LESSONS = (
    "what",
    "learn",
    "forms",
    "qkv",
    "root",
    "query",
    "self",
    "thinking",
    "heads",
    "hard",
    "family",
)  # each is pages/lesson_<name>.py, its toy pages/lessons/<name>.py


def page_of(name: str) -> str:
    """A lesson's page, as the router and links know it."""
    return f"lesson_{name}"


def title(name: str) -> str:
    """Its number and what it is called."""
    return t("lesson.title", number=LESSONS.index(name) + 1, name=t(f"page.{page_of(name)}"))


def link(name: str, label: str, icon: str) -> None:
    """Go to a lesson."""
    st.page_link(f"pages/{page_of(name)}.py", label=label, icon=icon)


def answered() -> dict[str, str]:
    """What the reader has committed to in this visit: {lesson: the option}."""
    return st.session_state.setdefault("lessons_answered", {})


def links() -> None:
    """A link to every lesson, those that were answered marked."""
    for name in LESSONS:
        mark = "check_circle" if name in answered() else "radio_button_unchecked"
        link(name, title(name), f":material/{mark}:")


def choose_lesson(name: str) -> None:
    """All lessons behind one button."""
    label = t("lesson.of", number=LESSONS.index(name) + 1, count=len(LESSONS), done=len(answered()))
    with st.popover(label, icon=":material/school:"):
        links()
        st.caption(t("lesson.kept"))


def take_up() -> None:
    """For a reader who has begun: how far they have come, and the first lesson that is not answered yet."""
    done = len(answered())
    ahead = [name for name in LESSONS if name not in answered()]
    if done and ahead:
        label = t("lesson.take_up", done=done, count=len(LESSONS), title=title(ahead[0]))
        link(ahead[0], label, ":material/school:")


def go_on(name: str) -> None:
    """The lesson before and the one after."""
    at = LESSONS.index(name)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="lesson_ways"):
        if at:
            with st.container(width="content", key="lesson_back"):
                link(LESSONS[at - 1], t("lesson.back", title=title(LESSONS[at - 1])), ":material/arrow_back:")
        if at + 1 < len(LESSONS):
            with st.container(width="content", key="lesson_next"):
                link(LESSONS[at + 1], t("lesson.next", title=title(LESSONS[at + 1])), ":material/arrow_forward:")
        else:
            st.page_link("pages/sentence.py", label=t("lesson.end"), icon=":material/arrow_forward:")
