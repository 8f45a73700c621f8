"""Turns: so many threads work at the same time, and the others wait in the order in which they came."""

import contextlib
import threading
from collections import deque
from collections.abc import Iterator


class Turns:
    """A queue before a few places.

    A thread that has a turn and asks for another goes on at once: what it computes is part of its turn.

    Args:
        places: how many threads have a turn at the same time.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()
        self._mine = threading.local()

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and end it after the block."""
        if getattr(self._mine, "turn", False):
            yield
            return
        self._take()
        self._mine.turn = True
        try:
            yield
        finally:
            self._mine.turn = False
            self._give()

    def _take(self) -> None:
        called = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                return
            self._waiting.append(called)
        called.wait()

    def _give(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()  # the place passes on: nobody who comes now is faster
            else:
                self._free += 1
