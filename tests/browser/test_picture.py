"""The Picture page as a reader uses it: samples, an upload, a bad file, pointing, pinning, sliders, a phone."""

import io
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import expect

from attention.images import cbam, feature_maps, illustrative_channel_weights, illustrative_spatial_weights
from attention.sources.images import read_image
from tests.browser.conftest import idle


def finding(page):
    return page.locator(".st-key-map_mask figcaption")


def png(width: int, height: int) -> bytes:
    rgb = np.full((height, width, 3), 90, np.uint8)
    rgb[height // 4 : height // 2, width // 4 : width // 2] = (240, 60, 20)
    buffer = io.BytesIO()
    Image.fromarray(rgb).save(buffer, "PNG")
    return buffer.getvalue()


def upload(page, data: bytes, name: str = "mine.png") -> None:
    page.locator(".st-key-uploader input[type=file]").set_input_files(
        {"name": name, "mimeType": "image/png", "buffer": data}
    )
    page.wait_for_timeout(500)
    idle(page)


def test_an_upload_is_read_and_gets_its_mask(visit):
    page = visit("picture")
    before = finding(page).inner_text()
    upload(page, png(200, 100))
    expect(page.get_by_text("mine.png: 200 × 100 pixels")).to_be_visible()
    assert finding(page).inner_text() != before
    box = page.locator(".st-key-map_mask .stage canvas").bounding_box()
    assert abs(box["width"] / box["height"] - 2) < 0.02  # a picture that is not square stays so
    assert "?" not in page.url
    page.get_by_role("button", name="Remove my picture").click()
    idle(page)
    assert finding(page).inner_text() == before


def test_a_file_that_is_no_picture_is_answered_and_the_picture_stays(visit):
    page = visit("picture?sample=cat")
    before = finding(page).inner_text()
    upload(page, b"hello", "notes.txt")
    expect(page.get_by_text("notes.txt is not a picture that we can read.")).to_be_visible()
    assert finding(page).inner_text() == before


def test_a_file_over_the_limit_is_answered_in_the_readers_language(visit):
    page = visit("picture", locale="zh-CN")
    before = finding(page).inner_text()
    upload(page, bytes(21 * 2**20), "huge.png")
    answer = page.locator(".st-key-uploader").evaluate("node => getComputedStyle(node, '::after').content")
    assert answer.startswith('"这个文件超过 20\u00a0MB')
    assert finding(page).inner_text() == before


def test_only_the_last_refused_file_is_answered(visit):
    page = visit("picture")
    upload(page, b"", "empty.png")
    expect(page.get_by_text("empty.png is empty.")).to_be_visible()
    upload(page, bytes(21 * 2**20), "huge.png")
    expect(page.get_by_text("empty.png is empty.")).to_be_hidden()


def test_the_number_under_the_pointer_is_the_number_that_is_opened(visit):
    page = visit("picture?sample=cat")
    canvas = page.locator(".st-key-map_mask .stage canvas")
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.35 * box["height"])
    tip = page.locator(".st-key-map_mask .tip").inner_text()
    page.mouse.click(box["x"] + 0.4 * box["width"], box["y"] + 0.35 * box["height"])
    idle(page)
    place, value = tip.split(": mask ")
    expect(page.get_by_text(f"why the mask is {value} at {place}")).to_be_visible()
    rgb = read_image(Path("assets/images/cat.jpg").read_bytes()).rgb
    channels = feature_maps(rgb)
    weights = illustrative_channel_weights(channels.names), illustrative_spatial_weights()
    column, row = (int(part.split()[1]) for part in place.split(", "))
    assert value == f"{cbam(channels.maps, *weights).mask[row - 1, column - 1]:.3f}"
    assert f"pixel={column}%2C{row}" in page.url


def test_a_slider_moves_the_mask_and_nothing_else(visit):
    page = visit("picture?sample=cat")
    canvas = page.locator(".st-key-map_mask .stage canvas").element_handle()
    before, place = finding(page).inner_text(), canvas.bounding_box()
    page.locator(".st-key-thr input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    idle(page)
    expect(finding(page)).not_to_have_text(before)
    assert canvas.evaluate("node => node.isConnected")
    assert canvas.bounding_box() == place
    assert "thr=1.15" in page.url


def test_a_channels_picture_opens_it(visit):
    page = visit("picture")
    page.locator(".st-key-channels button", has_text="Fine detail").focus()
    page.keyboard.press("Enter")
    idle(page)
    expect(page.get_by_text("Open a gate: why “Fine detail” gets")).to_be_visible()
    assert "channel=fine_contrast" in page.url


def test_a_picture_is_named_once(visit):
    page = visit("picture")
    expect(page.get_by_role("button", name="Cat", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Unusual colour × 0.956", exact=True)).to_have_count(1)


def test_a_link_opens_the_same_view_in_chinese(visit):
    page = visit("picture?sample=shapes&channel=red_green&pixel=77,33&thr=0.9", locale="zh-CN")
    expect(page.get_by_text("第 77 列第 33 行的掩码为什么是")).to_be_visible()
    expect(page.get_by_text("打开一扇门：“偏红”为什么得到")).to_be_visible()
    words = page.locator(".st-key-uploader [data-testid=stFileUploaderDropzone] button p")
    assert words.evaluate("node => getComputedStyle(node, '::after').content") == '"选择图片"'


def test_on_a_phone_nothing_is_wider_than_the_screen(visit):
    page = visit("picture", width=390, height=844, has_touch=True, color_scheme="dark")
    page.wait_for_timeout(1000)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollWidth - node.clientWidth") <= 1
    for name in ("map_mask", "channels", "gates_chart", "window_max"):
        box = page.locator(f".st-key-{name}").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 391, name
