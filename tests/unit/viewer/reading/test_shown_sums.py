"""The sums of a picture's equations are those of the numbers that it shows: of Python's, and of a gate that is held."""

import base64
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import numpy as np
import pytest
import torch

import gateviz
from gateviz import Clamp
from gateviz.i18n import translator
from gateviz.models.readings import Reading
from gateviz.pretrained.browser_files import find_file, name_of
from gateviz.pretrained.files import load_pretrained
from gateviz.pretrained.folder import find_card
from gateviz.results.trace import CellName, Direction
from gateviz.viewer.packing.picture import Run, picture

SCRIPT = Path(__file__).with_name("shown_sums.mjs")
TEXTS = {
    "hometown": "I grew up in France. I speak fluent",
    "tang": "白日依山尽，",
    "sentiment": "not a good film",
    "adding": "0.5 0.25* 0.5*",
    "dates": "May 3, 1999",
}
"""A task of each kind of input; one of two layers, one of two directions, one with a decoder."""
PLACES: list[tuple[str, CellName, int, Direction]] = [
    ("hometown", "lstm", 0, "forward"),
    ("tang", "lstm", 1, "forward"),
    ("tang", "gru", 1, "forward"),
    ("sentiment", "gru", 0, "reverse"),
    ("sentiment", "rnn", 0, "reverse"),
    ("adding", "gru", 0, "forward"),
    ("dates", "lstm", 0, "forward"),
]
Shown = dict[str, list[list[list[float] | None]]]
Show = Callable[..., Shown]


@pytest.fixture
def show(node: Callable[..., CompletedProcess[bytes]], tmp_path: Path) -> Show:
    """show(task, cell, layer, direction, clamps) gives the sums by signal, for each step and unit."""

    def shown(
        task: str, cell: CellName, layer: int, direction: Direction, clamps: Sequence[dict[str, Any]] = ()
    ) -> Shown:
        reading = Reading(load_pretrained(task, cell), TEXTS[task])
        name = name_of(find_card(task, cell))
        for file in (f"{name}.json", f"{name}.safetensors"):
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_bytes(find_file(file) or b"")
        run = Run(reading.trace, reading.answers(), "", name)
        say = translator.load("en")
        data = picture({cell: run}, TEXTS[task], reading.tokens, layer=layer, direction=direction, say=say)
        asked = {"picture": base64.b64encode(data).decode(), "files": str(tmp_path), "clamps": clamps}
        answer = node(str(SCRIPT), data=json.dumps(asked).encode())
        assert answer.returncode == 0, answer.stderr.decode()
        found: Shown = json.loads(answer.stdout)[cell]
        return found

    return shown


def parts_of(task: str, cell: CellName, layer: int, direction: Direction) -> dict[str, Any]:
    """The library's, by signal: (time, unit, part)."""
    found: dict[str, list[Any]] = {}
    for group in load_pretrained(task, cell).contributions(TEXTS[task]):
        own = group.layer(layer, direction)
        for signal, part in own.sums.items():
            apart = np.zeros_like(part.bias) if part.recurrent_bias is None else part.recurrent_bias
            reset = 1 if part.recurrent_bias is None or own.reset is None else own.reset[0]
            total = part.inputs[0] + part.bias + reset * (part.recurrent[0] + apart)
            same = [np.broadcast_to(bias, total.shape) for bias in (part.bias, apart)]
            found.setdefault(signal, []).append(np.stack([part.inputs[0], part.recurrent[0], *same, total], axis=-1))
    return {name.replace("preactivation", "hidden_state"): np.concatenate(each) for name, each in found.items()}


@pytest.mark.parametrize(("task", "cell", "layer", "direction"), PLACES)
def test_every_part_is_the_librarys(task: str, cell: CellName, layer: int, direction: Direction, show: Show) -> None:
    """Python's states come with sixteen bits each: a sum of 256 is 2.5e-5 off at most."""
    shown, expected = show(task, cell, layer, direction), parts_of(task, cell, layer, direction)
    for signal, values in shown.items():
        if signal in expected:
            np.testing.assert_allclose(np.array(values), expected[signal], rtol=1e-5, atol=5e-5)
        else:
            assert all(sum_ is None for row in values for sum_ in row), "a state is no sum"
    assert expected.keys() <= shown.keys()


@pytest.mark.parametrize(("task", "cell", "layer", "direction"), PLACES[:5])
def test_where_a_gate_below_is_held_the_sums_are_those_of_what_is_shown(
    task: str, cell: CellName, layer: int, direction: Direction, show: Show
) -> None:
    model = load_pretrained(task, cell)
    held = Clamp("hidden_state", 0.5, direction=direction, units=3, steps=[1, 2])
    clamp = {"signal": "hidden_state", "value": 0.5, "direction": direction, "units": 3, "steps": [1, 2]}
    embedded = model.embed(model.encode(TEXTS[task]))
    trace = gateviz.run_with(model.recurrent, embedded, [held])
    below = embedded[0] if layer == 0 else torch.tensor(trace.layer(layer - 1)["hidden_state"][0])
    states = torch.tensor(trace.layer(layer, direction)["hidden_state"][0])
    first = torch.zeros_like(states[:1])
    before = torch.cat((first, states[:-1]) if direction == "forward" else (states[1:], first))
    end = f"l{layer}{'_reverse' if direction == 'reverse' else ''}"
    inputs, recurrent = (
        (values @ getattr(model.recurrent, f"weight_{kind}_{end}").T).detach().chunk(len(of_rows(cell)), dim=1)
        for values, kind in ((below, "ih"), (before, "hh"))
    )
    shown = show(task, cell, layer, direction, [clamp])
    for signal, x, h in zip(of_rows(cell), inputs, recurrent, strict=True):
        found = np.array(shown[signal])
        np.testing.assert_allclose(found[..., 0], x, rtol=1e-5, atol=2e-5)
        np.testing.assert_allclose(found[..., 1], h, rtol=1e-5, atol=2e-5)
    plain = parts_of(task, cell, layer, direction)[signal]
    assert np.abs(np.array(shown[signal]) - plain).max() > 0.01, "what is held makes a difference"


def of_rows(cell: CellName) -> tuple[str, ...]:
    """What has a sum, in the order of PyTorch's rows."""
    return {
        "rnn": ("hidden_state",),
        "lstm": ("input_gate", "forget_gate", "candidate", "output_gate"),
        "gru": ("reset_gate", "update_gate", "candidate"),
    }[cell]
