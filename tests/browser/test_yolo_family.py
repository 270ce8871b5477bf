"""The part about the YOLO family in a browser: a clicked patch asks in all three maps at once."""

import re

import pytest
from playwright.sync_api import expect

MAPS = [f".st-key-family_{kind}" for kind in ("full", "windows", "areas")]


@pytest.mark.parametrize("width", [1440, 390])
def test_a_clicked_patch_asks_in_all_three_maps(visit, width):
    page = visit("yolo?sample=coffee&kin=areas", width=width)
    picture = page.locator(f"{MAPS[1]} .stage canvas")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    page.mouse.click(box["x"] + 10.5 / 16 * box["width"], box["y"] + 6.5 / 11 * box["height"])
    for viewer in MAPS:
        expect(page.locator(viewer)).to_contain_text("The patch in column 11, row 7")
    expect(page).to_have_url(re.compile("asker=11%2C7|asker=11,7"))
