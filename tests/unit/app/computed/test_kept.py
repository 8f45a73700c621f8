"""What is computed is kept in so many bytes: real pictures come and go, and nobody waits twice for the same."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from gateviz.app.computed import models, pictures, readings
from gateviz.app.computed.kept import MEMORY, Memory, kept
from gateviz.app.computed.turns import Turns
from gateviz.app.server.connected import is_connected
from gateviz.app.state import visitor
from gateviz.errors import PretrainedError
from gateviz.models.view import View
from gateviz.results.trace import CELLS

VIEW = View("timemachine", CELLS, "It was 1895, and the fog came down. " * 3)
MEGABYTE = 2**20


@pytest.fixture
def resize() -> Iterator[Callable[[int], None]]:
    """The process's memory, empty and of another size."""
    before = MEMORY.size
    MEMORY.forget()
    yield MEMORY.resize
    MEMORY.resize(before)


@pytest.fixture(autouse=True)
def everybody_is_there() -> Iterator[None]:
    yield
    visitor.ask_by()


def numbers(view: View) -> int:
    """The bytes of the numbers in the readings of a view, counted by their traces."""
    traces = [readings.trace(view, cell) for cell in view.cells]
    return sum(array.nbytes for trace in traces for layer in trace.layers for array in layer.arrays.values())


def test_new_pictures_stay_within_the_bytes_that_there_are(resize: Callable[[int], None]) -> None:
    resize(8 * MEGABYTE)
    models.load_torch()
    views = [replace(VIEW, text=f"{number} {VIEW.text}") for number in range(12)]
    needed = 0
    for view in views:
        pictures.whole(view)
        needed += numbers(view)
        assert MEMORY.taken <= 8 * MEGABYTE
    assert needed > 8 * MEGABYTE, "or nothing had to go"
    assert MEMORY.taken > 5 * MEGABYTE, "no more goes than must"
    last, first = readings.trace(views[-1], "lstm"), readings.trace(views[0], "lstm")
    assert readings.trace(views[-1], "lstm") is last, "the latest is still there"
    assert first.tokens == tuple(views[0].text), "and what went is computed again"


def test_what_is_used_again_stays(resize: Callable[[int], None]) -> None:
    resize(16 * MEGABYTE)
    first = readings.trace(VIEW, "lstm")
    for number in range(12):
        pictures.whole(replace(VIEW, text=f"{number} {VIEW.text}"))
        assert readings.trace(VIEW, "lstm") is first


def test_a_smaller_memory_lets_go_at_once(resize: Callable[[int], None]) -> None:
    pictures.whole(VIEW)
    resize(MEGABYTE)
    assert 0 < MEMORY.taken <= MEGABYTE
    MEMORY.forget()
    assert MEMORY.taken == 0


def test_the_arguments_count_too_so_that_many_small_results_of_long_texts_do_not_fill_the_machine() -> None:
    memory = Memory(MEGABYTE)
    for number in range(5000):
        memory.get((f"{number} {'x' * 2000}",), lambda: None)
    assert memory.taken <= MEGABYTE
    assert len(memory._entries) < MEGABYTE / 2000


def test_what_is_too_large_to_be_kept_is_computed_each_time() -> None:
    memory = Memory(1000)
    assert memory.get("small", lambda: b"s" * 100) == b"s" * 100
    assert memory.get("large", lambda: b"a" * 2000) == b"a" * 2000
    assert memory.get("large", lambda: b"b" * 2000) == b"b" * 2000
    assert memory.get("small", lambda: b"another") == b"s" * 100, "it did not have to go for it"


def test_of_many_who_ask_at_once_one_computes() -> None:
    memory, calls, go = Memory(turns=Turns(2)), list[str](), threading.Event()

    def make() -> str:
        calls.append("made")
        assert go.wait(10)
        return "picture"

    with ThreadPoolExecutor(30) as class_:
        found = [class_.submit(memory.get, "the same", make) for _ in range(30)]
        assert memory.get("another", lambda: "at once") == "at once", "who waits for the same needs no turn"
        go.set()
        assert {each.result() for each in found} == {"picture"}
    assert calls == ["made"]


def test_an_error_is_not_kept_and_who_waited_tries_again() -> None:
    memory, calls, go = Memory(), list[str](), threading.Event()

    def make() -> str:
        calls.append("made")
        assert go.wait(10)
        if len(calls) == 1:
            raise PretrainedError("there is no such model")
        return "picture"

    with ThreadPoolExecutor(2) as two:
        found = [two.submit(memory.get, "the same", make) for _ in range(2)]
        go.set()
        ends = [each.exception() or each.result() for each in found]
    assert {type(end) for end in ends} == {PretrainedError, str}
    assert memory.get("the same", make) == "picture"
    assert len(calls) == 2


def test_no_more_compute_at_the_same_time_than_there_are_places() -> None:
    memory, at_work, most = Memory(turns=Turns(2)), list[int](), list[int]()
    lock, both = threading.Lock(), threading.Barrier(2, timeout=10)

    def make(number: int) -> int:
        with lock:
            at_work.append(number)
            most.append(len(at_work))
        if number < 2:
            both.wait()  # two do work at the same time
        memory.get(("part of", number), lambda: number)  # what it needs is part of its turn
        with lock:
            at_work.remove(number)
        return number

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda number: memory.get(number, lambda: make(number)), range(8))) == list(range(8))
    assert max(most) == 2


@pytest.mark.parametrize(("there", "texts"), [(True, ["before", "computed", "after"]), (False, ["before"])])
def test_for_a_visitor_who_has_gone_nothing_is_computed(there: bool, texts: list[str]) -> None:
    def page() -> None:
        import streamlit as st

        from gateviz.app.computed.kept import Memory

        st.text("before")
        Memory().get("picture", lambda: st.text("computed"))
        st.text("after")

    visitor.ask_by(lambda: there)
    assert [text.value for text in AppTest.from_function(page).run().text] == texts


def test_what_is_there_is_given_whoever_asks() -> None:
    memory = Memory()
    memory.get("picture", lambda: "made")
    visitor.ask_by(lambda: False)
    assert memory.get("picture", lambda: "made again") == "made"


def test_outside_of_a_visitors_run_everything_is_computed() -> None:
    visitor.ask_by(is_connected)
    assert Memory().get("piece", lambda: "made") == "made", "for a request by HTTP, or while the server warms up"


def test_a_function_forgets_its_own_results_alone() -> None:
    calls: list[Any] = []

    @kept
    def doubled(number: int) -> int:
        calls.append(number)
        return 2 * number

    @kept
    def halved(number: int) -> float:
        calls.append(-number)
        return number / 2

    for _ in range(2):
        assert (doubled(4), halved(4)) == (8, 2)
    doubled.clear()
    assert (doubled(4), halved(4)) == (8, 2)
    assert calls == [4, -4, 4]
