"""All heads at a glance, as a reader uses it: pointing, opening, sorting, the keyboard, a phone, taking it home."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from attention.networks import load_encoder
from attention.profiles import head_profiles
from figures.head_grid import MEASURES, measures
from tests.browser.conftest import idle, table_of, taken_home

LAW = "The Law will never be perfect, but its application should be just - this is what we are missing, in my opinion."
PREVIOUS = "Layer 1, head 3 looks at the previous word: 100 % on average."


def canvas_of(page):
    return page.locator(".st-key-heads .stage canvas")


def card(page):
    return page.locator(".st-key-heads .card")


def tip(page):
    return page.locator(".st-key-heads .tip")


def find_head(page, beginning: str) -> tuple[float, float]:
    """Where on the page the thumbnail stands whose label begins like this, found by pointing."""
    canvas_of(page).scroll_into_view_if_needed()
    box = canvas_of(page).bounding_box()
    for y in range(15, int(box["height"]), 20):
        for x in range(20, int(box["width"]), 20):
            page.mouse.move(box["x"] + x, box["y"] + y)
            if tip(page).is_visible() and tip(page).inner_text().replace("\u00a0", " ").startswith(beginning):
                return box["x"] + x, box["y"] + y
    pytest.fail(f"no thumbnail says {beginning}")


def test_pointing_says_what_a_head_does_and_a_click_opens_its_card(visit):
    page = visit("sentence?view=heads")
    expect(card(page)).to_contain_text("Layer 4, head 2 gives no fixed place half of its attention")
    x, y = find_head(page, PREVIOUS)
    page.mouse.click(x, y)
    expect(card(page).locator("h4")).to_have_text("L1H3 in focus")
    expect(card(page).locator(".does")).to_contain_text(PREVIOUS)
    idle(page)
    expect(page).to_have_url(re.compile(r"layer=1&head=3"))
    expect(card(page).locator(".does")).to_contain_text(PREVIOUS)


def test_the_card_shows_the_numbers_of_the_engine(visit):
    page = visit("sentence?view=heads&layer=3&head=8")
    trace = load_encoder("assets/models/all-minilm-l6-v2")(LAW)
    profiles = head_profiles(trace.weights, trace.tokens.special)
    shown = card(page).locator("dd.value")
    expect(shown.nth(0)).to_have_text(f"{2 ** profiles.entropy[2, 7]:.1f} words")
    expect(shown.nth(1)).to_have_text(f"{profiles.reach[2, 7]:.1f} apart")
    expect(shown.nth(2)).to_have_text(f"{100 * profiles.to_special[2, 7]:.0f}\u00a0%")


def test_the_card_leads_to_the_map_of_its_head(visit):
    page = visit("sentence?view=heads&layer=1&head=3")
    page.get_by_role("button", name="Open in the map").click()
    idle(page)
    expect(page.locator(".st-key-map figcaption")).to_contain_text("In layer 1, head 3")
    page.go_back()
    idle(page)
    page.get_by_role("button", name="Lines between the words").click()
    idle(page)
    expect(page.locator(".st-key-view_words")).to_contain_text("In layer 1, head 3")


def test_the_keyboard_reaches_and_opens_every_head(visit):
    page = visit("sentence?view=heads&layer=1&head=1")
    canvas_of(page).focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft", "End", "PageUp", "PageDown", "ArrowUp", "Home"):
        page.keyboard.press(key)
    expect(tip(page)).to_contain_text("Layer 5, head 1")
    expect(page.locator(".st-key-heads .said")).to_contain_text("Layer 5, head 1")
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    idle(page)
    expect(page).to_have_url(re.compile("layer=5&head=3"))
    page.keyboard.press("Escape")
    expect(tip(page)).to_be_hidden()


def test_sorted_by_focus_the_sharpest_head_comes_first_and_the_link_knows(visit):
    page = visit("sentence?view=heads")
    page.locator(".st-key-sort").get_by_text("Focus", exact=True).click()
    expect(page).to_have_url(re.compile("sort=focus"))
    idle(page)
    canvas_of(page).focus()
    for key in ("PageUp", "Home"):
        page.keyboard.press(key)
    expect(tip(page)).to_contain_text(PREVIOUS)
    other = visit(page.url.split("/", 3)[3])
    canvas_of(other).focus()
    for key in ("PageDown", "End"):
        other.keyboard.press(key)
    expect(tip(other)).to_contain_text("Layer 1, head 8")


def test_the_table_taken_home_holds_what_was_measured(visit):
    page = visit("sentence?view=heads&text=我吃了100个包子")
    head, *rows = table_of(page, "heads")
    assert head == ["layer", "head", *MEASURES]
    assert [row[:2] for row in rows[11:13]] == [["1", "12"], ["2", "1"]]
    trace = load_encoder("assets/models/simbert-tiny-zh")("我吃了100个包子")
    measured = measures(head_profiles(trace.weights, trace.tokens.special))
    expected = np.stack([measured[name].ravel() for name in MEASURES], axis=1)
    np.testing.assert_array_equal(np.array([row[2:] for row in rows], float), expected)


def test_the_grid_can_be_taken_home_as_a_picture(visit):
    page = visit("sentence?view=heads")
    data = taken_home(page, ".st-key-heads .tools", "PNG").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) > 20_000


@pytest.mark.parametrize("sort", ["layer", "reach"])
def test_on_a_phone_a_tap_opens_a_head_and_its_answer_is_in_view(visit, sort):
    page = visit(f"sentence?view=heads&sort={sort}", width=390, height=844, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    before = card(page).locator("h4").inner_text()
    canvas_of(page).evaluate("canvas => canvas.scrollIntoView()")
    canvas_of(page).tap(position={"x": 30, "y": 130})
    expect(card(page).locator("h4")).not_to_have_text(before)
    expect(page).to_have_url(re.compile(r"layer=\d"))
    idle(page)
    box = card(page).locator(".summary").bounding_box()
    assert box["y"] + box["height"] <= 844 + 1


def test_512_pieces_are_drawn_and_pointing_answers(visit):
    page = visit("sentence?view=heads")
    field = page.locator(".st-key-text input")
    field.fill("attention is all you need " * 120)
    field.press("Enter")
    idle(page)
    expect(page.locator(".st-key-heads .note")).to_contain_text("8 × 8 words")
    canvas_of(page).scroll_into_view_if_needed()
    canvas_of(page).hover(position={"x": 300, "y": 100})
    expect(tip(page)).to_contain_text("Focus")


def test_in_chinese_and_in_the_dark(visit):
    page = visit("sentence?view=heads&text=我吃了100个包子", locale="zh-CN", color_scheme="dark")
    expect(card(page)).to_contain_text("第 3 层第 4 个头")
    expect(page.locator(".st-key-heads .finding")).to_contain_text("主要看词本身")
