"""The gradient that reaches furthest back: autograd's, of the loss that no other one surpasses at the first step."""

from typing import Any

import numpy as np
import pytest
import torch

import gateviz
from gateviz.gradients.furthest import furthest_gradient
from gateviz.models.untrained import UntrainedSettings, draw
from gateviz.results.trace import CELLS

SETTINGS = [
    *(UntrainedSettings(cell, steps=12, hidden_size=9, seed=2) for cell in CELLS),
    UntrainedSettings("rnn", steps=12, hidden_size=9, nonlinearity="relu", initialisation="identity"),
    UntrainedSettings("rnn", steps=30, hidden_size=9, spectral_radius=2.5),
    UntrainedSettings("lstm", steps=12, hidden_size=9, forget_bias=2.0),
]


@pytest.mark.parametrize("settings", SETTINGS)
def test_it_is_autograds_gradient_of_the_loss_along_its_direction(settings: UntrainedSettings) -> None:
    drawn = draw(settings)
    found = furthest_gradient(drawn.module, drawn.inputs)
    assert np.linalg.norm(found.direction) == pytest.approx(1)
    along = torch.from_numpy(found.direction)
    flow = gateviz.gradient_flow(drawn.module, drawn.inputs, lambda output: output[-1, 0] @ along)
    np.testing.assert_allclose(10**found.hidden_state, flow.norm("hidden_state")[0], rtol=1e-9)
    if settings.cell == "lstm":
        assert found.cell_state is not None
        np.testing.assert_allclose(10**found.cell_state, flow.norm("cell_state")[0], rtol=1e-9)
    else:
        assert found.cell_state is None


@pytest.mark.parametrize("settings", SETTINGS)
def test_no_loss_of_the_last_state_has_a_larger_gradient_at_the_first(settings: UntrainedSettings) -> None:
    drawn = draw(settings)
    jacobians = gateviz.state_jacobians(drawn.module, drawn.inputs)[0]
    product = np.eye(jacobians.shape[-1])
    for jacobian in jacobians[1:]:
        product = jacobian @ product
    largest = np.linalg.norm(product[:9, :9], 2)
    found = furthest_gradient(drawn.module, drawn.inputs)
    assert 10 ** found.hidden_state[0] == pytest.approx(largest, rel=1e-9)


def test_a_linear_network_gives_a_power_of_its_matrix_and_nothing_underflows() -> None:
    module = torch.nn.RNN(1, 3, nonlinearity="relu", bias=False).double()
    with torch.no_grad():
        module.get_parameter("weight_hh_l0").copy_(0.1 * torch.eye(3))
        module.get_parameter("weight_ih_l0").fill_(1.0)  # every unit stays above 0
    found = furthest_gradient(module, torch.ones(500, 1, 1, dtype=torch.float64))
    np.testing.assert_allclose(found.hidden_state, np.arange(-499, 1), atol=1e-9)
    assert found.slope is not None
    assert (found.slope == 1).all()


def median(cell: Any, **settings: Any) -> float:
    """log10 of what is left over 99 steps with 64 units: the median of five seeds."""
    left = []
    for seed in range(5):
        drawn = draw(UntrainedSettings(cell, seed=seed, **settings))
        left.append(float(furthest_gradient(drawn.module, drawn.inputs).hidden_state[0]))
    return float(np.median(left))


def test_at_pytorchs_default_all_three_vanish_and_the_forget_bias_saves_the_lstm() -> None:
    """The figures that textbooks should give: seeds differ by two or three powers of ten."""
    assert -27 < median("rnn") < -24
    assert -21 < median("lstm") < -17.5
    assert -20.5 < median("gru") < -18
    assert -8.5 < median("lstm", forget_bias=1.0) < -6
    assert -1 < median("lstm", forget_bias=3.0) < 0.5
    assert -11.5 < median("rnn", spectral_radius=0.9) < -10


def test_a_spectral_radius_above_one_does_not_make_a_tanh_network_explode() -> None:
    assert median("rnn", spectral_radius=1.2) < -2
