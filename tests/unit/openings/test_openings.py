"""Every text of every task has an opening, in every language and for any choice of cells."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import gateviz
from gateviz.errors import TextError
from gateviz.i18n.translator import languages, load
from gateviz.models.readings import Reading, tokens_of
from gateviz.models.view import View
from gateviz.openings import opening_of
from gateviz.pretrained.examples import example_of
from gateviz.pretrained.folder import list_pretrained
from gateviz.results.opening import Opening
from gateviz.results.trace import CELLS, CellName
from tests.any_text import TEXTS

TASKS = list(dict.fromkeys(card.task for card in list_pretrained()))


def opened(task: str, text: str, cells: tuple[CellName, ...] = CELLS, language: str = "en", **place: Any) -> Opening:
    say = load(language)
    readings = {
        cell: Reading(gateviz.load_pretrained(task, cell), text, lambda: gateviz.load_pretrained(task, "gru"))
        for cell in cells
    }
    answers = {cell: reading.answers(say, task) for cell, reading in readings.items()}
    opening = opening_of(View(task, cells, text, language=language, **place), readings, answers, say)
    check(opening, [token.text for token in tokens_of(list(readings.values()))], cells)
    return opening


def check(opening: Opening, tokens: list[str], cells: tuple[CellName, ...]) -> None:
    """Every marked word is a token or ends or begins with one, and every number is the one that is written."""
    assert 0 <= opening.step < len(tokens)
    assert opening.parts
    assert set(opening.endings) == set(cells)
    for part in opening.parts:
        assert part.text
        assert "{" not in part.text.replace("".join(tokens), "") or "{" in "".join(tokens)
        if part.step is not None:
            token = tokens[part.step].strip() or tokens[part.step]
            assert token in part.text or part.text in "".join(tokens)
        if part.value is not None:
            assert np.isfinite(part.value)
            assert float(part.text.replace("−", "-")) == pytest.approx(
                part.value, abs=0.51 if "." not in part.text else 0.06
            )


def sentence(opening: Opening) -> str:
    return "".join(part.text for part in opening.parts)


@pytest.mark.parametrize("task", TASKS)
def test_every_example_opens_with_a_sentence_in_every_language_and_for_each_cell_alone(task: str) -> None:
    said = {language: sentence(opened(task, example_of(task), language=language)) for language in languages()}
    assert len(set(said.values())) == len(said), "translated"
    steps = {opened(task, example_of(task), language=language).step for language in languages()}
    assert len(steps) == 1, "the same is to be seen in every language"
    for cell in CELLS:
        opened(task, example_of(task), (cell,))


@pytest.mark.parametrize("task", TASKS)
def test_any_text_has_an_opening(task: str) -> None:
    @settings(max_examples=12, deadline=None, derandomize=True, database=None)
    @given(TEXTS)
    def try_text(text: str) -> None:
        try:
            gateviz.load_pretrained(task, "lstm").tokenize(text)
        except TextError:
            return
        if text:
            opened(task, text, ("rnn", "lstm"))

    try_text()


@pytest.mark.parametrize(
    ("task", "text", "says"),
    [
        ("temporal-order", "ccadbaba", "the LSTM says"),  # no two signals: the token that moved the answer
        ("copy", "bacda.....", "the LSTM expects"),  # no arrow
        ("counting", "aaa", "over 3 a"),
        ("counting", "abab", "the LSTM"),
        ("brackets", "([)", "the LSTM"),  # breaks the rule
        ("agreement", "the keys", "the LSTM"),  # no verb
        ("adding", "0.70 0.06 0.98", "the LSTM's answer"),  # no marks
        ("sunspots", "58.0 62.6", "the LSTM's answer"),
        ("sentiment", "good", "the LSTM says"),
        ("timemachine", "T", "the LSTM expects"),
    ],
)
def test_a_text_without_what_the_sentence_is_about_gets_another_sentence(task: str, text: str, says: str) -> None:
    assert says in sentence(opened(task, text)).replace("The ", "the ").replace("Over ", "over ")


@pytest.mark.parametrize(
    ("series", "tops"),
    [
        ([50.0] * 200, ""),  # nothing rises
        ([float(n) for n in range(200)], ""),  # nothing falls
        ([float(min(n % 100, 100 - n % 100)) for n in range(240)], "with tops at 50.0 and 50.0, 100 apart"),
    ],
)
def test_a_series_has_tops_only_where_it_rises_and_falls_twice(series: list[float], tops: str) -> None:
    said = sentence(opened("sunspots", " ".join(map(str, series)), ("lstm",)))
    assert tops in said
    assert bool(tops) is ("tops" in said)


@pytest.mark.parametrize("language", languages())
def test_what_tells_the_end_can_be_covered(language: str) -> None:
    opening = opened("intent", example_of("intent"), language=language)
    answer = opening.endings["lstm"].answer
    told = "".join(part.text for part in opening.parts if part.tells)
    assert answer in told
    assert str(opening.endings["lstm"].after) in told


def test_another_layer_and_direction_have_openings_of_their_own() -> None:
    text = example_of("tang")
    assert opened("tang", text, layer=0).step == opened("tang", text, layer=1).step
    opened("sentiment", example_of("sentiment"), direction="reverse")
