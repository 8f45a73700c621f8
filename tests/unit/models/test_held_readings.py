"""A text is read while signals are held: every number is the oracle's, for every kind of model."""

from dataclasses import replace

import numpy as np
import pytest

import gateviz
from gateviz.models.alignment import aligned_steps
from gateviz.models.encoder_decoder import START
from gateviz.models.holds import Hold, read_holds
from gateviz.models.readings import Reading
from gateviz.results.answers import Forecast
from tests.any_holds import TEXTS, random_holds
from tests.refusals import refusal
from tests.unit.models.held_cells import signals_of


@pytest.mark.parametrize("task", TEXTS)
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_every_number_is_the_oracles(task: str, cell: str) -> None:
    model, (text, other) = gateviz.load_pretrained(task, cell).double(), TEXTS[task]
    plain, compared = model.trace(text), model.trace(other)
    steps = len(plain.tokens_of(0))
    decoders = (plain.tokens_of(0).index(START), compared.tokens_of(0).index(START)) if task == "dates" else None
    belong = [*aligned_steps(plain.tokens_of(0), compared.tokens_of(0), decoders), *[None] * 40]
    for seed in range(3):
        holds = random_holds(model, steps, seed)
        reading = Reading(model, text, holds=holds, other=other)
        signals, scores = signals_of(model, text, holds, belong, other)
        for layer in reading.trace.layers:
            for name, values in signals[layer.index, layer.direction].items():
                np.testing.assert_allclose(layer[name][0], values, rtol=1e-9, atol=1e-9, err_msg=f"{name} {holds}")
        logits = model.logits_of(reading.trace, reading.clamps)
        np.testing.assert_allclose(logits, np.stack(scores), rtol=1e-9, atol=1e-9, err_msg=str(holds))
        answers = reading.answers()
        given = answers.values if isinstance(answers, Forecast) else answers.probabilities
        assert len(given) == len(scores) == reading.trace.output.shape[1]


@pytest.mark.parametrize("task", ["hometown", "dates", "sentiment"])
def test_the_sums_are_those_of_the_states_that_are_held(task: str) -> None:
    """Where a gate itself is free, its sum makes it; the sum of a gate that is held makes what it would be."""
    model, (text, _) = gateviz.load_pretrained(task, "lstm"), TEXTS[task]
    reading = Reading(model, text, holds=read_holds("lstm.hidden_state.3@2-:0.5,lstm.input_gate:1").holds)
    for name, free in (("forget_gate", True), ("input_gate", False)):
        groups = model.contributions(text, clamps=reading.clamps)
        parts = [group.layer(0)[name] for group in groups]
        totals = np.concatenate([part.inputs + part.recurrent + part.bias for part in parts], axis=1)
        made = 1 / (1 + np.exp(-totals))
        found = reading.trace.layer(0)[name]
        np.testing.assert_allclose(made if free else np.ones_like(made), found, atol=1e-5)
        assert np.abs(made - model.trace(text).layer(0)[name][:, : made.shape[1]]).max() > 1e-3, "the states are others"


def test_a_decoder_writes_under_the_hold() -> None:
    model, (text, _) = gateviz.load_pretrained("dates", "lstm"), TEXTS["dates"]
    typed = len(text)
    plain = model.trace(text)
    assert "".join(plain.tokens_of(0)[typed + 1 :]) == "1999-05-03"
    shut = Reading(model, text, holds=(Hold("lstm", "output_gate", 0.0, first=typed),))
    assert np.array_equal(shut.trace.layer(0)["cell_state"][:, :typed], plain.layer(0)["cell_state"][:, :typed])
    assert not shut.trace.layer(0)["hidden_state"][:, typed:].any()
    written = shut.trace.tokens_of(0)[typed + 1 :]
    assert len(set(written)) == 1, "nothing reaches the head, so all characters are equally likely"
    beside = Reading(model, text, beside=lambda: model, holds=shut.holds)
    assert beside.trace.output.shape == plain.output.shape, "beside others it writes as much as without a hold"


def test_holds_of_another_cell_hold_nothing() -> None:
    model, (text, _) = gateviz.load_pretrained("hometown", "gru"), TEXTS["hometown"]
    reading = Reading(model, text, holds=read_holds("lstm.forget_gate:0,rnn.hidden_state:0").holds)
    assert reading.clamps == ()
    assert np.array_equal(reading.trace.output, model.trace(text).output)


def test_what_the_model_does_not_have_is_refused() -> None:
    model, (text, _) = gateviz.load_pretrained("hometown", "gru"), TEXTS["hometown"]
    hold = Hold("gru", "update_gate", 0.0)
    for wrong in ({"unit": 32}, {"layer": 1}, {"direction": "reverse"}, {"first": 99}):
        refusal(lambda wrong=wrong: Reading(model, text, holds=(replace(hold, **wrong),)).trace)
    assert "the sentence" in refusal(lambda: Reading(model, text, holds=(replace(hold, value="other"),)).trace)
    assert "something is held" in refusal(Reading(model, text, holds=(hold,)).gradients, 3)
    refusal(model.trace, text, clamps=[3])
