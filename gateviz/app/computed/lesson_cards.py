"""The cards of the lessons as the browser draws them: words with computed facts, and the place among the others."""

from typing import Any

from gateviz.app.computed import lesson_files, models
from gateviz.app.computed.kept import kept
from gateviz.app.computed.lesson_facts import Facts
from gateviz.app.computed.lesson_files import Card, Question, Scene
from gateviz.app.state import available


@kept
def drawn(name: str, language: str) -> dict[str, Any]:
    """One card's words, with its facts computed from the models."""
    models.load_torch()
    card = next(card for lesson in lesson_files.lessons(language) for card in lesson.cards if card.id == name)
    facts = Facts(card.scene, language)
    return {
        "id": card.id,
        "title": card.title,
        "paragraphs": [facts.in_pieces(paragraph) for paragraph in card.paragraphs],
        "question": _asked(card.question, card.scene, facts) if card.question else None,
    }


def _asked(question: Question, scene: Scene, facts: Facts) -> dict[str, Any]:
    return {
        "text": facts.in_pieces(question.text),
        "choices": [
            {"text": facts.in_pieces(say), "right": facts.holds(condition)} for condition, say in question.choices
        ],
        "answer": facts.in_pieces(question.answer),
        "then": scene.then,
    }


def offered() -> tuple[Card, ...]:
    """The cards whose models are there, in their order."""
    there = available.models()
    return tuple(
        card
        for lesson in lesson_files.lessons("en")
        for card in lesson.cards
        if set(card.scene.cells) <= set(there.get(card.scene.task, ()))
    )


def contents(language: str, cards: list[str]) -> list[dict[str, Any]]:
    """The lessons that have some of these cards, numbered without gaps."""
    listed = [
        {
            "number": lesson.number,
            "title": lesson.title,
            "cards": [card.id for card in lesson.cards if card.id in cards],
        }
        for lesson in lesson_files.lessons(language)
    ]
    return [{**lesson, "place": place} for place, lesson in enumerate((each for each in listed if each["cards"]), 1)]


def in_its_place(name: str, cards: list[str], lessons: list[dict[str, Any]], language: str) -> dict[str, Any]:
    """One card with its lesson and its neighbours."""
    lesson = next(each for each in lessons if name in each["cards"])
    at = cards.index(name)
    return {
        **drawn(name, language),
        "lesson": lesson["title"],
        "place": lesson["place"],
        "cards": lesson["cards"],
        "previous": cards[at - 1] if at else None,
        "next": cards[at + 1] if at + 1 < len(cards) else None,
    }
