"""The texts of hometown: they say what they are labelled with, in every wording, and are cut as they say."""

import re
from collections import Counter

import numpy as np
import pytest

from gateviz.data.corpora.hometown import CORRECTIONS, DECOYS, OPENINGS, HometownTexts, Kind
from gateviz.data.corpora.hometown_wordings import CHINESE, ENGLISH, Wordings
from gateviz.data.corpora.passages import Passages

FILLER = "¤"
"""A piece that no sentence has, so that what is counted is the passages' alone."""

both = pytest.mark.parametrize("wordings", [ENGLISH, CHINESE], ids=["english", "chinese"])


def texts_of(wordings: Wordings) -> HometownTexts:
    return HometownTexts(wordings, Passages((FILLER,) * 100, wordings.space))


def found(wordings: Wordings, said: tuple[str, ...], text: str) -> list[tuple[int, str]]:
    """Where a text has one of these sentences with any country or language, and which; the longest that fits there."""
    places: dict[int, str] = {}
    for wording in said:
        for country, language in wordings.languages.items():
            for match in re.finditer(re.escape(wording.format(country, language=language)), text):
                if len(match.group()) > len(places.get(match.end(), "")):
                    places[match.end()] = match.group()
    return sorted(places.items())


def named(wordings: Wordings, sentence: str) -> str:
    """The language of the country in a fact or correction."""
    (language,) = (language for country, language in wordings.languages.items() if country in sentence)
    return language


@both
def test_twelve_countries_are_there_with_a_language_each(wordings: Wordings) -> None:
    assert len(wordings.languages) == len(set(wordings.languages.values())) == 12
    assert (
        list(wordings.languages.items())[:2]
        == {
            ENGLISH.space: [("France", "French"), ("Spain", "Spanish")],
            CHINESE.space: [("法国", "法语"), ("西班牙", "西班牙语")],
        }[wordings.space]
    )


@both
@pytest.mark.parametrize("kind", Kind)
def test_a_text_of_a_kind_is_answered_by_its_last_fact_or_correction(wordings: Wordings, kind: Kind) -> None:
    texts, generator = texts_of(wordings), np.random.default_rng(1)
    for words in (0, 1, 4, 30):
        for _ in range(50):
            made = texts.of_kind(generator, kind, words)
            statements = found(wordings, (*wordings.facts, *wordings.corrections), made.text)
            decoys = found(wordings, wordings.decoys, made.text)
            assert made.kind is kind
            assert len(statements) == (2 if kind is Kind.OVERWRITE else 1)
            assert len(decoys) == (kind is Kind.IGNORE)
            assert named(wordings, statements[-1][1]) == made.language
            assert all(made.language not in sentence for _, sentence in decoys)
            assert made.text.endswith(wordings.questions)
            after = made.text[statements[-1][0] :]
            assert after.count(FILLER) == words, "between the fact that counts and the question"


@both
def test_texts_to_train_on_have_decoys_corrections_and_openings_as_often_as_is_said(wordings: Wordings) -> None:
    texts, generator = texts_of(wordings), np.random.default_rng(0)
    count = 2000
    drawn = [texts.draw(generator, 10) for _ in range(count)]
    shares = Counter(
        name
        for made in drawn
        for name, there in (
            ("decoy", found(wordings, wordings.decoys, made.text)),
            ("correction", made.kind is Kind.OVERWRITE),
            ("opening", made.text.startswith(FILLER)),
            ("plain", made.text.endswith(wordings.questions[0])),
        )
        if there
    )
    assert shares["decoy"] / count == pytest.approx(DECOYS, abs=0.04)
    assert shares["correction"] / count == pytest.approx(CORRECTIONS, abs=0.04)
    assert OPENINGS / 2 < shares["opening"] / count < OPENINGS
    assert shares["plain"] > count / 2, "the plain question"
    assert {made.language for made in drawn} == set(wordings.languages.values())
    for made in drawn:
        statements = found(wordings, (*wordings.facts, *wordings.corrections), made.text)
        assert named(wordings, statements[-1][1]) == made.language, made.text
        assert made.text[statements[-1][0] :].count(FILLER) == 10, made.text


@both
def test_the_same_seed_makes_the_same_texts(wordings: Wordings) -> None:
    texts = texts_of(wordings)
    first, again = ([texts.draw(np.random.default_rng(seed), 6) for seed in range(30)] for _ in range(2))
    assert first == again
    assert len({made.text for made in first}) > 25


def test_the_sentences_of_the_issue_are_among_the_wordings() -> None:
    assert ENGLISH.facts[0].format("France") == "I grew up in France"
    assert ENGLISH.decoys[0].format("Italy") == "We once travelled to Italy"
    assert ENGLISH.corrections[0].format("Spain") == "No, I grew up in Spain"
    assert ENGLISH.questions[0] == "I speak fluent"
    assert CHINESE.facts[0].format("法国") == "我在法国长大"
    assert CHINESE.questions[0] == "我会说流利的"


@both
def test_no_decoy_can_be_read_as_a_fact(wordings: Wordings) -> None:
    for sentence in wordings.decoys:
        assert not any(
            cue in sentence for cue in ("grew up", "raised", "childhood", "hometown", "长大", "家乡", "童年")
        )


@both
def test_a_story_joined_is_a_text_with_all_three_kinds_in_it(wordings: Wordings) -> None:
    story = texts_of(wordings).story(np.random.default_rng(2), 5)
    text = "".join(story.parts)
    languages = [named(wordings, part) for part in (story.fact, story.decoy, story.correction)]
    assert len(set(languages)) == 3
    assert [part.count(FILLER) for part in story.parts] == [0, 5, 0, 5, 0, 5]
    assert found(wordings, wordings.decoys, text)
    assert text.startswith(wordings.facts[0].split("{")[0])
    assert text.endswith(wordings.questions[0])
