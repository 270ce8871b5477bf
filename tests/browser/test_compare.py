"""The Compare page as a reader uses it: the same place in all maps, one opened, one taken from another, a phone."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from attention.images import feature_maps
from attention.images.comparison import MECHANISMS, compared
from attention.sources.images import read_image
from figures.small_multiples import reduced
from tests.browser.conftest import eventually, idle, pixels

CODES = list(MECHANISMS)


@pytest.fixture(scope="module")
def cat() -> list[np.ndarray]:
    """The small maps of the cat, in the order of the tiles."""
    channels = feature_maps(read_image(Path("assets/images/cat.jpg").read_bytes()).rgb)
    return [reduced(compared(code, channels)) for code in CODES]


def tile(page, code: str):
    return page.locator(".st-key-tiles .tile").nth(CODES.index(code))


def numbers(page) -> list[str]:
    return page.locator(".st-key-tiles .value").all_inner_texts()


def point(page, code: str, along: float, down: float) -> None:
    canvas = tile(page, code).locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + along * box["width"], box["y"] + down * box["height"])


def drawn(page, code: str) -> str:
    """What a tile shows, drawn."""
    return pixels(tile(page, code).locator("canvas"))


def test_the_pointer_reads_the_same_place_in_all_maps(visit, cat):
    page = visit("compare?sample=cat")
    before = {code: drawn(page, code) for code in CODES}
    point(page, "cbam", 0.3, 0.55)
    expect(tile(page, "se").locator(".value")).not_to_have_text("\u00a0")
    rows, columns = cat[0].shape
    row, column = int(0.55 * rows), int(0.3 * columns)
    # A tile stands on fractions of a pixel: the cell, or one of its neighbours, but the same in all maps.
    places = [(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    shown = [float(number.removesuffix(" ×")) for number in numbers(page)]
    assert any(np.allclose(shown, [values[place] for values in cat], rtol=0, atol=0.0051) for place in places)
    assert all(drawn(page, code) != before[code] for code in CODES)  # the cross stands in each of them
    page.mouse.move(2, 2)
    expect(tile(page, "se").locator(".value")).to_have_text("\u00a0")
    assert {code: drawn(page, code) for code in CODES} == before


def test_pointing_moves_nothing_and_asks_nobody(visit):
    page = visit("compare?sample=cat")
    tile(page, "non_local").scroll_into_view_if_needed()
    places = [tile(page, code).bounding_box() for code in CODES]
    page.context.set_offline(True)
    point(page, "non_local", 0.5, 0.5)
    expect(tile(page, "patches").locator(".value")).to_have_text(re.compile(r"^\d+\.\d\d ×$"))
    assert [tile(page, code).bounding_box() for code in CODES] == places
    page.context.set_offline(False)


def test_a_click_opens_a_map_and_the_address_keeps_it(visit):
    page = visit("compare?sample=cat")
    canvas = page.locator(".st-key-opened_map .stage canvas").first.element_handle()
    tile(page, "non_local").click()
    expect(tile(page, "non_local")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", name="Opened: Non-local block")).to_be_visible()
    expect(page).to_have_url(re.compile("open=non_local"))
    idle(page)
    assert canvas.evaluate("node => node.isConnected")
    expect(tile(page, "cbam")).to_have_attribute("aria-pressed", "false")
    page.go_back()
    expect(page.get_by_role("heading", name="Opened: Convolutional block attention module")).to_be_visible()


def test_by_keyboard_the_point_moves_in_all_maps_and_enter_opens(visit):
    page = visit("compare?sample=cat")
    tile(page, "ge").focus()
    page.keyboard.press("ArrowRight")
    expect(tile(page, "se").locator(".value")).to_have_text(re.compile("×"))
    first = numbers(page)
    page.keyboard.press("ArrowDown")
    assert numbers(page) != first
    said = page.locator(".st-key-tiles .live").inner_text()
    assert said.startswith("SE ")
    assert said.count("×") == len(CODES)
    page.keyboard.press("Escape")
    expect(tile(page, "se").locator(".value")).to_have_text("\u00a0")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Opened: Gather-excite, without weights")).to_be_visible()


def test_another_two_give_another_difference(visit):
    page = visit("compare?sample=cat&a=non_local&b=patches")
    finding = page.locator(".st-key-difference_map")
    expect(finding).to_contain_text("Non-local and Patches as words differ most at column")
    page.locator(".st-key-b button").click()
    page.keyboard.type("SimAM")
    page.keyboard.press("Enter")
    expect(finding).to_contain_text("Non-local and SimAM differ most at column")
    expect(page).to_have_url(re.compile("b=simam"))


def test_another_picture_changes_every_map_in_place(visit):
    page = visit("compare?sample=cat")
    handle = tile(page, "se").locator("canvas").element_handle()
    before = {code: drawn(page, code) for code in CODES}
    page.locator(".st-key-samples button", has_text="Coffee").click()
    expect(page.locator(".st-key-samples button", has_text="Coffee")).to_have_attribute("aria-pressed", "true")
    eventually(lambda: all(drawn(page, code) != before[code] for code in CODES))
    assert handle.evaluate("node => node.isConnected")


def test_the_colours_follow_the_viewer_and_the_switch(visit):
    page = visit("compare?sample=cat")
    before = drawn(page, "bam")
    page.get_by_role("radio", name="½ to 1½ ×").click()
    expect(page).to_have_url(re.compile("span=near"))
    eventually(lambda: drawn(page, "bam") != before)


def test_a_tap_on_a_phone_opens_a_map_and_goes_to_it(visit):
    page = visit("compare?sample=shapes", width=390, height=844, has_touch=True, locale="zh-CN", color_scheme="dark")
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollWidth - node.clientWidth") <= 1
    for key in ("tiles", "opened_map", "difference_map", "compare_table"):
        box = page.locator(f".st-key-{key}").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 391, key
    tile(page, "se").tap()
    heading = page.get_by_role("heading", name="打开的是：压缩与激励")
    expect(heading).to_be_in_viewport()
