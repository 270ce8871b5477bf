"""Shared results: computed once, bounded by bytes, least recently used first."""

import threading

import pytest

from pages.shared.byte_cache import ByteCache


def test_a_result_is_computed_once_however_many_ask_at_once():
    cache, calls, gate = ByteCache(100, len), [], threading.Event()

    def slow():
        calls.append(1)
        gate.wait(10)
        return b"1234"

    results = []
    threads = [threading.Thread(target=lambda: results.append(cache.get("a", slow))) for _ in range(8)]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join()
    assert results == [b"1234"] * 8
    assert len(calls) == 1


def test_the_least_recently_used_goes_first():
    cache = ByteCache(10, len)
    cache.get("a", lambda: b"aaaa")
    cache.get("b", lambda: b"bbbb")
    cache.get("a", lambda: b"never")  # used again: now b is the oldest
    cache.get("c", lambda: b"cccc")
    assert cache.nbytes == 8
    assert cache.get("a", lambda: b"new") == b"aaaa"
    assert cache.get("b", lambda: b"new") == b"new"


def test_a_result_larger_than_the_limit_is_returned_and_not_kept():
    cache = ByteCache(3, len)
    assert cache.get("a", lambda: b"aaaa") == b"aaaa"
    assert cache.nbytes == 0


def test_a_failure_is_not_remembered():
    cache = ByteCache(10, len)
    with pytest.raises(KeyError):
        cache.get("a", lambda: {}["nothing"])
    assert cache.get("a", lambda: b"aa") == b"aa"
