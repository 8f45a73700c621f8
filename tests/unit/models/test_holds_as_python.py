"""The lines of Python that the page offers to copy: they run as they stand, and make the same numbers."""

from typing import Any

import numpy as np
import pytest

import gateviz
from gateviz.models.holds import read_holds
from gateviz.models.holds_as_python import python_of
from gateviz.models.readings import Reading

CASES = {
    "one number": ("hometown/lstm", "I grew up in France.", "lstm.forget_gate@3-:0", None),
    "odd characters": ("timemachine/gru", "\"'\\ \u200b\u2028é", "gru.update_gate.3:0.5", None),
    "several": ("hometown/gru", "I grew up in 'France'.", "gru.update_gate.3@2:0.5,gru.candidate@1-3:-1", None),
    "frozen": ("hometown/lstm", "I grew up", "lstm.forget_gate:0,lstm.cell_state.2@1-:freeze,lstm.input_gate:0", None),
    "frozen at once": ("hometown/rnn", 'I "grew" up', "rnn.hidden_state@1-:freeze", None),
    "of the other": ("hometown/lstm", "I grew up in France", "lstm.cell_state@3:other", "We both grew up in Spain"),
    "some steps of it": ("tang/gru", "白日依山尽", "gru.1.hidden_state@1-:other,gru.reset_gate:1", "白山尽"),
    "in reverse": ("sentiment/gru", "not good", "gru.reverse.update_gate.1:0,gru.reverse.candidate:freeze", None),
    "numbers": ("adding/lstm", "0.5 0.25* 0.5*", "lstm.output_gate:1", None),
    "a decoder": ("dates/lstm", "May 3, 1999", "lstm.forget_gate@8-:0,lstm.cell_state.3@14-:freeze", None),
    "a decoder beside": ("dates/gru", "May 3, 1999", "gru.hidden_state@9-13:other", "May 4, 2001"),
    "half trained": ("hometown/lstm", "I grew up in France.", "lstm.forget_gate@3-:0", None),
}


@pytest.mark.parametrize("name", CASES)
def test_the_lines_make_the_same_trace(name: str) -> None:
    model_name, text, holds, other = CASES[name]
    task, cell = model_name.split("/")
    step = gateviz.load_timelapse(task, cell)[2][0] if name == "half trained" else None
    model = gateviz.load_pretrained(task, cell) if step is None else dict(gateviz.load_timelapse(task, cell))[step]
    beside = (lambda: model) if name == "a decoder beside" else None
    reading = Reading(model, text, beside, read_holds(f"{holds},mlp.what:0").holds, other)
    lines = python_of(reading, task, step)
    made: dict[str, Any] = {}
    exec(lines, made)  # noqa: S102
    for ours, theirs in zip(made["trace"].layers, reading.trace.layers, strict=True):
        for signal in theirs.signals:
            np.testing.assert_array_equal(ours[signal], theirs[signal], err_msg=lines)
    plain = Reading(model, text, beside).trace.output
    assert np.abs(made["trace"].output[:, : len(text)] - plain[:, : len(text)]).max() > 1e-4, "something is held"
    assert len(lines.splitlines()) < 14


def test_of_one_hold_they_are_as_short_as_a_person_would_write_them() -> None:
    reading = Reading(gateviz.load_pretrained("hometown", "lstm"), "I grew up", holds=read_holds(HELD).holds)
    assert python_of(reading, "hometown") == LINES


HELD = "lstm.forget_gate@1-:0"
LINES = """import gateviz

model = gateviz.load_pretrained("hometown", "lstm")
inputs = model.embed(model.encode("I grew up"))
clamps = [gateviz.Clamp("forget_gate", 0.0, steps=slice(1, None))]
trace = gateviz.run_with(model.recurrent, inputs, clamps)"""
