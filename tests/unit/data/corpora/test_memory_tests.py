"""The classic tests of memory, checked text by text against what they ask."""

from typing import get_args

import numpy as np
import pytest

from gateviz.data.corpora.memory_tests import (
    COPY_ALPHABET,
    ORDER_SYMBOLS,
    ORDERS,
    Places,
    adding,
    copying,
    temporal_order,
)
from gateviz.errors import InputError


def drawn(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("length", [10, 60, 100, 333])
@pytest.mark.parametrize("places", get_args(Places))
def test_the_answer_names_the_two_that_came_in_their_order(length: int, places: Places) -> None:
    ids, answers = temporal_order(drawn(), 500, length, places=places)
    assert ids.shape == (500, length)
    for row, answer in zip(ids, answers, strict=True):
        text = "".join(ORDER_SYMBOLS[index] for index in row)
        assert "".join(symbol for symbol in text if symbol in "XY") == ORDERS[answer]
    assert set(answers) == {0, 1, 2, 3}


def test_the_places_are_those_of_the_test_of_1997_and_wide_ones_leave_the_last_third_empty() -> None:
    ids, _ = temporal_order(drawn(), 2000, 60)
    first, second = np.nonzero(ids >= 4)[1].reshape(-1, 2).T
    assert (set(first), set(second)) == (set(range(6, 12)), set(range(30, 36)))
    ids, _ = temporal_order(drawn(), 2000, 60, places="wide")
    first, second = np.nonzero(ids >= 4)[1].reshape(-1, 2).T
    assert (first.min(), first.max(), second.max()) == (0, 29, 39)


def test_two_signals_that_may_stand_anywhere_stand_at_each_pair_of_places_alike() -> None:
    ids, _ = temporal_order(drawn(), 3000, 3, places="any")
    pairs = [tuple(np.nonzero(row >= 4)[0]) for row in ids]
    assert {pair: pairs.count(pair) / 3000 for pair in set(pairs)} == pytest.approx(
        {(0, 1): 1 / 3, (0, 2): 1 / 3, (1, 2): 1 / 3}, abs=0.03
    )
    assert temporal_order(drawn(), 4, 2, places="any")[0].min() >= 4


@pytest.mark.parametrize("length", [2, 3, 100])
def test_the_sum_is_that_of_two_marked_numbers_one_in_each_half(length: int) -> None:
    numbers, sums = adding(drawn(), 500, length)
    values, marks = numbers[..., 0], numbers[..., 1]
    assert ((values >= 0) & (values < 1)).all()
    assert (marks[:, : length // 2].sum(axis=1) == 1).all()
    assert (marks[:, length // 2 :].sum(axis=1) == 1).all()
    assert sums[:, -1] == pytest.approx((values * marks).sum(axis=1))
    assert sums[:, 0] == pytest.approx(values[:, 0] * marks[:, 0])


def test_from_none_to_four_numbers_may_be_marked_anywhere_and_the_sum_is_that_so_far() -> None:
    numbers, sums = adding(drawn(), 2000, 10, marks="any")
    values, marks = numbers[..., 0], numbers[..., 1]
    assert set(marks.sum(axis=1)) == {0, 1, 2, 3, 4}
    assert marks.mean(axis=0) == pytest.approx(0.2, abs=0.04)
    for at in (0, 4, 9):
        assert sums[:, at] == pytest.approx((values * marks)[:, : at + 1].sum(axis=1), abs=1e-5)


def test_whoever_always_says_one_is_off_by_a_sixth_in_the_square() -> None:
    _, sums = adding(drawn(), 200_000, 10)
    assert np.square(sums[:, -1] - 1).mean() == pytest.approx(1 / 6, abs=1e-3)


def test_what_was_said_before_the_gap_is_what_stands_after_the_sign() -> None:
    ids, said = copying(drawn(), 3, symbols=5, gap=4)
    for row, symbols in zip(ids, said, strict=True):
        before, after = "".join(COPY_ALPHABET[index] for index in row).split("....>")
        assert before == after == "".join(COPY_ALPHABET[index] for index in symbols)
    assert copying(drawn(), 2, symbols=1, gap=0)[0].shape == (2, 3)


def test_the_same_seed_draws_the_same_texts_and_another_one_others() -> None:
    for make in (lambda g: temporal_order(g, 5, 60), lambda g: adding(g, 5, 60), lambda g: copying(g, 5, 5, 20)):
        (once, _), (again, _), (other, _) = make(drawn()), make(drawn()), make(drawn(1))
        assert np.array_equal(once, again)
        assert not np.array_equal(once, other)


def test_a_length_at_which_nothing_can_be_asked_is_refused() -> None:
    with pytest.raises(InputError, match="9: temporal order needs at least 10"):
        temporal_order(drawn(), 1, 9)
    with pytest.raises(InputError, match="1: temporal order needs at least 2"):
        temporal_order(drawn(), 1, 1, places="any")
    with pytest.raises(InputError, match="1: adding needs at least 2"):
        adding(drawn(), 1, 1)
    with pytest.raises(InputError, match="0 symbols and a gap of 5"):
        copying(drawn(), 1, 0, 5)
