"""Results shared by all sessions, bounded by their bytes: the least recently used goes first."""

import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any


def bytes_of(result: Any) -> int:
    """About how many bytes a result holds: its arrays and texts, in whatever they are wrapped."""
    if hasattr(result, "nbytes"):
        return result.nbytes
    if isinstance(result, str | bytes):
        return len(result)
    if isinstance(result, dict):
        return sum(map(bytes_of, result.values()))
    if isinstance(result, list | tuple):
        return sum(map(bytes_of, result))
    return sum(map(bytes_of, vars(result).values())) if hasattr(result, "__dict__") else 0


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
        self._sizes: dict[Hashable, int] = {}  # of what is finished; a result may grow when more of it is asked for
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
            self._sizes[key] = self._size_of(result)
            future.set_result(result)
            finished = [k for k in self._entries if k in self._sizes]
            while self.nbytes > self._limit and finished:
                self._take_out(finished.pop(0))

    def _take_out(self, key: Hashable) -> None:
        del self._entries[key], self._sizes[key]

    @property
    def nbytes(self) -> int:
        """Bytes held now."""
        return sum(self._sizes.values())


class OwnedCache(ByteCache):
    """A `ByteCache` in which every result belongs to an object, and goes when that object does.

    Results are found only by who has the object itself: an equal one, such as the same file opened by somebody else,
    has results of its own. An owner can be anything that takes weak references and is hashed by identity.
    """

    def __init__(self, limit: int, size_of: Callable[[Any], int]) -> None:
        super().__init__(limit, size_of)
        self._tokens: weakref.WeakKeyDictionary[Any, object] = weakref.WeakKeyDictionary()
        self._gone: deque[object] = deque()

    def get_of(self, owner: Any, name: Hashable, compute: Callable[[], Any]) -> Any:
        """The result called ``name`` of ``owner``; ``compute()`` makes it the first time."""
        with self._lock:
            token = self._tokens.get(owner)
            if token is None:
                token = self._tokens[owner] = object()
                weakref.finalize(owner, self._owner_is_gone, token).atexit = False
        result = self.get((token, name), compute)
        self._sweep()
        return result

    def held_of(self, owner: Any, name: Hashable) -> Any | None:
        """The result called ``name`` of ``owner`` where it is finished and kept, else None."""
        with self._lock:
            key = self._tokens.get(owner), name
            if key not in self._sizes:
                return None
            self._entries.move_to_end(key)
            return self._entries[key].result()

    def _owner_is_gone(self, token: object) -> None:
        self._gone.append(token)
        self._sweep()

    def _sweep(self) -> None:
        """Drop what belonged to owners that are gone.

        An owner may go in the middle of anything, also while this very thread holds the lock; so this never waits for
        it. Whoever holds it sweeps afterwards.
        """
        while self._gone and self._lock.acquire(blocking=False):
            try:
                gone = {self._gone.popleft() for _ in range(len(self._gone))}
                for key in [key for key in self._entries if key[0] in gone]:
                    self._take_out(key)
            finally:
                self._lock.release()
