"""One server of the app and one Chromium, for what is measured in a browser.

Every page is a fresh visitor's: nothing is cached in the browser, and what it asks of the outside is refused and told.
"""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the other benchmarks run without Playwright
    from playwright.sync_api import Browser, Page, Route

ROOT = Path(__file__).parents[1]
DRAWN = Path(__file__).with_name("drawn.js")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"  # the app, when its script has run
INSTALL_BROWSER = "pip install 'playwright==1.*' (and Chromium or Chrome)"


def find_browser() -> str | None:
    """The path of a Chromium, or None where it or Playwright is not installed."""
    try:
        import playwright  # noqa: F401
    except ModuleNotFoundError:
        return None
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@contextmanager
def serve(script: str = "app.py") -> Iterator[str]:
    """The address of a server of its own, healthy before anything is measured."""
    with serve_watched(script) as (address, _):
        yield address


@contextmanager
def serve_watched(script: str = "app.py") -> Iterator[tuple[str, int]]:
    """The same, and the number of its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.address", "127.0.0.1"]
    server = subprocess.Popen(
        [*command, "--server.port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(address)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait()


def _wait_until_healthy(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health") as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not become healthy within 30 s")


@contextmanager
def launch(executable: str) -> Iterator["Browser"]:
    """The Chromium in which both sides are measured."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def visit(browser: "Browser", home: str, scripts: Mapping[str, str] | None = None) -> Iterator["Page"]:
    """A fresh visitor's page that may ask `home` only; a request for a file named in `scripts` is given its text."""
    scripts = scripts or {}
    refused = []

    def answer(route: "Route") -> None:
        url = route.request.url
        name = url.rpartition("/")[2]
        if url.startswith((home, "data:", "blob:")):
            route.continue_()
        elif name in scripts:
            route.fulfill(body=scripts[name], content_type="text/javascript")
        else:
            refused.append(url)
            route.abort()

    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    try:
        page = context.new_page()
        page.route("**/*", answer)
        page.add_init_script(path=DRAWN)
        yield page
    finally:
        context.close()
        for url in dict.fromkeys(refused):
            print(f"refused: {url}")


def measured(page: "Page") -> tuple[str | bool, float]:
    """What a `measure...` of drawn.js found drawn, and the seconds until then."""
    found, milliseconds = page.evaluate("measured")
    return found, milliseconds / 1000
