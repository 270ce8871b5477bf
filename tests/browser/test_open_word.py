"""A word opened, as a reader uses it: pointing, pinning, sorting, sums that check or say so, the keyboard, a phone."""

import json
import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from attention.networks import load_encoder
from figures.packed import pack
from tests.browser.conftest import idle, table_of, taken_home

LAW = "The Law will never be perfect, but its application should be just - this is what we are missing, in my opinion."
ITS = 9


@pytest.fixture(scope="module")
def head():
    return load_encoder("assets/models/all-minilm-l6-v2")(LAW).head(4, 2)


def canvas_of(page):
    return page.locator(".st-key-table canvas")


def tip(page):
    return page.locator(".st-key-table .tip")


def checks(page):
    return page.locator(".st-key-table .checks li")


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def at(number: float) -> str:
    return f"{number:.3f}".replace("-", "−")


def test_the_sums_of_the_pinned_row_check(visit, head):
    page = visit("sentence?view=open")
    score, scaled, weight = (stage[ITS, 2] for stage in (head.scores, head.scaled, head.weights))
    expect(checks(page).nth(0)).to_have_text(f"“Law”: the 32 products add up to {at(score)} = q · k✓")
    expect(checks(page).nth(1)).to_have_text(f"{at(score)} ÷ √32 = {at(scaled)}✓")
    total = np.exp(head.scaled[ITS].astype(float)).sum()
    expect(checks(page).nth(2)).to_contain_text(f"÷ {total:.3f} = {at(weight)}✓")
    expect(checks(page).nth(3)).to_have_text("All 27 weights add up to 1.000✓")


@pytest.mark.parametrize(
    ("text", "sinks"),
    [
        (LAW, "show"),
        (LAW, "hide"),
        (LAW, "renormalise"),
        ("我吃了100个包子", "renormalise"),
        ("word " * 300, "hide"),
        ("😀 שלום <b>x</b> " + "x" * 300, "renormalise"),
    ],
)
def test_the_sums_check_for_every_text_and_every_choice(visit, text, sinks):
    page = visit(f"sentence?view=open&sinks={sinks}&text={text}")
    expect(checks(page)).to_have_count(4)
    assert page.locator(".st-key-table .checks .wrong").all_inner_texts() == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture
