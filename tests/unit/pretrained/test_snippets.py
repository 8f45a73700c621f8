"""The code on the page Under the hood runs as it stands and prints the number that the trace has."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from gateviz import list_pretrained, load_pretrained
from gateviz.models.readings import Reading
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.examples import example_of
from gateviz.pretrained.files import load_timelapse
from gateviz.pretrained.snippets import SYMBOLS, WAYS, filled, snippets_of
from gateviz.results.trace import Direction

PROJECT = Path(__file__).parents[3]
RUN_ALL = """
import contextlib, io, json, sys
printed = []
for code in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(code, {})
    printed.append(out.getvalue())
print(json.dumps(printed))
"""


def fresh(code: str, given: str = "") -> str:
    """What a Python that has imported nothing yet prints."""
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, input=given, capture_output=True, text=True, check=False, timeout=500
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def numbers(card: ModelCard, training_step: int | None = None) -> Iterator[tuple[str, float]]:
    """Code in each way, and the number that it is to print: for each layer, direction and group of steps, at random."""
    rng = np.random.default_rng(card.seed + len(card.task))
    steps_of = dict(load_timelapse(card.task, card.cell)) if training_step is not None else {}
    model = load_pretrained(card.task, card.cell) if training_step is None else steps_of[training_step]
    reading = Reading(model, example_of(card.task), lambda: model)
    typed, whole = len(model.tokenize(reading.text)), reading.trace.output.shape[1]
    directions: tuple[Direction, ...] = ("forward", "reverse")
    for layer in range(card.config.num_layers):
        for direction in directions[: card.config.num_directions]:
            own = reading.trace.layer(layer, direction)
            written = snippets_of(reading, card.task, layer=layer, direction=direction, training_step=training_step)
            for code, (first, end) in zip(written, ((0, typed), (typed, whole)), strict=False):
                signal, unit = str(rng.choice(list(SYMBOLS[card.cell]))), int(rng.integers(card.config.hidden_size))
                for way, step in zip(WAYS, (first, end - 1, int(rng.integers(first, end))), strict=True):
                    place = {"step": step - first, "unit": unit, "symbol": SYMBOLS[card.cell][signal]}
                    yield filled(code[way], **place), own[signal][0, step, unit]


def test_the_code_of_every_model_prints_the_digits_of_the_trace() -> None:
    asked = [one for card in list_pretrained() for one in numbers(card)]
    asked += [one for card in list_pretrained() if card.task == "hometown" for one in numbers(card, 0)]
    printed = json.loads(fresh(RUN_ALL, json.dumps([code for code, _ in asked])))
    assert len(printed) > 180
    wrong = [
        (out, value, code) for out, (code, value) in zip(printed, asked, strict=True) if float(out) != round(value, 4)
    ]
    assert not wrong, wrong[0]


@pytest.mark.parametrize("way", WAYS)
def test_the_code_needs_nothing_but_itself(way: str) -> None:
    reading = Reading(load_pretrained("hometown", "gru"), example_of("hometown"))
    code = filled(snippets_of(reading, "hometown")[0][way], step=35, unit=6, symbol="z")  # type: ignore[index]
    assert fresh(code) == f"{reading.trace.layer(0)['update_gate'][0, 35, 6]:.4f}\n"
