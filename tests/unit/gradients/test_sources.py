"""What is left of each input, against runs of the shorter sequences and against finite differences."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import gateviz
from gateviz.errors import InputError, ShapeError
from gateviz.gradients.sources import along_inputs, left_out, shares_of
from gateviz.results.trace import Direction

MODULES: list[Any] = [
    nn.RNN(3, 5, nonlinearity="relu"),
    nn.LSTM(3, 5, num_layers=2),
    nn.GRU(3, 5, bidirectional=True, batch_first=True),
    nn.LSTM(3, 5, num_layers=2, bidirectional=True, bias=False),
]
PLACES: list[tuple[int, Direction]] = [(0, "forward"), (0, "reverse"), (1, "forward"), (1, "reverse")]
CASES = [
    pytest.param(module, layer, direction, id=f"{type(module).__name__}-{layer}-{direction}")
    for module in MODULES
    for layer, direction in PLACES
    if layer < module.num_layers and (direction == "forward" or module.bidirectional)
]


def states(module: nn.RNNBase, inputs: torch.Tensor, layer: int, direction: Direction) -> Any:
    return gateviz.record(module, inputs).layer(layer, direction)["hidden_state"][0]


@pytest.mark.parametrize(("module", "layer", "direction"), CASES)
def test_what_is_left_out_changes_a_state_as_the_shorter_sequence_does(
    module: nn.RNNBase, layer: int, direction: Direction
) -> None:
    inputs = torch.randn(6, 3, generator=torch.Generator().manual_seed(0))
    found = left_out(module, inputs, layer, direction)
    whole = states(module, inputs, layer, direction)
    for source in range(6):
        shorter = states(module, torch.cat((inputs[:source], inputs[source + 1 :])), layer, direction)
        for step in range(6):
            if step == source:  # the state of the step that the layer reads before
                before = source - 1 if direction == "forward" else source
                state = shorter[before] if 0 <= before < 5 else np.zeros(5)
            else:
                state = shorter[step - (step > source)]
            assert found[step, source] == pytest.approx(np.linalg.norm(state - whole[step]), abs=1e-5)


@pytest.mark.parametrize(("module", "layer", "direction"), CASES)
def test_the_gradient_along_an_input_is_that_of_finite_differences(
    module: nn.RNNBase, layer: int, direction: Direction
) -> None:
    module.double()
    inputs = torch.randn(5, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    found = along_inputs(module, inputs, layer, direction)
    for source in range(5):
        little = torch.zeros_like(inputs)
        little[source] = 1e-6 * inputs[source]
        ends = [states(module, inputs + sign * little, layer, direction) for sign in (1, -1)]
        slope = np.linalg.norm((ends[0] - ends[1]) / 2e-6, axis=-1)
        np.testing.assert_allclose(found[:, source], slope, atol=1e-7)
    module.float()


def test_in_a_linear_network_without_bias_both_are_the_same() -> None:
    """relu is linear where nothing is below zero, and the identity keeps a sum: h_t = x_0 + ... + x_t."""
    module = nn.RNN(2, 2, nonlinearity="relu", bias=False)
    module.load_state_dict(dict.fromkeys(module.state_dict(), torch.eye(2)))
    inputs = torch.tensor([[3.0, 4.0], [0.0, 1.0], [5.0, 12.0]])
    expected = np.tril(np.tile([5.0, 1.0, 13.0], (3, 1)))
    np.testing.assert_allclose(left_out(module, inputs), expected, atol=1e-12)
    np.testing.assert_allclose(along_inputs(module, inputs), expected, atol=1e-12)
    np.testing.assert_allclose(shares_of(expected)[2], np.array([5, 1, 13]) / 19)


def test_a_single_step_is_all_that_its_state_is_made_of() -> None:
    module = nn.GRU(3, 4)
    inputs = torch.ones(1, 3)
    size = np.linalg.norm(states(module, inputs, 0, "forward")[0])
    assert left_out(module, inputs) == pytest.approx(np.array([[size]]), abs=1e-6)
    np.testing.assert_array_equal(shares_of(np.zeros((2, 2))), np.zeros((2, 2)))


def test_what_is_no_sequence_or_no_layer_is_refused() -> None:
    module = nn.GRU(3, 4)
    for wrong in (torch.ones(1, 2, 3), torch.ones(2, 4), torch.ones(0, 3)):
        with pytest.raises(ShapeError, match=r"give one sequence, \(time, 3\)"):
            left_out(module, wrong)
    with pytest.raises(InputError):
        along_inputs(module, torch.ones(2, 3), layer=1)


def test_the_module_stays_as_it_was() -> None:
    module = nn.LSTM(3, 4)
    before = {name: weight.clone() for name, weight in module.state_dict().items()}
    left_out(module, torch.ones(3, 3))
    along_inputs(module, torch.ones(3, 3))
    assert all(torch.equal(weight, before[name]) for name, weight in module.state_dict().items())
    assert module.weight_ih_l0.dtype == torch.float32
