"""The words of one language, by their keys."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateviz.i18n import translator


@pytest.fixture
def two_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English, and a language that says one thing only."""
    english = {"language.name": "EN", "a.hello": "Hello, {name}", "a.b.deep": "deep", "symbol.x": "x", "ab.no": "no"}
    for language, said in (("en", english | {"symbol.gru.x": "n"}), ("aa", {"a.hello": "Aa, {name}"})):
        (tmp_path / f"{language}.json").write_text(json.dumps(said), encoding="utf-8")
    monkeypatch.setattr(translator, "_folder", lambda: tmp_path)
    translator.load.cache_clear()
    translator.languages.cache_clear()
    yield
    translator.load.cache_clear()
    translator.languages.cache_clear()


@pytest.mark.usefixtures("two_languages")
def test_a_language_falls_back_to_english_key_by_key() -> None:
    said = translator.load("aa")
    assert said.language == "aa"
    assert said("a.hello", name="you") == "Aa, you"
    assert said("a.b.deep") == "deep"
    with pytest.raises(KeyError):
        said("a.nothing")


@pytest.mark.usefixtures("two_languages")
def test_english_stands_first_among_the_languages() -> None:
    assert translator.languages() == ("en", "aa")


@pytest.mark.usefixtures("two_languages")
def test_under_gives_the_words_of_a_prefix_by_the_rest_of_the_key() -> None:
    assert translator.load("en").under("a") == {"hello": "Hello, {name}", "b.deep": "deep"}
    assert translator.load("en").under("nothing") == {}


@pytest.mark.usefixtures("two_languages")
def test_a_cell_may_have_a_symbol_of_its_own() -> None:
    said = translator.load("aa")
    assert (said.of_cell("symbol", "gru", "x"), said.of_cell("symbol", "lstm", "x")) == ("n", "x")
    assert said.has("symbol.gru.x")
    assert not said.has("symbol.lstm.x")


def test_what_is_put_in_is_not_read_as_places_again() -> None:
    said = translator.load("en")
    assert "{count}" in said("notice.unknown", count=2, tokens="{count} {0}")
