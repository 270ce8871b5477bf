"""The reader's own picture in a browser: by file, clipboard or camera; on every page, away again, nobody else's."""

import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import idle, to_page

PASTE = """([place, type, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], 'image.png', { type }));
  document.querySelector(place).dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true }));
}"""

# A component's nodes lie in a shadow root.
STREAM = """[...document.querySelectorAll('.st-key-uploader ~ * *, [class*=st-key-capture] *')]
  .map((node) => node.shadowRoot?.querySelector('video')?.srcObject).find(Boolean) ?? null"""


def png(width: int, height: int) -> bytes:
    rgb = np.full((height, width, 3), 90, np.uint8)
    rgb[height // 4 : height // 2, width // 4 : width // 2] = (240, 60, 20)
    buffer = io.BytesIO()
    Image.fromarray(rgb).save(buffer, "PNG")
    return buffer.getvalue()


def chosen(page: Page):
    return page.locator(".st-key-samples button[aria-pressed=true]")


def mine(page: Page):
    return page.locator(".st-key-samples button", has_text="Your picture")


def open_ways(page: Page) -> None:
    idle(page)  # a file that was read or refused closes the box before
    page.locator(".st-key-chooser [data-testid=stPopover] button").click()
    expect(page.locator(".st-key-uploader [data-testid=stFileUploaderDropzone]")).to_be_visible()


def upload(page: Page, data: bytes | Path, name: str = "mine.png") -> None:
    open_ways(page)
    file = data if isinstance(data, Path) else {"name": name, "mimeType": "image/png", "buffer": data}
    page.locator(".st-key-uploader input[type=file]").set_input_files(file)


@pytest.fixture
def huge(tmp_path: Path) -> Path:
    """A file over the limit."""
    file = tmp_path / "huge.png"
    file.write_bytes(bytes(21 * 2**20))
    return file


def test_a_picture_that_is_uploaded_is_on_the_other_pages_until_it_is_taken_away(visit):
    page = visit("channel?sample=cat")
    upload(page, png(200, 100))
    expect(page.get_by_text("mine.png: 200 × 100 pixels")).to_be_visible()
    expect(page.locator(".st-key-uploader")).to_have_count(0)  # the box has closed by itself
    expect(chosen(page)).to_have_text("Your picture")
    to_page(page, "Pictures", "Compare")
    expect(chosen(page)).to_have_text("Your picture")
    page.get_by_role("button", name="Remove my picture").click()
    expect(chosen(page)).to_have_text("Cat")
    expect(mine(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Remove my picture")).to_have_count(0)
    to_page(page, "Pictures", "Channel attention")
    expect(chosen(page)).to_have_text("Cat")


def test_a_sample_that_is_chosen_follows_to_the_other_pages(visit):
    page = visit("channel")
    page.locator(".st-key-samples button", has_text="Coffee").click()
    expect(chosen(page)).to_have_text("Coffee")
    expect(page).to_have_url(re.compile("sample=coffee"))
    to_page(page, "Pictures", "Compare")
    expect(chosen(page)).to_have_text("Coffee")
    expect(page).to_have_url(re.compile("sample=coffee"))


def test_a_second_browser_never_sees_it_and_a_link_shows_the_sample(visit):
    first, second = visit("channel?sample=cat"), visit("channel?sample=coffee")
    upload(first, png(200, 100))
    expect(chosen(first)).to_have_text("Your picture")
    second.get_by_role("button", name="Coffee").click()
    idle(second)
    expect(chosen(second)).to_have_text("Coffee")
    expect(mine(second)).to_have_count(0)
    third = visit(first.url.split("/", 3)[3])
    expect(chosen(third)).to_have_text("Cat")
    expect(mine(third)).to_have_count(0)


def test_a_picture_is_dropped_onto_the_box(visit):
    page = visit("channel")
    open_ways(page)
    dropped = page.evaluate_handle(
        """bytes => { const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], 'dropped.png', { type: 'image/png' })); return data; }""",
        list(png(80, 60)),
    )
    page.dispatch_event(".st-key-uploader [data-testid=stFileUploaderDropzone]", "drop", {"dataTransfer": dropped})
    expect(page.get_by_text("dropped.png: 80 × 60 pixels")).to_be_visible()


def test_a_picture_is_pasted_anywhere_on_the_page(visit):
    page = visit("channel?sample=cat")
    expect(chosen(page)).to_have_text("Cat")  # the row that listens is there
    page.evaluate(PASTE, ["h1", "image/png", list(png(120, 90))])
    expect(page.get_by_text("pasted picture: 120 × 90 pixels")).to_be_visible()
    expect(chosen(page)).to_have_text("Your picture")
    page.evaluate(PASTE, ["h1", "image/png", list(png(90, 120))])  # and another one
    expect(page.get_by_text("pasted picture: 90 × 120 pixels")).to_be_visible()


def test_what_is_pasted_into_a_text_field_stays_there(visit):
    page = visit("channel?sample=cat")
    page.evaluate("document.querySelector('h1').append(document.createElement('input'))")
    page.evaluate(PASTE, ["h1 input", "image/png", list(png(120, 90))])
    idle(page)
    expect(chosen(page)).to_have_text("Cat")


def test_a_picture_pasted_into_the_open_box_is_taken_once(visit):
    page = visit("channel?sample=cat")
    open_ways(page)
    page.evaluate(PASTE, [".st-key-uploader [data-testid=stFileUploaderDropzone]", "image/png", list(png(120, 90))])
    expect(chosen(page)).to_have_text("Your picture")
    expect(page.get_by_text("120 × 90 pixels")).to_be_visible()


def test_a_pasted_file_that_is_no_picture_is_answered(visit):
    page = visit("channel?sample=cat", locale="zh-CN")
    expect(chosen(page)).to_have_text("猫")
    page.evaluate(PASTE, ["h1", "application/pdf", list(b"%PDF-1.7")])
    expect(page.get_by_text("不是能读的图片")).to_be_visible()


def test_a_pasted_picture_over_the_limit_never_leaves_the_browser(visit):
    page = visit("channel?sample=cat")
    expect(chosen(page)).to_have_text("Cat")  # the row that listens is there
    page.evaluate(
        """() => { const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(21 * 2 ** 20)], 'huge.png', { type: 'image/png' }));
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })); }"""
    )
    expect(page.get_by_text("This picture is larger than 20")).to_be_visible()
    expect(chosen(page)).to_have_text("Cat")


def test_the_button_reads_the_clipboard(visit):
    page = visit("channel?sample=cat", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate(
        """async () => { const canvas = Object.assign(document.createElement('canvas'), { width: 70, height: 50 });
        canvas.getContext('2d').fillRect(0, 0, 70, 50);
        const blob = await new Promise((resolve) => canvas.toBlob(resolve));
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]); }"""
    )
    open_ways(page)
    page.get_by_role("button", name="Paste a picture").click()
    expect(page.get_by_text("pasted picture: 70 × 50 pixels")).to_be_visible()
    page.evaluate("navigator.clipboard.writeText('words')")
    open_ways(page)
    page.get_by_role("button", name="Paste a picture").click()
    expect(page.get_by_text("There is no picture in the clipboard.")).to_be_visible()


def test_where_no_button_may_read_the_clipboard_the_keys_are_named(visit):
    page = visit("channel")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    open_ways(page)
    page.get_by_role("button", name="Paste a picture").click()
    expect(page.get_by_text("press Ctrl+V")).to_be_visible()


def test_a_picture_is_taken_with_the_camera_only_after_it_was_asked_for(visit, browser_with_camera):
    page = visit("channel?sample=cat", using=browser_with_camera, permissions=["camera"])
    page.evaluate(
        """() => { const { mediaDevices } = navigator; const ask = mediaDevices.getUserMedia.bind(mediaDevices);
        window.streams = []; mediaDevices.getUserMedia = async (what) => {
          const stream = await ask(what); window.streams.push(stream); return stream; }; }"""
    )
    open_ways(page)
    idle(page)
    assert page.evaluate("window.streams.length") == 0
    page.get_by_role("button", name="Use the camera").click()
    page.wait_for_function("window.streams.length === 1")
    expect(page.get_by_role("button", name="Take the picture")).to_be_focused()
    page.locator(".st-key-uploader").scroll_into_view_if_needed()
    video = page.locator("video").element_handle()
    page.wait_for_function("video => video.videoWidth > 0", arg=video)  # the first images of a camera take a moment
    page.get_by_role("button", name="Take the picture").click()
    expect(page.get_by_text("camera picture: ")).to_be_visible()
    expect(chosen(page)).to_have_text("Your picture")
    assert page.evaluate("window.streams[0].active") is False  # and its light is off


def test_closing_the_box_closes_the_camera(visit, browser_with_camera):
    page = visit("channel", using=browser_with_camera, permissions=["camera"])
    open_ways(page)
    page.get_by_role("button", name="Use the camera").click()
    expect(page.get_by_role("button", name="Take the picture")).to_be_visible()
    page.wait_for_function(f"{STREAM} !== null")
    page.evaluate(f"window.stream = {STREAM}")
    page.keyboard.press("Escape")
    page.wait_for_function("!window.stream.active")


def test_where_there_is_no_camera_a_sentence_says_so(visit):
    page = visit("channel", permissions=["camera"])
    open_ways(page)
    page.get_by_role("button", name="Use the camera").click()
    expect(page.get_by_text("No camera was found")).to_be_visible()


def test_a_refused_camera_and_a_page_without_one_are_answered(visit):
    page = visit("channel")
    open_ways(page)
    page.evaluate(
        """() => { navigator.mediaDevices.getUserMedia =
          () => Promise.reject(new DOMException('no', 'NotAllowedError')); }"""
    )
    page.get_by_role("button", name="Use the camera").click()
    expect(page.get_by_text("The browser was not allowed to use the camera.")).to_be_visible()
    page.evaluate("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    page.get_by_role("button", name="Use the camera").click()
    expect(page.get_by_text("Browsers open the camera only on https pages")).to_be_visible()


def test_a_broken_file_keeps_the_picture(visit):
    page = visit("channel?sample=cat")
    upload(page, png(200, 100))
    expect(chosen(page)).to_have_text("Your picture")
    upload(page, png(300, 300)[:-200], "half.png")
    expect(page.get_by_text("half.png ends too early")).to_be_visible()
    expect(page.get_by_text("mine.png: 200 × 100 pixels")).to_be_visible()


def test_a_file_over_the_limit_is_answered_in_the_readers_language(visit, huge):
    page = visit("channel?sample=cat", locale="zh-CN")
    upload(page, huge)
    expect(page.locator(".st-key-uploader [role=alert]")).to_have_count(1)
    answer = page.locator(".st-key-uploader").evaluate("node => getComputedStyle(node, '::after').content")
    assert answer.startswith('"这个文件超过 20\u00a0MB')
    expect(chosen(page)).to_have_text("猫")


def test_only_the_last_refused_file_is_answered(visit, huge):
    page = visit("channel")
    upload(page, b"", "empty.png")
    expect(page.get_by_text("empty.png is empty.")).to_be_visible()
    upload(page, huge)
    expect(page.get_by_text("empty.png is empty.")).to_be_hidden()


def test_on_a_phone_the_row_scrolls_and_nothing_is_wider_than_the_screen(visit):
    page = visit("channel?sample=cat", width=390, height=844, has_touch=True, color_scheme="dark")
    upload(page, png(100, 200))
    expect(chosen(page)).to_have_text("Your picture")
    for name in ("samples", "chooser", "remove_mine"):
        box = page.locator(f".st-key-{name}").first.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 391, name
    seen = mine(page).bounding_box()  # what is chosen is scrolled into view
    assert seen["x"] + seen["width"] <= 391
    open_ways(page)
    box = page.locator("[data-testid=stPopoverBody]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 391
