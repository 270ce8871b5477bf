"""The app in a real Chromium: one server for all browser tests, a fresh browser context for each.

Every test ends by checking that nothing left the machine and that the console stayed clean.
"""

import csv
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
# The address bar has a renderer of its own otherwise; the others Playwright leaves out by itself.
LEFT_OUT = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "OptimizationHints", "MediaRouter", "PaintHolding"]
QUIET += [f"--disable-features={','.join(LEFT_OUT)}"]
# A page lives for seconds here: what V8 would compile ahead, or optimise for a longer life, costs more than it saves.
QUIET += ["--js-flags=--max-lazy --no-opt --no-maglev --single-threaded-gc"]

PATIENCE = 20  # seconds
expect.set_options(timeout=1000 * PATIENCE)

# Every component that takes room has its code and has drawn: its largest canvas is painted, or it shows words or a
# picture. What stands in the page without room, only to say something to the browser, draws nothing.
DRAWN = """() => {
  const areaOf = (node) => node.getBoundingClientRect().width * node.getBoundingClientRect().height;
  const probe = Object.assign(document.createElement("canvas"), { width: 64, height: 64 });
  const brush = probe.getContext("2d", { willReadFrequently: true });
  const isPainted = (canvas) => {
    brush.clearRect(0, 0, 64, 64);
    if (canvas.width && canvas.height) brush.drawImage(canvas, 0, 0, 64, 64);
    return brush.getImageData(0, 0, 64, 64).data.some(Boolean);
  };
  const says = (node) => node.matches("img, svg") || (!node.children.length && node.textContent.trim());
  const hasDrawn = (host) => {
    const inside = host.querySelector("[data-testid=stBidiComponentIsolated]")?.shadowRoot ?? host;
    const shown = [...inside.querySelectorAll("*")].filter(areaOf);
    const canvases = shown.filter((node) => node.matches("canvas"));
    const largest = Math.max(...canvases.map(areaOf));
    if (!canvases.length) return shown.some(says);
    return canvases.some((canvas) => areaOf(canvas) === largest && isPainted(canvas));
  };
  const hosts = [...document.querySelectorAll(".stBidiComponent")];
  return hosts.filter((host) => host.checkVisibility() && host.getBoundingClientRect().width > 40).every(hasDrawn);
}"""


def start_server(*options: str) -> tuple[subprocess.Popen, str]:
    """A server of its own on a free port, healthy when this returns."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
    server = subprocess.Popen(
        [*command, "--server.port", str(port), *options], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health") as answer:
                if answer.status == 200:
                    return server, address
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise RuntimeError("the server did not become healthy within 30 s")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    server, address = start_server()
    yield address
    server.terminate()
    server.wait()


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    """Start a Chromium with more options: ``launch("--mute-audio")``."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        message = f"no browser found; install one of {', '.join(BROWSERS)}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browsers = []

        def start(*options: str) -> Browser:
            browsers.append(playwright.chromium.launch(executable_path=executable, args=[*QUIET, *options]))
            return browsers[-1]

        yield start
        for browser in browsers:
            browser.close()


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Browser:
    return launch()


@pytest.fixture(scope="session")
def browser_with_camera(launch: Callable[..., Browser]) -> Browser:
    """The same with a moving test picture for a camera."""
    return launch("--use-fake-device-for-media-stream")


def idle(page: Page) -> None:
    """Wait until the script has run and the page has drawn what came of it."""
    page.wait_for_timeout(150)
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)  # what stands where the code of a widget has not come
    page.wait_for_function(DRAWN, polling=100)
    page.wait_for_timeout(250)


def eventually(read: Callable[[], object], expected: object = True) -> None:
    """Assert that ``read()`` becomes what is expected, as patiently as `expect` does: for what no locator says."""
    end = time.monotonic() + PATIENCE
    while (found := read()) != expected and time.monotonic() < end:
        time.sleep(0.1)
    assert found == expected


def pixels(canvas: Locator) -> str:
    """What a canvas shows, to be held against what it shows at another time."""
    return canvas.evaluate("node => node.toDataURL()")


def to_page(page: Page, section: str, name: str) -> None:
    """Go to another page by the menu above it."""
    page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
    page.get_by_role("menuitem", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    idle(page)


def received(page: Page, button: Locator) -> Path:
    """The file that a button gives, under the name that a reader would find it by."""
    with page.expect_download() as download:
        button.click()
    file = download.value.path()
    return file.rename(file.with_name(download.value.suggested_filename))


def taken_home(page: Page, tools: str, label: str) -> Path:
    """The file that a button of `tools` gives."""
    return received(page, page.locator(f"{tools} button", has_text=label))


def table_of(page: Page, component: str | None = None) -> list[list[str]]:
    """The rows of the table that a component gives to take home; the only one of the page needs no name."""
    tools = ".tools" if component is None else f".st-key-{component} .tools"
    with taken_home(page, tools, "CSV").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a path of the app: ``visit("sentence?layer=1", locale="zh-CN", width=390)``."""
    contexts, complaints = [], []

    def note_console(message: ConsoleMessage) -> None:
        # Streamlit looks for its server below a page's own path first, and gets two 404s.
        looking = message.location["url"].endswith(("/_stcore/health", "/_stcore/host-config"))
        if message.type == "error" and not looking:
            complaints.append(f"console: {message.text}")

    def note_request(request: Request) -> None:
        if not request.url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
            complaints.append(f"left the machine: {request.url}")

    def open_page(
        path: str = "",
        *,
        locale: str = "en-US",
        width: int = 1440,
        height: int = 900,
        using: Browser = browser,
        **options,
    ) -> Page:
        context = using.new_context(viewport={"width": width, "height": height}, locale=locale, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note_console)
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("request", note_request)
        page.goto(f"{address}/{path}")
        idle(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def sent(visit: Callable[..., Page]) -> Callable[..., tuple[Page, list]]:
    """Open a path and keep what the page sends to the server from then on: ``page, frames = sent("patches")``."""

    def open_page(path: str, **options) -> tuple[Page, list]:
        page, frames = visit("", **options), []
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(frame)))
        page.goto(f"{page.url.rstrip('/')}/{path}")
        idle(page)
        page.wait_for_timeout(600)  # what the page sends by itself after its first run
        return page, frames

    return open_page
