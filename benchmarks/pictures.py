"""The Spatial attention page: from a slider to the mask on the screen, and from a photograph to its first mask.

The slider is moved by one step at a time with the keyboard, on a sample of 640 x 480 pixels, in turn with the slider of
the least app of the kind (benchmarks/bare/one_slider.py) in the same browser, and with a gate of the Channel attention
page, which is pulled with the mouse: from the event of the key, or of letting go, until the canvas has changed and a
frame has been shown. All go one way only, since Streamlit does not send again what the browser has had before. The
photograph has 12 megapixels; its way to the first mask is split by its stages, each timed by itself.
"""

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from attention.images import RAW_THRESHOLD, feature_maps, illustrative_spatial_weights, spatial_attention
from attention.sources.images import WORKING_SIDE, read_image
from benchmarks.browser import AT_REST, INSTALL_BROWSER, ROOT, find_browser, launch, measured, serve, visit
from benchmarks.timing import aligned, verdict
from figures.masks import MaskText, mask_payload
from figures.overlays import jpeg_url

if TYPE_CHECKING:  # the other benchmarks run without Playwright
    from playwright.sync_api import Page

CHANGED = Path(__file__).with_name("changed.js")
BARE = "benchmarks/bare/one_slider.py"
PRESSES = 30  # of either slider
PATIENCE = 20  # seconds until a change counts as never drawn
LIMIT = 0.25  # seconds, for 95 of 100 moves of the slider
MEGAPIXELS = (4000, 3000)
REPEATS = 7


@dataclass(frozen=True)
class Row:
    """One thing measured.

    seconds : every measurement
    peer : those of the bare app, in the same run; empty where there are none
    limit : the most that the 95th percentile may take, or None where nothing is claimed
    """

    what: str
    seconds: tuple[float, ...]
    peer: tuple[float, ...] = ()
    limit: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the 95th percentile is within the limit; None where there is none."""
        return None if self.limit is None else percentile(self.seconds, 95) <= self.limit


def percentile(seconds: tuple[float, ...], share: float) -> float:
    return float(np.percentile(seconds, share))


def run() -> list[Row]:
    return [*first_mask(photograph()), *slider()]


def photograph() -> bytes:
    """A JPEG file of 12 megapixels: a sample enlarged, with grain, so that it is as large as a phone's."""
    small = Image.open(ROOT / "assets" / "images" / "coffee.jpg").convert("RGB")
    grain = np.random.default_rng(0).normal(0, 6, (*MEGAPIXELS[::-1], 3))
    pixels = np.asarray(small.resize(MEGAPIXELS, Image.Resampling.BICUBIC)) + grain
    buffer = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def first_mask(data: bytes) -> list[Row]:
    """The stages from a file's bytes to what the browser gets, on the server."""
    picture = read_image(data)
    channels = feature_maps(picture.rgb)
    weights = illustrative_spatial_weights(threshold=RAW_THRESHOLD)
    mask = spatial_attention(channels.maps, weights).mask
    text = MaskText(low="0", high="1", sentence="", name="mask")
    size = picture.rgb.shape[1::-1]

    def decode() -> None:
        with Image.open(io.BytesIO(data)) as image:
            image.draft(None, (WORKING_SIDE, WORKING_SIDE * MEGAPIXELS[1] // MEGAPIXELS[0]))
            image.load()

    decoding, reading = _times(decode), _times(lambda: read_image(data))
    stages = {
        "decode": decoding,
        "reduce": tuple(max(0.0, both - one) for both, one in zip(reading, decoding, strict=True)),
        "features": _times(lambda: feature_maps(picture.rgb)),
        "attention": _times(lambda: spatial_attention(channels.maps, weights).mask),
        "encode": _times(lambda: mask_payload(mask, jpeg_url(picture.rgb), size, text)),
    }
    total = tuple(map(sum, zip(*stages.values(), strict=True)))
    return [Row(f"12 megapixels: {stage}", seconds) for stage, seconds in stages.items()] + [
        Row("12 megapixels: all of it", total)
    ]


def _times(function: Callable[[], object]) -> tuple[float, ...]:
    function()
    seconds = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - started)
    return tuple(seconds)


def slider() -> list[Row]:
    """The sliders and a gate in turn, or nothing where there is no browser."""
    executable = find_browser()
    if executable is None:
        print(f"The slider is left out, for want of a browser to drive: {INSTALL_BROWSER}")
        return []
    with (
        serve() as ours,
        serve(BARE) as bare,
        launch(executable) as browser,
        visit(browser, ours) as spatial,
        visit(browser, ours) as channel,
        visit(browser, bare) as plain,
    ):
        arrive(spatial, f"{ours}/spatial?sample=shapes&thr=0.6", "spatial_viewer")
        arrive(channel, f"{ours}/channel?sample=shapes", "channel_viewer", "gates")
        arrive(plain, bare, "mask")
        turns = [
            [move(spatial, "spatial_viewer"), pull(channel, (turn + 1) / (PRESSES + 1)), move(plain, "mask")]
            for turn in range(PRESSES)
        ]
    masks, gates, bare_seconds = zip(*turns[2:], strict=True)  # the first ones pay for what is loaded late
    return [
        Row("slider to painted, 640 x 480", masks, bare_seconds, LIMIT),
        Row("pulled gate to the rebuilt picture", gates, bare_seconds, LIMIT),
    ]


def arrive(page: "Page", address: str, place: str, slider: str = "thr") -> None:
    """Open a page with a canvas under `place`, wait until it is at rest, and go to the first handle of `slider`."""
    page.add_init_script(path=CHANGED)
    page.goto(address)
    page.locator(f".st-key-{place} canvas").first.wait_for()
    page.wait_for_selector(AT_REST)
    page.wait_for_timeout(2000)
    page.locator(f".st-key-{slider} input[type=range]").first.focus()


def move(page: "Page", place: str) -> float:
    """Seconds from one step of the slider to the right until it is painted."""
    return _painted(page, place, "keydown", lambda: page.keyboard.press("ArrowRight"))


def pull(page: "Page", share: float) -> float:
    """Seconds from letting go of the first gate, `share` of its way to the right, until its picture is painted."""
    handle = page.locator(".st-key-gates input[type=range]").first.bounding_box()
    page.mouse.move(handle["x"] + share * handle["width"], handle["y"] + handle["height"] / 2)
    page.mouse.down()
    return _painted(page, "channel_viewer", "pointerup", page.mouse.up)


def _painted(page: "Page", place: str, event: str, act: Callable[[], object]) -> float:
    page.bring_to_front()  # a page in the background gets no frames
    page.evaluate(f"measureChange('{place}', '{event}', {PATIENCE})")
    act()
    _, seconds = measured(page)
    page.wait_for_timeout(300)
    return seconds


def table(rows: list[Row]) -> str:
    """The rows as plain aligned text."""
    return aligned([("what", "p50", "p95", "bare p50", "bare p95", "limit", ""), *map(_cells, rows)])


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.what,
        milliseconds(statistics.median(row.seconds)),
        milliseconds(percentile(row.seconds, 95)),
        milliseconds(statistics.median(row.peer)) if row.peer else "-",
        milliseconds(percentile(row.peer, 95)) if row.peer else "-",
        f"<= {milliseconds(row.limit)}" if row.limit else "-",
        verdict(row.met),
    )


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"
