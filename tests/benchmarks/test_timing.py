"""The protocol of the benchmarks: what a row says, and that both sides are run in turn. Nothing here is timed."""

import sys

import pytest

from benchmarks.__main__ import names
from benchmarks.timing import Row, compare, load_torch, table


def test_ours_and_the_peers_are_run_in_turn():
    calls = []
    row = compare("work", lambda: calls.append("ours"), lambda: calls.append("peer"), goal=2.0, seconds=0)
    assert row.what == "work"
    assert row.lowest <= row.ratio <= row.highest
    assert row.met == (row.ratio <= 2.0)
    runs = [side for i, side in enumerate(calls) if i == 0 or calls[i - 1] != side]
    assert len(runs) >= 2 * 7
    assert set(runs) == {"ours", "peer"}


def test_without_a_peer_our_own_time_is_told():
    row = compare("work", lambda: None, None, goal=2.0, seconds=0)
    assert row.ours > 0
    assert (row.peer, row.ratio, row.met) == (None, None, None)


@pytest.mark.parametrize(("ratio", "goal", "met"), [(1.2, 1.2, True), (1.3, 1.2, False), (1.3, None, None)])
def test_met(ratio, goal, met):
    assert Row("work", ours=1.0, peer=1.0, ratio=ratio, lowest=ratio, highest=ratio, goal=goal).met is met


def test_the_table_is_aligned_and_says_what_was_missed():
    rows = [
        Row("short", ours=2e-3, peer=1e-3, ratio=2.0, lowest=1.9, highest=2.1, goal=1.2),
        Row("a longer one", ours=1e-3, peer=2e-3, ratio=0.5, lowest=0.4, highest=0.6, goal=0.8),
        Row("alone", ours=1.5, goal=0.8),
    ]
    header, missed, met, alone = table(rows).splitlines()
    assert header.split() == ["what", "ours", "peer", "ratio", "min-max", "goal"]
    assert missed.split() == ["short", "2", "ms", "1", "ms", "2.00", "1.90-2.10", "<=", "1.2", "MISSED"]
    assert met.endswith("<= 0.8      met")
    assert alone.split() == ["alone", "1500", "ms", "-", "-", "-", "<=", "0.8", "no", "peer"]
    assert missed.index("<=") == met.index("<=") == alone.index("<=")


def test_absent_torch_is_none(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    assert load_torch() is None


def test_benchmarks_are_found():
    assert "attend" in names()
    assert "timing" not in names()
