"""The page about detection in a browser: thresholds and suppression follow the hand, a clicked cell opens."""

import re
from functools import cache

import numpy as np
from playwright.sync_api import expect

from attention.networks.detections import candidates, overlap, suppress
from attention.networks.detector import DetectorTrace, load_detector
from attention.sources.images import read_image
from pages.shared.compute import MODELS
from pages.shared.picture_source import SAMPLES
from tests.browser.conftest import table_of
from tests.browser.viewer_helpers import canvas, slide

BOXES = ".st-key-detection"


@cache
def engine() -> DetectorTrace:
    return load_detector(MODELS / "picodet")(read_image(SAMPLES["coffee"].read_bytes()).rgb)


def boxes(page, selector):
    return page.locator(f"{BOXES} {selector}")


def counted(page) -> int:
    said = boxes(page, ".step")
    expect(said).to_have_text(re.compile(r"^\d+"))
    return int(re.match(r"\d+", said.inner_text())[0])


def click_cell(page, column, row, across):
    """Click on a cell of the square map of scores; column and row counted from 1."""
    shown = canvas(page, ".st-key-score_viewer")
    expect(shown).to_be_visible()
    box = shown.bounding_box()
    shown.click(position={"x": (column - 0.5) / across * box["width"], "y": (row - 0.5) / across * box["height"]})


def test_boxes_go_while_the_score_is_dragged_and_stay_as_python_says(visit):
    page = visit("yolo?detect=fewer")
    before = counted(page)
    slide(page, "score", 75, "input", viewer=BOXES)  # not let go: the server has not heard of it
    assert counted(page) == np.count_nonzero(candidates(engine().strides, 0.75).scores) < before
    assert "score=" not in page.url
    slide(page, "score", 10, viewer=BOXES)
    slide(page, "iou", 35, viewer=BOXES)
    expect(page).to_have_url(re.compile(r"score=10.*iou=35|iou=35.*score=10"))
    boxes(page, ".last").click()
    found = candidates(engine().strides, 0.10)
    steps = suppress(found.boxes, found.scores, 0.35, classes=found.classes)
    expect(page.get_by_role("heading", name=f"From {len(found)} boxes to {len(steps)}", exact=True)).to_be_visible()
    rows = table_of(page, "detection")[1:]
    kept = [step.kept for step in steps]
    assert len(rows) == len(found)
    stays = [row for row in rows if row[6] == "kept"]
    assert [row[0] for row in stays] == [engine().labels[kind] for kind in found.classes[kept]]
    np.testing.assert_allclose(np.array([row[2:6] for row in stays], float), found.boxes[kept], atol=0.01)
    assert all(row[7:] == ["600", "400"] for row in rows)


def test_every_step_says_which_boxes_go_and_by_which_overlap(visit):
    page = visit("yolo?detect=fewer&score=20&nms=1")
    found = candidates(engine().strides, 0.20)
    first, second = suppress(found.boxes, found.scores, 0.6, classes=found.classes)[:2]
    expect(boxes(page, ".pairs button")).to_have_count(len(first.removed))
    boxes(page, ".next").click()
    expect(boxes(page, ".pairs button")).to_have_count(len(second.removed))
    chosen = boxes(page, ".pairs button").last  # the nearest to the box that stays
    chosen.click()
    expect(chosen).to_have_attribute("aria-pressed", "true")
    nearest = overlap(found.boxes[second.kept], found.boxes[second.removed]).max()
    expect(boxes(page, ".pair")).to_contain_text(f"= {nearest:.3f}")
    expect(page).to_have_url(re.compile("nms=2"))


def test_on_a_phone_a_tap_on_the_slider_takes_boxes_away(visit):
    page = visit("yolo?detect=fewer", width=390, height=844, has_touch=True, is_mobile=True, locale="zh-CN")
    expect(boxes(page, ".step")).to_have_text(re.compile(r"\d"))
    assert boxes(page, "canvas").bounding_box()["y"] < 844
    boxes(page, ".score input").scroll_into_view_if_needed()
    said = boxes(page, ".step").inner_text()
    box = boxes(page, ".score input").bounding_box()
    page.touchscreen.tap(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    expect(boxes(page, ".step")).not_to_have_text(said)
    expect(page).to_have_url(re.compile(r"score=\d+"))
    score = int(re.search(r"score=(\d+)", page.url)[1])
    assert score > 75
    left = len(candidates(engine().strides, score / 100))
    expect(boxes(page, ".step")).to_contain_text(str(left))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_clicked_cell_opens_and_shows_its_bins(visit):
    page = visit("yolo?detect=scores&object=cup&stride=32")
    click_cell(page, column=9, row=5, across=13)
    expect(page).to_have_url(re.compile(r"spot=9(%2C|,)5"))
    page.get_by_role("button", name="Next: 4 Sides").click()
    bars = page.locator(".st-key-bins .side")
    expect(bars).to_have_count(4)
    expect(page.locator(".st-key-detection figcaption")).to_contain_text("column 9, row 5")
    for side, mean in zip(bars.all(), engine().strides[2].distances[:, 4, 8], strict=True):
        expect(side).to_contain_text(f"{mean:.2f}")
    bars.nth(3).click()
    expect(page.get_by_role("heading", name="↓ Bottom, opened")).to_be_visible()
    page.locator(".st-key-detection canvas").press("ArrowLeft")
    page.locator(".st-key-detection canvas").press("Enter")
    expect(page.locator(".st-key-detection figcaption")).to_contain_text("column 8, row 5")
    expect(page).to_have_url(re.compile("side=bottom"))


def test_a_click_that_is_faster_than_the_code_of_a_list_loses_nothing(visit):
    page, held = visit(""), []
    page.route("**/Selectbox*.js", lambda route: held.append(route))
    page.goto(f"{page.url.rstrip('/')}/yolo?detect=scores&object=bowl&stride=16")
    click_cell(page, column=9, row=5, across=26)
    expect(page).to_have_url(re.compile(r"spot=9(%2C|,)5"))
    for route in held:
        route.continue_()
    expect(page.get_by_test_id("stSelectbox").get_by_role("combobox")).to_have_value(re.compile("bowl"))
    page.get_by_role("button", name="Next: 4 Sides").click()
    expect(boxes(page, "figcaption")).to_contain_text("column 9, row 5 (stride 16) says “bowl”")
