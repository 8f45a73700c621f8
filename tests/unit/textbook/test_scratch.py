import inspect
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from gateviz.textbook import scratch

CELLS = [(scratch.RNN, nn.RNN), (scratch.LSTM, nn.LSTM), (scratch.GRU, nn.GRU)]
NAMES = {"W_x": "weight_ih_l0", "W_h": "weight_hh_l0", "b_x": "bias_ih_l0", "b_h": "bias_hh_l0"}


@pytest.mark.parametrize(("ours", "theirs"), CELLS)
def test_states_and_the_gradient_of_every_weight_equal_torchs(ours: Any, theirs: Any) -> None:
    module, x = theirs(3, 5).double(), torch.randn(12, 3).double().requires_grad_()
    start = [torch.randn(1, 5).double() for _ in range(2 if theirs is nn.LSTM else 1)]
    output, _ = module(x, tuple(start) if theirs is nn.LSTM else start[0])
    output.retain_grad()
    (output**3).sum().backward()
    weights = {name: getattr(module, torch_name).detach().numpy() for name, torch_name in NAMES.items()}
    cell = ours(weights)
    states = cell.forward(x.detach().numpy(), *(part[0].numpy() for part in start))
    np.testing.assert_allclose(states, output.detach(), rtol=1e-12)
    gradients = cell.backward(output.grad.numpy())
    for name, torch_name in NAMES.items():
        np.testing.assert_allclose(gradients[name], getattr(module, torch_name).grad, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(gradients["x"], x.grad, rtol=1e-10, atol=1e-14)  # type: ignore[arg-type]


@pytest.mark.parametrize(("ours", "_"), CELLS)
def test_each_cell_fits_on_a_page(ours: Any, _: Any) -> None:
    assert len(inspect.getsource(ours).splitlines()) < 60


def test_clipping_shortens_all_gradients_by_one_factor_as_torch_does() -> None:
    gradients = {"a": np.array([3.0, 0.0]), "b": np.array([[0.0], [4.0]])}
    parameters = [nn.Parameter(torch.zeros(2)), nn.Parameter(torch.zeros(2, 1))]
    for parameter, gradient in zip(parameters, gradients.values(), strict=True):
        parameter.grad = torch.tensor(gradient, dtype=torch.float32)
    torch.nn.utils.clip_grad_norm_(parameters, 1.0)
    for parameter, clipped in zip(parameters, scratch.clip(gradients, 1.0).values(), strict=True):
        np.testing.assert_allclose(clipped, parameter.grad, rtol=1e-6)  # type: ignore[arg-type]
    assert np.array_equal(scratch.clip(gradients, 9.0)["a"], gradients["a"])


def test_sigmoid_stays_finite_far_out() -> None:
    assert scratch.sigmoid(np.array([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]


def test_a_network_written_by_hand_learns_to_remember_its_first_input() -> None:
    rng = np.random.default_rng(0)
    lstm = scratch.LSTM(scratch.random_weights(4, 1, 8, rng))
    x = rng.choice([-1.0, 1.0], size=(32, 6, 1))
    losses = []
    for _ in range(150):
        loss, sums = 0.0, {name: np.zeros_like(weight) for name, weight in lstm.weights.items()}
        for sequence in x:
            error = lstm.forward(sequence, np.zeros(8), np.zeros(8))[-1, 0] - 0.5 * sequence[0, 0]
            d_h = np.zeros((6, 8))
            d_h[-1, 0] = 2 * error / len(x)
            gradients = lstm.backward(d_h)
            loss += error**2 / len(x)
            sums = {name: total + gradients[name] for name, total in sums.items()}
        losses.append(loss)
        for name, step in scratch.clip(sums, 1.0).items():
            lstm.weights[name] -= 2.0 * step
    assert losses[-1] < 0.2 * losses[0]
