"""What the browser tests of the mask viewer share: finding its parts, reading its canvas, taking its files."""

import base64
import csv
import io
import re

import numpy as np
from PIL import Image

from tests.browser.conftest import pixels, received

VIEWER = ".st-key-spatial_viewer"


def part(page, selector, viewer=VIEWER):
    return page.locator(f"{viewer} {selector}")


def canvas(page, viewer=VIEWER):
    return part(page, ".stage canvas", viewer)


def look(page, name):
    part(page, ".looks button").filter(has_text=re.compile(f"^{name}$")).click()


def drawn(page) -> np.ndarray:
    """The canvas as it stands: (H, W, 4) uint8."""
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(pixels(canvas(page)).partition(",")[2]))))


def slide(page, name, value, event="change", viewer=VIEWER):
    """Drag a slider there: with "input" the finger is still on it."""
    part(page, f".{name} input", viewer).evaluate(
        """(node, [value, event]) => {
            node.value = value;
            node.dispatchEvent(new Event("input"));
            if (event === "change") node.dispatchEvent(new Event("change"));
        }""",
        [value, event],
    )


def point(page, across, down):
    canvas(page).scroll_into_view_if_needed()
    box = canvas(page).bounding_box()
    page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])


def download(page, label) -> bytes:
    expander = page.get_by_text("Download and reproduce").first
    button = page.get_by_role("button", name=label)
    if not button.first.is_visible():
        expander.click()
    return received(page, button.first).read_bytes()


def numbers(page) -> np.ndarray:
    """What the reader takes home as a table."""
    lines = list(csv.reader(io.StringIO(download(page, "Numbers (CSV)").decode())))
    return np.array([line[1:] for line in lines[1:]], np.float32)
