from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils import parametrizations
from torch.nn.utils.rnn import pack_padded_sequence

import gateviz
from gateviz.errors import ShapeError, SignalError

pytestmark = pytest.mark.filterwarnings("ignore:LSTM with projections")  # torch's own remark, once a process
KINDS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


def as_arrays(state: Any) -> list[np.ndarray]:
    parts = state if isinstance(state, tuple) else (state,)
    return [part.detach().float().numpy() if part.dtype == torch.bfloat16 else part.detach().numpy() for part in parts]


def assert_equals_the_module(module: Any, inputs: Any, initial_state: Any, case: Any, rtol: float) -> gateviz.Trace:
    trace = gateviz.record(module, inputs, initial_state)
    module.eval()
    output, state = module(inputs, initial_state)
    expected = case.padded(output).detach().double().numpy()
    real = np.arange(expected.shape[1]) < trace.lengths[:, None]
    np.testing.assert_allclose(trace.output[real], expected[real], rtol=rtol, atol=rtol)
    assert np.isnan(trace.output[~real]).all()
    final = trace.final_state if isinstance(trace.final_state, tuple) else (trace.final_state,)
    for ours, theirs in zip(final, as_arrays(state), strict=True):
        np.testing.assert_allclose(ours, theirs.reshape(ours.shape), rtol=rtol, atol=rtol)
    return trace


