"""A text read by a model: every kind of model gives the same parts, and the parts belong to one another."""

from collections.abc import Sequence
from functools import partial
from itertools import repeat

import numpy as np
import pytest
import torch

import gateviz
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n.translator import load
from gateviz.models.config import ModelConfig
from gateviz.models.construction import build_model
from gateviz.models.encoder_decoder import END, START
from gateviz.models.readings import DIFFERENT, Reading, tokens_of
from gateviz.models.sequence_model import SequenceModel
from gateviz.results.answers import Expectation, Forecast, Verdict
from gateviz.results.trace import CELLS
from tests.refusals import refusal

LABELS = ("x", "y", "z", END)
TEXTS = {
    "timemachine": "He said so.",
    "sentiment": "not funny",
    "sunspots": "58.0 62.6 70.0",
    "adding": "0.5 0.25* 0.5*",
    "dates": "the 3rd of May, 1999",
    "tang": "白日依山尽，",
}
"""A task of each kind of answer and input, and one of two layers."""


def decoders(count: int = 3, text: str = "ab") -> list[SequenceModel]:
    """Models with a decoder that write answers of different lengths for the text."""
    found: dict[int, SequenceModel] = {}
    for seed in range(60):
        config = ModelConfig("gru", hidden_size=6, embedding_size=4, num_layers=1, answers="text")
        model = build_model(config, CharacterTokenizer.of("ab"), LABELS, seed=seed)
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.mul_(3)
        found.setdefault(model.answer_length(text), model)
    assert len(found) >= count
    return [found[length] for length in sorted(found)][:count]


def lengths(readings: Sequence[Reading]) -> list[int]:
    return [reading.trace.output.shape[1] for reading in readings]


@pytest.mark.parametrize("task", TEXTS)
@pytest.mark.parametrize("cell", CELLS)
def test_every_part_of_a_reading_has_the_steps_of_its_trace(task: str, cell: str) -> None:
    model, text = gateviz.load_pretrained(task, cell), TEXTS[task]
    reading = Reading(model, text)
    steps = reading.trace.output.shape[1]
    assert len(reading.tokens) == len(reading.trace.tokens or ()) == steps
    assert "".join(token.text for token in reading.tokens).startswith(text)
    answers = reading.answers()
    kind = {"class": Verdict, "value": Forecast}.get(model.config.answers, Expectation)
    assert isinstance(answers, kind)
    values = answers.values if isinstance(answers, Forecast) else answers.probabilities
    assert len(values) == steps
    norms = reading.gradients(-1).norm("hidden_state")
    assert norms.shape == (1, steps)
    assert (norms > 0).any()


def test_the_answers_speak_the_language_that_is_asked_for() -> None:
    reading = Reading(gateviz.load_pretrained("sentiment", "gru"), TEXTS["sentiment"])
    plain, chinese = reading.answers(), reading.answers(load("zh"), "sentiment")
    assert isinstance(plain, Verdict)
    assert isinstance(chinese, Verdict)
    assert plain.classes == reading.model.labels
    assert chinese.classes == tuple(load("zh").label("sentiment", label) for label in plain.classes)
    assert chinese.classes != plain.classes


def test_what_training_did_not_ask_for_is_not_asked_for_here() -> None:
    model = gateviz.load_pretrained("copy", "gru")
    found = Reading(model, "ab...>ab").answers()
    assert isinstance(found, Expectation)
    assert np.isfinite(found.surprise).tolist() == [False] * 5 + [True, True, False]
    never = Reading(model, "ab...").answers()
    assert isinstance(never, Expectation)
    assert np.isnan(never.surprise).all()


def test_a_decoder_is_asked_from_its_own_first_step_on_and_writes_what_comes() -> None:
    reading = Reading(gateviz.load_pretrained("dates", "gru"), "May 3, 1999")
    found = reading.answers()
    assert isinstance(found, Expectation)
    first = (reading.trace.tokens or ()).index(START)
    assert (found.asked_from, found.written) == (first, True)
    assert "".join(token or "" for token in found.came[first:]) == "1999-05-03"
    assert np.isfinite(found.probability).tolist() == [step >= first for step in range(len(found.came) - 1)] + [False]


def test_side_by_side_all_decoders_write_as_much_as_one_of_them() -> None:
    models = decoders()
    alone = [Reading(model, "ab") for model in models]
    assert len(set(lengths(alone))) == len(models)
    for chosen in models:
        readings = [Reading(model, "ab", beside=partial(next, repeat(chosen))) for model in models]
        steps = len("ab" + START) + chosen.answer_length("ab")
        assert lengths(readings) == [steps] * len(models)
        for reading in readings:
            assert len(reading.tokens) == steps
            assert reading.gradients(0).inputs.shape[1] == steps
        written = [reading.trace.tokens or () for reading in readings]
        for step, token in enumerate(tokens_of(readings)):
            each = {tokens[step] for tokens in written}
            assert token.text == (each.pop() if len(each) == 1 else DIFFERENT)


def test_a_model_without_a_decoder_never_asks_for_the_one_beside_it() -> None:
    def fail() -> SequenceModel:
        raise AssertionError

    reading = Reading(gateviz.load_pretrained("timemachine", "gru"), "ab", beside=fail)
    assert reading.tokens == reading.model.tokenize("ab")
    assert lengths([reading]) == [2]


def test_only_equally_long_readings_of_one_text_stand_side_by_side() -> None:
    one, other = decoders(2)
    refusal(tokens_of, [])
    refusal(tokens_of, [Reading(one, "ab"), Reading(other, "ab")])
    refusal(tokens_of, [Reading(one, "ab"), Reading(one, "ba")])
    for model in (None, "gru", torch.nn.LSTM(2, 3)):
        refusal(Reading, model, "ab")
    for text in (None, ["ab"], b"ab", [1, 2]):
        refusal(Reading, one, text)
