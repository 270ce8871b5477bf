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
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
# The address bar has a renderer of its own otherwise; the others Playwright leaves out by itself.
LEFT_OUT = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "OptimizationHints", "MediaRouter", "PaintHolding"]
QUIET += [f"--disable-features={','.join(LEFT_OUT)}"]

expect.set_options(timeout=20_000)


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
    page.wait_for_timeout(250)


def to_page(page: Page, section: str, name: str) -> None:
    """Go to another page by the menu above it."""
    page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
    page.get_by_role("menuitem", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    idle(page)


def taken_home(page: Page, tools: str, label: str) -> Path:
    """The file that a button of `tools` gives, under the name that a reader would find it by."""
    with page.expect_download() as download:
        page.locator(f"{tools} button", has_text=label).click()
    file = download.value.path()
    return file.rename(file.with_name(download.value.suggested_filename))


def table_of(page: Page, component: str) -> list[list[str]]:
    """The rows of the table that a component gives to take home."""
    with page.expect_download() as download:
        page.locator(f".st-key-{component} .tools button", has_text="CSV").click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
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
