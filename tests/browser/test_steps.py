"""The page Step by step as a reader uses it: stepping, pointing, typing over a number, a phone, taking it home."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import expect

from attention import softmax
from tests.browser.conftest import idle, table_of, taken_home


def cell(page, matrix, row, column):
    return page.locator(f".m-{matrix} tr:has(.cell)").nth(row).locator(".cell").nth(column)


def printed(page, matrix):
    cells = page.locator(f".m-{matrix} .cell")
    expect(cells.first).not_to_be_empty()  # the component is drawn after the page is idle
    return cells.all_text_contents()


def height(page):
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")


def test_the_road_is_walked_without_a_jump(visit):
    page = visit("steps")
    expect(page.locator(".m-output .cell").first).to_be_visible()
    idle(page)
    before = height(page)
    for step in range(2, 8):
        expect(page.locator(".m-output")).to_have_class("matrix m-output later")
        page.locator(".nav .next").click()
        expect(page.locator(".where")).to_have_text(f"Step {step} of 7")
        idle(page)
        assert height(page) == before
    expect(page.locator(".matrix.later")).to_have_count(0)
    page.locator(".nav .first").click()
    expect(page.locator(".where")).to_have_text("Step 1 of 7")
    page.locator(".nav .all").click()
    expect(page.locator(".where")).to_have_text("All 7 steps")
    expect(page.locator(".matrix.later")).to_have_count(0)


def test_a_clicked_score_is_written_out_and_its_word_asks(visit):
    page = visit("steps?preset=illustrated&step=4")
    expect(cell(page, "scores", 0, 0)).to_have_text("112")
    cell(page, "scores", 1, 0).click()
    expect(page.locator(".opened h4")).to_have_text("“Machines” asks “Thinking”")
    expect(page.locator(".asks button[aria-pressed=true]")).to_have_text("Machines")
    page.locator("summary").filter(has_text="64 products").click()
    expect(page.locator(".all-terms .term")).to_have_count(64)
    expect(page).to_have_url(re.compile(r"cell=scores\.2\.1"))


def test_a_number_typed_over_a_score_moves_what_follows_only(visit):
    page = visit("steps?step=7")
    before = {name: printed(page, name) for name in ("Q", "K", "V", "weights")}
    cell(page, "scores", 0, 0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("2,5")
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_have_text("1 changed")
    assert [printed(page, name) for name in ("Q", "K", "V")] == [before[name] for name in ("Q", "K", "V")]
    shares = softmax(np.array([0.1103, 2.5]) / np.sqrt(3))
    assert printed(page, "weights")[:2] == [f"{share:.2f}" for share in shares]
    expect(page.locator(".opened .sentence")).to_contain_text("You put 2.5 here.")
    page.locator(".changes .undo").click()
    expect(page.locator(".count")).to_have_text("")
    assert printed(page, "weights") == before["weights"]


def test_what_is_no_number_is_refused_and_nothing_is_lost(visit):
    page = visit("steps?step=7")
    before = printed(page, "scores")
    field = page.locator(".cell input")
    for wrong in ("-x", "1e9", "--", "1.2.3"):
        cell(page, "scores", 1, 1).dblclick()
        field.fill(wrong)
        field.press("Enter")
        expect(page.locator(".refusal")).to_contain_text("That is not a number between −1000 and 1000")
        expect(field).to_have_value(wrong)
        field.press("Escape")
        expect(field).to_have_count(0)
        assert printed(page, "scores") == before


def test_the_keyboard_keeps_its_place_when_its_button_switches_off(visit):
    page = visit("steps?step=6&edits=X.1.1:5")
    for button, then in ((".nav .next", ".nav .back"), (".nav .first", ".nav .next"), (".nav .last", ".nav .back")):
        page.locator(button).press("Enter")
        expect(page.locator(button)).to_be_disabled()
        expect(page.locator(then)).to_be_focused()
    page.locator(".changes .undo").press("Enter")
    expect(page.locator(".changes .edit")).to_be_focused()


def test_the_pointer_is_never_shown_the_number_before(visit):
    page = visit("steps?step=7")
    cell(page, "weights", 0, 0).click()
    expect(page.locator(".tip")).to_contain_text("0.630938")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_have_text("1 changed")
    expect(page.locator(".tip")).to_be_hidden()


def test_words_are_shown_as_text(visit):
    page = visit("steps?step=7&words=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+%3Cb%3Ebold%3C/b%3E")
    expect(page.locator(".m-X th[scope=row]").last).to_have_text("<b>bold</b>")
    expect(page.locator(".stages img, .stages table b")).to_have_count(0)


def test_the_table_taken_home_holds_the_numbers_on_the_screen(visit):
    page = visit("steps?step=4")
    lines = table_of(page)
    at = next(i for i, line in enumerate(lines) if line and line[0] == "Q · Kᵀ")
    assert lines[at] == ["Q · Kᵀ", "Thinking", "Machines"]
    assert [f"{float(value):.2f}".replace("-", "−") for value in lines[at + 1][1:]] == printed(page, "scores")[:2]
    assert not any(line and line[0] == "softmax" for line in lines)  # not reached yet


def test_the_road_is_taken_home_as_a_picture(visit):
    page = visit("steps?step=7&words=a%3Cb+c%26d")
    assert taken_home(page, ".tools", "PNG").read_bytes().startswith(b"\x89PNG")
    svg = taken_home(page, ".tools", "SVG").read_bytes()
    assert svg.startswith(b"<svg")
    drawn = list(ElementTree.fromstring(svg).iter())
    labels = [node for node in drawn if "".join(node.itertext()) == "a<b" and node.get("text-anchor") == "end"]
    first = next(node for node in drawn if node.tag.endswith("rect") and len(node))  # of X; it carries its name
    assert float(labels[0].get("x")) < float(first.get("x")) - 4


@pytest.mark.parametrize("view", ["step=7", "step=all&words=一二三四五六七八&d_model=8&d_k=8"])
def test_a_phone_never_scrolls_sideways(visit, view):
    page = visit(f"steps?{view}", width=390, height=844, locale="zh-CN")
    expect(page.locator(".where")).to_contain_text("7 步")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollWidth - main.clientWidth") <= 0


def test_back_goes_one_step_back(visit):
    page = visit("steps")
    for step in (2, 3):
        page.get_by_role("button", name="Next").click()
        expect(page).to_have_url(re.compile(f"step={step}"))
        idle(page)
    page.go_back()
    idle(page)
    expect(page.get_by_text("Step 2 of 7")).to_be_visible()
