"""Heavy work in a bounded pool: it waits its turn, is done once for all who ask for the same, and can be left.

A reader waits inside a run of the script, so whatever ends that run (another page, another picture, a closed browser)
also ends the waiting. Work that nobody waits for any more stops at its next report.
"""

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from figures.numbers import percent
from pages.shared.texts import t

PATIENCE = 1.0  # seconds that work goes on with nobody waiting: a rerun leaves and comes straight back
AT_ONCE = 0.3  # seconds without a progress bar
LOOK = 0.2  # seconds between two looks at how far the work is

Report = Callable[[float], None]  # told the share that is done, from 0 to 1; raises `AbandonedError` to stop the work


class AbandonedError(Exception):
    """Nobody waits for this work any more."""


@dataclass(eq=False)
class Work:
    """One computation. `share` of it is done, `waiting` readers want it, the last of them left at `left`."""

    result: Future = field(default_factory=Future)
    share: float = 0.0
    waiting: int = 0
    left: float = 0.0


class Pool:
    """Computes one thing after the other, or a few at once, in the order in which they were asked for.

    Parameters
    ----------
    workers : int
        How many threads work.
    patience : float
        Seconds after which work that everybody has left is given up.
    """

    def __init__(self, workers: int = 1, patience: float = PATIENCE) -> None:
        self._threads = ThreadPoolExecutor(workers, "heavy")
        self._patience = patience
        self._works: dict[Hashable, Work] = {}
        self._lock = threading.Lock()

    @contextmanager
    def joined(self, key: Hashable, compute: Callable[[Report], Any]) -> Iterator[Work]:
        """Want the work under `key` as long as the block lasts; ``compute(report)`` does it unless it is under way."""
        with self._lock:
            work = self._works.get(key)
            if work is None:
                work = self._works[key] = Work()
                self._threads.submit(self._run, key, work, compute)
            work.waiting += 1
        try:
            yield work
        finally:
            with self._lock:
                work.waiting -= 1
                work.left = time.monotonic()

    def before(self, work: Work) -> int:
        """How many other works that somebody waits for stand before this one, the one under way included."""
        with self._lock:
            works = list(self._works.values())
            return sum(other.waiting > 0 for other in works[: works.index(work)]) if work in works else 0

    def _run(self, key: Hashable, work: Work, compute: Callable[[Report], Any]) -> None:
        def report(share: float) -> None:
            work.share = share
            with self._lock:
                if not work.waiting and time.monotonic() - work.left > self._patience:
                    del self._works[key]  # in the same breath: who comes now begins anew
                    raise AbandonedError

        try:
            report(0.0)
            work.result.set_result(compute(report))
        except BaseException as error:
            work.result.set_exception(error)
        with self._lock:
            if self._works.get(key) is work:
                del self._works[key]


def wait_for(pool: Pool, key: Hashable, compute: Callable[[Report], Any], width: int) -> Any:
    """The result of heavy work; until it is there, the reader sees their place in the queue and how far it is.

    Parameters
    ----------
    pool : Pool
    key : hashable
        What is asked for: readers with the same key share one computation.
    compute : callable
        ``compute(report)``, which calls ``report(share)`` from time to time.
    width : int
        Of the bar in CSS pixels, where there is so much room.
    """
    place = st.container(key="reading").empty()  # lies over what comes next (assets/page.css), which need not move
    with pool.joined(key, compute) as work:
        wait([work.result], AT_ONCE)
        while not work.result.done():
            before = pool.before(work)
            said = t("work.queue", count=before) if before else t("work.under_way", share=percent(work.share))
            place.progress(work.share, said, width=width)  # ends here, and leaves, when the reader has gone elsewhere
            wait([work.result], LOOK)
    place.empty()
    return work.result.result()
