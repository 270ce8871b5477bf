"""Results that belong to an object: found with it alone, gone when it is."""

import gc
import threading
import weakref

import numpy as np
import pytest

from attention.images import FeatureMaps
from pages.shared.byte_cache import OwnedCache, bytes_of


class Owner:
    """Takes weak references, as a picture does."""


def test_a_result_goes_with_its_owner():
    cache, owner = OwnedCache(100, len), Owner()
    cache.get_of(owner, "a", lambda: b"aaaa")
    cache.get_of(owner, "b", lambda: b"bb")
    assert cache.nbytes == 6
    del owner
    assert cache.nbytes == 0


def test_an_owner_in_a_circle_goes_with_the_next_collection():
    cache, owner = OwnedCache(100, len), Owner()
    owner.itself = owner
    cache.get_of(owner, "a", lambda: b"aaaa")
    del owner
    gc.collect()
    assert cache.nbytes == 0


def test_what_belongs_to_others_stays():
    cache, one, other = OwnedCache(100, len), Owner(), Owner()
    for owner in (one, other):
        cache.get_of(owner, "a", lambda: b"aaaa")
    del owner, one
    assert cache.nbytes == 4
    assert cache.get_of(other, "a", lambda: b"new") == b"aaaa"


def test_a_new_owner_never_finds_what_an_earlier_one_left():
    cache = OwnedCache(100, len)
    for text in (b"1", b"22", b"333"):  # an owner that is made where another one lay may have its id
        owner = Owner()
        assert cache.get_of(owner, "a", lambda text=text: text) == text
        del owner


def test_an_owner_that_goes_while_the_cache_is_busy_is_swept_afterwards():
    cache, owner = OwnedCache(100, len), Owner()
    cache.get_of(owner, "a", lambda: b"aaaa")
    with cache._lock:
        del owner  # would wait for ever for a lock that its own thread holds
        assert cache.nbytes == 4
    cache.get_of(Owner(), "b", lambda: b"b")
    assert cache.nbytes <= 1


def test_the_bytes_of_all_owners_together_are_bounded():
    cache, owners = OwnedCache(10, len), [Owner() for _ in range(30)]
    for owner in owners:
        cache.get_of(owner, "a", lambda: b"aaaa")
        assert cache.nbytes <= 10
    assert cache.get_of(owners[0], "a", lambda: b"again") == b"again"  # evicted, so computed anew


def test_two_threads_with_the_same_owner_compute_once():
    cache, owner, calls, gate = OwnedCache(100, len), Owner(), [], threading.Event()

    def slow():
        calls.append(1)
        gate.wait(10)
        return b"1234"

    threads = [threading.Thread(target=cache.get_of, args=(owner, "a", slow)) for _ in range(2)]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join()
    assert len(calls) == 1


def test_owners_that_come_and_go_in_many_threads_leave_nothing():
    cache = OwnedCache(1000, len)

    def visit() -> None:
        for _ in range(200):
            owner = Owner()
            owner.itself = owner
            assert cache.get_of(owner, "a", lambda: b"1234") == b"1234"

    threads = [threading.Thread(target=visit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gc.collect()
    assert cache.nbytes == 0


@pytest.mark.parametrize(
    ("result", "size"),
    [
        (np.zeros((2, 3), np.float32), 24),
        (FeatureMaps(("ab", "c"), np.zeros((2, 5), np.float32)), 43),
        (["data", "url"], 7),
        ({"a": np.zeros(2), "b": None}, 16),
    ],
)
def test_the_bytes_of_a_result_are_those_of_its_arrays_and_texts(result, size):
    assert bytes_of(result) == size


def test_a_result_that_grows_later_leaves_no_bytes_behind():
    cache, owner = OwnedCache(100, bytes_of), Owner()
    cache.get_of(owner, "a", lambda: [b"1"]).append(b"more")
    gone = weakref.ref(owner)
    del owner
    assert gone() is None
    assert cache.nbytes == 0


def test_what_is_held_is_found_without_computing_and_by_its_owner_alone():
    cache, owner = OwnedCache(100, len), Owner()
    assert cache.held_of(owner, "a") is None
    cache.get_of(owner, "a", lambda: b"aaaa")
    assert cache.held_of(owner, "a") == b"aaaa"
    assert cache.held_of(owner, "b") is None
    assert cache.held_of(Owner(), "a") is None


def test_looking_at_what_is_held_counts_as_use():
    cache, owner = OwnedCache(8, len), Owner()
    for name in "ab":
        cache.get_of(owner, name, lambda: b"1234")
    cache.held_of(owner, "a")
    cache.get_of(owner, "c", lambda: b"1234")
    assert cache.held_of(owner, "b") is None
    assert cache.held_of(owner, "a") == b"1234"
