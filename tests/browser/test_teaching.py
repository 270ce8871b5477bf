"""What a teacher uses: the projector with a presenter's keys, the sheets of every lesson, the glossary."""

import importlib
import re

import pytest
import streamlit as st
from playwright.sync_api import Browser, Page, expect

from figures.printed_lesson import answer_page, worksheet
from pages.lessons.path import LESSONS, page_of
from pages.lessons.printing import printed_lesson
from pages.shared.texts import strings
from tests.browser.conftest import eventually, idle, received

SHEETS = {worksheet: 2, answer_page: 1}  # pages of A4


def is_on(page: Page, name: str) -> None:
    expect(page).to_have_url(re.compile(rf"/{page_of(name)}\b.*projector=on"))
    expect(page.get_by_role("heading", level=1, name=strings("en")[f"page.{page_of(name)}"])).to_be_visible()
    idle(page)


def test_a_presenter_goes_through_the_lessons(visit):
    before, here, after = LESSONS[4:7]
    page = visit(page_of(here), width=1920, height=1080)
    size = page.get_by_role("heading", level=1).evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    page.locator(".st-key-projector_switch label").click()
    is_on(page, here)
    assert page.locator("html").evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 24
    assert page.get_by_role("heading", level=1).evaluate("node => parseFloat(getComputedStyle(node).fontSize)") > size
    expect(page.locator(".st-key-move_weights")).to_be_hidden()  # folded, until it is opened
    page.locator(".st-key-fold_try summary").click()
    expect(page.locator(".st-key-move_weights")).to_be_visible()
    page.keyboard.press("PageDown")
    is_on(page, after)
    page.keyboard.press("ArrowLeft")
    is_on(page, here)
    page.locator("[data-testid=stMain] [role=application]").first.focus()  # a map keeps its own keys
    for key in ("ArrowRight", "PageDown"):
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    is_on(page, here)
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("PageUp")
    is_on(page, before)


def test_where_the_toy_steps_by_the_arrow_keys_they_do_not_turn(visit):
    at = LESSONS.index("qkv")
    before, after = LESSONS[at - 1], LESSONS[at + 1]
    page = visit(f"{page_of('qkv')}?projector=on")
    is_on(page, "qkv")
    for key, is_down in (("End", True), ("Home", False)):  # nobody has clicked yet, and still the page hears them
        page.keyboard.press(key)
        eventually(lambda: page.get_by_test_id("stMain").evaluate("node => node.scrollTop > 0"), is_down)
    for key, time in (("ArrowRight", r"qkv_time=1\b"), ("ArrowLeft", r"^((?!qkv_time).)*$")):
        page.keyboard.press(key)  # nothing has the focus: they are the timeline's
        expect(page).to_have_url(re.compile(time))
        is_on(page, "qkv")
    page.keyboard.press("PageUp")
    is_on(page, before)
    page.keyboard.press("ArrowRight")
    is_on(page, "qkv")
    scores = page.locator(".st-key-qkv_timeline svg [data-block=scores] text")
    expect(scores.first).to_have_attribute("opacity", "0.000")  # an empty box, until its step has come
    page.locator(".st-key-qkv_timeline .scene").focus()
    for done in range(1, 4):
        page.keyboard.press("ArrowRight")
        expect(page).to_have_url(re.compile(rf"qkv_time={done}\b"))  # where time comes to rest
    expect(scores.first).to_have_attribute("opacity", "1.000")
    page.keyboard.press("PageDown")  # the arrow keys are the timeline's, the page keys are not
    is_on(page, after)


def printed_pages(page: Page, sheet: str) -> int:
    """How many pages a sheet prints to; none of its texts is cut off at the end of one."""
    page.set_content(sheet)
    cut = "sheet => [...sheet.querySelectorAll('*')].some((node) => node.scrollHeight > node.clientHeight + 2 &&"
    cut += " node.matches('.lines, .move, .because')) || sheet.scrollHeight > sheet.clientHeight"
    assert not any(page.locator(".sheet").nth(at).evaluate(cut) for at in range(page.locator(".sheet").count()))
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_lesson_prints_to_two_pages_and_its_answers_to_one(browser: Browser, language, monkeypatch):
    monkeypatch.setitem(st.session_state, "lang", language)
    page = browser.new_page()
    for name in LESSONS:
        printed = printed_lesson(importlib.import_module(f"pages.lessons.{name}").LESSON)
        pages = {write.__name__: printed_pages(page, write(printed)) for write in SHEETS}
        assert pages == {write.__name__: count for write, count in SHEETS.items()}, name
    page.close()


def test_the_worksheet_shows_the_toy_as_it_stands(visit):
    page = visit("lesson_query")
    prints = page.locator(".st-key-lesson_print button").first
    sheets = []
    for move in (None, "other"):
        if move:
            page.locator(f".st-key-move_{move} button").click()
            idle(page)
        prints.click()
        sheets.append(received(page, page.locator(".st-key-print_worksheet button")).read_text(encoding="utf-8"))
        page.keyboard.press("Escape")
    first, second = (re.findall(r"<svg.*?</svg>", sheet, re.DOTALL) for sheet in sheets)
    assert len(first) == len(second) == 1
    assert first != second


def middle_of(page: Page, term: str) -> list[float]:
    """Where a marked term stands in the window, also where it is folded away."""
    return page.evaluate(
        """(term) => {
          const range = [...CSS.highlights.get("glossary")].find((range) => range.toString() === term);
          const box = range.getBoundingClientRect();
          return [box.left + box.width / 2, box.top + box.height / 2];
        }""",
        term,
    )


def test_a_term_opens_where_it_stands_and_all_by_keyboard(visit):
    page = visit("lesson_self")
    page.wait_for_function("CSS.highlights.get('glossary')?.size > 2")
    texts, tip = strings("en"), page.locator(".st-key-glossary .meaning")
    expect(tip).to_be_hidden()
    page.mouse.click(*middle_of(page, "cross-attention"))
    expect(tip).to_contain_text(texts["glossary.means.cross_attention"])
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.get_by_role("button", name=texts["glossary.label"]).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("dt")).to_have_count(
        sum(key.startswith("glossary.name.") for key in texts)
    )
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_term_that_is_folded_away_does_not_open(visit):
    page = visit("sentence", height=4000)
    tip, fold = page.locator(".st-key-glossary .meaning"), page.locator("details").last
    page.wait_for_function("CSS.highlights.get('glossary')?.size > 2")
    page.mouse.click(*middle_of(page, "residual"))
    page.wait_for_timeout(300)
    expect(tip).to_be_hidden()
    fold.locator("summary").click()
    page.wait_for_timeout(600)  # it unfolds
    page.mouse.click(*middle_of(page, "residual"))
    expect(tip).to_contain_text(strings("en")["glossary.means.residual"])


def test_where_the_browser_cannot_mark_terms_they_are_all_in_the_list(visit):
    page = visit("")
    page.add_init_script("delete CSS.highlights")
    page.goto(page.url + "lesson_self")
    idle(page)
    assert page.evaluate("CSS.highlights === undefined")
    texts = strings("en")
    page.get_by_role("button", name=texts["glossary.label"]).click()
    expect(page.get_by_role("dialog")).to_contain_text(texts["glossary.means.cross_attention"])
    expect(page.get_by_role("dialog")).not_to_contain_text(texts["glossary.note"])
