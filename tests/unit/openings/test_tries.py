"""What can be tried with one click does to the shipped models what it says; run_with tells, which knows no holds."""

from typing import NamedTuple

import numpy as np
import pytest

import gateviz
from gateviz.i18n.translator import languages, load
from gateviz.models.holds import read_holds
from gateviz.models.readings import Reading
from gateviz.models.sequence_model import SequenceModel
from gateviz.models.view import View
from gateviz.openings import opening_of
from gateviz.pretrained.examples import example_of
from gateviz.pretrained.folder import list_pretrained
from gateviz.results.opening import Try
from gateviz.results.trace import CELLS, Array, CellName

TASKS = list(dict.fromkeys(card.task for card in list_pretrained()))


class Tried(NamedTuple):
    model: SequenceModel
    tokens: list[str]
    plain: Array
    """(time, output) probabilities, or values."""
    held: Array
    step: int

    def says(self, shares: Array, step: int) -> str:
        return self.model.outputs[int(shares[step].argmax())]


def tries(task: str, text: str, cells: tuple[CellName, ...] = CELLS, language: str = "en") -> tuple[Try, ...]:
    say = load(language)
    readings = {
        cell: Reading(gateviz.load_pretrained(task, cell), text, lambda: gateviz.load_pretrained(task, "gru"))
        for cell in cells
    }
    answers = {cell: reading.answers(say, task) for cell, reading in readings.items()}
    return opening_of(View(task, cells, text, language=language), readings, answers, say).tries


def tried(task: str, text: str, number: int) -> Tried:
    one = tries(task, text)[number]
    model = gateviz.load_pretrained(task, "lstm")
    clamps = []
    for hold in read_holds(one.holds).holds:
        assert not isinstance(hold.value, str)
        steps = slice(hold.first, None if hold.last is None else hold.last + 1)
        clamps.append(gateviz.Clamp(hold.signal, hold.value, units=hold.unit, steps=steps))
    trace = gateviz.run_with(model.recurrent, model.embed(model.encode(text)), clamps)
    plain, held = (shares(model, logits) for logits in (model.logits(text), model.logits_of(trace)))
    return Tried(model, [token.text for token in model.tokenize(text)], plain, held, one.step)


def shares(model: SequenceModel, logits: Array) -> Array:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    found: Array = logits if model.config.answers == "value" else powers / powers.sum(axis=1, keepdims=True)
    return found


FACTS = {"hometown": ("French", "Italian", "Spanish"), "hometown-zh": ("法语", "意大利语", "日语")}


@pytest.mark.parametrize(("task", "languages_told"), FACTS.items())
def test_a_fact_is_forgotten_or_cannot_be_and_a_decoy_fools_the_cell(
    task: str, languages_told: tuple[str, str, str]
) -> None:
    first, passing, last = languages_told
    forgets, cannot, fooled = (tried(task, example_of(task), number) for number in range(3))
    for one in (forgets, cannot, fooled):
        assert one.says(one.plain, -1) == last
    assert forgets.plain[forgets.step].max() > 0.5
    assert forgets.held[-1].max() < 0.2, "in the end it knows nothing"
    assert cannot.says(cannot.held, cannot.step) == first
    assert cannot.says(cannot.held, -1) == first
    assert cannot.held[-1].max() > 0.99
    assert fooled.says(fooled.plain, fooled.step) == first
    assert fooled.says(fooled.held, fooled.step) == passing


def test_the_lstm_loses_the_subject_and_with_it_the_number_of_the_verb() -> None:
    text = example_of("agreement")
    for number in range(2):
        one = tried("agreement", text, number)
        are, is_ = (list(one.model.outputs).index(verb) for verb in ("are", "is"))
        assert one.tokens[one.step + 1].strip() == "are"
        assert one.plain[one.step, are] > 5 * one.plain[one.step, is_]
        assert one.held[one.step, are] < 2 * one.held[one.step, is_]
    shut = tried("agreement", text, 0)
    assert shut.held[shut.step, is_] > 5 * shut.held[shut.step, are], "it takes the subject to be one"


def test_it_miscounts() -> None:
    def counted(one: Tried, shares: Array) -> int | None:
        ends = (count for count in range(1, 13) if one.says(shares, 11 + count) == ".")
        return next(ends, None)

    leaks, half = (tried("counting", "a" * 12 + "b" * 12 + ".", number) for number in range(2))
    assert counted(leaks, leaks.plain) == 12
    assert (counted(leaks, leaks.held), counted(half, half.held)) == (8, 5)


@pytest.mark.parametrize("task", ["temporal-order", "temporal-order-100", "temporal-order-equal"])
def test_without_the_first_signal_the_order_is_wrong(task: str) -> None:
    one = tried(task, example_of(task), 0)
    assert one.says(one.held, -1) != one.says(one.plain, -1)


def test_what_was_kept_is_lost_in_a_sum_and_a_copy() -> None:
    added = tried("adding", example_of("adding"), 0)
    assert added.held[-1, 0] < added.plain[-1, 0] - 0.2
    copied = tried("copy", example_of("copy"), 0)
    back = slice(copied.step, copied.step + 5)
    right = [copied.tokens[at] for at in range(5)]
    assert [copied.says(copied.plain, at) for at in range(len(copied.plain))][back] == right
    assert [copied.says(copied.held, at) for at in range(len(copied.held))][back] != right


@pytest.mark.parametrize("task", TASKS)
def test_there_is_something_to_try_in_every_picture_that_can_be_held(task: str) -> None:
    text = example_of(task)
    found = {language: tries(task, text, language=language) for language in languages()}
    assert len({tuple(one.holds for one in each) for each in found.values()}) == 1, "the same in every language"
    assert bool(found["en"]) is (gateviz.load_pretrained(task, "lstm").config.answers != "text")
    for cell in CELLS:
        for one in tries(task, text, (cell,)):
            assert one.text
            holds = read_holds(one.holds)
            assert not holds.left_out
            assert {hold.cell for hold in holds.holds} == {cell}
