"""The view of windows as a reader uses it: pointing shows a patch's own window without the server, a click pins it."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from attention.networks.promptable import load_promptable
from attention.sources.images import read_image
from figures.numbers import weight
from pages.shared.compute import MODELS
from pages.shared.picture_source import SAMPLES
from tests.browser.conftest import idle, pixels, table_of

PATH = "click?sample=coffee&eye=windows&depth=9&stands=300.0_200.0"
PATCHES, WINDOW, HEIGHT = 32, 7, 341  # across the picture, which is 512 wide and 341 high in the network's square


@pytest.fixture(scope="module")
def trace():
    """Block 9 on the coffee."""
    rgb = read_image(SAMPLES["coffee"].read_bytes()).rgb
    return load_promptable(MODELS / "mobile-sam").read(rgb).windows(9)


def looked(trace, row, column):
    """What a patch looks at, on the mean of all heads: (window, window)."""
    window, place = trace.find(row, column)
    return trace.weights[window, :, place].mean(axis=0).reshape(WINDOW, WINDOW)


def canvas(page):
    return page.locator(".st-key-window_grid .stage canvas")


def tip(page):
    return page.locator(".st-key-window_grid .tip")


def middle(page, row, column):
    """The middle of a patch on the screen, counted from 0."""
    canvas(page).scroll_into_view_if_needed()
    box = canvas(page).bounding_box()
    return (
        box["x"] + box["width"] * (column + 0.5) / PATCHES,
        box["y"] + box["height"] * (row + 0.5) * 16 / HEIGHT,
    )


def test_pointing_shows_a_patchs_own_window_without_the_server(sent, trace):
    page, frames = sent(PATH)
    pinned = pixels(canvas(page))
    frames.clear()
    page.mouse.move(*middle(page, 3, 25))
    row = looked(trace, 3, 25)
    i, j = np.unravel_index(row.argmax(), row.shape)
    expect(tip(page)).to_have_text(f"c26 r4 → c{21 + j + 1} r{i + 1}: {weight(float(row[i, j]))}")
    assert pixels(canvas(page)) != pinned
    assert frames == []
    page.mouse.move(0, 0)
    expect(tip(page)).to_be_hidden()
    assert pixels(canvas(page)) == pinned


def test_a_click_asks_and_beyond_its_window_nothing_is_opened(sent, trace):
    page, _ = sent(PATH)
    page.mouse.click(*middle(page, 3, 25))
    expect(page).to_have_url(re.compile(r"stands=478\.\d_65\.\d"))
    expect(page.locator(".st-key-window_grid figcaption")).to_contain_text("column 26, row 4")
    numbers = np.array([line[2] for line in table_of(page, "window_grid")[1:]], float).reshape(-1, PATCHES)
    np.testing.assert_allclose(numbers[:7, 21:28], looked(trace, 3, 25), atol=1e-6)
    assert np.count_nonzero(numbers) <= WINDOW**2

    page.get_by_role("radio", name="opens a patch’s number").click()
    expect(page).to_have_url(re.compile("press=looks"))
    idle(page)
    page.mouse.click(*middle(page, 3, 5))
    expect(tip(page)).to_have_text("c6 r4: outside the window, cannot be looked at")
    expect(page).not_to_have_url(re.compile("meets="))
    page.mouse.click(*middle(page, 5, 23))
    expect(page).to_have_url(re.compile("meets="))
    value = weight(float(looked(trace, 3, 25)[5, 2]))
    name = f"Where {value} comes from: column 26, row 4 looks at column 24, row 6"
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_heads_are_chosen_by_their_pictures_and_a_phone_has_the_picture_on_its_first_screen(visit):
    page = visit(PATH, width=390, height=844, has_touch=True)
    assert canvas(page).bounding_box()["y"] < 844 - 200
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.touchscreen.tap(*middle(page, 3, 25))
    expect(page).to_have_url(re.compile("stands=478"))
    page.locator(".st-key-window_heads button.item").nth(4).click()
    expect(page).to_have_url(re.compile("lens=4"))
    expect(page.locator(".st-key-window_grid figcaption")).to_contain_text("head 4")
