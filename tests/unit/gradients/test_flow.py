from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

import gateviz
from gateviz.errors import InputError, ShapeError, SignalError, UnsupportedModuleError


def compare_with_the_unrolled_network(case: Any, unroll: Any, rtol: float) -> None:
    generator = torch.Generator().manual_seed(7)
    steps, batch = max(len(sequence) for sequence in case.sequences), len(case.sequences)
    oracle = unroll(case.module, case.sequences, case.initial_state)
    features = oracle.outputs[0].shape[-1]
    weight = torch.randn(batch, steps, features, generator=generator, dtype=torch.float64).to(oracle.outputs[0].dtype)

    def loss(padded: Tensor) -> Tensor:
        return (weight * padded.sin()).sum() + (padded**2).mean()

    expected = loss(oracle.padded_output())
    torch.autograd.backward(expected)
    flow = gateviz.gradient_flow(case.module, case.inputs, lambda output: loss(case.padded(output)), case.initial_state)
    assert flow.loss == pytest.approx(expected.item(), rel=1e-4)
    assert_close(flow.inputs, oracle.input_gradient(), rtol)
    for layer in flow.layers:
        names = ["hidden_state", "cell_state"] if flow.cell == "lstm" else ["hidden_state"]
        for name in names:
            assert_close(layer[name], oracle.gradient(layer.index, layer.direction, name), rtol)
            norms = np.linalg.norm(layer[name].astype(float), axis=-1)
            np.testing.assert_allclose(flow.norm(name, layer.index, layer.direction), norms, rtol=1e-5)


def assert_close(ours: np.ndarray, theirs: np.ndarray, rtol: float) -> None:
    scale = np.nanmax(np.abs(theirs)) if np.isfinite(theirs).any() else 1.0
    np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=rtol * scale)


@pytest.mark.parametrize("seed", range(60))
def test_gradients_equal_autograd_on_the_unrolled_network_in_float64(seed: int, random_case: Any, unroll: Any) -> None:
    compare_with_the_unrolled_network(random_case(seed), unroll, rtol=1e-10)


@pytest.mark.parametrize("seed", range(60, 90))
def test_gradients_equal_autograd_on_the_unrolled_network_in_float32(seed: int, random_case: Any, unroll: Any) -> None:
    compare_with_the_unrolled_network(random_case(seed, torch.float32), unroll, rtol=1e-5)


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM, nn.GRU])
def test_the_input_gradient_equals_autograd_through_the_fused_module(kind: Any) -> None:
    module, inputs = kind(3, 4, 2, bidirectional=True).double(), torch.randn(6, 2, 3).double().requires_grad_()
    module(inputs)[0].pow(3).sum().backward()
    flow = gateviz.gradient_flow(module, inputs, lambda output: output.pow(3).sum())
    assert inputs.grad is not None
    np.testing.assert_allclose(flow.inputs, inputs.grad.transpose(0, 1), rtol=1e-10)


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM, nn.GRU])
def test_direct_is_what_retain_grad_shows_and_total_is_more(kind: Any) -> None:
    module, inputs = kind(3, 4).double(), torch.randn(6, 1, 3).double()
    output = module(inputs)[0]
    output.retain_grad()
    (output**2).sum().backward()
    layer = gateviz.gradient_flow(module, inputs, lambda output: (output**2).sum()).layer(0)
    assert np.array_equal(layer.direct, output.grad.transpose(0, 1))
    assert np.array_equal(layer.direct[:, -1], layer.hidden_state[:, -1])
    assert (np.abs(layer.direct - layer.hidden_state)[:, :-1] > 1e-9).all()


