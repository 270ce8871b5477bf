"""What the server holds in memory after each page, opened one after the other, each by a new reader.

The resident size of the process as the system tells it. A network is loaded by the page that first needs it, and stays.
"""

import subprocess
from dataclasses import dataclass

from benchmarks.browser import AT_REST, INSTALL_BROWSER, find_browser, launch, serve_watched, visit
from benchmarks.timing import aligned

PAGES = (
    "",
    "steps",
    "sentence",
    "channel?sample=cat",
    "spatial?sample=cat",
    "mixed?sample=cat",
    "patches?sample=cat",
    "compare?sample=cat",
    "channel?sample=cat&bank=trained",
    "attention_off?sample=cat",
    "attention_off?sample=cat&net=segmenter",
    "yolo?sample=cat",
    "click?sample=cat",
    "click?sample=cat&fine=true",
)
PATIENCE = 120_000  # milliseconds


@dataclass(frozen=True)
class Row:
    """The server after a page.

    page : str
        The end of its address.
    megabytes : float
        Resident.
    """

    page: str
    megabytes: float


def run() -> list[Row]:
    executable = find_browser()
    if executable is None:
        print(f"left out, it needs a browser: {INSTALL_BROWSER}")
        return []
    rows = []
    with serve_watched() as (address, server), launch(executable) as browser:
        for path in PAGES:
            with visit(browser, address) as page:
                page.goto(f"{address}/{path}")
                page.wait_for_selector("h1", timeout=PATIENCE)
                page.wait_for_timeout(1000)  # what it asks for by itself after its first run
                page.wait_for_selector(AT_REST, timeout=PATIENCE)
                rows.append(Row(path or "home", resident(server)))
    return rows


def resident(process: int) -> float:
    """The megabytes (2²⁰ bytes) of a process that are in memory now, as `ps` tells it."""
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], check=True, capture_output=True, text=True)
    return int(told.stdout) / 1024


def table(rows: list[Row]) -> str:
    """What `python -m benchmarks memory` prints."""
    before = [0.0, *(row.megabytes for row in rows)]
    lines = [
        (row.page, f"{row.megabytes:.0f} MB", f"{row.megabytes - earlier:+.0f}")
        for row, earlier in zip(rows, before, strict=False)
    ]
    return aligned([("after the page", "the server holds", "more"), *lines])
