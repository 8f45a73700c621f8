from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_sequence

import gateviz
from gateviz.errors import SignalError

MODULES = {
    "rnn": nn.RNN(3, 4),
    "relu": nn.RNN(3, 4, nonlinearity="relu"),
    "lstm": nn.LSTM(3, 4),
    "projected": nn.LSTM(3, 4, proj_size=2),
    "gru": nn.GRU(3, 4),
    "biased not": nn.GRU(3, 4, bias=False),
}


@pytest.mark.parametrize("name", MODULES)
def test_each_steps_jacobian_equals_autograds(name: str, run_steps: Any) -> None:
    module, inputs = MODULES[name].double(), 2 * torch.randn(5, 2, 3).double()
    layer = gateviz.record(module, inputs).layer(0)
    jacobians = gateviz.state_jacobians(module, inputs)
    is_lstm, width = isinstance(module, nn.LSTM), layer.hidden_state.shape[-1]
    for b in range(2):
        for t in range(1, 5):

            def step(state: Tensor, x: Tensor = inputs[t, b]) -> Tensor:
                signals = run_steps(module, "_l0", [x], state[:width], state[width:])[0]
                parts = [signals["hidden_state"]] + ([signals["cell_state"]] if is_lstm else [])
                return torch.cat(parts)

            names = ("hidden_state", "cell_state") if is_lstm else ("hidden_state",)
            state = torch.from_numpy(np.concatenate([layer[name][b, t - 1] for name in names]))
            expected: Tensor = torch.autograd.functional.jacobian(step, state)  # type: ignore[no-untyped-call]
            np.testing.assert_allclose(jacobians[b, t], expected.detach(), rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize("order", [2, "fro"])
def test_the_norms_are_those_of_the_products(name: str, direction: Any, order: Any) -> None:
    kind = MODULES[name]
    build: Any = type(kind)
    options = {"proj_size": kind.proj_size} if kind.proj_size else {}
    module = build(3, 4, 2, bidirectional=True, **options).double()
    inputs = torch.randn(6, 2, 3).double()
    norms = gateviz.jacobian_norms(module, inputs, order, layer=1, direction=direction)
    jacobians = gateviz.state_jacobians(module, inputs, layer=-1, direction=direction)
    steps = list(range(6)) if direction == "forward" else list(range(5, -1, -1))
    for b in range(2):
        for first in range(6):
            product = np.eye(jacobians.shape[-1])
            for t in steps[first:]:
                product = product if t == steps[first] else jacobians[b, t] @ product
                assert norms[b, t, steps[first]] == pytest.approx(np.linalg.norm(product, order), rel=1e-10)
    assert np.isnan(norms).sum() == 2 * 15


def test_the_product_of_jacobians_carries_the_gradient() -> None:
    module, inputs = nn.GRU(3, 4).double(), torch.randn(6, 1, 3).double()
    jacobians = gateviz.state_jacobians(module, inputs)[0]
    flow = gateviz.gradient_flow(module, inputs, lambda output: output[-1, 0, 2]).layer(0)
    gradient = np.eye(4)[2]
    for t in range(5, 0, -1):
        gradient = gradient @ jacobians[t]
        np.testing.assert_allclose(flow.hidden_state[0, t - 1], gradient, rtol=1e-10)


def test_a_linear_rnns_jacobian_is_its_matrix_and_the_norms_are_of_its_powers() -> None:
    rnn: Any = nn.RNN(1, 3, nonlinearity="relu", bias=False).double()
    with torch.no_grad():
        rnn.weight_hh_l0.copy_(torch.rand(3, 3))
        rnn.weight_ih_l0.fill_(1.0)
    inputs, matrix = torch.ones(5, 1, 1).double(), rnn.weight_hh_l0.detach().numpy()
    assert np.array_equal(gateviz.state_jacobians(rnn, inputs), np.broadcast_to(matrix, (1, 5, 3, 3)))
    expected = np.linalg.norm(np.linalg.matrix_power(matrix, 4), 2)
    assert gateviz.jacobian_norms(rnn, inputs)[0, 4, 0] == pytest.approx(expected)


@pytest.mark.parametrize("kind", [nn.LSTM, nn.GRU])
def test_padding_is_nan_and_a_packed_sequence_has_the_norms_it_has_alone(kind: Any) -> None:
    module = kind(3, 4, bidirectional=True).double()
    sequences = [torch.randn(n, 3).double() for n in (3, 5)]
    packed = pack_sequence(sequences, enforce_sorted=False)
    directions: list[Any] = ["forward", "reverse"]
    for direction in directions:
        together = gateviz.jacobian_norms(module, packed, direction=direction)
        alone = gateviz.jacobian_norms(module, sequences[0][:, None], direction=direction)
        np.testing.assert_allclose(together[0, :3, :3], alone[0], rtol=1e-10)
        assert np.isnan(together[0, 3:]).all()
        assert np.isnan(together[0, :, 3:]).all()
        assert np.isnan(gateviz.state_jacobians(module, packed, direction=direction)[0, 3:]).all()


def test_the_first_step_is_differentiated_by_the_initial_state() -> None:
    module, inputs, state = nn.RNN(3, 4).double(), torch.randn(2, 1, 3).double(), torch.randn(1, 1, 4).double()
    expected = torch.func.jacrev(lambda h: module(inputs, h)[0][0, 0])(state)[:, 0, 0]
    np.testing.assert_allclose(gateviz.state_jacobians(module, inputs, state)[0, 0], expected.detach(), rtol=1e-10)


def test_long_products_are_worked_on_in_blocks_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    module, inputs = nn.GRU(3, 4, bidirectional=True), torch.randn(9, 2, 3)
    directions: list[Any] = ["forward", "reverse"]
    for direction in directions:
        whole = gateviz.jacobian_norms(module, inputs, direction=direction)
        with monkeypatch.context() as patch:
            patch.setattr("gateviz.gradients.jacobians.BLOCK", 2 * 4 * 4 * 2)  # two starting steps at a time
            blocks = gateviz.jacobian_norms(module, inputs, direction=direction)
        np.testing.assert_allclose(blocks, whole, rtol=1e-5)


def test_norms_far_below_the_root_of_the_smallest_number_are_kept() -> None:
    module = nn.RNN(3, 4)
    with torch.no_grad():
        module.weight_hh_l0.mul_(1e-6)  # type: ignore[operator]
    norms = gateviz.jacobian_norms(module, torch.randn(6, 1, 3))[0]
    assert 0 < norms[5, 0] < 1e-25


def test_an_unknown_norm_lists_the_ones_there_are() -> None:
    with pytest.raises(SignalError, match=r"'nuc'.*2 .*'fro'"):
        gateviz.jacobian_norms(nn.RNN(3, 4), torch.randn(6, 1, 3), "nuc")  # type: ignore[arg-type]
