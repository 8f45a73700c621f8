"""Turns: so many threads work at the same time, and the others wait in the order in which they came.

Python runs one thread at a time, and among a hundred that all want to run nobody gets anywhere, least of all the
server's own loop. So a run of a page has a turn in RUNS. If a result must be computed, the run also needs a turn in
COMPUTING, and keeps it to its end: what it holds in its hands meanwhile is large. While it waits for that turn it gives
its place in RUNS away, so that pages whose results are there do not wait for a long text.
"""

import contextlib
import os
import threading
from collections import deque
from collections.abc import Iterator


class Turns:
    """A queue before a few places.

    A thread that has a turn and asks for another goes on at once: it is part of its turn.

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
        if self.has_turn:
            yield
            return
        self._take()
        try:
            yield
        finally:
            if not getattr(self._mine, "lasts", False):
                self._give()

    @contextlib.contextmanager
    def lasting(self) -> Iterator[None]:
        """A turn that this thread takes in the block lasts to the block's end."""
        self._mine.lasts = True
        try:
            yield
        finally:
            self._mine.lasts = False
            if self.has_turn:
                self._give()

    @contextlib.contextmanager
    def pause(self) -> Iterator[None]:
        """Give the turn away during the block, if this thread has one; it is then the next that is served."""
        if not self.has_turn:
            yield
            return
        self._give()
        try:
            yield
        finally:
            self._take(next_one=True)

    @property
    def has_turn(self) -> bool:
        """Whether this thread has a turn."""
        return getattr(self._mine, "turn", False)

    def _take(self, *, next_one: bool = False) -> None:
        called = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                called.set()
            elif next_one:
                self._waiting.appendleft(called)
            else:
                self._waiting.append(called)
        called.wait()
        self._mine.turn = True

    def _give(self) -> None:
        self._mine.turn = False
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()  # the place passes on: nobody who comes now is faster
            else:
                self._free += 1


CORES = min(2, os.cpu_count() or 1)
"""More threads would wait for the interpreter's lock, and what they compute needs memory meanwhile."""

RUNS = Turns(CORES)
"""Of the runs of pages."""

COMPUTING = Turns(CORES)
"""Of those who compute what is then kept."""
