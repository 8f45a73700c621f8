"""The sums behind the gates come out of a few bytes again: in the real gate_sums.js, equal to the library's."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import gateviz
from gateviz.recording.gate_sums import GateSum
from gateviz.results.signals import GATES
from gateviz.viewer.packing.pack import pack
from tests.packed import unpack

Signals = dict[str, Any]
Sums = dict[str, GateSum]
MODULES = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
Answers = dict[str, list[dict[str, float] | None]]
Read = Callable[[dict[str, Any], Signals, Sequence[Sums]], Answers]
READ_IN_NODE = """
import { createGateSums } from "./picture/gate_sums.js";
import { readPicture } from "./picture/pieces.js";
const picture = await readPicture(input);
const { header } = picture;
const found = {};
for (const { cell, signal, steps, units } of header.arrays) {
  const at = createGateSums(cell, picture);
  found[signal] = [];
  for (let place = 0; place < steps * units; place++) {
    found[signal].push(at(signal, Math.floor(place / units), place % units));
  }
}
console.log(JSON.stringify(found));
"""


def run(cell: str, tokens: list[int], spread: float, seed: int = 3, **options: str) -> tuple[Signals, Sums]:
    """Signals and sums of a layer over one-hot tokens; a large spread saturates its gates."""
    generator = torch.Generator().manual_seed(seed)
    module = MODULES[cell](6, 5, **options)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(spread * torch.randn(parameter.shape, generator=generator))
    inputs = torch.eye(6)[tokens][:, None]  # (time, 1, 6)
    trace = gateviz.record(module, inputs).layer(0)
    parts = gateviz.contributions(module, inputs).layer(0).sums
    sums = {
        "hidden_state" if cell == "rnn" else name: replace(p, inputs=p.inputs[0], recurrent=p.recurrent[0])
        for name, p in parts.items()
    }
    return {name: trace[name][0] for name in trace.signals if name != "preactivation"}, sums


@pytest.fixture
def read(in_node: Callable[..., Any]) -> Read:
    """read(header, signals, stretches) packs those of one cell and gives what the browser makes of them, by signal."""

    def read(header: dict[str, Any], signals: Signals, stretches: Sequence[Sums]) -> Answers:
        (cell,) = header["units"]
        sums = {cell: stretches} if stretches else None
        found: Answers = in_node(READ_IN_NODE, data=pack({"gates": sorted(GATES), **header}, {cell: signals}, sums))
        return found

    return read


@pytest.mark.parametrize("spread", [0.3, 2.0, 8.0], ids=["open", "often saturated", "always saturated"])
@pytest.mark.parametrize("cell", MODULES)
def test_every_part_is_the_librarys_to_a_hundredth(read: Read, cell: Any, spread: float) -> None:
    signals, sums = run(cell, [0, 3, 3, 1, 0, 5, 3], spread)
    found = read({"units": {cell: 5}}, signals, [sums])
    for name, part in sums.items():
        answers = found[name]
        apart = part.recurrent_bias is not None
        reset = signals["reset_gate"] if apart else np.ones_like(part.inputs)
        extra = part.recurrent_bias if part.recurrent_bias is not None else 0.0
        expected = {
            "inputs": part.inputs,
            "bias": np.broadcast_to(part.bias, part.inputs.shape),
            "recurrent": part.recurrent,
            "total": part.inputs + part.bias + reset * (part.recurrent + extra),
        }
        for key, values in expected.items():
            shown = np.array([answer[key] for answer in answers if answer])
            np.testing.assert_allclose(shown, values.reshape(-1), atol=0.012, err_msg=f"{name} {key}")
        assert all((answer["recurrentBias"] is not None) == apart for answer in answers if answer)
    for name in signals.keys() - sums.keys():
        assert set(found[name]) == {None}, "a state is no sum"


@pytest.mark.parametrize("spread", [0.3, 8.0], ids=["open", "always saturated"])
@pytest.mark.parametrize("cell", MODULES)
def test_each_stretch_of_the_steps_has_biases_of_its_own(read: Read, cell: Any, spread: float) -> None:
    stretches = [run(cell, tokens, spread, seed) for seed, tokens in enumerate([[0, 3, 3], [1], [2, 3, 0, 5]])]
    signals = {name: np.concatenate([each[name] for each, _ in stretches]) for name in stretches[0][0]}
    sums = [parts for _, parts in stretches]
    found = read({"units": {cell: 5}}, signals, sums)
    for name in sums[0]:
        for key in ("inputs", "recurrent", "bias", "recurrent_bias"):
            values = [getattr(parts[name], key) for parts in sums]
            if values[0] is None:
                continue
            expected = np.concatenate(
                [np.broadcast_to(value, parts[name].inputs.shape) for value, parts in zip(values, sums, strict=True)]
            )
            spelled = {"recurrent_bias": "recurrentBias"}.get(key, key)
            shown = np.array([answer[spelled] for answer in found[name] if answer])
            np.testing.assert_allclose(shown, expected.reshape(-1), atol=0.012, err_msg=f"{name} {key}")


def test_a_relu_tells_its_sum_where_it_is_positive_and_the_rest_is_sent(read: Read) -> None:
    signals, sums = run("rnn", [0, 3, 3, 1, 0, 5, 3], 0.6, nonlinearity="relu")
    states, part = signals["hidden_state"], sums["hidden_state"]
    assert (states > 1).any()
    assert (states == 0).any()
    found = read({"units": {"rnn": 5}, "squashes": {"rnn": "relu"}}, signals, [sums])["hidden_state"]
    shown = np.array([answer["total"] for answer in found if answer]).reshape(states.shape)
    np.testing.assert_allclose(shown, part.inputs + part.recurrent + part.bias, atol=0.012)
    np.testing.assert_allclose(np.maximum(shown, 0), states, atol=0.012)
    recurrent = np.array([answer["recurrent"] for answer in found if answer]).reshape(states.shape)
    np.testing.assert_allclose(recurrent, part.recurrent, atol=0.012)


def test_without_sums_there_are_none_and_the_bytes_are_the_signals_alone(read: Read) -> None:
    signals, _ = run("lstm", [1, 2], 1.0)
    found = read({"units": {"lstm": 5}}, signals, [])
    assert all(set(answers) == {None} for answers in found.values())


def test_what_comes_from_the_input_is_sent_once_for_each_token() -> None:
    few, many = ([0] * 60, [step % 6 for step in range(60)])
    counts = []
    for tokens in (few, many):
        signals, sums = run("lstm", tokens, 0.3)
        data = pack({}, {"lstm": signals}, {"lstm": [sums]})
        header, _ = unpack(data)
        assert header["sums"]["rows"] == {"lstm": tokens}
        counts.append([entry["count"] for entry in header["sums"]["parts"] if entry["part"] == "inputs"])
    assert counts == [[1 * 5] * 4, [6 * 5] * 4]
