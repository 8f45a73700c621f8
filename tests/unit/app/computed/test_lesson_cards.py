"""The cards as the browser draws them: only those whose models are there, each with its neighbours."""

import pytest

from gateviz.app.computed import lesson_cards, lesson_files
from gateviz.i18n.translator import languages


@pytest.mark.parametrize("language", languages())
def test_every_card_has_its_lesson_its_place_and_its_neighbours(language: str) -> None:
    cards = [card.id for card in lesson_cards.offered()]
    lessons = lesson_cards.contents(language, cards)
    assert [card for lesson in lessons for card in lesson["cards"]] == cards
    first, second = (lesson_cards.in_its_place(name, cards, lessons, language) for name in cards[:2])
    assert (first["previous"], first["next"], second["previous"]) == (None, cards[1], cards[0])
    assert first["cards"] == lessons[0]["cards"]
    assert lesson_cards.in_its_place(cards[-1], cards, lessons, language)["next"] is None


def test_lessons_are_numbered_without_gaps_where_the_models_of_some_are_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    every = [card for lesson in lesson_files.lessons("en") for card in lesson.cards]
    tasks = {card.scene.task for card in every}
    assert len(tasks) > 1
    only = every[-1].scene.task
    monkeypatch.setattr("gateviz.app.state.available.models", lambda: {only: ("rnn", "lstm", "gru")})
    cards = lesson_cards.offered()
    assert cards == tuple(card for card in every if card.scene.task == only)
    lessons = lesson_cards.contents("en", [card.id for card in cards])
    assert [lesson["place"] for lesson in lessons] == list(range(1, len(lessons) + 1))
    assert all(lesson["cards"] for lesson in lessons)


def test_a_cards_words_are_computed_once() -> None:
    name = lesson_cards.offered()[0].id
    assert lesson_cards.drawn(name, "en") is lesson_cards.drawn(name, "en")
