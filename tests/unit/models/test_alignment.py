"""The steps of two texts that belong together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateviz.models.alignment import aligned_steps

TEXTS = st.text("abc", max_size=12)


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("abc", "abc", (0, 1, 2)),
        ("abc", "axc", (0, 1, 2)),
        ("abc", "ac", (0, None, 1)),  # a token more in the one text
        ("ac", "abc", (0, 2)),  # and in the other
        ("abxyz", "abqz", (0, 1, 2, None, 3)),  # of two middles the longer one has steps without a counterpart
        ("aaa", "aa", (0, 1, None)),  # the beginning goes first
        ("abc", "", (None, None, None)),
        ("", "abc", ()),
        ("abc", "xyz", (0, 1, 2)),
        ("abcd", "xyz", (0, 1, 2, None)),
    ],
)
def test_the_beginning_the_end_and_what_is_between(one: str, other: str, steps: tuple[int | None, ...]) -> None:
    assert aligned_steps(one, other) == steps


def test_whole_tokens_are_compared() -> None:
    assert aligned_steps(["the", " keys", " are"], ["the", " small", " key", " are"]) == (0, 1, 3)


@given(TEXTS, TEXTS)
def test_no_step_belongs_to_two_and_none_goes_back(one: str, other: str) -> None:
    found = aligned_steps(one, other)
    steps = [step for step in found if step is not None]
    assert len(found) == len(one)
    assert steps == sorted(set(steps))
    assert len(steps) == min(len(one), len(other))
    assert all(0 <= step < len(other) for step in steps)


@given(TEXTS, TEXTS)
def test_it_is_the_same_from_the_other_side(one: str, other: str) -> None:
    there = {(at, to) for at, to in enumerate(aligned_steps(one, other)) if to is not None}
    back = {(to, at) for at, to in enumerate(aligned_steps(other, one)) if to is not None}
    assert there == back


def test_decoders_go_by_position_whatever_was_typed() -> None:
    assert aligned_steps("ab→199", "b→19", decoders=(2, 1)) == (None, 0, 1, 2, 3, None)
    assert aligned_steps("b→19", "ab→199", decoders=(1, 2)) == (1, 2, 3, 4)
