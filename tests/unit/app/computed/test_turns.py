"""Turns go in the order in which they were asked for."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from gateviz.app.computed.turns import Turns


def test_who_came_first_is_served_first() -> None:
    turns, served = Turns(1), list[int]()

    def wait(number: int) -> None:
        with turns.turn():
            served.append(number)

    with ThreadPoolExecutor(10) as pool, turns.turn():
        for number in range(10):
            pool.submit(wait, number)
            while len(turns._waiting) <= number:
                time.sleep(0.001)
    assert served == list(range(10))


def test_a_turn_inside_a_turn_does_not_wait() -> None:
    turns = Turns(1)
    with turns.turn(), turns.turn():
        pass
    with turns.turn():
        pass


def test_a_turn_ends_with_an_error_too() -> None:
    turns = Turns(1)
    with pytest.raises(ValueError, match="wrong"), turns.turn():
        raise ValueError("wrong")
    other = threading.Thread(target=lambda: turns.turn().__enter__())
    other.start()
    other.join(10)
    assert not other.is_alive()


def test_a_turn_that_lasts_ends_with_the_block() -> None:
    turns, had = Turns(1), list[bool]()
    with turns.lasting():
        had.append(turns.has_turn)
        with turns.turn():
            pass
        had.append(turns.has_turn)  # what was computed is still in its hands
    had.append(turns.has_turn)
    with turns.turn():
        pass
    had.append(turns.has_turn)  # outside of such a block it ends at once
    assert had == [False, True, False, False]


def test_who_pauses_lets_another_in_and_is_the_next() -> None:
    turns, served, come = Turns(1), list[str](), threading.Event()

    def other(name: str) -> None:
        with turns.turn():
            served.append(name)
            come.wait(10)

    with ThreadPoolExecutor(2) as pool, turns.turn():
        for number, name in enumerate(("second", "third")):
            pool.submit(other, name)
            while len(turns._waiting) <= number:
                time.sleep(0.001)
        with turns.pause():
            while served != ["second"]:
                time.sleep(0.001)
            threading.Timer(0.05, come.set).start()
        served.append("first again")
    assert served == ["second", "first again", "third"]


def test_without_a_turn_a_pause_is_none() -> None:
    turns = Turns(1)
    with turns.pause():
        assert not turns.has_turn
    assert not turns.has_turn
