"""Every public function of the room with wrong arguments of every kind, without a batch, and on another device."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import gateviz
from gateviz.gradients.chains import Chain
from tests.refusals import refusal

KINDS: list[Any] = [nn.RNN, nn.LSTM, nn.GRU]
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "gradient_flow": lambda module, inputs, **options: gateviz.gradient_flow(module, inputs, torch.sum, **options),
    "gradient_bands": lambda module, inputs, **options: gateviz.gradient_bands(module, inputs, torch.sum, **options),
    "state_jacobians": gateviz.state_jacobians,
    "jacobian_norms": gateviz.jacobian_norms,
    "path_norms": gateviz.path_norms,
}
WRONG: dict[str, list[Any]] = {
    "module": [None, "lstm", 3, nn.LSTM, nn.Linear(3, 4), nn.Sequential(nn.LSTM(3, 4)), [nn.LSTM(3, 4)]],
    "inputs": [None, "text", 3, [[1.0]], np.zeros((5, 2, 3)), torch.zeros(()), torch.zeros(3), torch.zeros(5, 2, 4),
               torch.zeros(0, 2, 3), torch.zeros(1, 5, 2, 3), torch.zeros(5, 2, 3).double(), torch.zeros(5, 2, 3).int(),
               torch.zeros(5, 2, 3, device="meta")],
    "initial_state": [torch.zeros(1, 2, 5), torch.zeros(2, 4), (torch.zeros(1, 2, 4),) * 3,
                      torch.zeros(1, 2, 4).double()],
    "layer": [1, -2, 99],
    "direction": ["backward", "reverse", "", None, 0],
    "order": [1, 3, 0, -2, 2.5, np.inf, "2", "nuc", "", None, True, [2], np.array([2, 2]), torch.tensor([2, 2]), {}],
    "signal": ["direct", "forget_gate", "", None, 3, ["inputs"], np.array(["inputs", "inputs"]), {"inputs": 1}],
}  # fmt: skip
TAKEN = {
    "gradient_flow": ("module", "inputs", "initial_state"),
    "gradient_bands": ("module", "inputs", "initial_state", "layer", "direction", "signal"),
    "state_jacobians": ("module", "inputs", "initial_state", "layer", "direction"),
    "jacobian_norms": ("module", "inputs", "initial_state", "layer", "direction", "order"),
    "path_norms": ("module", "inputs", "initial_state", "layer", "direction", "order"),
}
TABLE = [
    pytest.param(function, argument, value, id=f"{function}-{argument}-{number}")
    for function, arguments in TAKEN.items()
    for argument in arguments
    for number, value in enumerate(WRONG[argument])
]


@pytest.mark.parametrize(("function", "argument", "value"), TABLE)
def test_a_wrong_argument_is_refused_in_one_sentence(function: str, argument: str, value: Any) -> None:
    given = {"module": nn.LSTM(3, 4), "inputs": torch.zeros(5, 2, 3), argument: value}
    refusal(FUNCTIONS[function], given.pop("module"), given.pop("inputs"), **given)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_a_batch_of_no_sequences_has_empty_results(kind: Any, direction: Any) -> None:
    module, inputs = kind(3, 4, bidirectional=True), torch.zeros(5, 0, 3)
    size = 8 if kind is nn.LSTM else 4
    flow = gateviz.gradient_flow(module, inputs, torch.sum)
    assert flow.layer(0, direction).hidden_state.shape == (0, 5, 4)
    assert flow.norm("inputs").shape == (0, 5)
    assert gateviz.state_jacobians(module, inputs, direction=direction).shape == (0, 5, size, size)
    for order in (2, "fro"):
        norms: Any = order
        assert gateviz.jacobian_norms(module, inputs, norms, direction=direction).shape == (0, 5, 5)
        if kind is not nn.RNN:
            paths = gateviz.path_norms(module, inputs, norms, direction=direction)
            assert paths.total.shape == paths.direct_share.shape == (0, 5, 5)
    bands = gateviz.gradient_bands(module, inputs, torch.sum, direction=direction)
    assert (bands.total.shape, bands.contributions.shape, bands.bands.shape) == ((0, 5, 4), (0, 5, 0, 4), (0, 5, 0))


def everything(module: Any, one_way: Any, inputs: torch.Tensor) -> list[np.ndarray]:
    """All arrays that the functions of the room give of a bidirectional module, and of a chain of a simple one."""
    results: list[np.ndarray] = []
    for direction in ("forward", "reverse"):
        flow = gateviz.gradient_flow(module, inputs, torch.sum).layer(0, direction)
        results += [flow[signal] for signal in flow.signals]
        results.append(gateviz.state_jacobians(module, inputs, direction=direction))
        results += [gateviz.jacobian_norms(module, inputs, order, direction=direction) for order in (2, "fro")]
        bands = gateviz.gradient_bands(module, inputs, torch.sum, direction=direction)
        results += [bands.contributions, bands.total, bands.bands]
        if not isinstance(module, nn.RNN):
            paths = gateviz.path_norms(module, inputs, direction=direction)
            results += [paths.total, paths.direct, paths.rest, paths.direct_share]
    chain = Chain(one_way, inputs, one_way, inputs)
    return [*results, chain.record().output, chain.gradient_flow(torch.sum).inputs]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hidden", [4, 30])  # with 30, Lanczos' method finds the norms
@pytest.mark.parametrize("scale", [1, 1e9])  # with 1e9, gradients are computed once more, in float64
def test_another_default_device_changes_no_result(kind: Any, hidden: int, scale: float) -> None:
    module, one_way, inputs = kind(3, hidden, bidirectional=True), kind(3, hidden), torch.zeros(6, 2, 3)
    with torch.no_grad():
        for name, weight in [*module.named_parameters(), *one_way.named_parameters()]:
            weight.mul_(0 if "bias" in name and scale > 1 else scale)
    expected = everything(module, one_way, inputs)
    assert np.isinf(expected[0]).any() == (scale > 1)
    with torch.device("meta"):
        found = everything(module, one_way, inputs)
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)
