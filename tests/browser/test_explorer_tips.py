"""What stands beside the pointer and the cursor: it says what is shown, stays true after a click, is never cut off."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import idle

NUMBERS = "+".join(map(str, range(10, 70)))  # 60 words of one piece each, none twice


def chip(page: Page, word: str):
    return page.locator(".st-key-words .word button", has_text=re.compile(f"^{word}$")).first


def tip(page: Page, key: str = "words"):
    return page.locator(f".st-key-{key} .tip")


def test_the_tip_says_whose_attention_the_lines_show(visit):
    page = visit("sentence")
    chip(page, "opinion").hover()
    expect(tip(page)).to_contain_text("its → opinion")
    expect(tip(page)).to_contain_text("Shown now: what “opinion” looks at")
    chip(page, "its").hover()
    expect(tip(page)).to_contain_text("its → Law")
    expect(tip(page)).not_to_contain_text("Shown now")
    page = visit("sentence?direction=in")
    chip(page, "opinion").hover()
    expect(tip(page)).to_contain_text("Shown now: who looks at “opinion”")


def test_the_tip_follows_the_click_that_pins_the_word_under_it(visit):
    page = visit("sentence")
    chip(page, "opinion").hover()
    chip(page, "opinion").click()
    expect(tip(page)).to_contain_text("opinion → [CLS]")
    idle(page)
    expect(tip(page)).to_contain_text("opinion → [CLS]")
    expect(tip(page)).not_to_contain_text("its →")


def test_the_tip_of_a_sum_is_not_cut_off(visit):
    page = visit("sentence?view=map", height=1400)
    box = page.locator(".st-key-map .stage canvas").bounding_box()
    page.mouse.move(box["x"] + box["width"] - 45, box["y"] + box["height"] / 2)
    expect(tip(page, "map")).to_contain_text("to the chosen words together")
    assert tip(page, "map").evaluate("tip => tip.scrollWidth <= tip.clientWidth")


def test_the_cell_of_the_cursor_stays_whole_when_keys_zoom(visit):
    page = visit(f"sentence?view=map&asks=5&looks=5&text={NUMBERS}", height=1400)
    canvas = page.locator(".st-key-map .stage canvas")
    canvas.focus()
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("+")
    box = canvas.bounding_box()
    wide = 0
    for x in range(0, 160, 2):
        page.mouse.move(box["x"] + x, box["y"] + box["height"] / 2)
        wide += 2 * ("→ [CLS] " in tip(page, "map").inner_text())
    assert wide >= 50
