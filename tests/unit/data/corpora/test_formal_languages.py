"""The counter's and the stack's language, against a stack kept by hand."""

import numpy as np
import pytest

from gateviz.data.corpora.formal_languages import PARTNER, brackets, counted, decided
from gateviz.errors import InputError


def test_as_many_b_as_a_and_a_full_stop() -> None:
    assert (counted(1), counted(3)) == ("ab.", "aaabbb.")
    with pytest.raises(InputError, match="n is 0: it must be at least 1"):
        counted(0)


def balanced(text: str) -> bool:
    """By taking pairs out until none is left."""
    while "()" in text or "[]" in text:
        text = text.replace("()", "").replace("[]", "")
    return not text


def depth(text: str) -> int:
    return int(max(np.cumsum([1 if symbol in PARTNER else -1 for symbol in text])))


@pytest.mark.parametrize(("length", "deepest"), [(2, 8), (60, 8), (60, 1), (500, 3), (1000, 12)])
def test_brackets_are_balanced_of_the_length_and_no_deeper(length: int, deepest: int) -> None:
    generator = np.random.default_rng(0)
    texts = [brackets(generator, length, deepest) for _ in range(20)]
    assert all(len(text) == length and balanced(text) for text in texts)
    assert max(map(depth, texts)) <= deepest
    assert max(map(depth, texts)) == min(deepest, length // 2)


def test_both_kinds_open_as_often() -> None:
    text = brackets(np.random.default_rng(0), 20_000, 8)
    assert text.count("(") / 10_000 == pytest.approx(0.5, abs=0.02)


def test_the_nesting_decides_every_closing_bracket() -> None:
    assert decided("([])") == [(2, "]"), (3, ")")]
    text = brackets(np.random.default_rng(0), 100, 8)
    assert decided(text) == [(place, symbol) for place, symbol in enumerate(text) if symbol not in PARTNER]


def test_where_nothing_is_open_nothing_is_decided_and_a_wrong_kind_closes_what_is() -> None:
    assert decided(")(x])") == [(3, ")")]


@pytest.mark.parametrize(("length", "deepest"), [(3, 8), (0, 8), (4, 0)])
def test_a_length_that_cannot_be_balanced_is_refused(length: int, deepest: int) -> None:
    with pytest.raises(InputError, match=f"length is {length} and depth {deepest}"):
        brackets(np.random.default_rng(0), length, deepest)
