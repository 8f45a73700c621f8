"""Small talk in two languages: it says what it is labelled as."""

import random
import re
from types import ModuleType

import pytest

from gateviz.data.corpora import small_talk, small_talk_zh

ENGLISH, CHINESE = (
    [module.small_talk(random.Random(seed)) for seed in range(6000)]  # noqa: S311
    for module in (small_talk, small_talk_zh)
)
SAID = {small_talk: ENGLISH, small_talk_zh: CHINESE}
each_language = pytest.mark.parametrize("module", SAID, ids=["English", "Chinese"])


@each_language
def test_the_same_seed_says_the_same_and_both_signs_are_as_frequent(module: ModuleType) -> None:
    said = SAID[module]
    assert [module.small_talk(random.Random(seed)) for seed in range(20)] == said[:20]  # noqa: S311
    assert sum(sign for _, sign in said) == pytest.approx(0, abs=300)
    assert len({text for text, _ in said}) > 3500
    assert all(text == " ".join(text.split()) for text, _ in said), "no double spaces"


@each_language
def test_no_text_is_said_with_both_signs(module: ModuleType) -> None:
    signs: dict[str, set[int]] = {}
    for text, sign in SAID[module]:
        signs.setdefault("".join(filter(str.isalnum, text)), set()).add(sign)
    assert [text for text, both in signs.items() if len(both) > 1] == []


@each_language
def test_no_event_and_no_saying_has_both_signs(module: ModuleType) -> None:
    for phrases in (module.EVENTS, module.DONE_TO_ME, module.OWN, module.SAID):
        assert not set(phrases[1]) & set(phrases[-1])
        assert all(len(set(phrases[sign])) == len(phrases[sign]) for sign in (1, -1))


def test_a_negation_turns_a_mood_and_what_is_liked() -> None:
    found = {1: 0, -1: 0}
    for text, sign in ENGLISH:
        mood = re.fullmatch(r"(?:i am|she is|we are) (not )?(\w+)\W*", text)
        if mood and mood[2] in (*small_talk.MOODS[1], *small_talk.MOODS[-1]):
            turned = -1 if mood[1] else 1
            assert mood[2] in small_talk.MOODS[sign * turned], text
            found[turned] += 1
        if re.match(r"i (?:do not|don't) (?:like|love) ", text):
            assert sign == -1, text
    assert min(found.values()) > 5


def test_many_stars_are_praise_and_few_are_not() -> None:
    high, low = re.compile(r"\b(4|5|four|five) stars?\b"), re.compile(r"\b(0|1|2|zero|one|two) stars?\b")
    assert {sign for text, sign in ENGLISH if high.search(text)} == {1}
    assert {sign for text, sign in ENGLISH if low.search(text)} == {-1}
    assert {sign for text, sign in CHINESE if re.search("[五四54](颗)?星", text)} == {1}
    assert {sign for text, sign in CHINESE if re.search("[一两零012](颗)?星", text)} == {-1}


def test_where_nobody_does_it_the_opposite_is_said() -> None:
    nobody = [(text, sign) for text, sign in ENGLISH if text.startswith(("nobody ", "no one "))]
    assert nobody
    for text, sign in nobody:
        deed = re.sub(r"\W+$", "", text.split(" ", 2 if text.startswith("no one") else 1)[-1])
        assert deed in small_talk.DONE_TO_ME[-sign], text
