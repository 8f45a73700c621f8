"""Made feelings in Chinese: they say what they are labelled as."""

import random

import pytest

from gateviz.data.corpora.feelings import MOODS, POSSESSIONS, QUALITIES, SAYINGS, THINGS, VERBS, feeling

SAID = [feeling(random.Random(seed)) for seed in range(12_000)]  # noqa: S311


def test_the_same_seed_says_the_same_and_both_signs_are_as_frequent() -> None:
    assert [feeling(random.Random(seed)) for seed in range(20)] == SAID[:20]  # noqa: S311
    assert sum(sign for _, sign in SAID) == pytest.approx(0, abs=400)
    assert len({text for text, _ in SAID}) > 10_000


@pytest.mark.parametrize("sign", [1, -1])
def test_what_is_liked_is_liked_and_a_negation_turns_it(sign: int) -> None:
    found = {1: 0, -1: 0}
    for text, says in SAID:
        for verb in VERBS[sign]:
            for start, turns in ((f"我{verb}", 1), (f"我很{verb}", 1), (f"我不{verb}", -1), (f"我一点也不{verb}", -1)):
                if text.startswith(start) and not any(turn in text for turn in "，但而 "):
                    assert says == sign * turns, text
                    found[turns] += 1
    assert min(found.values()) > 3


def test_of_what_stands_around_a_but_the_end_counts() -> None:
    ends = [(text.split("但是")[1], sign) for text, sign in SAID if text.count("但是") == 1]
    simple = {
        f"{thing}{very}{word}": sign
        for sign in (1, -1)
        for word in QUALITIES[sign]
        for thing in THINGS
        for very in ("很", "真")
    }
    judged = [(simple[end.rstrip("。！啊，~")], sign) for end, sign in ends if end.rstrip("。！啊，~") in simple]
    assert judged
    assert all(end == sign for end, sign in judged)


def test_no_word_and_no_saying_has_both_signs() -> None:
    for words in (MOODS, QUALITIES, VERBS, POSSESSIONS, SAYINGS):
        assert not set(words[1]) & set(words[-1])
        assert all(len(set(words[sign])) == len(words[sign]) for sign in (1, -1))
