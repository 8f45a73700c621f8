"""The n-gram baseline, against sums that a person can do and a plain dictionary implementation."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateviz.data.baselines.ngrams import NGram
from gateviz.errors import InputError

SYMBOLS = 4
texts = st.lists(st.integers(0, SYMBOLS - 1), min_size=6, max_size=60)


def by_hand(training: Sequence[int], order: int, ids: Sequence[int], t: int) -> float:
    """P(ids[t] | ids before t) by dictionaries, one context after another."""
    probability = 1 / SYMBOLS
    for length in range(min(order, t + 1)):
        followers: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        for i in range(length, len(training)):
            followers[tuple(training[i - length : i])][training[i]] += 1
        seen = followers[tuple(ids[t - length : t])]
        if seen:
            probability = (seen[ids[t]] + len(seen) * probability) / (seen.total() + len(seen))
    return probability


def test_a_case_that_a_person_can_compute() -> None:
    # In 0 0 1: P(0) = (2 + 2/3) / (3 + 2); after 0 came 0 and 1 once each: P(0 | 0) = (1 + 2 P(0)) / (2 + 2).
    ngram = NGram.fit([0, 0, 1], symbols=3, order=2)
    first = (2 + 2 / 3) / 5
    np.testing.assert_allclose(ngram.probabilities([0, 0]), [first, (1 + 2 * first) / 4])
    assert ngram.bits([0, 0]) == pytest.approx(-math.log2((1 + 2 * first) / 4))


@settings(max_examples=40, deadline=None)
@given(texts, st.integers(1, 5), st.lists(st.integers(0, SYMBOLS - 1), min_size=2, max_size=10))
def test_probabilities_are_those_of_a_plain_dictionary_implementation(
    training: list[int], order: int, ids: list[int]
) -> None:
    expected = [by_hand(training, order, ids, t) for t in range(len(ids))]
    np.testing.assert_allclose(NGram.fit(training, SYMBOLS, order).probabilities(ids), expected, rtol=1e-12)


@settings(max_examples=40, deadline=None)
@given(texts, st.integers(1, 5), st.lists(st.integers(0, SYMBOLS), max_size=6))
def test_the_probabilities_of_all_next_symbols_sum_to_one(training: list[int], order: int, before: list[int]) -> None:
    ngram = NGram.fit(training, SYMBOLS, order)
    total = sum(ngram.probabilities([*before, symbol])[-1] for symbol in range(SYMBOLS))
    assert total == pytest.approx(1.0, abs=1e-12)


def test_an_unknown_symbol_is_not_scored_and_ends_the_context() -> None:
    ngram = NGram.fit([0, 1, 0, 1, 1], symbols=2, order=3)
    after_unknown = ngram.probabilities([0, 2, 1])
    assert np.isnan(after_unknown[1])
    assert after_unknown[2] == pytest.approx(NGram.fit([0, 1, 0, 1, 1], symbols=2, order=1).probabilities([1])[0])
    assert ngram.bits([0, 2, 1]) == pytest.approx(-math.log2(after_unknown[2]))


def test_seven_characters_of_a_hundred_symbols_still_fit_into_the_code() -> None:
    ids = list(range(100)) * 2
    assert NGram.fit(ids, symbols=100, order=7).probabilities(ids[:7])[-1] > 0.5


@pytest.mark.parametrize(
    ("ids", "symbols", "order"), [([0], 2, 2), ([0, 1], 2, 0), ([0, 2], 2, 1), ([-1, 0], 2, 1), ([0] * 9, 5000, 6)]
)
def test_what_cannot_be_counted_is_refused(ids: list[int], symbols: int, order: int) -> None:
    with pytest.raises(InputError, match=r"order|they must"):
        NGram.fit(ids, symbols, order)
