"""The sheets of a lesson: what the class gets does not tell the answer, the teacher's page tells everything."""

import re

import pytest

from figures.printed_lesson import Move, Option, PrintedLesson, answer_page, worksheet

WORDS = ("name", "class", "date", "picture", "reason", "truth", "remember", "right", "wrong")
WORDS += ("try", "predict", "sources", "worksheet", "answers")
LESSON = PrintedLesson(
    language="zh-CN",
    app="The app",
    title="3 · A <title>",
    why="The **why** & how",
    picture="<svg id='drawn'></svg>",
    moves=[Move("First move", "First *task*?", "First sight"), Move("Second move", "Second task?", "Second sight")],
    question="The question?",
    options=[Option("One", "Reason one", False), Option("Two", "Reason two", True), Option("Three", "Reason 3", False)],
    truth="The truth is 0.25",
    remember="Remember this",
    sources="[Paper](https://example.org)",
    words={word: f"<{word}>" for word in WORDS},
)
TOLD_LATER = [
    "First sight",
    "Second sight",
    "Reason one",
    "Reason two",
    "Reason 3",
    "The truth is 0.25",
    "Remember this",
]


def test_the_worksheet_asks_and_does_not_tell():
    sheet = worksheet(LESSON)
    for text in (
        "The <b>why</b> &amp; how",
        "<svg id='drawn'></svg>",
        "1. First move",
        "First <em>task</em>?",
        "2. Second move",
        "Second task?",
        "The question?",
    ):
        assert text in sheet
    assert [sheet.count(f"<li>{option.label}</li>") for option in LESSON.options] == [1, 1, 1]
    assert [text for text in TOLD_LATER if text in sheet] == []
    assert sheet.count('<section class="sheet') == 2
    assert sheet.count('<div class="lines"') == 5  # two moves, a reason, the truth, what to remember


def test_the_answers_tell_everything():
    page = answer_page(LESSON)
    for text in (*TOLD_LATER, "The question?", '<a href="https://example.org">Paper</a>'):
        assert text in page
    assert re.findall(r'class="true"><b>(\w+)</b>', page) == ["Two"]
    assert page.count('<section class="sheet') == 1


@pytest.mark.parametrize("write", [worksheet, answer_page])
def test_a_file_needs_nothing_else_and_texts_are_no_markup(write):
    sheet = write(LESSON)
    assert sheet.startswith('<!doctype html><html lang="zh-CN">')
    assert "A &lt;title&gt;" in sheet
    assert [word for word in LESSON.words.values() if word in sheet] == []
    assert not re.search(r"\bsrc=|@import|url\(|<link|<script", sheet)
