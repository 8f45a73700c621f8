"""Wishes: the one that is denied is never the one that is asked for."""

import random

import pytest

from gateviz.data.corpora.wishes import WISHES, wish
from gateviz.recipes.intent import INTENTS

SAID = [wish(random.Random(seed)) for seed in range(6000)]  # noqa: S311


def test_the_same_seed_says_the_same_and_every_intent_is_as_frequent() -> None:
    assert [wish(random.Random(seed)) for seed in range(20)] == SAID[:20]  # noqa: S311
    said = [intent for _, intent in SAID]
    assert set(said) == set(INTENTS) == set(WISHES)
    assert all(said.count(intent) == pytest.approx(len(said) / len(INTENTS), rel=0.3) for intent in INTENTS)


def test_what_is_not_to_be_done_is_not_the_intent() -> None:
    denied = 0
    for text, intent in SAID:
        for no in ("don't ", "do not ", "dont "):
            for other, one in WISHES.items():
                if any(f"{no}{phrase}" in text for phrase in one.done):
                    denied += 1
                    assert other != intent, text
    assert denied > 500


def test_of_two_named_things_the_one_without_a_not_is_wished_for() -> None:
    named = {name: intent for intent, one in WISHES.items() for name in one.named}
    found = 0
    for text, intent in SAID:
        first, comma, second = text.removesuffix(" please").partition(", ")
        if comma and first.removeprefix("not ") in named and first.startswith("not ") and second in named:
            found += 1
            assert named[second] == intent != named[first.removeprefix("not ")], text
    assert found > 20


def test_no_phrase_belongs_to_two_intents() -> None:
    for part in ("named", "done", "asked"):
        phrases = [phrase for one in WISHES.values() for phrase in getattr(one, part)]
        assert len(phrases) == len(set(phrases))
