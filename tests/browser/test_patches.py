"""The grid of patches as a reader uses it: pointing, clicking, dragging a box, the keyboard, a finger."""

import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from attention import attend
from attention.images import feature_maps
from attention.images.patch_attention import standardise
from attention.images.patches import picture_patches
from attention.sources.images import read_image
from figures.numbers import weight
from tests.browser.conftest import idle, pixels, table_of, taken_home
from tests.browser.viewer_helpers import download

COLUMNS, ROWS, T = 16, 11, 0.3
PATH = "patches?sample=coffee&patch=4,4"


@pytest.fixture(scope="module")
def vectors():
    rgb = read_image(Path("assets/images/coffee.jpg").read_bytes()).rgb
    return standardise(picture_patches(feature_maps(rgb).maps, COLUMNS).vectors)


@pytest.fixture(scope="module")
def weights(vectors):
    return attend(vectors, vectors, vectors, temperature=T).weights


def canvas(page):
    return page.locator(".st-key-patch_grid .stage canvas")


def tip(page):
    return page.locator(".st-key-patch_grid .tip")


def middle(page, column, row):
    """The middle of a patch on the screen; counted from 1."""
    canvas(page).scroll_into_view_if_needed()
    box = canvas(page).bounding_box()
    return box["x"] + box["width"] * (column - 0.5) / COLUMNS, box["y"] + box["height"] * (row - 0.5) / ROWS


def index(column, row):
    return (row - 1) * COLUMNS + column - 1


def shown_row(page):
    """The numbers of the map that is pinned."""
    return np.array([line[2] for line in table_of(page, "patch_grid")[1:]], float)


def test_pointing_shows_a_patchs_map_and_number_without_asking_the_server(sent, weights):
    page, frames = sent(PATH)
    before, drawn = len(frames), pixels(canvas(page))
    page.mouse.move(*middle(page, 12, 6))
    expect(tip(page)).to_have_text(f"c4 r4 → c12 r6: {weight(weights[index(4, 4), index(12, 6)])}")
    assert pixels(canvas(page)) != drawn
    page.mouse.move(5, 5)
    expect(tip(page)).to_be_hidden()
    assert pixels(canvas(page)) == drawn
    assert len(frames) == before


CLICK = """(canvas, [column, row, columns, rows]) => {
  const drawn = () => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.join();
  const box = canvas.getBoundingClientRect(), before = drawn();
  const at = {
    clientX: box.left + box.width * (column - 0.5) / columns, clientY: box.top + box.height * (row - 0.5) / rows,
    bubbles: true, pointerId: 1, pointerType: 'touch',
  };
  canvas.dispatchEvent(new PointerEvent('pointerdown', at));
  canvas.dispatchEvent(new PointerEvent('pointerup', at));
  return drawn() !== before;
}"""


def test_a_click_draws_the_map_in_the_same_frame_and_the_link_follows(sent, weights):
    page, _ = sent(PATH)
    assert canvas(page).evaluate(CLICK, [2, 10, COLUMNS, ROWS]), "drawn before anything else could run"
    expect(page).to_have_url(re.compile(r"patch=2(%2C|,)10"))
    idle(page)
    np.testing.assert_allclose(shown_row(page), weights[index(2, 10)], atol=1e-6)
    expect(page.locator(".st-key-patch_grid figcaption")).to_contain_text("column 2, row 10")


def test_of_several_quick_clicks_the_last_one_stays(sent, weights):
    page, _ = sent(PATH)
    for place in ([2, 10], [12, 3], [2, 10], [7, 7]):
        canvas(page).evaluate(CLICK, [*place, COLUMNS, ROWS])
    expect(page).to_have_url(re.compile(r"patch=7(%2C|,)7"))
    idle(page)
    expect(page.locator(".st-key-patch_grid figcaption")).to_contain_text("column 7, row 7")
    np.testing.assert_allclose(shown_row(page), weights[index(7, 7)], atol=1e-6)


