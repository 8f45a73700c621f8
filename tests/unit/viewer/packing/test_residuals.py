"""States that the browser works out from the gates are those of the trace, also where the gates do not explain them."""

import json
import shutil
import subprocess
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

import gateviz
from gateviz.viewer.packing import residuals
from gateviz.viewer.packing.pack import pack

Signals = dict[str, NDArray[np.floating]]
READ_IN_NODE = """
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { header, signals } = await decodePayload(new Uint8Array(Buffer.concat(chunks)));
const bits = (values) => Array.from(new Uint32Array(values.buffer));
const [named] = Object.values(signals);
const found = Object.entries(named).map(([name, values]) => [name, bits(values)]);
console.log(JSON.stringify([header.arrays, Object.fromEntries(found)]));
"""
needs_node = pytest.mark.skipif(
    shutil.which("node") is None, reason="there is no node; the browser tests read the same"
)


def signals_of(cell: str, direction: Any = "forward", **options: Any) -> Signals:
    torch.manual_seed(5)
    module = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell](4, 6, bidirectional=True, **options)
    layer = gateviz.record(module, 3 * torch.randn(40, 1, 4)).layer(0, direction)
    return {name: layer[name][0] for name in layer.signals if name != "preactivation"}


def through_node(data: bytes) -> tuple[dict[str, bool], dict[str, NDArray[np.uint32]]]:
    """Which arrays were followed, and the bits of all."""
    folder = files("gateviz.viewer")
    script = "".join((folder / name).read_text(encoding="utf-8") for name in ("payload.js", "followed.js"))
    command = ["node", "--input-type=module", "--eval", script + READ_IN_NODE]
    answer = subprocess.run(command, input=data, capture_output=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr.decode()
    arrays, bits = json.loads(answer.stdout)
    said = {array["signal"]: array.get("followed", False) for array in arrays}
    return said, {name: np.array(values, dtype=np.uint32) for name, values in bits.items()}


def bits_of(values: NDArray[np.floating]) -> NDArray[np.uint32]:
    return (residuals.rounded(values) << np.uint32(8)).reshape(-1)


@needs_node
@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize(
    ("cell", "there"), [("rnn", set()), ("lstm", {"cell_state", "hidden_state"}), ("gru", {"hidden_state"})]
)
def test_the_states_come_back_bit_by_bit(cell: Any, there: set[str], direction: str) -> None:
    signals = signals_of(cell, direction)
    said, found = through_node(pack({"reverse": direction == "reverse"}, {cell: signals}))
    assert {name for name, is_followed in said.items() if is_followed} == there
    for name, values in signals.items():
        np.testing.assert_array_equal(found[name], bits_of(values), err_msg=name)


@needs_node
@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_states_that_the_gates_do_not_explain_come_back_all_the_same(cell: Any) -> None:
    signals = signals_of(cell)
    draw = np.random.default_rng(2)
    odd = [np.nan, np.inf, -np.inf, 0.0, -0.0, 3.4e38, -3.4e38, 1e-42, -1e-20, 1.0]
    for name, values in signals.items():
        signals[name] = draw.choice([*odd, *draw.normal(size=20)], size=values.shape).astype(np.float32)
    _, found = through_node(pack({}, {cell: signals}))
    for name, values in signals.items():
        kept = np.isfinite(values).reshape(-1)
        np.testing.assert_array_equal(found[name][kept], bits_of(values)[kept], err_msg=name)
        shown = found[name].view(np.float32)
        np.testing.assert_array_equal(np.isnan(shown), np.isnan(values).reshape(-1), err_msg=name)


def test_with_a_projection_h_does_not_follow_from_c_and_is_sent_whole() -> None:
    signals = signals_of("lstm", proj_size=2)
    words = {name: residuals.rounded(values) for name, values in signals.items()}
    assert residuals.is_followed("lstm", "cell_state", words)
    assert not residuals.is_followed("lstm", "hidden_state", words)


@pytest.mark.parametrize(("cell", "least"), [("lstm", 0.75), ("gru", 0.83)])
def test_what_follows_takes_a_fraction_of_the_bytes(cell: Any, least: float) -> None:
    torch.manual_seed(1)
    module = {"lstm": nn.LSTM, "gru": nn.GRU}[cell](8, 64)
    layer = gateviz.record(module, 3 * torch.randn(60, 1, 8)).layer(0)
    signals = {name: layer[name][0] for name in layer.signals}
    names = {name: f"other_{name}" for name in signals}  # nothing follows from what is called otherwise
    whole = len(pack({}, {cell: {names[name]: values for name, values in signals.items()}}))
    assert len(pack({}, {cell: signals})) < (least + 0.03) * whole


def test_the_distances_are_small_whole_numbers_of_both_signs() -> None:
    signals = signals_of("lstm")
    words = {name: residuals.rounded(values) for name, values in signals.items()}
    far = residuals.off("lstm", "hidden_state", words, reverse=False)
    assert np.median(far) <= 4
    assert {0, 1, 2} <= set(far.reshape(-1).tolist())
