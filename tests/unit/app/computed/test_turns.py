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
