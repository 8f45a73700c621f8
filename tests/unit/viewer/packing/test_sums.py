"""The sums behind the gates come out of a few bytes again: in the real sums.js, equal to the library's."""

import json
import shutil
import subprocess
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import gateviz
from gateviz.recording.gate_sums import GateSum
from gateviz.viewer.packing.pack import pack
from tests.packed import unpack

MODULES = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
READ_IN_NODE = """
const GATES = new Set(["input_gate", "forget_gate", "output_gate", "reset_gate", "update_gate"]);
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const picture = await readPayload(new Uint8Array(Buffer.concat(chunks)));
const { header } = picture;
const found = {};
for (const { cell, signal, steps, units } of header.arrays) {
  const at = createSums(cell, picture);
  found[signal] = [];
  for (let place = 0; place < steps * units; place++) {
    found[signal].push(at(signal, Math.floor(place / units), place % units));
  }
}
console.log(JSON.stringify(found));
"""


def run(
    cell: str, tokens: list[int], spread: float, seed: int = 3, **options: str
) -> tuple[dict[str, Any], dict[str, GateSum]]:
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
        "hidden_state" if cell == "rnn" else name: GateSum(p.inputs[0], p.recurrent[0], p.bias, p.recurrent_bias)
        for name, p in parts.items()
    }
    return {name: trace[name][0] for name in trace.signals if name != "preactivation"}, sums


def read(data: bytes) -> dict[str, list[dict[str, float] | None]]:
    folder = files("gateviz.viewer")
    names = ("payload.js", "followed.js", "pieces.js", "sums.js")
    script = "".join((folder / name).read_text(encoding="utf-8") for name in names) + READ_IN_NODE
    command = ["node", "--input-type=module", "--eval", script]
    answer = subprocess.run(command, input=data, capture_output=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr.decode()
    found: dict[str, list[dict[str, float] | None]] = json.loads(answer.stdout)
    return found


needs_node = pytest.mark.skipif(
    shutil.which("node") is None, reason="there is no node; the browser tests read the same"
)


@needs_node
@pytest.mark.parametrize("spread", [0.3, 2.0, 8.0], ids=["open", "often saturated", "always saturated"])
@pytest.mark.parametrize("cell", MODULES)
def test_every_part_is_the_librarys_to_a_hundredth(cell: Any, spread: float) -> None:
    signals, sums = run(cell, [0, 3, 3, 1, 0, 5, 3], spread)
    units = {cell: 5}
    found = read(pack({"units": units}, {cell: signals}, {cell: [sums]}))
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


@needs_node
@pytest.mark.parametrize("spread", [0.3, 8.0], ids=["open", "always saturated"])
@pytest.mark.parametrize("cell", MODULES)
def test_each_stretch_of_the_steps_has_biases_of_its_own(cell: Any, spread: float) -> None:
    stretches = [run(cell, tokens, spread, seed) for seed, tokens in enumerate([[0, 3, 3], [1], [2, 3, 0, 5]])]
    signals = {name: np.concatenate([each[name] for each, _ in stretches]) for name in stretches[0][0]}
    sums = [parts for _, parts in stretches]
    found = read(pack({"units": {cell: 5}}, {cell: signals}, {cell: sums}))
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


@needs_node
def test_a_relu_tells_its_sum_where_it_is_positive_and_the_rest_is_sent() -> None:
    signals, sums = run("rnn", [0, 3, 3, 1, 0, 5, 3], 0.6, nonlinearity="relu")
    states, part = signals["hidden_state"], sums["hidden_state"]
    assert (states > 1).any()
    assert (states == 0).any()
    header = {"units": {"rnn": 5}, "squashes": {"rnn": "relu"}}
    found = read(pack(header, {"rnn": signals}, {"rnn": [sums]}))["hidden_state"]
    shown = np.array([answer["total"] for answer in found if answer]).reshape(states.shape)
    np.testing.assert_allclose(shown, part.inputs + part.recurrent + part.bias, atol=0.012)
    np.testing.assert_allclose(np.maximum(shown, 0), states, atol=0.012)
    recurrent = np.array([answer["recurrent"] for answer in found if answer]).reshape(states.shape)
    np.testing.assert_allclose(recurrent, part.recurrent, atol=0.012)


@needs_node
def test_without_sums_there_are_none_and_the_bytes_are_the_signals_alone() -> None:
    signals, _ = run("lstm", [1, 2], 1.0)
    data = pack({"units": {"lstm": 5}}, {"lstm": signals})
    assert all(set(answers) == {None} for answers in read(data).values())


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