def test_a_linear_rnns_gradient_is_a_power_of_its_matrix() -> None:
    rnn: Any = nn.RNN(1, 3, nonlinearity="relu", bias=False).double()
    with torch.no_grad():
        rnn.weight_hh_l0.copy_(torch.rand(3, 3))  # positive throughout, so that relu is the identity
        rnn.weight_ih_l0.fill_(1.0)
    flow = gateviz.gradient_flow(rnn, torch.ones(6, 1, 1).double(), lambda output: output[-1, 0, 0])
    matrix = rnn.weight_hh_l0.detach().numpy()
    for t in range(6):
        expected = np.linalg.matrix_power(matrix, 5 - t)[0]
        np.testing.assert_allclose(flow.layer(0).hidden_state[0, t], expected, rtol=1e-12)


def test_an_lstm_that_keeps_its_cell_passes_the_gradient_on_undiminished() -> None:
    lstm: Any = nn.LSTM(2, 3).double()
    with torch.no_grad():
        for parameter in lstm.parameters():
            parameter.zero_()
        lstm.bias_ih_l0[:3], lstm.bias_ih_l0[3:6] = -1e4, 1e4
    state = (torch.zeros(1, 1, 3).double(), torch.full((1, 1, 3), 0.3).double())
    flow = gateviz.gradient_flow(lstm, torch.randn(50, 1, 2).double(), lambda output: output[-1].sum(), state)
    cell = flow.layer(0).cell_state
    assert cell is not None
    assert np.array_equal(cell, np.broadcast_to(cell[:, -1:], cell.shape))
    assert cell[0, 0, 0] == pytest.approx(0.5 * (1 - np.tanh(0.3) ** 2))


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM, nn.GRU])
def test_steps_after_the_loss_have_no_gradient_and_those_before_have(kind: Any) -> None:
    module = kind(3, 4, bidirectional=True).double()
    flow = gateviz.gradient_flow(module, torch.randn(40, 1, 3).double(), lambda output: output[20].sum())
    forward, reverse = flow.norm("hidden_state")[0], flow.norm("hidden_state", direction="reverse")[0]
    assert (forward[:21] > 0).all()
    assert (forward[21:] == 0).all()
    assert (reverse[20:] > 0).all()
    assert (reverse[:20] == 0).all()


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM, nn.GRU])
def test_a_gradient_that_died_out_comes_to_life_again_where_the_loss_comes_in(kind: Any, unroll: Any) -> None:
    module, inputs = kind(2, 3), torch.randn(300, 1, 2)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(0.1)
    oracle = unroll(module, [inputs[:, 0]])
    (oracle.outputs[0][-1].sum() + oracle.outputs[0][5].sum()).backward()
    layer = gateviz.gradient_flow(module, inputs, lambda output: output[-1].sum() + output[5].sum()).layer(0)
    assert (layer.hidden_state[:, 100] == 0).all()
    np.testing.assert_allclose(layer.hidden_state, oracle.gradient(0, "forward", "hidden_state"), rtol=1e-2, atol=1e-37)


def test_padded_steps_hold_nan_and_pass_nothing_on() -> None:
    module = nn.LSTM(3, 4, 2, batch_first=True, bidirectional=True).double()
    inputs = torch.randn(2, 6, 3).double()
    packed = pack_padded_sequence(inputs, torch.tensor([3, 6]), batch_first=True, enforce_sorted=False)
    both = gateviz.gradient_flow(module, packed, lambda out: pad_packed_sequence(out)[0].pow(2).sum())
    alone = gateviz.gradient_flow(module, inputs[:1, :3], lambda out: out.pow(2).sum())
    assert both.lengths.tolist() == [3, 6]
    for together, single in zip(both.layers, alone.layers, strict=True):
        for name in together.signals:
            assert np.isnan(together[name][0, 3:]).all()
            assert np.isfinite(together[name][1]).all()
            np.testing.assert_allclose(together[name][0, :3], single[name][0], rtol=1e-10)