def test_a_dragged_box_asks_with_the_mean_of_its_patches(sent, vectors):
    page, _ = sent(PATH)
    page.mouse.move(*middle(page, 6, 3))
    page.mouse.down()
    page.mouse.move(*middle(page, 7, 4), steps=4)
    page.mouse.move(*middle(page, 8, 4), steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"box=6(%2C|,)3(%2C|,)8(%2C|,)4"))
    idle(page)
    inside = [index(column, row) for row in (3, 4) for column in (6, 7, 8)]
    row = attend(vectors[inside].mean(axis=0, keepdims=True), vectors, vectors, temperature=T).weights[0]
    np.testing.assert_allclose(shown_row(page), row, atol=1e-6)
    page.mouse.move(*middle(page, 12, 6))
    expect(tip(page)).to_contain_text("the box → c12 r6")
    page.mouse.click(*middle(page, 3, 3))
    expect(page).not_to_have_url(re.compile("box="))
    expect(page).to_have_url(re.compile(r"patch=3(%2C|,)3"))


def test_a_click_can_open_the_number_of_a_patch(sent, weights):
    page, _ = sent(PATH + "&touch=looks")
    page.mouse.click(*middle(page, 13, 7))
    expect(page).to_have_url(re.compile(r"looked=13(%2C|,)7"))
    number = f"{weight(weights[index(4, 4), index(13, 7)])}"
    expect(page.get_by_role("heading", name=f"Where c4 r4 → c13 r7: {number} comes from")).to_be_visible()


def test_the_keyboard_asks_and_draws_boxes(sent, weights):
    page, frames = sent(PATH)
    canvas(page).focus()
    before = len(frames)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    said = page.locator(".st-key-patch_grid .said")
    expect(said).to_have_text(f"c4 r4 → c5 r5: {weight(weights[index(4, 4), index(5, 5)])}")
    assert len(frames) == before
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"patch=5(%2C|,)5"))
    idle(page)
    expect(canvas(page)).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(said).to_have_text("c5 r5 – c6 r4")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"box=5(%2C|,)4(%2C|,)6(%2C|,)5"))


def test_the_matrix_pins_both_who_asks_and_who_is_looked_at(sent):
    page, _ = sent("patches?sample=coffee&across=8&patch=1,1")
    matrix = page.locator(".st-key-patch_matrix .stage canvas")
    matrix.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"patch=2(%2C|,)1"))
    expect(page).to_have_url(re.compile(r"looked="))


def test_on_a_phone_a_tap_asks_and_nothing_is_wider_than_the_screen(visit, weights):
    page = visit(PATH, width=390, height=844, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.touchscreen.tap(*middle(page, 9, 9))
    expect(page).to_have_url(re.compile(r"patch=9(%2C|,)9"))
    idle(page)
    np.testing.assert_allclose(shown_row(page), weights[index(9, 9)], atol=1e-6)


def test_the_canvas_survives_answers(sent):
    page, _ = sent(PATH)
    canvas(page).evaluate("canvas => (canvas.mark = 'the same')")
    page.mouse.click(*middle(page, 9, 2))
    expect(page).to_have_url(re.compile(r"patch=9(%2C|,)2"))
    idle(page)
    page.get_by_role("radio", name="The channels").click()
    expect(page).to_have_url(re.compile("over=channels"))
    idle(page)
    assert canvas(page).evaluate("canvas => canvas.mark") == "the same"


def test_the_opacity_stands_in_the_address(sent):
    page, _ = sent(PATH)
    slider = page.locator(".st-key-patch_grid input[type=range]")
    drawn = pixels(canvas(page))
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert pixels(canvas(page)) != drawn
    expect(page).to_have_url(re.compile("veil=69"))
    page.reload()
    idle(page)
    expect(page.locator(".st-key-patch_grid input[type=range]")).to_have_value("69")


def test_the_map_can_be_taken_home(visit):
    page = visit(PATH)
    for tool, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        file = taken_home(page, ".st-key-patch_grid .tools", tool)
        assert file.name.startswith("patches-places-coffee")
        assert file.read_bytes().startswith(start)
        assert file.stat().st_size > 5000


def test_the_map_is_also_taken_home_in_grey(visit, weights):
    row = weights[index(4, 4)].reshape(ROWS, COLUMNS)
    grey = np.asarray(Image.open(io.BytesIO(download(visit(PATH), "Mask, 16 bit (PNG)"))))
    np.testing.assert_allclose(grey, 65535 * row / row.max(), atol=1)
