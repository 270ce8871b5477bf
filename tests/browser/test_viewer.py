"""The mask viewer as a reader uses it: five looks, opacity, colours, what is kept, zoom, the keyboard, a phone."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from figures.masks import keep_mass
from figures.numbers import percent
from tests.browser.conftest import idle
from tests.browser.viewer_helpers import canvas, drawn, look, numbers, part, point, slide

PATH = "spatial?sample=shapes"


def test_opacity_is_drawn_while_dragging_and_sent_once_on_letting_go(sent):
    page, frames = sent(PATH)
    before, node = drawn(page), canvas(page).element_handle()
    asked = len(frames)
    for value in (60, 40, 20, 0):
        slide(page, "opacity", value, "input")
    bare = drawn(page)
    assert np.abs(bare.astype(int) - before).max() > 20
    assert len(frames) == asked
    expect(part(page, ".opacity output")).to_have_text("0 %")
    slide(page, "opacity", 0)
    expect(page).to_have_url(re.compile("opacity=0"))
    idle(page)
    assert len(frames) == asked + 1
    assert node.evaluate("node => node.isConnected")
    np.testing.assert_array_equal(drawn(page), bare)


def test_looks_colours_and_nothing_else_change_and_back_undoes_them(sent):
    page, frames = sent(PATH)
    asked = len(frames)
    first = drawn(page)
    look(page, "Mask alone")
    expect(page).to_have_url(re.compile("look=mask"))
    idle(page)
    alone = drawn(page)
    assert np.abs(alone.astype(int) - first).max() > 50
    part(page, ".swatches button").nth(3).click()
    expect(page).to_have_url(re.compile("colours=grey"))
    grey = drawn(page)[..., :3].astype(int)
    assert np.ptp(np.median(grey, axis=(0, 1))) <= 1
    assert len(frames) == asked + 2
    idle(page)
    page.go_back()
    expect(part(page, ".swatches button").nth(0)).to_have_attribute("aria-checked", "true")
    idle(page)
    np.testing.assert_array_equal(drawn(page), alone)


def test_the_divider_is_moved_by_keys_and_shows_the_picture_left_of_it(sent):
    page, frames = sent("spatial?sample=shapes&look=swipe")
    divider = part(page, ".divider")
    expect(divider).to_have_attribute("aria-valuenow", "50")
    asked, half = len(frames), drawn(page)
    divider.focus()
    page.keyboard.press("Home")
    expect(divider).to_have_attribute("aria-valuenow", "0")
    covered = drawn(page)
    page.keyboard.press("End")
    expect(divider).to_have_attribute("aria-valuenow", "100")
    bare = drawn(page)
    middle = half.shape[1] // 2
    np.testing.assert_array_equal(half[:, : middle - 1], bare[:, : middle - 1])
    np.testing.assert_array_equal(half[:, middle + 1 :], covered[:, middle + 1 :])
    assert np.abs(bare.astype(int) - covered).max() > 50
    page.keyboard.press("Shift+ArrowLeft")
    expect(divider).to_have_attribute("aria-valuenow", "90")
    box = canvas(page).bounding_box()
    page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 0.3 * box["height"], steps=3)
    page.mouse.up()
    expect(divider).to_have_attribute("aria-valuenow", "25")
    assert len(frames) == asked


def test_side_by_side_stands_the_picture_beside_what_is_chosen(sent):
    page, _ = sent("spatial?sample=shapes&look=pair&beside=mask")
    pair = drawn(page)
    width = (pair.shape[1] - 10) // 2
    left, right = pair[:, :width], pair[:, -width:]
    assert np.abs(left.astype(int) - right).mean() > 20
    part(page, ".beside button").filter(has_text="Result").click()
    expect(page).to_have_url(re.compile("beside=result"))
    np.testing.assert_array_equal(drawn(page)[:, :width], left)
    assert np.abs(drawn(page)[:, -width:].astype(int) - right).max() > 50


@pytest.mark.parametrize("share", [50, 85])
def test_what_is_kept_is_what_numpy_finds(sent, share):
    page, frames = sent(PATH)
    values = numbers(page)
    asked = len(frames)
    slide(page, "keep", share, "input")
    kept = keep_mass(values, share / 100)
    said = f"{percent(kept.held)} of the mass lies on {percent(kept.area)} of the picture"
    expect(part(page, ".kept")).to_have_text(f"{said} (threshold {kept.threshold:.3f}).")
    assert len(frames) == asked
    look(page, "Mask alone")
    rows, columns = np.array(drawn(page).shape[:2])
    veiled = (drawn(page)[..., :3] == [38, 36, 44]).all(-1)
    at = np.arange(rows) * values.shape[0] // rows, np.arange(columns) * values.shape[1] // columns
    outside = (np.abs(values) < kept.threshold)[np.ix_(*at)]
    assert (veiled == outside).mean() > 0.97  # but for the pixels that the border cuts


def test_a_contour_begins_at_half_of_the_mass_and_is_drawn_in_black_and_white(sent):
    page, _ = sent("spatial?sample=shapes&look=mask")
    part(page, ".contour input").check()
    expect(page).to_have_url(re.compile("keep=50.*contour=on|contour=on.*keep=50"))
    with_border = drawn(page)[..., :3]
    assert (with_border == 255).all(-1).sum() > 50
    part(page, ".contour input").uncheck()
    expect(page).not_to_have_url(re.compile("contour"))
    assert (drawn(page)[..., :3] == 255).all(-1).sum() == 0


def test_the_pointer_reads_the_exact_number_also_close_up_and_a_click_pins_it(sent):
    page, frames = sent(PATH)
    values = numbers(page)
    rows, columns = values.shape
    asked = len(frames)
    point(page, 0.6, 0.5)
    tip = part(page, ".tip")
    row, column = rows // 2, int(0.6 * columns)
    near = values[row - 1 : row + 2, column - 1 : column + 2]
    expect(tip).to_contain_text(re.compile("column"))
    assert near.min() - 0.001 <= float(tip.inner_text().rsplit(" ", 1)[1]) <= near.max() + 0.001
    while part(page, ".zoom-in").is_enabled():
        part(page, ".zoom-in").click()
    close = drawn(page)
    changes = (np.abs(np.diff(close[:, :, :3].astype(int), axis=1)).sum(-1) > 0).mean()
    assert changes < 0.1  # pixels as wide as a fingertip, without a gradient in them
    point(page, 0.5, 0.5)
    place, value = tip.inner_text().split(": ")
    column, row = (int(number) for number in re.findall(r"\d+", place))
    assert value == f"{values[row - 1, column - 1]:.3f}"
    assert len(frames) == asked
    point(page, 0.5, 0.5)
    page.mouse.down()
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"pixel={column}%2C{row}"))
    canvas(page).focus()
    page.keyboard.press("0")
    expect(part(page, ".zoom-all")).to_be_disabled()


def test_the_keyboard_moves_from_pixel_to_pixel_and_pins(sent):
    page, _ = sent("spatial?sample=shapes&pixel=20,10")
    canvas(page).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    expect(part(page, ".said")).to_contain_text("column 21, row 20:")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("pixel=21%2C20"))


def test_all_viewers_of_a_page_follow_one(visit):
    page = visit("compare?sample=shapes")
    looks = [
        part(page, ".looks button[aria-checked=true]", f".st-key-{key}") for key in ("opened_map", "difference_map")
    ]
    for checked in looks:
        expect(checked).to_have_text("Overlay")
    part(page, ".looks button", ".st-key-opened_map").filter(has_text="Swipe").click()
    for checked in looks:
        expect(checked).to_have_text("Swipe")
    expect(page).to_have_url(re.compile("look=swipe"))


def test_a_page_opens_in_a_look_of_its_own_which_the_reader_changes_and_finds_again(visit):
    page = visit("channel?sample=shapes")
    chosen = part(page, ".looks button[aria-checked=true]", ".st-key-channel_viewer")
    names = part(page, ".name", ".st-key-channel_viewer")
    expect(chosen).to_have_text("Side by side")
    expect(names).to_have_text(["Picture", "Result"])
    legend = part(page, ".legend", ".st-key-channel_viewer")
    expect(legend).to_be_hidden()  # neither of the two wears its colours
    part(page, ".looks button", ".st-key-channel_viewer").filter(has_text="Mask alone").click()
    expect(page).to_have_url(re.compile("look=mask"))
    expect(names.first).to_be_hidden()
    expect(legend).to_be_visible()
    idle(page)
    page.reload()
    expect(chosen).to_have_text("Mask alone")
    part(page, ".looks button", ".st-key-channel_viewer").filter(has_text="Side by side").click()
    expect(page).not_to_have_url(re.compile("look="))
    expect(chosen).to_have_text("Side by side")


def test_on_a_phone_nothing_is_wider_than_the_screen_and_everything_is_hit_by_a_thumb(visit):
    page = visit("spatial", width=390, height=844, has_touch=True, color_scheme="dark")
    main = page.locator("[data-testid=stMain]")
    for name in ("Side by side", "Swipe", "Overlay"):
        look(page, name)
        expect(canvas(page)).to_be_visible()
        assert main.evaluate("node => node.scrollWidth - node.clientWidth") <= 1
        for target in part(page, "button:visible, .controls label:visible").all():
            assert target.bounding_box()["height"] >= 44
        box = part(page, "figure").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
