"""Plain opinions: they say what they are labelled as."""

import random
import re

import pytest

from gateviz.data.corpora.opinions import ADJECTIVES, PRAISE, SAYINGS, opinion

SAID = [opinion(random.Random(seed)) for seed in range(3000)]  # noqa: S311


def test_the_same_seed_says_the_same_and_both_signs_are_as_frequent() -> None:
    assert [opinion(random.Random(seed)) for seed in range(20)] == SAID[:20]  # noqa: S311
    assert sum(sign for _, sign in SAID) == pytest.approx(0, abs=200)
    assert len({text for text, _ in SAID}) > 2500


@pytest.mark.parametrize("sign", [1, -1])
def test_what_is_simply_so_is_so_and_a_negation_turns_it(sign: int) -> None:
    is_so = re.compile(r"(?:it|this) (?:is|was)( not|n't| never| hardly| rarely)? (?:\w+ )?(\w+) ?[.!]?")
    found = {1: 0, -1: 0}
    for text, says in SAID:
        match = is_so.fullmatch(text)
        if match and match.group(2) in ADJECTIVES[sign]:
            negated = -1 if match.group(1) else 1
            assert says == sign * negated, text
            found[negated] += 1
    assert found[1] > 5
    assert found[-1] > 1


def test_of_what_stands_around_a_but_the_end_counts() -> None:
    turned = [
        (re.split(r",? but ", text)[1], sign) for text, sign in SAID if " but " in text and "anything but" not in text
    ]
    assert turned
    for end, sign in turned:
        (word,) = [w for w in re.findall(r"[a-z]+", end) if w in ADJECTIVES[1] + ADJECTIVES[-1]] or [None]
        if word:
            negated = re.search(r"not|n't|never", end) is not None
            assert (word in ADJECTIVES[sign]) != negated, end


def test_no_word_and_no_saying_has_both_signs() -> None:
    for words in (ADJECTIVES, PRAISE, SAYINGS):
        assert not set(words[1]) & set(words[-1])