@pytest.mark.parametrize("seed", range(60))
def test_every_signal_equals_the_unrolled_network_in_float64(seed: int, random_case: Any, unroll: Any) -> None:
    case = random_case(seed)
    trace = assert_equals_the_module(case.module, case.inputs, case.initial_state, case, rtol=1e-12)
    with torch.no_grad():
        oracle = unroll(case.module, case.sequences, case.initial_state)
    for layer in trace.layers:
        for name in layer.signals:
            expected = oracle.signal(layer.index, layer.direction, name)
            np.testing.assert_allclose(layer[name], expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("seed", range(60, 90))
def test_every_signal_equals_the_unrolled_network_in_float32(seed: int, random_case: Any, unroll: Any) -> None:
    case = random_case(seed, torch.float32)
    trace = assert_equals_the_module(case.module, case.inputs, case.initial_state, case, rtol=1e-5)
    with torch.no_grad():
        oracle = unroll(case.module, case.sequences, case.initial_state)
    for layer in trace.layers:
        for name in layer.signals:
            assert layer[name].dtype == np.float32
            expected = oracle.signal(layer.index, layer.direction, name)
            np.testing.assert_allclose(layer[name], expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("layout", ["batched", "packed"])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_cell_state_obeys_its_equation_to_the_last_bit(layout: str, dtype: torch.dtype) -> None:
    module: Any = nn.LSTM(3, 4, batch_first=True, bidirectional=True).to(dtype)
    inputs: Any = torch.randn(2, 9, 3).to(dtype)
    if layout == "packed":
        inputs = pack_padded_sequence(inputs, torch.tensor([4, 9]), batch_first=True, enforce_sorted=False)
    trace = gateviz.record(module, inputs)
    forward, reverse = trace.layer(0), trace.layer(0, "reverse")
    for layer, now, before in ((forward, np.s_[:, 1:], np.s_[:, :-1]), (reverse, np.s_[:, :-1], np.s_[:, 1:])):
        kept = layer.forget_gate[now] * layer.cell_state[before]
        expected = kept + layer.input_gate[now] * layer.candidate[now]
        real = ~np.isnan(expected)
        assert np.array_equal(layer.cell_state[now][real], expected[real])


def test_an_lstm_with_open_forget_and_shut_input_gates_keeps_its_cell_exactly() -> None:
    lstm: Any = nn.LSTM(2, 3).double()
    with torch.no_grad():
        for parameter in lstm.parameters():
            parameter.zero_()
        lstm.bias_ih_l0[:3], lstm.bias_ih_l0[3:6] = -1e4, 1e4
    cell = torch.randn(1, 1, 3).double()
    layer = gateviz.record(lstm, torch.randn(20, 1, 2).double(), (torch.zeros(1, 1, 3).double(), cell)).layer(0)
    assert np.array_equal(layer.cell_state, np.broadcast_to(cell.numpy(), (1, 20, 3)))


def test_a_gru_whose_update_gate_is_one_keeps_its_state_exactly() -> None:
    gru: Any = nn.GRU(2, 3).double()
    with torch.no_grad():
        gru.bias_ih_l0[3:6] = 1e4
    state = torch.randn(1, 1, 3).double()
    layer = gateviz.record(gru, torch.randn(20, 1, 2).double(), state).layer(0)
    assert np.array_equal(layer.update_gate, np.ones((1, 20, 3)))
    np.testing.assert_allclose(layer.hidden_state, np.broadcast_to(state.numpy(), (1, 20, 3)), rtol=0, atol=1e-15)


@pytest.mark.parametrize("kind", KINDS)
def test_the_module_and_the_random_state_stay_as_they_were(kind: str) -> None:
    module: Any = KINDS[kind](3, 4, 2, dropout=0.9)
    module.weight_hh_l0.requires_grad_(False)
    module(torch.randn(5, 2, 3))[0].sum().backward()
    before = {name: (p.clone(), p.requires_grad, p.grad) for name, p in module.named_parameters()}
    dictionary, random_state = dict(module.__dict__), torch.get_rng_state()
    inputs = torch.randn(5, 2, 3, requires_grad=True, generator=torch.Generator().manual_seed(1))
    gateviz.record(module, inputs)
    with pytest.raises(ShapeError):
        gateviz.record(module, torch.zeros(5, 2, 7))
    assert torch.equal(torch.get_rng_state(), random_state)
    assert module.training
    assert inputs.grad is None
    assert module.__dict__ == dictionary
    assert not module._forward_hooks
    assert not module._forward_pre_hooks
    for name, parameter in module.named_parameters():
        value, requires_grad, grad = before[name]
        assert torch.equal(parameter, value)
        assert (parameter.requires_grad, parameter.grad) == (requires_grad, grad)


@pytest.mark.parametrize("kind", KINDS)
def test_the_shortest_run_of_the_smallest_batch_leaves_every_weight_untouched(kind: str) -> None:
    module: Any = KINDS[kind](1, 1, bidirectional=True)
    before = {name: value.clone() for name, value in module.state_dict().items()}
    gateviz.gradient_flow(module, torch.randn(1, 1, 1), torch.sum)
    gateviz.run_with(module, torch.randn(1, 1, 1), [gateviz.Clamp("hidden_state", 0.5)])
    assert all(torch.equal(before[name], value) for name, value in module.state_dict().items())


def test_dropout_between_layers_is_off_even_in_train_mode() -> None:
    module = nn.GRU(3, 4, 3, dropout=1.0).train()
    inputs = torch.randn(5, 2, 3)
    recorded = gateviz.record(module, inputs).output
    np.testing.assert_allclose(recorded, module.eval()(inputs)[0].detach().transpose(0, 1), rtol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_neighbouring_memory_layouts_give_the_same_trace(kind: str) -> None:
    module: Any = KINDS[kind](3, 4, batch_first=True)
    inputs = torch.randn(3, 5, 2).transpose(0, 2)[:, ::2]  # (2, 3, 3), strided in every axis
    strided, dense = gateviz.record(module, inputs), gateviz.record(module, inputs.contiguous())
    np.testing.assert_array_equal(strided.output, dense.output)


def test_a_trace_does_not_share_memory_with_what_it_was_made_from() -> None:
    module, inputs, state = nn.RNN(2, 2, nonlinearity="relu"), torch.randn(3, 1, 2), torch.randn(1, 1, 2)
    trace = gateviz.record(module, inputs, state)
    assert isinstance(trace.initial_state, np.ndarray)
    kept = trace.initial_state.copy()
    state.zero_()
    assert np.array_equal(trace.initial_state, kept)


@pytest.mark.parametrize("context", [torch.no_grad, torch.inference_mode, torch.enable_grad])
def test_it_records_within_any_autograd_context(context: Any) -> None:
    module = nn.LSTM(2, 3)
    with context():
        inputs = torch.ones(4, 1, 2)
        trace = gateviz.record(module, inputs)
    np.testing.assert_allclose(trace.output[0], module(torch.ones(4, 1, 2))[0].detach()[:, 0], rtol=1e-6)


def test_the_public_names_are_not_hidden_by_modules_of_the_same_name() -> None:
    folder = Path(gateviz.__file__).parent
    assert not {path.stem for path in folder.iterdir()} & set(gateviz.__all__)
    assert callable(gateviz.record)


def test_a_mistyped_signal_lists_the_choices() -> None:
    layer = gateviz.record(nn.GRU(2, 3), torch.randn(4, 1, 2)).layer(0)
    with pytest.raises(
        SignalError, match="'forget_gate' is not a signal of this gru: choose 'reset_gate', 'update_gate'"
    ):
        layer["forget_gate"]


@pytest.mark.parametrize("kind", [nn.RNNCell, nn.LSTMCell, nn.GRUCell])
@pytest.mark.parametrize("batch", [(), (1,), (3,)])
@pytest.mark.parametrize("bias", [True, False])
def test_a_cell_is_recorded_for_the_one_step_that_it_takes(kind: Any, batch: tuple[int, ...], bias: bool) -> None:
    cell, inputs = kind(2, 4, bias=bias).double(), torch.randn(*batch, 2).double()
    parts = (torch.randn(*batch, 4).double(), torch.randn(*batch, 4).double())
    state: Any = parts if kind is nn.LSTMCell else parts[0]
    for given in (None, state):
        trace, theirs = gateviz.record(cell, inputs, given), as_arrays(cell(inputs, given))
        np.testing.assert_allclose(trace.output, theirs[0].reshape(-1, 1, 4), rtol=1e-12)
        if kind is nn.LSTMCell:
            np.testing.assert_allclose(trace.layer(0).cell_state, theirs[1].reshape(-1, 1, 4), rtol=1e-12)


@pytest.mark.parametrize("kind", [nn.RNNCell, nn.LSTMCell, nn.GRUCell])
def test_a_cell_is_recorded_over_a_sequence_as_the_loop_around_it_runs(kind: Any) -> None:
    cell, inputs, state = kind(2, 4).double(), torch.randn(6, 3, 2).double(), None
    trace = gateviz.record(cell, inputs)
    for t, x in enumerate(inputs):
        state = cell(x, state)
        np.testing.assert_allclose(trace.output[:, t], as_arrays(state)[0], rtol=1e-11)


def test_a_relu_cell_and_a_parametrized_cell_are_read_as_they_are() -> None:
    relu = nn.RNNCell(2, 4, nonlinearity="relu")
    normed = parametrizations.weight_norm(nn.GRUCell(2, 4), "weight_hh")
    inputs = torch.randn(3, 2)
    for cell in (relu, normed):
        np.testing.assert_allclose(gateviz.record(cell, inputs).output[:, 0], cell(inputs).detach(), rtol=1e-5)


def test_autocast_around_a_recording_changes_nothing() -> None:
    module, inputs = nn.LSTM(2, 3), torch.randn(4, 1, 2)
    plain = gateviz.record(module, inputs)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        cast = gateviz.record(module, inputs)
    np.testing.assert_array_equal(cast.output, plain.output)


@pytest.mark.parametrize("kind", KINDS)
def test_a_batch_of_nothing_has_a_trace_of_nothing(kind: str) -> None:
    trace = gateviz.record(KINDS[kind](2, 3), torch.zeros(4, 0, 2))
    assert trace.output.shape == (0, 4, 3)
    assert repr(trace)
