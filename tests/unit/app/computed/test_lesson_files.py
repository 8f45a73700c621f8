"""The lessons as files: how one is read, and that both languages are the same lessons."""

import re
from dataclasses import replace

import pytest

from gateviz.app.computed.lesson_files import Card, Lesson, LessonError, Scene, facts_in, lessons, read
from gateviz.i18n.translator import languages

TEXT = """---
task: timemachine
text: He said so.
cells: lstm gru
holds: lstm.kept > 1
---

# A title

## First card
step: 3
unit: 7
point: lstm.forget_gate
holds: gru.kept@step > 0

One paragraph with {lstm.kept@step} in it.

Another.

## Second card
cells: rnn
then: 5

Before the question.

? Which?
- rnn.turned@then > 3 | Many
- rnn.turned@then <= 3 | Few
= It is {rnn.turned@then}.
"""


def test_a_lesson_is_its_cards_each_with_its_scene_and_what_holds() -> None:
    lesson = read(4, TEXT)
    shared = Scene("timemachine", "He said so.", ("lstm", "gru"))
    first, second = lesson.cards
    assert (lesson.number, lesson.title) == (4, "A title")
    assert first == Card(
        "4.1", "First card", replace(shared, step=3, unit=7, point=("lstm", "forget_gate")),
        ("lstm.kept > 1", "gru.kept@step > 0"), ("One paragraph with {lstm.kept@step} in it.", "Another."),
    )  # fmt: skip
    assert second.scene == replace(shared, cells=("rnn",), then=5)
    assert second.question
    assert second.question.choices == (("rnn.turned@then > 3", "Many"), ("rnn.turned@then <= 3", "Few"))
    assert second.question.answer == "It is {rnn.turned@then}."


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("---\ntask", "task", "settings between two lines"),
        ("step: 3", "step: three", "card 4.1: invalid literal"),
        ("step: 3", "speed: 3", "card 4.1: .*speed"),
        ("step: 3", "a loose line", "'a loose line' is not a setting"),
        ("cells: rnn", "cells: mlp", "'mlp' names a cell"),
        ("cells: rnn", "page: nowhere", "no page 'nowhere'"),
        ("cells: rnn", "direction: up", "no direction 'up'"),
        ("cells: rnn", "beats: no", "'no' is not yes"),
        ("cells: rnn", "rows: upside down", "no order of rows 'upside down'"),
        ("- rnn.turned@then > 3 | Many", "- Many", "a condition, a bar and words"),
        ("- rnn.turned@then > 3 | Many\n", "", "two or more lines"),
        ("= It is {rnn.turned@then}.", "", "one line ="),
        ("task: timemachine\n", "", "task"),
    ],
)
def test_a_lesson_that_is_not_written_so_is_refused_in_one_sentence(before: str, after: str, says: str) -> None:
    with pytest.raises(LessonError, match=says):
        read(4, TEXT.replace(before, after, 1))


def test_the_facts_of_a_text_stand_between_its_words() -> None:
    assert list(facts_in("a {x.y[1]@2:.2f} b {z}.")) == [("a ", "x.y[1]@2", ".2f"), (" b ", "z", ""), (".", "", "")]


ENGLISH = lessons("en")
OTHERS = [language for language in languages() if language != "en"]


def skeleton(lesson: Lesson) -> list[object]:
    """All of a lesson but its words; the facts of each text in any order, for languages have their own."""
    return [
        (
            card.id, card.scene, card.holds, len(card.paragraphs), sorted(facts(*card.paragraphs)),
            card.question and ([when for when, _ in card.question.choices], sorted(facts(card.question.answer)),
                               sorted(facts(card.question.text))),
        )
        for card in lesson.cards
    ]  # fmt: skip


def facts(*texts: str) -> list[tuple[str, str]]:
    return [(fact, form) for text in texts for _, fact, form in facts_in(text) if fact]


def words_of(card: Card) -> list[str]:
    question = card.question
    asked = [question.text, *(say for _, say in question.choices), question.answer] if question else []
    return [card.title, *card.paragraphs, *asked]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("at", range(len(ENGLISH)))
def test_a_lesson_is_the_same_in_every_language_but_for_its_words(language: str, at: int) -> None:
    lesson = lessons(language)[at]
    assert len(lessons(language)) == len(ENGLISH)
    assert lesson.number == ENGLISH[at].number
    assert skeleton(lesson) == skeleton(ENGLISH[at])
    assert not {say for card in lesson.cards for say in words_of(card)} & {
        say for card in ENGLISH[at].cards for say in words_of(card)
    }, "translated"


ALL = [(language, card) for language in languages() for lesson in lessons(language) for card in lesson.cards]


@pytest.mark.parametrize(("language", "card"), ALL, ids=[f"{language}-{card.id}" for language, card in ALL])
def test_every_number_of_a_card_is_computed_and_none_is_typed(language: str, card: Card) -> None:
    for text in words_of(card):
        plain = "".join(say for say, _, _ in facts_in(text))
        assert not re.findall(r"[02-9]\d*|1\d+", plain.replace("0 and", "and")), plain
        unquoted = re.sub(r"\*[^*]+\*", "", plain)
        assert language == "en" or not re.search(r"[a-z]{4,} [a-z]{2,}", unquoted), f"English in {plain}"


@pytest.mark.parametrize("lesson", ENGLISH, ids=lambda lesson: str(lesson.number))
def test_a_lesson_has_a_few_short_cards(lesson: Lesson) -> None:
    assert 3 <= len(lesson.cards) <= 6
    for card in lesson.cards:
        said = " ".join([*card.paragraphs, *([card.question.text] if card.question else [])])
        assert 35 <= len(said.split()) <= 95, (card.id, len(said.split()))
