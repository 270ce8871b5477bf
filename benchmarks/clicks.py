"""The page of clicks: what a click costs the server, and what others notice while the server reads a picture.

A click on a picture that was read before, twice: the server's own time, which is a run of the whole page in a process
without a browser; and from the browser's message to the end of the server's answer, both on this machine. In the same
way a slider of the Patches page, alone and in turn with it while another reader has pictures read finely.
"""

import logging
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.browser import AT_REST, INSTALL_BROWSER, find_browser, launch, serve, visit
from benchmarks.pictures import Row, milliseconds, percentile
from benchmarks.timing import aligned, verdict

if TYPE_CHECKING:  # the other benchmarks run without Playwright
    from playwright.sync_api import Browser, Page, WebSocket

CLICKS = 20
PATIENCE = 60_000  # milliseconds
LIMIT = 0.2  # seconds, for 95 of 100 clicks
SIZES = (512, 1024)
APP = Path(__file__).parents[1] / "app.py"
PICTURES = ("Astronaut", "Cat", "Coffee", "Shapes")


class Runs:
    """How long the server's answers to a page took."""

    def __init__(self, page: "Page") -> None:
        self.page, self.seconds, self._began = page, [], None
        page.on("websocket", self._listen)

    def _listen(self, socket: "WebSocket") -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: bytes) -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg

        if BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self._began = time.perf_counter()

    def _received(self, frame: bytes) -> None:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        if self._began and ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished":
            self.seconds.append(time.perf_counter() - self._began)
            self._began = None

    def open(self, url: str, ready: str) -> None:
        """Go there and wait for what says that all is there."""
        self.page.goto(url)
        self.page.wait_for_selector(ready, timeout=PATIENCE)
        self.settle()

    def settle(self) -> None:
        self.page.wait_for_selector(AT_REST, timeout=PATIENCE)
        self.page.wait_for_timeout(300)

    def timed(self, act: Callable[[], object]) -> float:
        """The seconds of the answer to what is done."""
        self.seconds.clear()
        act()
        deadline = time.perf_counter() + PATIENCE / 1000
        while not self.seconds and time.perf_counter() < deadline:
            self.page.wait_for_timeout(10)
        self.page.wait_for_timeout(150)  # what follows by itself belongs to this
        return self.seconds[0]


def run() -> list[Row]:
    rows = [server(size) for size in SIZES]
    executable = find_browser()
    if executable is None:
        print(f"the rest of clicks needs a browser: {INSTALL_BROWSER}")
        return rows
    with launch(executable) as browser, serve() as address:
        return [*rows, *(clicks(browser, address, size) for size in SIZES), *beside(browser, address)]


def server(size: int) -> Row:
    """Clicks all over the rocket, read with so many pixels: the runs of the page alone."""
    from streamlit.testing.v1 import AppTest

    logging.getLogger("streamlit").setLevel(logging.ERROR)  # it complains that no server runs
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE / 1000)
    app.query_params.update({"sample": "rocket", "fine": str(size == 1024).lower()})
    app.run().switch_page("pages/click.py").run()
    seconds = []
    for turn in range(CLICKS):
        app.session_state["points"] = f"{60 + 25 * turn}.{90 + 50 * (turn % 5)}"
        start = time.perf_counter()
        app.run()
        seconds.append(time.perf_counter() - start)
    assert not app.exception
    return Row(f"Click page: a click, read at {size}, the server alone", tuple(seconds), limit=LIMIT)


def clicks(browser: "Browser", address: str, size: int) -> Row:
    """The same with a mouse."""
    with visit(browser, address) as page:
        runs = Runs(page)
        runs.open(
            f"{address}/click?sample=rocket&fine={str(size == 1024).lower()}", ".st-key-click_attention figcaption"
        )
        box = page.locator(".st-key-click_picture .stage canvas").bounding_box()
        seconds = []
        for turn in range(CLICKS):
            across, down = 0.1 + 0.8 * turn / CLICKS, 0.2 + 0.6 * (turn % 5) / 5
            place = box["x"] + across * box["width"], box["y"] + down * box["height"]
            seconds.append(runs.timed(lambda place=place: page.mouse.click(*place)))
    return Row(f"the same in a browser, read at {size}", tuple(seconds), limit=LIMIT)


def beside(browser: "Browser", address: str) -> list[Row]:
    """A slider alone, and while pictures are read for another reader."""
    with visit(browser, address) as page, visit(browser, address) as other:
        runs, others = Runs(page), Runs(other)
        runs.open(f"{address}/patches?sample=coffee", ".st-key-mix input[type=range]")
        others.open(f"{address}/click?sample=rocket&fine=true", ".st-key-click_attention figcaption")
        slider = page.locator(".st-key-mix input[type=range]")
        slider.focus()
        keys = ("ArrowLeft", "ArrowRight")
        alone, busy = [], []
        for name in PICTURES:
            alone += [runs.timed(lambda key=key: page.keyboard.press(key)) for key in keys * 3]
            other.get_by_role("button", name=name).click()
            bar = other.locator(".st-key-reading [role=progressbar]")
            bar.wait_for(timeout=PATIENCE)
            while bar.count():
                busy += [runs.timed(lambda key=key: page.keyboard.press(key)) for key in keys]
            others.settle()
    return [Row("Patches page: a slider, alone", tuple(alone)), Row("the same while pictures are read", tuple(busy))]


def table(rows: list[Row]) -> str:
    """The rows as plain aligned text."""
    lines = [("what", "measured", "p50", "p95", "limit", "")]
    for row in rows:
        p50, p95 = (milliseconds(part) for part in (statistics.median(row.seconds), percentile(row.seconds, 95)))
        limit = f"<= {milliseconds(row.limit)}" if row.limit else "-"
        lines.append((row.what, str(len(row.seconds)), p50, p95, limit, verdict(row.met)))
    return aligned(lines)
