"""What each view of the sentence explorer receives and how soon it is drawn, next to BertViz's head_view.

Ours is a click on the view's button: the bytes that the server then sends, and the time from the click until the view
is drawn. The row "arrival" is a link to the page, opened by somebody who was never there. BertViz's is its HTML opened
in the same Chromium, from the start of the navigation until its lines are drawn: it holds all heads and has no smaller
step. No script that is a file of its own is counted, on either side. Every round reads another text, so that no answer
is kept from the one before.
"""

import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from attention.networks.encoder import load_encoder
from benchmarks import bertviz_page
from benchmarks.browser import INSTALL_BROWSER, find_browser, launch, measured, serve, visit
from benchmarks.encoder import FOLDER, SENTENCE
from benchmarks.timing import aligned, verdict

if TYPE_CHECKING:  # the other benchmarks run without Playwright
    from playwright.sync_api import Browser, Page

LENGTHS = (8, 32, 128, 512)  # pieces
ROUNDS = 3
PATIENCE = 60  # seconds until a view counts as never drawn
BYTES = {128: 1.5e6, 512: 8e6}  # the most that the view of all heads may receive
SECONDS = {128: 1.5, 512: 4.0}  # the longest that any view may take


@dataclass(frozen=True)
class Drawing:
    """One view, drawn once.

    received : bytes that the server sent for it
    data : of these, the bytes that are the components' data: not their scripts, not the page around them
    seconds : from the click, or from the start of the navigation, until it was drawn
    """

    received: int
    data: int
    seconds: float


@dataclass(frozen=True)
class Row:
    """One view at one length, over the rounds; `peer` is None where there is no BertViz."""

    n: int
    view: str
    rounds: tuple[Drawing, ...]
    peer: bertviz_page.Opening | None = None

    @property
    def received(self) -> float:
        return statistics.median(drawing.received for drawing in self.rounds)

    @property
    def data(self) -> float:
        return statistics.median(drawing.data for drawing in self.rounds)

    @property
    def seconds(self) -> float:
        return statistics.median(drawing.seconds for drawing in self.rounds)

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """The most bytes and seconds allowed, or None where nothing is claimed."""
        if self.view == "arrival":
            return None, None
        return BYTES.get(self.n) if self.view == "heads" else None, SECONDS.get(self.n)

    @property
    def met(self) -> bool | None:
        """Whether all received bytes and the median time are within the limits; None where there are none."""
        checks = [
            value <= limit for value, limit in zip((self.received, self.seconds), self.limits, strict=True) if limit
        ]
        return all(checks) if checks else None


def run() -> list[Row]:
    executable = find_browser()
    if executable is None:
        print(f"The explorer is left out, for want of a browser to drive: {INSTALL_BROWSER}")
        return []
    head_view = bertviz_page.load_head_view()
    scripts = head_view and bertviz_page.load_scripts()
    if scripts is None:
        print(
            "BertViz, the explorer's peer, is not there: only our own figures follow. For its own, install npm and run"
        )
        print(f"    {bertviz_page.INSTALL_BERTVIZ}")

    tokenizer = load_encoder(FOLDER).tokenizer
    rows, opened = [], None
    with serve() as address, launch(executable) as browser:
        for n in LENGTHS:
            html = None
            if scripts is not None and (opened is None or opened.lets_follow(n)):
                html = bertviz_page.write_page(head_view, tokenizer(text_of(n)).pieces)
            drawings, seconds = defaultdict(list), []
            for turn in range(ROUNDS):
                for view, drawing in draw_all(browser, address, n, turn):
                    drawings[view].append(drawing)
                if html is not None:
                    seconds.append(bertviz_page.open_page(browser, html, scripts, n))
            if html is not None:
                opened = bertviz_page.Opening(n, len(html.encode()), statistics.median(seconds))
            rows += [Row(n, view, tuple(rounds), opened and opened.at(n)) for view, rounds in drawings.items()]
    return rows


def text_of(n: int, start: int = 0) -> str:
    """A text of `n` pieces, from word `start` of the sentence on: every word is one, [CLS] and [SEP] are two."""
    return " ".join(islice(cycle(SENTENCE.split()), start, start + n - 2))


