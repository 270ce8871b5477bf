"""The map of a long text as a reader uses it: zoom and window, the strips along its axes, what is chosen by name."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from attention.networks import load_encoder
from figures.palette import SEQUENTIAL
from tests.browser.conftest import eventually, idle, table_of, taken_home

NUMBERS = " ".join(map(str, range(10, 70)))  # 60 words of one piece each, none twice
LONG = f"sentence?view=map&text={NUMBERS.replace(' ', '+')}"
LAW = "The Law will never be perfect, but its application should be just - this is what we are missing, in my opinion."


@pytest.fixture(scope="module")
def encoder():
    return load_encoder("assets/models/all-minilm-l6-v2")


def canvas(page: Page):
    return page.locator(".st-key-map .stage canvas")


def tip(page: Page) -> str:
    return page.locator(".st-key-map .tip").inner_text()


def button(page: Page, way: str):
    return page.locator(f".st-key-map .zoom-{way}")


def hover(page: Page, across: float, down: float) -> str:
    """What the tip says at a place of the canvas, in shares of its size."""
    box = canvas(page).bounding_box()
    page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
    return tip(page)


def words_across(page: Page) -> list[str]:
    """The columns in view, from left to right, as the tips name them."""
    box = canvas(page).bounding_box()
    found = []
    for x in range(0, int(box["width"]), 3):
        page.mouse.move(box["x"] + x, box["y"] + box["height"] / 2)
        named = re.search(r"→ (\S+)", tip(page))
        found += [named[1]] if named else []
    return list(dict.fromkeys(found))


def test_the_buttons_zoom_and_the_canvas_keeps_its_size(visit):
    page = visit(LONG, height=1400)
    size = canvas(page).bounding_box()
    everything = words_across(page)
    assert len(everything) == 62
    expect(button(page, "all")).to_be_disabled()
    button(page, "in").click()
    button(page, "in").click()
    assert canvas(page).bounding_box() == size
    fewer = words_across(page)
    assert 14 <= len(fewer) <= 18
    assert fewer == everything[everything.index(fewer[0]) :][: len(fewer)]
    button(page, "out").click()
    assert len(fewer) < len(words_across(page)) < 62
    button(page, "all").click()
    assert words_across(page) == everything


def test_the_wheel_zooms_at_the_pointer_with_ctrl_and_scrolls_the_page_without(visit):
    page = visit(LONG)
    before = hover(page, 0.6, 0.5)
    top = canvas(page).bounding_box()["y"]
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    expect(button(page, "out")).to_be_enabled()
    page.keyboard.up("Control")
    hover(page, 0.6, 0.5)
    expect(page.locator(".st-key-map .tip")).to_have_text(before)
    assert canvas(page).bounding_box()["y"] == top
    in_view = words_across(page)
    hover(page, 0.6, 0.5)
    page.mouse.wheel(0, 100)
    scrolled = [canvas(page).element_handle(), top]
    page.wait_for_function("([node, top]) => node.getBoundingClientRect().y < top", arg=scrolled)
    assert words_across(page) == in_view


def test_keys_zoom_and_the_cursor_takes_the_window_along(visit):
    page = visit(LONG, height=1400)
    canvas(page).focus()
    page.keyboard.press("Home")
    for key in "+++":
        page.keyboard.press(key)
    assert "69" not in words_across(page)
    canvas(page).focus()
    page.keyboard.press("Home")
    for _ in range(6):
        page.keyboard.press("Shift+ArrowRight")
    assert "→ 69 " in tip(page)
    box, inside = page.locator(".st-key-map .tip").bounding_box(), canvas(page).bounding_box()
    assert inside["x"] <= box["x"] + box["width"] / 2 <= inside["x"] + inside["width"]
    page.keyboard.press("0")
    expect(button(page, "all")).to_be_disabled()
    page.keyboard.press("-")
    expect(button(page, "all")).to_be_disabled()


def test_dragging_pans_and_a_click_pins(visit):
    page = visit(LONG, height=1400)
    button(page, "in").click()
    button(page, "in").click()
    held = hover(page, 0.7, 0.5)
    address = page.url
    page.mouse.down()
    box = canvas(page).bounding_box()
    for share in (0.6, 0.5, 0.4):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.up()
    assert hover(page, 0.41, 0.5) == held or hover(page, 0.39, 0.5) == held
    idle(page)
    assert page.url == address
    pointed = re.match(r"(\S+) → (\S+) ", hover(page, 0.5, 0.6))
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.6 * box["height"])
    row, column = (int(word) - 9 for word in pointed.groups())
    expect(page).to_have_url(re.compile(rf"asks={row}&looks={column}\b|looks={column}&.*asks={row}\b"))


def test_the_window_survives_a_rerun_and_follows_a_cell_pinned_elsewhere(visit):
    page = visit(f"{LONG}&asks=5&looks=5", height=1400)
    for _ in range(3):
        button(page, "in").click()
    in_view = words_across(page)
    page.locator(".st-key-head button", has_text="5").click()
    expect(page.locator(".st-key-map figcaption")).to_contain_text("head 5")
    idle(page)
    assert words_across(page) == in_view
    outside = page.locator(".st-key-bars button .label").all_inner_texts()
    word = next(word for word in outside if word not in in_view)
    page.locator(".st-key-bars button", has=page.get_by_text(word, exact=True)).click()
    eventually(lambda: word in words_across(page))


def test_a_drawing_holds_the_window_and_a_table_everything(visit):
    page = visit(LONG, height=1400)
    for _ in range(3):
        button(page, "in").click()
    in_view = words_across(page)
    drawing = taken_home(page, ".st-key-map .tools", "SVG").read_text(encoding="utf-8")
    cells = re.findall(r"<title>(\S+) → (\S+)", drawing)
    assert list(dict.fromkeys(column for _, column in cells)) == in_view
    assert len(table_of(page, "map")) == 63
    assert taken_home(page, ".st-key-map .tools", "PNG").read_bytes().startswith(b"\x89PNG")


def strip_number(text: str) -> float:
    return float(re.search(r"(\d[\d.]*(e-\d+)?) (to|from)", text)[1])


def test_the_strips_add_up_what_is_chosen(visit, encoder):
    page = visit("sentence?view=map", height=1400)
    weights = encoder(LAW).head(4, 2).weights.astype(float)
    box = canvas(page).bounding_box()
    found = {}
    for y in range(0, int(box["height"]), 4):  # down the strip at the right
        page.mouse.move(box["x"] + box["width"] - 8, box["y"] + y)
        if named := re.match("“(.+?)” gives", tip(page)):
            found.setdefault(named[1], strip_number(tip(page)))
    assert found["its"] == pytest.approx(weights[9, [2, 10]].sum(), abs=5e-4)
    assert found["opinion"] == pytest.approx(weights[24, [2, 10]].sum(), abs=5e-4)
    found = {}
    for x in range(0, int(box["width"]), 4):  # along the strip below
        page.mouse.move(box["x"] + x, box["y"] + box["height"] - 8)
        if named := re.match("“(.+?)” gets .* from all rows", tip(page)):
            found.setdefault(named[1], strip_number(tip(page)))
    assert found["Law"] == pytest.approx(weights[:, 2].sum(), abs=5e-4)
    assert found["perfect"] == pytest.approx(weights[:, 6].sum(), abs=5e-4)


def test_a_name_is_chosen_by_a_click_and_the_choice_is_cleared(visit, encoder):
    page = visit("sentence?view=map", height=1400)
    weights = encoder(LAW).head(4, 2).weights.astype(float)
    note = page.locator(".st-key-map .marks")
    expect(note).to_contain_text("Bars below add up: all rows · Bars at the right add up: Law, application")
    box = canvas(page).bounding_box()
    for y in range(0, int(box["height"]), 4):  # down the names of the rows
        page.mouse.move(box["x"] + 30, box["y"] + y)
        if "“its” gives" in tip(page):
            page.mouse.click(box["x"] + 30, box["y"] + y)
            break
    expect(note).to_contain_text("Bars below add up: its")
    expect(page).to_have_url(re.compile(r"rows=9\b"))
    for x in range(0, int(box["width"]), 4):
        page.mouse.move(box["x"] + x, box["y"] + box["height"] - 8)
        if "“application” gets" in tip(page):
            assert "from the chosen rows" in tip(page)
            assert strip_number(tip(page)) == pytest.approx(weights[9, 10], abs=5e-4)
            break
    again = visit(page.url.split("/", 3)[3])
    expect(again.locator(".st-key-map .marks")).to_have_text(re.compile("below add up: its · .*: Law, application"))
    note.get_by_role("button").click()
    expect(note).to_contain_text("Bars at the right add up: Law")
    expect(page).to_have_url(re.compile(r"looks=2(&|$)"))
    assert "rows=" not in page.url


def test_names_are_chosen_by_keyboard(visit):
    page = visit("sentence?view=map", height=1400)
    canvas(page).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("c")
    expect(page.locator(".st-key-map .marks")).to_contain_text("Law, application, will")
    page.keyboard.press("r")
    expect(page.locator(".st-key-map .marks")).to_contain_text("below add up: its")
    expect(page.locator(".st-key-map .said")).to_contain_text("“its” gives")
    expect(page).to_have_url(re.compile(r"rows=9\b"))
    expect(page).to_have_url(re.compile(r"looks=2\.10\.3\b"))


def test_clicks_in_quick_succession_are_all_kept(visit):
    page = visit("sentence?view=map", height=1400)
    canvas(page).focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("r")
    idle(page)
    expect(page).to_have_url(re.compile(r"rows=10\.11\.12\.13\b"))


def test_two_fingers_zoom_one_pans_and_a_tap_chooses_on_a_phone(visit):
    page = visit(LONG, width=390, height=844, has_touch=True)
    canvas(page).scroll_into_view_if_needed()
    box = canvas(page).bounding_box()
    x, y = box["x"] + box["width"] * 0.6, box["y"] + min(box["height"] / 2, 150)
    touch = page.context.new_cdp_session(page)

    def move(kind: str, *points: tuple[float, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]})

    move("touchStart", (x - 20, y), (x + 20, y))
    for apart in (30, 45, 60, 80):
        move("touchMove", (x - apart, y), (x + apart, y))
    move("touchEnd")
    expect(button(page, "out")).to_be_enabled()
    assert page.evaluate("visualViewport.scale") == 1
    page.touchscreen.tap(x, y)
    before = tip(page)
    move("touchStart", (x, y))
    for step in (10, 40, 80):
        move("touchMove", (x - step, y))
    move("touchEnd")
    page.touchscreen.tap(x, y)
    assert tip(page) != before
    idle(page)
    page.touchscreen.tap(box["x"] + 12, y)
    expect(page.locator(".st-key-map .marks")).to_contain_text("Bars below add up")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_words_merge_and_a_head_of_a_mean_opens_alone(visit):
    page = visit("sentence?view=map&text=Unbelievable+electroencephalographers+agree&also=5&together=mean", height=1400)
    caption = page.locator(".st-key-map figcaption")
    expect(caption).to_contain_text("the mean of heads 2 and 5 of layer 4")
    page.get_by_text("Merge word pieces into words").click()
    expect(page).to_have_url(re.compile("merge=true"))
    idle(page)
    eventually(lambda: words_across(page), ["[CLS]", "Unbelievable", "electroencephalographers", "agree", "[SEP]"])
    page.locator(".st-key-mixed_heads button", has_text="Head 5").click()
    expect(caption).to_contain_text("In layer 4, head 5")


def test_a_long_text_is_shaded_by_the_root_of_its_weights(visit, encoder):
    text = " ".join(map(str, range(100, 180)))
    weights = encoder(text).head(4, 2).weights
    page = visit(f"sentence?view=map&asks=80&looks=80&text={text.replace(' ', '+')}", height=1400)
    stops = np.array([[int(color[k : k + 2], 16) for k in (1, 3, 5)] for color in SEQUENTIAL["light"]])
    read = "(it, [x, y]) => [...it.getContext('2d').getImageData(x * it.width, y * it.height, 1, 1).data].slice(0, 3)"
    for y in (0.2, 0.35, 0.5, 0.65):
        x = 0.5
        named = re.match(r"(\d+) → (\d+) ", hover(page, x, y))
        weight = weights[int(named[1]) - 99, int(named[2]) - 99]
        page.mouse.move(5, 5)
        at = np.sqrt(weight / weights.max()) * (len(stops) - 1)
        expected = [np.interp(at, range(len(stops)), stops[:, channel]) for channel in range(3)]
        np.testing.assert_allclose(canvas(page).evaluate(read, [x, y]), expected, atol=3)
