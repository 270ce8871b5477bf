"""Results shared by all sessions, bounded by their bytes: the least recently used goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any


class ByteCache:
    """Computes each key once, however many threads ask for it at the same time.

    Parameters
    ----------
    limit : int
        Bytes kept at most. A single larger result is returned but not kept.
    size_of : callable
        The bytes of a result.
    """

    def __init__(self, limit: int, size_of: Callable[[Any], int]) -> None:
        self._limit = limit
        self._size_of = size_of
        self._entries: OrderedDict[Hashable, Future] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        """The result under ``key``; ``compute()`` makes it the first time. Its exceptions reach all who wait."""
        with self._lock:
            future = self._entries.get(key)
            if mine := future is None:
                future = self._entries[key] = Future()
            self._entries.move_to_end(key)
        if mine:
            self._run(key, future, compute)
        return future.result()

    def _run(self, key: Hashable, future: Future, compute: Callable[[], Any]) -> None:
        try:
            result = compute()
        except BaseException as error:
            with self._lock:
                del self._entries[key]
            future.set_exception(error)
            return
        with self._lock:
            self._bytes += self._size_of(result)
            future.set_result(result)
            finished = [k for k, entry in self._entries.items() if entry.done()]
            while self._bytes > self._limit and finished:
                oldest = finished.pop(0)
                self._bytes -= self._size_of(self._entries.pop(oldest).result())

    @property
    def nbytes(self) -> int:
        """Bytes held now."""
        return self._bytes
