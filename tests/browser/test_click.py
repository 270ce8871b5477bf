"""Clicking on things as a reader does: with a mouse, a finger, the keyboard."""

import re

import numpy as np
from PIL import Image
from playwright.sync_api import expect

from pages.shared.texts import strings
from tests.browser.conftest import idle, pixels, received

PATH = "click?sample=coffee"
WIDTH, HEIGHT = 600, 400  # of the coffee
CUP = (175, 15, 410, 270)  # left, top, right, bottom: within it is the cup, and nothing of the saucer's rim
ON_CUP, ON_SAUCER, ON_TABLE = (282, 212), (190, 330), (40, 350)


def canvas(page):
    return page.locator(".st-key-click_picture .stage canvas")


def at(page, place):
    """A pixel of the picture on the screen."""
    canvas(page).scroll_into_view_if_needed()
    box = canvas(page).bounding_box()
    return box["x"] + box["width"] * (place[0] + 0.5) / WIDTH, box["y"] + box["height"] * (place[1] + 0.5) / HEIGHT


def mask_of(page):
    """The mask as the reader takes it home."""
    idle(page)
    return np.asarray(Image.open(received(page, page.get_by_role("button", name="Mask (PNG")))) > 0


def centre(mask):
    return tuple(places.mean() for places in np.nonzero(mask)[::-1])


def assert_cup(mask):
    x, y = centre(mask)
    assert CUP[0] < x < CUP[2]
    assert CUP[1] < y < CUP[3]
    assert mask.shape == (HEIGHT, WIDTH)
    assert 0.02 < mask.mean() < 0.3


def link(points):
    return re.compile(rf"points={re.escape(points)}(&|$)")


def test_a_click_finds_the_cup_and_not_this_undo_proposals_and_heads_change_it(sent):
    page, _ = sent(f"{PATH}&points={ON_TABLE[0]}.{ON_TABLE[1]}")
    drawn = pixels(canvas(page))
    page.mouse.click(*at(page, ON_CUP))
    expect(page).to_have_url(link("282.212"))
    cup = mask_of(page)
    assert_cup(cup)
    expect(page.locator(".st-key-click_picture figcaption")).to_have_css("opacity", "1")
    assert pixels(canvas(page)) != drawn
    page.keyboard.down("Shift")
    page.mouse.click(*at(page, ON_SAUCER))
    page.keyboard.up("Shift")
    expect(page).to_have_url(link("282.212_190.330"))
    both = mask_of(page)
    assert both[ON_SAUCER[::-1]]
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(link("282.212"))
    page.get_by_role("radio", name="Not this").click()
    expect(page).to_have_url(re.compile("does=not"))
    idle(page)
    page.mouse.click(*at(page, ON_SAUCER))
    expect(page).to_have_url(link("282.212_-190.330"))
    without = mask_of(page)
    assert not without[ON_SAUCER[::-1]]
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(link("282.212"))
    np.testing.assert_array_equal(mask_of(page), cup)
    caption = page.locator(".st-key-click_attention figcaption")
    for key, told in (("click_proposals", "candidate=2"), ("click_heads", "sees=1")):
        before = caption.text_content()
        page.locator(f".st-key-{key} button.item").nth(1).click()
        expect(page).to_have_url(re.compile(told))
        expect(caption).not_to_have_text(before)


def test_on_a_phone_the_picture_is_on_the_first_screen_and_a_tap_clicks(visit):
    page = visit(PATH + "&points=40.350", width=390, height=844, has_touch=True)
    assert canvas(page).bounding_box()["y"] < 844 - 200
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.touchscreen.tap(*at(page, ON_CUP))
    expect(page).to_have_url(re.compile(r"points=28\d\.21\d"))
    assert_cup(mask_of(page))


def test_a_dragged_box_and_the_keyboard_ask_too_and_what_is_no_picture_changes_nothing(sent):
    page, _ = sent(PATH)
    page.mouse.move(*at(page, CUP[:2]))
    page.mouse.down()
    page.mouse.move(*at(page, (300, 140)), steps=3)
    page.mouse.move(*at(page, CUP[2:]), steps=3)
    page.mouse.up()
    boxed = re.compile(r"hull=17\d\.1\d\.41\d\.27\d")
    expect(page).to_have_url(boxed)
    assert_cup(mask_of(page))
    page.get_by_role("radio", name="Box").click()
    expect(canvas(page)).to_have_class("drags")
    page.mouse.click(*at(page, ON_TABLE))
    expect(page.locator(".st-key-click_picture .keys")).to_have_text(strings("en")["click.drag"])
    page.get_by_role("radio", name="New click").click()
    expect(canvas(page)).not_to_have_class("drags")
    page.locator(".st-key-chooser [data-testid=stPopover] button").click()
    bad = {"name": "bad.png", "mimeType": "image/png", "buffer": b"no picture"}
    page.locator(".st-key-uploader input[type=file]").set_input_files(bad)
    expect(page.get_by_text("bad.png is not a picture")).to_be_visible()
    idle(page)
    expect(page).to_have_url(boxed)
    assert_cup(mask_of(page))
    canvas(page).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"points=319\.200"))
    expect(page).not_to_have_url(re.compile("hull="))
    expect(canvas(page)).to_be_focused()
