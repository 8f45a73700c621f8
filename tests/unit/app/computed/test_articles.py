"""The articles: in both languages, true of the models, with numbers from the library and links that can be opened."""

from collections.abc import Iterator
from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

import gateviz
from gateviz.app.computed import articles
from gateviz.app.computed.lesson_facts import Facts
from gateviz.app.computed.lesson_files import PageName
from gateviz.app.state import available
from gateviz.app.state.address import KEYS, PART_SETTINGS
from gateviz.i18n.translator import languages

BOTH = [(page, language) for page in get_args(PageName) for language in languages()]


def pieces(page: PageName, language: str) -> Iterator[dict[str, Any]]:
    for section in articles.drawn(page, language)["sections"]:
        for paragraph in section["paragraphs"]:
            for piece in paragraph:
                yield piece
                yield from piece.get("pieces", ())


@pytest.mark.parametrize(("page", "language"), BOTH)
def test_an_article_says_what_one_sees_why_and_what_to_try(page: PageName, language: str) -> None:
    found = articles.article(page, language)
    assert len(found.cards) == 3
    assert all(card.scene.page == page for card in found.cards)
    assert sum(len(paragraph) for card in found.cards for paragraph in card.paragraphs) < 2500, "one screen"
    assert articles.can_be_shown(page, language)


@pytest.mark.parametrize(("page", "language"), BOTH)
def test_what_an_article_relies_on_is_true_of_the_models(page: PageName, language: str) -> None:
    conditions = [(card, condition) for card in articles.article(page, language).cards for condition in card.holds]
    assert len(conditions) > 3
    assert not [said for card, said in conditions if not Facts(card.scene, language).holds(said)]


@pytest.mark.parametrize(("page", "language"), BOTH)
def test_every_number_is_computed_and_no_markup_is_left(page: PageName, language: str) -> None:
    found = list(pieces(page, language))
    numbers = [piece for piece in found if "value" in piece]
    assert len(numbers) > 5
    assert all(np.isfinite(piece["value"]) for piece in numbers)
    assert not [piece["text"] for piece in found if set("[]{}") & set(piece.get("text", ""))]


def test_the_counts_are_those_of_the_trace() -> None:
    scene = articles.article("step_through", "en").cards[0].scene
    trace = gateviz.load_pretrained("hometown", "lstm").trace(scene.text)
    shut = (trace.layer(0)["forget_gate"][0] < 0.1).sum(axis=1)
    said = [piece["value"] for piece in pieces("step_through", "en") if piece.get("fact", "").startswith("lstm.forgot")]
    assert said == [shut[1], shut[35]]
    assert [trace.tokens_of(0)[step].strip() for step in (1, 35)] == ["grew", "grew"]


@pytest.mark.parametrize(("page", "language"), BOTH)
def test_every_sentence_to_try_has_a_link_and_every_link_names_what_there_is(page: PageName, language: str) -> None:
    *_, last = articles.drawn(page, language)["sections"]
    assert all(any("address" in piece for piece in paragraph) for paragraph in last["paragraphs"])
    links = [piece for piece in pieces(page, language) if "address" in piece]
    assert len(links) > 3
    for link in links:
        parts = urlsplit(link["address"])
        assert parts.path in ("./", "./gradients", "./train", "./under-the-hood")
        said = {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()}
        assert said.keys() <= {*KEYS, *PART_SETTINGS.values(), "step", "unit"}
        assert said["lang"] == language
        assert {"rnn", "lstm", "gru"} <= set(available.models()[said["task"]])
        steps = len(gateviz.load_pretrained(said["task"], "gru").tokenize(said["text"]))
        assert int(said.get("step", 0)) < steps
        moves = page == "step_through" and said.keys() == {"task", "text", "lang", "step"}
        assert link["same"] == (
            {"task": said["task"], "text": said["text"], "step": int(said["step"])} if moves else None
        )


def test_without_its_models_an_article_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(available, "models", lambda: {"hometown": ("lstm",), "timemachine": ("rnn", "lstm", "gru")})
    assert not articles.can_be_shown("step_through", "en")
