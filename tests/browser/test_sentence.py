"""The Sentence page as a reader uses it: typing, pointing, clicking, the keyboard, a phone, a link."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from attention.networks import load_encoder
from tests.browser.conftest import idle, start_server, table_of, taken_home, to_page


def finding(page):
    return page.locator(".st-key-map figcaption")


def type_text(page, text):
    field = page.locator(".st-key-text input")
    field.fill(text)
    field.press("Enter")
    idle(page)


def set_aside(page):
    page.get_by_text("[CLS], [SEP] shown").click()
    page.get_by_text("Hide", exact=True).click()


def test_opens_on_the_law_sentence_and_its_looks_at_law(visit):
    page = visit("sentence?view=map")
    expect(finding(page)).to_contain_text("“its” puts 80 % of its attention on “Law” and 9.3 % on “application”")
    expect(page.locator(".st-key-bars button[aria-pressed=true]")).to_contain_text("0.804")
    expect(page.get_by_text("Inside this cell: why “its” → “Law” is 0.804")).to_be_visible()


def test_a_typed_sentence_changes_the_map(visit):
    page = visit("sentence?view=map&layer=1&head=3")
    canvas = page.locator(".st-key-map canvas").first
    before = canvas.get_attribute("aria-label")
    type_text(page, "Thinking Machines")
    expect(canvas).not_to_have_attribute("aria-label", before)
    expect(finding(page)).to_contain_text("“Machines” puts 100 % of its attention on “Thinking”")
    expect(page).to_have_url(re.compile(r"text=Thinking\+Machines"))


def test_a_clicked_cell_opens_its_arithmetic(visit):
    page = visit("sentence?view=map&text=Thinking+Machines&layer=2&head=9")
    canvas = page.locator(".st-key-map canvas").first
    box = canvas.bounding_box()
    # The fourth row and the third column of a 4 x 4 map, found from the map's own tooltip.
    for x in range(60, int(box["width"]), 12):
        for y in range(int(box["height"]) - 10, 40, -20):
            page.mouse.move(box["x"] + x, box["y"] + y)
            if "Thinking → Machines" in page.locator(".st-key-map .tip").inner_text():
                page.mouse.click(box["x"] + x, box["y"] + y)
                idle(page)
                trace = load_encoder("assets/models/all-minilm-l6-v2")("Thinking Machines").head(2, 9)
                weight, score = trace.weights[1, 2], trace.scores[1, 2]
                expect(page.get_by_text(f"why “Thinking” → “Machines” is {weight:.3f}")).to_be_visible()
                expect(page.locator(".st-key-strips figcaption")).to_contain_text(f"add up to {score:.3f}")
                return
    pytest.fail("no cell of the map is Thinking → Machines")


def test_the_keyboard_pins_a_cell_without_a_mouse(visit):
    page = visit("sentence?view=map")
    canvas = page.locator(".st-key-map canvas").first
    canvas.focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    idle(page)
    expect(finding(page)).to_contain_text("“application” puts")
    expect(page).to_have_url(re.compile("asks=10"))
    expect(page).to_have_url(re.compile("looks=3"))


def test_what_home_shows_is_what_its_link_opens(visit):
    page = visit()
    type_text(page, "我吃了100个包子")
    caption = page.locator(".st-key-home_map figcaption")
    expect(caption).to_contain_text("“个” puts 90")
    page.locator(".st-key-home_map canvas").first.focus()
    for key in ("Home", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("pin=6.0"))
    idle(page)
    shown = caption.inner_text()
    again = visit(page.url.split("/", 3)[3])
    expect(again.locator(".st-key-home_map figcaption")).to_have_text(shown)
    page.get_by_text("All layers and heads, every number").click()
    idle(page)
    expect(finding(page)).to_have_text(shown)


def test_the_words_stay_when_the_head_changes_and_the_link_knows_them(visit):
    page = visit("sentence?view=map")
    page.get_by_role("button", name="it → animal").click()
    idle(page)
    page.locator(".st-key-layer button", has_text="5").click()
    expect(finding(page)).to_contain_text(re.compile("layer 5.*“it” puts"))
    idle(page)
    other = visit(page.url.split("/", 3)[3])
    expect(finding(other)).to_have_text(finding(page).inner_text())


def test_a_bar_pins_its_word(visit):
    page = visit("sentence?view=map")
    page.locator(".st-key-bars button", has_text="application").click()
    idle(page)
    expect(page.get_by_text("Inside this cell: why “its” → “application” is 0.093")).to_be_visible()


def test_a_link_brings_the_same_view_back(visit):
    first = visit("sentence?view=map")
    first.get_by_role("button", name="我吃了100个包子").click()
    expect(first.get_by_text("Chinese network")).to_be_visible()
    idle(first)
    set_aside(first)
    expect(first).to_have_url(re.compile("sinks=hide"))
    idle(first)
    second = visit(first.url.split("/", 3)[3])
    expect(finding(second)).to_have_text(finding(first).inner_text())
    expect(second).to_have_url(first.url)
    expect(second.get_by_text("Chinese network")).to_be_visible()


def test_junk_in_the_address_falls_back_to_the_defaults(visit):
    page = visit("sentence?view=map&layer=99&head=x&sinks=junk&asks=nobody&lang=xx&network=fr&text=")
    expect(finding(page)).to_contain_text("In layer 4, head 2, “its” puts 80 %")


def test_the_language_switch_keeps_the_sentence_and_survives_the_next_page(visit):
    page = visit("sentence?view=map&text=Thinking+Machines")
    page.get_by_text("中文", exact=True).first.click()
    idle(page)
    expect(finding(page)).to_contain_text("注意力给了")
    page.get_by_role("link", name="首页").click()
    idle(page)
    expect(page.get_by_role("heading", name="注意力探索")).to_be_visible()
    to_page(page, "文字", "句子")
    expect(page.locator(".st-key-text input")).to_have_value("Thinking Machines")


def test_a_chinese_browser_is_greeted_in_chinese(visit):
    page = visit("sentence?view=map", locale="zh-TW")
    expect(finding(page)).to_contain_text("注意力给了")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("   ", "There is nothing to read yet"),
        ("هذه جملة باللغة العربية", "Neither of our two networks"),
        ("word " * 20_000, "read the first 2549 characters; the 97451 after them were left out"),
    ],
)
def test_what_cannot_be_read_is_answered_in_one_sentence_and_the_map_stays(visit, text, answer):
    page = visit("sentence?view=map")
    type_text(page, text)
    expect(page.get_by_test_id("stAlert")).to_contain_text(answer)
    expect(finding(page)).to_contain_text("puts")


def test_an_unreadable_script_leads_to_the_illustrative_engine_with_the_same_words(visit):
    page = visit("sentence?view=map")
    type_text(page, "هذه جملة")
    page.get_by_text("Show these words step by step").click()
    expect(page).to_have_url(re.compile("/steps"))
    expect(page.locator("[data-testid=stMain]")).to_contain_text("هذه")


def test_markup_in_the_text_is_shown_as_text_everywhere(visit):
    page = visit()
    page.goto(page.url.rstrip("/") + "/sentence?view=map")
    idle(page)
    type_text(page, '<img src=x onerror="window.hacked=1"> **bold** $x$ [a](b) <b>!</b>')
    canvas = page.locator(".st-key-map canvas").first
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.get_by_text("All 32 products").click()
    assert page.evaluate("window.hacked") is None
    assert page.locator("[data-testid=stMain] img").count() == 0


def test_emoji_right_to_left_and_very_long_words_are_shown(visit):
    page = visit("sentence?view=map")
    type_text(page, "😀 שלום hello " + "x" * 500)
    expect(finding(page)).to_contain_text("puts")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_csv_holds_the_numbers_of_the_engine(visit):
    page = visit("sentence?view=map&text=Thinking+Machines&layer=2&head=9")
    rows = table_of(page, "map")
    assert rows[0] == ["", "[CLS]", "Thinking", "Machines", "[SEP]"]
    expected = load_encoder("assets/models/all-minilm-l6-v2")("Thinking Machines").head(2, 9).weights
    np.testing.assert_allclose(np.array([row[1:] for row in rows[1:]], float), expected, rtol=1e-6)


def test_the_map_can_be_taken_home(visit):
    page = visit("sentence?view=map")
    for tool, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        file = taken_home(page, ".st-key-map .tools", tool)
        assert file.read_bytes().startswith(start)
        assert file.stat().st_size > 2000


def test_on_a_phone_nothing_is_wider_than_the_screen(visit):
    page = visit("sentence?view=map", width=390, height=844, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    canvas = page.locator(".st-key-map canvas").first
    assert canvas.bounding_box()["width"] <= 390 - 16
    canvas.tap()
    expect(page).to_have_url(re.compile(r"asks=\d+"))


def test_512_pieces_are_drawn(visit):
    page = visit("sentence?view=map")
    type_text(page, "attention is all you need " * 120)
    expect(page.get_by_test_id("stAlert")).to_contain_text("512 word pieces")
    expect(finding(page)).to_contain_text("puts")


def test_the_first_visitors_of_a_fresh_server_may_all_come_by_deep_links(browser):
    server, address = start_server()
    try:
        pages = [browser.new_page(locale="en-US") for _ in range(3)]
        for page, path in zip(pages, ("sentence?view=map&layer=1&head=3", "steps", "spatial"), strict=True):
            page.goto(f"{address}/{path}", wait_until="commit")
        for page in pages:
            idle(page)
            expect(page.get_by_role("navigation", name="App pages")).to_contain_text("Pictures")
        expect(finding(pages[0])).to_contain_text("layer 1, head 3")
        for page in pages:
            page.close()
    finally:
        server.terminate()
        server.wait()


def test_the_first_visitor_of_a_fresh_server_may_type_at_once(browser):
    server, address = start_server()
    try:
        page = browser.new_page(locale="en-US")
        page.goto(address)
        idle(page)
        type_text(page, "我吃了100个包子")
        expect(page.locator(".st-key-home_map figcaption")).to_contain_text("“个” puts 90")
        page.close()
    finally:
        server.terminate()
        server.wait()


def test_a_new_text_begins_with_its_own_strongest_link(visit):
    page = visit("sentence?view=map")
    type_text(page, "The cat sat on the mat")
    expect(page.get_by_text("Inside this cell: why “The” → “cat”")).to_be_visible()


def test_back_undoes_the_last_choice_and_forward_repeats_it(visit):
    page = visit("sentence?view=map")
    type_text(page, "Thinking Machines")
    expect(page).to_have_url(re.compile("text=Thinking"))
    set_aside(page)
    expect(page).to_have_url(re.compile("sinks=hide"))
    page.go_back()
    idle(page)
    expect(page.get_by_role("radio", name="Show", exact=True)).to_be_checked()
    page.go_back()
    idle(page)
    expect(finding(page)).to_contain_text("“its” puts 80")
    expect(page.locator(".st-key-text input")).to_have_value(re.compile("The Law"))
    page.go_forward()
    idle(page)
    expect(page.locator(".st-key-text input")).to_have_value("Thinking Machines")
