"""How a speed is measured and told.

A benchmark is a module of this folder with a function `run() -> list[Row]`. It builds two callables that do
the same work, ours and the peer's, and hands them to `compare`:

    from benchmarks.timing import Row, compare, load_torch

    def run() -> list[Row]:
        torch = load_torch()                     # None where torch is not installed
        ours = lambda: attend(Q, K, V)
        peer = torch and (lambda: theirs(torch, Q, K, V))
        return [compare("attend, n = 64", ours, peer, goal=1.2)]

Ours and the peer's run in turn, in one process and on one thread, so that a busy moment of the machine falls
on both. The ratio is the median over the pairs; the smallest and the largest ratio are told beside it.
"""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

INSTALL_TORCH = "pip install torch==2.13.0"


@dataclass(frozen=True)
class Row:
    """One line of the table. Times in seconds; ratios are ours / peer's, so below 1 we are faster.

    ours, peer : median seconds of one call; peer is None where there was no peer to run
    ratio, lowest, highest : median, smallest and largest ratio over the pairs, or None
    goal : the largest ratio that meets the claim, or None where nothing is claimed
    """

    what: str
    ours: float
    peer: float | None = None
    ratio: float | None = None
    lowest: float | None = None
    highest: float | None = None
    goal: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the median ratio is within the goal; None where there is no ratio or no goal."""
        if self.ratio is None or self.goal is None:
            return None
        return self.ratio <= self.goal


def load_torch() -> ModuleType | None:
    """torch on one thread, or None where it is not installed. It is needed by the benchmarks only."""
    try:
        import torch
    except ModuleNotFoundError:
        return None
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    return torch


def compare(
    what: str,
    ours: Callable[[], object],
    peer: Callable[[], object] | None,
    *,
    goal: float | None = None,
    seconds: float = 2.0,
) -> Row:
    """Run `ours` and `peer` in turn for about `seconds`, and tell the ratio of their times.

    A pair times as many calls in a row as make about two milliseconds, so that the clock does not matter. At
    least 7 pairs are run, however slow they are.
    """
    callables = [ours] if peer is None else [ours, peer]
    repeats = [_calls_per_sample(f) for f in callables]
    samples: list[list[float]] = []
    started = time.perf_counter()
    enabled = gc.isenabled()
    gc.disable()
    try:
        while len(samples) < 7 or time.perf_counter() - started < seconds:
            samples.append([_time(f, n) for f, n in zip(callables, repeats, strict=True)])
    finally:
        if enabled:
            gc.enable()
    medians = [statistics.median(column) for column in zip(*samples, strict=True)]
    if peer is None:
        return Row(what, ours=medians[0], goal=goal)
    ratios = [a / b for a, b in samples]
    return Row(what, *medians, ratio=statistics.median(ratios), lowest=min(ratios), highest=max(ratios), goal=goal)


def _time(function: Callable[[], object], calls: int) -> float:
    started = time.perf_counter()
    for _ in range(calls):
        function()
    return (time.perf_counter() - started) / calls


def _calls_per_sample(function: Callable[[], object]) -> int:
    function()  # the first call pays for imports, page faults and lazily built tables
    function()
    return max(1, round(2e-3 / _time(function, 1)))


def table(rows: list[Row]) -> str:
    """The rows as plain aligned text."""
    return aligned([("what", "ours", "peer", "ratio", "min-max", "goal", ""), *map(_cells, rows)])


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Lines of as many cells each, the first cell to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def verdict(met: bool | None) -> str:
    """How a table tells whether a claim was met; nothing where nothing is claimed."""
    return {True: "met", False: "MISSED", None: ""}[met]


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.what,
        _milliseconds(row.ours),
        "-" if row.peer is None else _milliseconds(row.peer),
        "-" if row.ratio is None else f"{row.ratio:.2f}",
        "-" if row.lowest is None or row.highest is None else f"{row.lowest:.2f}-{row.highest:.2f}",
        "-" if row.goal is None else f"<= {row.goal:g}",
        "no peer" if row.peer is None else verdict(row.met),
    )


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds * 1e3:.0f} ms"
