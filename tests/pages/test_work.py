"""The pool for heavy work: one at a time, in order, once for all who want the same, and left when nobody waits."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest

from pages.shared import networks, work
from pages.shared.picture_source import SAMPLES, open_picture
from pages.shared.texts import strings
from pages.shared.work import AbandonedError, Pool

LONG = 20  # seconds after which a test that hangs fails


@pytest.fixture
def gate():
    """Lets the work that waits for it go on."""
    gate = threading.Event()
    yield gate
    gate.set()


def held_by(gate, result="done"):
    def compute(report):
        assert gate.wait(LONG)
        report(0.5)
        return result

    return compute


def until(condition):
    deadline = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_who_wants_the_same_shares_one_computation(gate):
    pool, times = Pool(), []

    def compute(report):
        times.append(1)
        return held_by(gate)(report)

    with pool.joined("a", compute) as one, pool.joined("a", compute) as other:
        assert one is other
        gate.set()
        assert other.result.result(LONG) == "done"
    assert times == [1]


def test_what_is_finished_is_not_kept():
    pool = Pool()
    for number in (1, 2):
        with pool.joined("a", lambda report, number=number: number) as work:
            assert work.result.result(LONG) == number
        until(lambda: not pool._works)


def test_one_worker_does_one_thing_at_a_time_in_the_order_asked_for(gate):
    pool, at_work, order = Pool(), [], []

    def compute(name):
        def run(report):
            at_work.append(name)
            assert gate.wait(LONG)
            assert len(at_work) == 1
            order.append(name)
            at_work.remove(name)

        return run

    with (
        pool.joined("a", compute("a")) as a,
        pool.joined("b", compute("b")) as b,
        pool.joined("c", compute("c")) as c,
    ):
        assert [pool.before(work) for work in (a, b, c)] == [0, 1, 2]
        gate.set()
        c.result.result(LONG)
        assert pool.before(a) == 0
    assert order == ["a", "b", "c"]


def test_work_that_everybody_left_stops_at_its_next_report(gate):
    pool = Pool(patience=0.0)
    with pool.joined("a", held_by(gate)) as work, pool.joined("a", held_by(gate)):
        pass
    gate.set()
    with pytest.raises(AbandonedError):
        work.result.result(LONG)


def test_work_that_one_of_two_left_goes_on(gate):
    pool = Pool(patience=0.0)
    with pool.joined("a", held_by(gate)) as work:
        with pool.joined("a", held_by(gate)):
            pass
        gate.set()
        assert work.result.result(LONG) == "done"


def test_who_leaves_and_comes_straight_back_finds_the_work_under_way(gate):
    pool = Pool(patience=LONG)
    with pool.joined("a", held_by(gate)) as first:
        pass
    with pool.joined("a", held_by(gate)) as second:
        assert second is first
        gate.set()
        assert second.result.result(LONG) == "done"


def test_left_work_that_never_began_does_not_count_and_is_skipped(gate):
    pool, begun = Pool(patience=0.0), []
    with pool.joined("a", held_by(gate)) as a:
        with pool.joined("b", begun.append):
            pass
        with pool.joined("c", lambda report: "c") as c:
            assert pool.before(c) == 1
            gate.set()
            assert (a.result.result(LONG), c.result.result(LONG)) == ("done", "c")
    assert begun == []


def test_an_error_reaches_all_who_wait_and_the_next_one_tries_again():
    pool = Pool()

    def fail(report):
        raise ValueError("broken")

    with pool.joined("a", fail) as work, pytest.raises(ValueError, match="broken"):
        work.result.result(LONG)
    until(lambda: not pool._works)
    with pool.joined("a", lambda report: "better") as work:
        assert work.result.result(LONG) == "better"


class Place:
    """Stands for the place on the page where the bar is; ``on_progress`` is what showing it does."""

    def __init__(self, on_progress=lambda: None):
        self.shown, self.on_progress = [], on_progress

    def progress(self, share, text, width):
        self.shown.append((share, text))
        self.on_progress()

    def empty(self):
        self.shown.append(None)


@pytest.fixture
def wait_at(monkeypatch):
    """``wait_at(place, pool, key, compute)``: wait for work with the bar at that place."""

    def wait(place, *asked):
        monkeypatch.setattr(work.st, "container", lambda key: SimpleNamespace(empty=lambda: place))
        return work.wait_for(*asked, width=300)

    monkeypatch.setattr(work, "AT_ONCE", 0.0)
    monkeypatch.setattr(work, "LOOK", 0.01)
    monkeypatch.setattr(work, "t", lambda key, **values: strings("en")[key].format(**values))
    return wait


def test_a_reader_sees_the_place_in_the_queue_then_the_share_that_is_done(wait_at, gate):
    pool, words = Pool(), strings("en")
    under_way = words["work.under_way"].format(share="25\u00a0%")
    turn, place = threading.Event(), Place(gate.set)

    def compute(report):
        report(0.25)
        until(lambda: (0.25, under_way) in place.shown)
        return "read"

    def first(report):
        assert turn.wait(LONG)

    with pool.joined("first", first):
        place.on_progress = turn.set
        assert wait_at(place, pool, "a", compute) == "read"
    assert place.shown[0] == (0.0, words["work.queue"].format(count=1))
    assert place.shown[-2:] == [(0.25, under_way), None]


def test_a_reader_who_goes_elsewhere_leaves_the_work(wait_at, gate):
    class Elsewhere(BaseException):
        """What ends a run of the script from within a call to Streamlit."""

    def go():
        raise Elsewhere

    pool = Pool()
    with pytest.raises(Elsewhere):
        wait_at(Place(go), pool, "a", held_by(gate))
    with pool.joined("a", held_by(gate)) as work:
        assert work.waiting == 1


def test_two_readers_of_one_file_are_served_by_one_reading(monkeypatch, gate):
    pool, read, data = Pool(), [], SAMPLES["shapes"].read_bytes()

    def promptable():
        return SimpleNamespace(read=lambda rgb, size, report: read.append(size) or held_by(gate, np.ones(3))(report))

    monkeypatch.setattr(networks, "promptable", promptable)
    monkeypatch.setattr(networks, "_heavy", lambda: pool)
    monkeypatch.setattr(work.st, "container", lambda key: SimpleNamespace(empty=Place))
    pictures = [open_picture(data, f"{name}.png") for name in ("one", "other")]
    with ThreadPoolExecutor(2) as readers:
        answers = [readers.submit(networks.read_by_promptable, picture, 512) for picture in pictures]
        until(lambda: [work.waiting for work in pool._works.values()] == [2])
        gate.set()
        assert answers[0].result(LONG) is answers[1].result(LONG)
    assert read == [512]