def test_the_loss_sees_a_packed_output_for_a_packed_input() -> None:
    module, seen = nn.GRU(3, 4), []
    packed = pack_padded_sequence(torch.randn(6, 2, 3), torch.tensor([6, 3]))

    def loss(output: PackedSequence) -> Tensor:
        seen.append(output)
        return output.data.sum()

    gateviz.gradient_flow(module, packed, loss)
    theirs = module(packed)[0]
    assert torch.equal(seen[0].batch_sizes, theirs.batch_sizes)
    np.testing.assert_allclose(seen[0].data.detach(), theirs.data.detach(), rtol=1e-6)


@pytest.mark.parametrize("context", [torch.no_grad, torch.inference_mode])
def test_it_differentiates_where_autograd_is_off(context: Any) -> None:
    module, head = nn.LSTM(3, 4), nn.Linear(4, 2)
    with context():
        inputs = torch.randn(6, 1, 3)
        flow = gateviz.gradient_flow(module, inputs, lambda output: head(output)[-1].sum())
    assert (flow.norm("hidden_state") > 0).all()


def test_nothing_is_written_to_the_module_or_the_head() -> None:
    module, head, inputs = nn.GRU(3, 4, 2, dropout=0.5), nn.Linear(4, 2), torch.randn(6, 1, 3, requires_grad=True)
    before, dictionary = torch.get_rng_state(), dict(module.__dict__)
    gateviz.gradient_flow(module, inputs, lambda output: head(output)[-1].sum())
    with pytest.raises(ZeroDivisionError):
        gateviz.gradient_flow(module, inputs, lambda _: 1 / 0)  # type: ignore[arg-type, return-value]
    assert torch.equal(torch.get_rng_state(), before)
    assert module.__dict__ == dictionary
    assert module.training
    assert inputs.grad is None
    assert all(parameter.grad is None for part in (module, head) for parameter in part.parameters())


def test_a_loss_may_change_the_output_in_place() -> None:
    module, inputs = nn.RNN(3, 4).double(), torch.randn(6, 1, 3).double()
    in_place = gateviz.gradient_flow(module, inputs, lambda output: output.mul_(2).sum())
    plain = gateviz.gradient_flow(module, inputs, lambda output: (output * 2).sum())
    np.testing.assert_array_equal(in_place.inputs, plain.inputs)


def test_a_loss_that_is_no_scalar_or_ignores_the_output_gets_one_sentence() -> None:
    module, inputs = nn.RNN(3, 4), torch.randn(6, 1, 3)
    with pytest.raises(ShapeError, match=r"\(6, 1, 4\).*one number"):
        gateviz.gradient_flow(module, inputs, lambda output: output)
    with pytest.raises(ShapeError, match="float"):
        gateviz.gradient_flow(module, inputs, lambda output: output.sum().item())
    with pytest.raises(InputError, match="does not depend"):
        gateviz.gradient_flow(module, inputs, lambda output: output.detach().sum())
    with pytest.raises(UnsupportedModuleError):
        gateviz.gradient_flow(nn.Linear(3, 4), inputs, torch.sum)


def test_the_norm_of_a_signal_that_is_not_there_lists_the_choices() -> None:
    flow = gateviz.gradient_flow(nn.GRU(3, 4), torch.randn(6, 1, 3), torch.sum)
    with pytest.raises(SignalError, match="choose 'hidden_state', 'direct' or 'inputs'"):
        flow.norm("cell_state")
    assert flow.norm("inputs").shape == (1, 6)


@pytest.mark.parametrize("kind", [nn.RNNCell, nn.GRUCell])
def test_a_cells_gradient_is_that_of_its_one_step(kind: Any) -> None:
    cell, inputs = kind(3, 4).double(), torch.randn(2, 3).double().requires_grad_()
    (expected,) = torch.autograd.grad(cell(inputs).pow(2).sum(), inputs)
    flow = gateviz.gradient_flow(cell, inputs, lambda output: output.pow(2).sum())
    np.testing.assert_allclose(flow.inputs[:, 0], expected, rtol=1e-10)
