"""In half precision a recording is what the module computed, every rounding of its kernel included."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence

import gateviz
from gateviz.recording.cells import CellWeights, KernelPass, Walk
from gateviz.recording.half_precision import rounded_lstm

KINDS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
HALVES = [torch.float16, torch.bfloat16]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("dtype", "numpy_dtype"), [(torch.float16, np.float16), (torch.bfloat16, np.float32)])
def test_half_precision_is_recorded_in_a_dtype_that_numpy_has(kind: str, dtype: torch.dtype, numpy_dtype: type) -> None:
    module, inputs = KINDS[kind](3, 4, 2, bidirectional=True).to(dtype), torch.randn(5, 2, 3).to(dtype)
    trace = gateviz.record(module, inputs)
    expected = module(inputs)[0].detach().float().numpy().swapaxes(0, 1)
    np.testing.assert_allclose(trace.output, expected, atol=1e-2)
    assert {layer[name].dtype for layer in trace.layers for name in layer.signals} == {np.dtype(numpy_dtype)}
    for layer in trace.layers:
        if kind == "lstm":
            state = layer.output_gate * np.tanh(layer.cell_state)
            np.testing.assert_allclose(state.astype(float), layer.hidden_state.astype(float), atol=1e-2)


def lasting(dtype: torch.dtype, layers: int = 1, bidirectional: bool = False) -> nn.LSTM:
    """An LSTM whose cell state grows to a hundred and more, where half precision rounds to whole numbers."""
    module = nn.LSTM(8, 16, layers, bidirectional=bidirectional)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if name.startswith("bias_ih"):
                parameter[16:32] = 8.0
    return module.to(dtype)


def assert_within_rounding(ours: np.ndarray, theirs: np.ndarray) -> None:
    """Equal but for a few roundings, which another processor may do otherwise; the wrong way is off by a tenth."""
    np.testing.assert_allclose(ours.astype(float), theirs.astype(float), atol=0.03 * np.abs(theirs.astype(float)).max())


@pytest.fixture(params=[True, False], ids=["oneDNN", "torch"])
def _kernels(request: pytest.FixtureRequest) -> Iterator[None]:
    """With oneDNN's kernels, where the processor has them, and with torch's own."""
    before = torch._C._get_mkldnn_enabled()
    torch._C._set_mkldnn_enabled(request.param)
    yield
    torch._C._set_mkldnn_enabled(before)


@pytest.mark.usefixtures("_kernels")
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("dtype", HALVES)
def test_the_cell_state_ends_where_the_kernel_ends(dtype: torch.dtype, packed: bool) -> None:
    module, inputs = lasting(dtype, layers=2, bidirectional=True), torch.randn(300, 4, 8).to(dtype)
    given: Any = (
        pack_padded_sequence(inputs, torch.tensor([300, 9, 200, 1]), enforce_sorted=False) if packed else inputs
    )
    trace = gateviz.record(module, given)
    for layer, expected in zip(trace.layers, trace.final_state[1], strict=True):
        last = 0 if layer.direction == "reverse" else trace.lengths - 1
        assert_within_rounding(layer.cell_state[np.arange(4), last], expected)
    assert np.abs(trace.final_state[1].astype(float)).max() > 100


def by_hand(module: Any, inputs: Tensor, step: Callable[..., tuple[Tensor, Tensor]]) -> tuple[Tensor, Tensor]:
    """Every h and c of a loop over (time, batch, input), one step at a time."""
    h = c = torch.zeros(inputs.shape[1], module.hidden_size, dtype=inputs.dtype)
    steps = []
    for x in inputs:
        h, c = step(module, x, h, c)
        steps.append((h, c))
    hidden, cell = zip(*steps, strict=True)
    return torch.stack(hidden), torch.stack(cell)


def rounded_each_operation(module: Any, x: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    from_x = nn.functional.linear(x, module.weight_ih_l0, module.bias_ih_l0)
    i, f, g, o = (nn.functional.linear(h, module.weight_hh_l0, module.bias_hh_l0) + from_x).chunk(4, dim=-1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


def rounded_each_step(module: Any, x: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    bias = (module.bias_ih_l0 + module.bias_hh_l0).float()
    sums = x.float() @ module.weight_ih_l0.float().T + h.float() @ module.weight_hh_l0.float().T + bias
    i, f, g, o = sums.chunk(4, dim=-1)
    exact = f.sigmoid() * c.float() + i.sigmoid() * g.tanh()
    return (o.sigmoid() * exact.tanh()).to(h.dtype), exact.to(c.dtype)


@pytest.mark.parametrize("rounds", [rounded_each_operation, rounded_each_step])
@pytest.mark.parametrize("dtype", HALVES)
def test_whichever_way_a_kernel_rounds_the_cell_state_follows_it(dtype: torch.dtype, rounds: Any) -> None:
    module: Any = lasting(dtype).requires_grad_(False)
    inputs = torch.randn(300, 4, 8).to(dtype)
    hidden, cell = by_hand(module, inputs, rounds)
    weights = CellWeights(module.weight_ih_l0, module.weight_hh_l0, module.bias_ih_l0, module.bias_hh_l0, None)
    zeros = torch.zeros(4, 16, dtype=dtype)
    passed = KernelPass(weights, Walk(False, None), inputs, hidden, (zeros, zeros), (hidden[-1], cell[-1]))
    *gates, found = rounded_lstm(passed)
    assert_within_rounding(found.float().numpy(), cell.float().numpy())
    assert {gate.dtype for gate in gates} == {dtype}


@pytest.mark.parametrize(("dtype", "start", "added", "stays"), [
    (torch.float16, 126.0, 0.0625, 128.0),
    (torch.bfloat16, 63.0, 0.25, 64.0),
])  # fmt: skip
def test_a_held_cell_state_stops_growing_where_half_precision_does(
    dtype: torch.dtype, start: float, added: float, stays: float
) -> None:
    module, inputs = nn.LSTM(2, 3).to(dtype), torch.zeros(100, 1, 2, dtype=dtype)
    state = torch.zeros(1, 1, 3, dtype=dtype), torch.full((1, 1, 3), start, dtype=dtype)
    values = {"forget_gate": 1.0, "input_gate": added, "candidate": 1.0}
    held = gateviz.run_with(module, inputs, [gateviz.Clamp(*item) for item in values.items()], state).layer(0)
    assert (held.cell_state[0, 0] == start + added).all()
    assert (held.cell_state[0, -1] == stays).all()