def tampered(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """The page whose browser reads another array than was sent: ``tampered(right, wrong)``."""
    contexts = []

    def open_page(right: np.ndarray, wrong: np.ndarray) -> Page:
        contexts.append(context := browser.new_context(locale="en-US"))
        told, false = (json.dumps(pack(array)["data"]) for array in (right, wrong))
        context.add_init_script(f"const read = window.atob; window.atob = (t) => read(t === {told} ? {false} : t);")
        page = context.new_page()
        page.goto(f"{address}/sentence?view=open")
        idle(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("stage", "broken", "said"),
    [
        ("scores", [0, 1], "but q · k is given as"),
        ("scaled", [1, 2], "but is given as"),
        ("weights", [2, 3], "but the weight is given as"),
    ],
)
def test_a_wrong_number_is_told(tampered, head, stage, broken, said):
    right = getattr(head, stage)[ITS]
    wrong = right.copy()
    wrong[2] += 0.25
    page = tampered(right, wrong)
    for i in range(4):
        expect(checks(page).nth(i)).to_have_class("wrong" if i in broken else "right")
    expect(checks(page).nth(broken[0])).to_contain_text(said)
    expect(checks(page).nth(broken[0])).to_contain_text("✗")


def test_pointing_gives_the_exact_number_with_its_names(visit, head):
    page = visit("sentence?view=open")
    canvas_of(page).focus()
    press(page, "Home", "ArrowRight", "ArrowRight", "ArrowRight")
    expect(tip(page)).to_have_text(f"k of [CLS], dimension 3: {at(head.K[0, 2])}")
    canvas_of(page).scroll_into_view_if_needed()
    box = canvas_of(page).bounding_box()
    said = set()
    for x in range(10, int(box["width"]), 12):
        page.mouse.move(box["x"] + x, box["y"] + 68 + 2 * 27 + 13)  # the third row, below the head
        said.add(tip(page).inner_text() if tip(page).is_visible() else "")
    q, k = head.Q[ITS], head.K[2]
    assert f"k of Law, dimension 13: {at(k[12])}" in said
    assert f"Law, dimension 13: {at(q[12])} × {at(k[12])} = {at(q[12] * k[12])}" in said
    assert f"q of its · k of Law = {at(head.scores[ITS, 2])}" in said
    assert f"Law: {at(head.scores[ITS, 2])} ÷ √32 = {at(head.scaled[ITS, 2])}" in said
    assert f"its → Law {at(head.weights[ITS, 2])}" in said


def test_a_click_pins_a_row_and_opens_it_below(visit, head):
    page = visit("sentence?view=open")
    canvas_of(page).click(position={"x": 20, "y": 68 + 10 * 27 + 13})
    expect(checks(page).first).to_contain_text(f"“application”: the 32 products add up to {at(head.scores[ITS, 10])}")
    idle(page)
    expect(page.get_by_text("Inside this cell: why “its” → “application” is 0.093")).to_be_visible()
    expect(page).to_have_url(re.compile("looks=10"))


def test_the_keyboard_moves_over_rows_and_columns_and_pins(visit, head):
    page = visit("sentence?view=open&order=weight")
    canvas_of(page).focus()
    press(page, "Home", *["ArrowRight"] * 70)
    expect(tip(page)).to_contain_text("its → Law 0.804")
    press(page, "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowDown")
    q, k = head.Q[ITS, 31], head.K[10, 31]
    expect(tip(page)).to_have_text(f"application, dimension 32: {at(q)} × {at(k)} = {at(q * k)}")
    press(page, "Enter")
    expect(checks(page).first).to_contain_text("“application”")
    idle(page)
    expect(page).to_have_url(re.compile("looks=10"))
    press(page, "End", "Escape")
    expect(tip(page)).to_be_hidden()


def test_order_and_numbers_stand_in_the_link(visit):
    page = visit("sentence?view=open")
    page.get_by_text("Largest weight first").click()
    expect(page).to_have_url(re.compile("order=weight"))
    idle(page)
    page.get_by_text("Print the numbers").click()
    expect(page).to_have_url(re.compile("numbers=true"))
    expect(page).to_have_url(re.compile("order=weight"))
    other = visit(page.url.split("/", 3)[3])
    scroller = other.locator(".st-key-table .scroll")
    assert scroller.evaluate("box => box.scrollWidth > 2 * box.clientWidth")
    assert other.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    canvas_of(other).focus()
    press(other, "Home", *["ArrowRight"] * 64)
    expect(tip(other)).to_contain_text("Law, dimension 32")
    assert scroller.evaluate("box => box.scrollLeft > 500")


def test_the_table_taken_home_holds_every_number(visit, head):
    page = visit("sentence?view=open&order=weight")
    _, asks, first, *_ = rows = table_of(page, "table")
    assert len(rows) == 2 + 27
    np.testing.assert_array_equal(np.array(asks[2:], np.float32), head.Q[ITS])
    assert first[:2] == ["Law", "2"]
    numbers = np.array(first[2:], float)
    np.testing.assert_array_equal(numbers[:32].astype(np.float32), head.K[2])
    np.testing.assert_allclose(numbers[32:64], head.Q[ITS] * head.K[2], rtol=1e-6)
    expected = [stage[ITS, 2] for stage in (head.scores, head.scaled, head.weights)]
    np.testing.assert_array_equal(numbers[64:].astype(np.float32), expected)


def test_the_table_can_be_taken_home_as_a_picture(visit):
    page = visit("sentence?view=open")
    data = taken_home(page, ".st-key-table .tools", "PNG").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) > 20_000


def test_on_a_phone_a_tap_pins_a_row(visit):
    page = visit("sentence?view=open", width=390, height=844, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert canvas_of(page).bounding_box()["width"] <= 390 - 16
    canvas_of(page).tap(position={"x": 20, "y": 88 + 3 * 54 + 14})
    expect(checks(page).first).to_contain_text("“will”")
    expect(page).to_have_url(re.compile("looks=3"))


def test_512_rows_scroll_inside_the_table_and_only_what_is_seen_is_drawn(visit):
    page = visit("sentence?view=open")
    field = page.locator(".st-key-text input")
    field.fill("attention is all you need " * 120)
    field.press("Enter")
    idle(page)
    expect(checks(page).nth(3)).to_have_text("All 512 weights add up to 1.000✓")
    assert canvas_of(page).bounding_box()["height"] <= 700
    canvas_of(page).focus()
    press(page, "End", "ArrowRight")
    expect(tip(page)).to_contain_text("k of [SEP], dimension 1")
    press(page, "PageUp", "Home")
    expect(tip(page)).to_contain_text("k of [CLS], dimension 1")
