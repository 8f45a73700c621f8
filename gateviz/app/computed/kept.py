"""What is computed is kept for all sessions, in one memory of so many bytes.

    @kept
    def opening(view: View) -> Opening: ...

The arguments say what a result is of, so they must be hashable, and nobody changes a result. When the memory is full,
what was used longest ago goes, whichever function made it. Of many sessions that ask for the same at once one computes
it and the others wait. No more than a few compute at the same time, in the order in which they came: what is computed
needs memory too, and a hundred at once would finish no sooner. An error is not kept.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar

from gateviz.app.computed.sizes import size_of
from gateviz.app.computed.turns import COMPUTING, RUNS, Turns
from gateviz.app.state import visitor

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

BYTES = 384 * 2**20
"""The memory's size where nobody sets another."""


class _Entry(NamedTuple):
    value: Any
    size: int


class _Making:
    """A result that a thread is computing now."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.found: tuple[Any] | None = None
        """The result once it is there; None if it failed."""


class Memory:
    """Results by what they are of, in a number of bytes.

    Args:
        size: the bytes that all results may take together.
        turns: who computes waits for one of them.
    """

    def __init__(self, size: int = BYTES, turns: Turns = COMPUTING) -> None:
        self.size = size
        self.taken = 0
        """The bytes of what is kept now and of its arguments, as `sizes.size_of` counts them."""
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._values: set[int] = set()
        self._making: dict[Hashable, _Making] = {}
        self._lock = threading.Lock()
        self._turns = turns

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The result of that name; if it is not there, it is made.

        Raises:
            Exception: what `make` raises.
        """
        while True:
            with self._lock:
                if key in self._entries:
                    self._entries.move_to_end(key)
                    return self._entries[key].value
                making = self._making.get(key)
            with RUNS.pause():
                if making is None:
                    with self._turns.turn():
                        visitor.stop_if_gone()
                        making, is_mine = self._begin(key)
                        if is_mine:
                            return self._make(key, make, making)
                making.done.wait()
            if making.found:
                return making.found[0]  # it may have been too large to be kept

    def resize(self, size: int) -> None:
        """Set the bytes that all results may take together."""
        with self._lock:
            self.size = size
            self._make_room()

    def forget(self, function: str | None = None) -> None:
        """Forget all results, or those of one function."""
        with self._lock:
            for key in [key for key in self._entries if function is None or key[0] == function]:  # type: ignore[index]
                self._drop(key)

    def _begin(self, key: Hashable) -> tuple[_Making, bool]:
        """Who computes this result, and whether it is the caller."""
        with self._lock:
            if key in self._entries:  # it came while the caller waited for a turn
                there = _Making()
                there.found = (self._entries[key].value,)
                there.done.set()
                return there, False
            is_mine = key not in self._making
            return self._making.setdefault(key, _Making()), is_mine

    def _make(self, key: Hashable, make: Callable[[], Any], making: _Making) -> Any:
        try:
            value = make()
            making.found = (value,)
            self._put(key, value)
        finally:
            with self._lock:
                del self._making[key]
            making.done.set()
        return value

    def _put(self, key: Hashable, value: Any) -> None:
        size = size_of(value, without=self._values) + size_of(key)
        with self._lock:
            if size <= self.size:
                self._entries[key] = _Entry(value, size)
                self._values.add(id(value))
                self.taken += size
                self._make_room()

    def _make_room(self) -> None:
        while self.taken > self.size:
            self._drop(next(iter(self._entries)))

    def _drop(self, key: Hashable) -> None:
        entry = self._entries.pop(key)
        self._values.discard(id(entry.value))
        self.taken -= entry.size


MEMORY = Memory()
"""What this process keeps."""


class kept(Generic[Arguments, Result]):  # noqa: N801  a decorator
    """A function whose results are kept for all sessions."""

    def __init__(self, function: Callable[Arguments, Result]) -> None:
        self._function = function
        self._name = f"{function.__module__}.{function.__qualname__}"
        update_wrapper(self, function)

    def __call__(self, *arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
        """The result for these arguments."""
        key = (self._name, arguments, tuple(sorted(named.items())))
        found: Result = MEMORY.get(key, lambda: self._function(*arguments, **named))
        return found

    def clear(self) -> None:
        """Forget the results of this function."""
        MEMORY.forget(self._name)