def draw_all(browser: "Browser", address: str, n: int, turn: int) -> Iterator[tuple[str, Drawing]]:
    """One arrival, and each view drawn once by a click, on a page that has not shown it yet."""
    with visit(browser, address) as page:
        frames = _arrive(page, address, text_of(n, 2 * turn))
        opening, arrival = _finish(page, frames)
        yield "arrival", arrival
        buttons = page.locator(".st-key-view [role=radio]")
        checked = [button.get_attribute("aria-checked") == "true" for button in buttons.all()]
        last = max(i for i, on in enumerate(checked) if not on)
        other, last_drawing = _click(page, frames, last, opening)
    with visit(browser, address) as page:
        frames = _arrive(page, address, text_of(n, 2 * turn + 1), view=other)
        _finish(page, frames)
        before = other
        for i in range(len(checked)):
            if i != last:
                before, drawing = _click(page, frames, i, before)
                yield before, drawing
    yield other, last_drawing


def _arrive(page: "Page", address: str, text: str, **choices: str) -> list[bytes]:
    """Open the page by a link; the list returned fills with what the server sends."""
    frames = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
    page.add_init_script(f"measureArrival({PATIENCE})")
    page.goto(f"{address}/sentence?{urlencode({'text': text, **choices})}")
    return frames


def _click(page: "Page", frames: list[bytes], button: int, before: str) -> tuple[str, Drawing]:
    page.evaluate(f"measureClick('{before}', {PATIENCE})")
    page.locator(".st-key-view [role=radio]").nth(button).click()
    return _finish(page, frames)


def _finish(page: "Page", frames: list[bytes]) -> tuple[str, Drawing]:
    """Which view was drawn, and how."""
    view, seconds = measured(page)
    page.wait_for_timeout(300)  # what is still on its way belongs to this view, and not to the next
    sent = frames.copy()
    frames.clear()
    return view, Drawing(sum(map(len, sent)), sum(map(component_data, sent)), seconds)


def component_data(frame: bytes) -> int:
    """How many bytes a message of the server gives to a component, its scripts aside; 0 where it is for none."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    element = ForwardMsg.FromString(frame).delta.new_element
    if element.WhichOneof("type") != "bidi_component":
        return 0
    for script in ("js_content", "html_content", "css_content"):
        element.bidi_component.ClearField(script)
    return element.bidi_component.ByteSize()


def table(rows: list[Row]) -> str:
    """The rows as plain aligned text, with what the reader must know under it."""
    header = (
        "view",
        "pieces",
        "received",
        "data",
        "drawn",
        "slowest",
        "BertViz",
        "drawn",
        "bytes",
        "time",
        "limit",
        "",
    )
    lines = [aligned([header, *map(_cells, rows)]), ""]
    lines.append(f"median and slowest of {ROUNDS} rounds, 1 MB = 1,000,000 bytes; bytes, time: ours / BertViz's")
    if any(row.peer and row.peer.seconds is None for row in rows):
        lines.append(
            "* not attempted: the HTML's size is extrapolated from the longest text that was opened, as n squared"
        )
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, ...]:
    peer = ("-", "-", "-", "-")
    if row.peer is not None:
        star = "*" if row.peer.seconds is None else ""
        peer = (
            _megabytes(row.peer.bytes) + star,
            "-" + star if row.peer.seconds is None else _seconds(row.peer.seconds),
            f"{row.received / row.peer.bytes:.2g}" + star,
            "-" + star if row.peer.seconds is None else f"{row.seconds / row.peer.seconds:.2g}",
        )
    most, longest = row.limits
    limit = ", ".join(told for told in (most and _megabytes(most), longest and _seconds(longest)) if told)
    return (
        row.view,
        str(row.n),
        _megabytes(row.received),
        _megabytes(row.data),
        _seconds(row.seconds),
        _seconds(max(drawing.seconds for drawing in row.rounds)),
        *peer,
        f"<= {limit}" if limit else "-",
        verdict(row.met),
    )


def _megabytes(count: float) -> str:
    return f"{count / 1e6:.3f} MB" if count < 1e7 else f"{count / 1e6:.0f} MB"


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s"
