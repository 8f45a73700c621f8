"""States that the browser computes from residuals are those of the trace, also where the gates do not explain them."""

from collections.abc import Callable
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
Through = Callable[[bytes], tuple[dict[str, bool], dict[str, NDArray[np.uint32]]]]
READ_IN_NODE = """
import { unpack } from "./picture/unpack.js";
const { header, signals } = await unpack(input);
const bits = (values) => Array.from(new Uint32Array(values.buffer));
const [named] = Object.values(signals);
const found = Object.entries(named).map(([name, values]) => [name, bits(values)]);
console.log(JSON.stringify([header.arrays, Object.fromEntries(found)]));
"""


def signals_of(cell: str, direction: Any = "forward", **options: Any) -> Signals:
    torch.manual_seed(5)
    module = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell](4, 6, bidirectional=True, **options)
    layer = gateviz.record(module, 3 * torch.randn(40, 1, 4)).layer(0, direction)
    return {name: layer[name][0] for name in layer.signals if name != "preactivation"}


@pytest.fixture
def through_node(in_node: Callable[..., Any]) -> Through:
    """Which arrays of some bytes are residuals, and the bits of all as the browser has them."""

    def through(data: bytes) -> tuple[dict[str, bool], dict[str, NDArray[np.uint32]]]:
        arrays, bits = in_node(READ_IN_NODE, data=data)
        sent = {array["signal"]: array.get("residual", False) for array in arrays}
        return sent, {name: np.array(values, dtype=np.uint32) for name, values in bits.items()}

    return through


def bits_as_read(values: NDArray[np.floating]) -> NDArray[np.uint32]:
    return (residuals.bits_of(values) << np.uint32(8)).reshape(-1)


@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize(
    ("cell", "there"), [("rnn", set()), ("lstm", {"cell_state", "hidden_state"}), ("gru", {"hidden_state"})]
)
def test_the_states_come_back_bit_by_bit(through_node: Through, cell: Any, there: set[str], direction: str) -> None:
    signals = signals_of(cell, direction)
    sent, found = through_node(pack({"reverse": direction == "reverse"}, {cell: signals}))
    assert {name for name, is_residual in sent.items() if is_residual} == there
    for name, values in signals.items():
        np.testing.assert_array_equal(found[name], bits_as_read(values), err_msg=name)


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_states_that_the_gates_do_not_explain_come_back_all_the_same(through_node: Through, cell: Any) -> None:
    signals = signals_of(cell)
    draw = np.random.default_rng(2)
    odd = [np.nan, np.inf, -np.inf, 0.0, -0.0, 3.4e38, -3.4e38, 1e-42, -1e-20, 1.0]
    for name, values in signals.items():
        signals[name] = draw.choice([*odd, *draw.normal(size=20)], size=values.shape).astype(np.float32)
    _, found = through_node(pack({}, {cell: signals}))
    for name, values in signals.items():
        kept = np.isfinite(values).reshape(-1)
        np.testing.assert_array_equal(found[name][kept], bits_as_read(values)[kept], err_msg=name)
        shown = found[name].view(np.float32)
        np.testing.assert_array_equal(np.isnan(shown), np.isnan(values).reshape(-1), err_msg=name)


def test_with_a_projection_h_does_not_follow_from_c_and_is_sent_whole() -> None:
    signals = signals_of("lstm", proj_size=2)
    bits = {name: residuals.bits_of(values) for name, values in signals.items()}
    assert residuals.is_predictable("lstm", "cell_state", bits)
    assert not residuals.is_predictable("lstm", "hidden_state", bits)


@pytest.mark.parametrize(("cell", "least"), [("lstm", 0.75), ("gru", 0.83)])
def test_residuals_take_a_fraction_of_the_bytes(cell: Any, least: float) -> None:
    torch.manual_seed(1)
    module = {"lstm": nn.LSTM, "gru": nn.GRU}[cell](8, 64)
    layer = gateviz.record(module, 3 * torch.randn(60, 1, 8)).layer(0)
    signals = {name: layer[name][0] for name in layer.signals}
    names = {name: f"other_{name}" for name in signals}  # nothing is predicted from signals of other names
    whole = len(pack({}, {cell: {names[name]: values for name, values in signals.items()}}))
    assert len(pack({}, {cell: signals})) < (least + 0.03) * whole


def test_residuals_are_small_whole_numbers_of_both_signs() -> None:
    signals = signals_of("lstm")
    bits = {name: residuals.bits_of(values) for name, values in signals.items()}
    off = residuals.residuals_of("lstm", "hidden_state", bits, reverse=False)
    assert np.median(off) <= 4
    assert {0, 1, 2} <= set(off.reshape(-1).tolist())
