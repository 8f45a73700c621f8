"""What is read of a module: the weights that its next call would use, however they came to be where they are."""

import copy
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils import parametrizations, parametrize, prune

import gateviz
from gateviz.errors import UnsupportedModuleError

LAYERS = (nn.RNN, nn.LSTM, nn.GRU)


def assert_recorded_as_called(module: Any, inputs: Any, rtol: float = 1e-5) -> None:
    """The trace's output is that of the module in evaluation mode."""
    output = gateviz.record(module, inputs).output
    training, expected = module.training, module.eval()(inputs)
    module.train(training)
    np.testing.assert_allclose(output[0], expected[0].detach()[:, 0], rtol=rtol, atol=rtol)


def test_parametrized_weights_are_read_as_the_next_forward_would() -> None:
    module: Any = parametrizations.weight_norm(nn.LSTM(2, 3), "weight_hh_l0")
    with torch.no_grad():
        module.parametrizations.weight_hh_l0.original0.mul_(3)
    inputs = torch.randn(4, 1, 2)
    np.testing.assert_allclose(gateviz.record(module, inputs).output[0], module(inputs)[0].detach()[:, 0], rtol=1e-5)


def test_spectral_norm_takes_no_power_step_while_recording() -> None:
    module: Any = parametrizations.spectral_norm(nn.GRU(2, 3), "weight_hh_l0").train()
    buffers = {name: buffer.clone() for name, buffer in module.named_buffers()}
    inputs = torch.randn(4, 1, 2)
    trace = gateviz.record(module, inputs)
    assert all(torch.equal(buffer, buffers[name]) for name, buffer in module.named_buffers())
    assert all(part.training for part in module.modules())
    np.testing.assert_allclose(trace.output[0], module.eval()(inputs)[0].detach()[:, 0], rtol=1e-5)


def test_weights_that_a_hook_computes_are_read_fresh_and_left_alone() -> None:
    pruned: Any = prune.l1_unstructured(nn.GRU(2, 3), "weight_hh_l0", amount=0.5)  # type: ignore[no-untyped-call]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        normed: Any = nn.utils.weight_norm(nn.LSTM(2, 3), "weight_hh_l0")
    with torch.no_grad():
        pruned.weight_hh_l0_orig.mul_(3)
        normed.weight_hh_l0_g.mul_(3)
    for module in (pruned, normed):
        stale, inputs = module.weight_hh_l0, torch.randn(4, 1, 2)
        trace = gateviz.record(module, inputs)
        assert module.weight_hh_l0 is stale
        np.testing.assert_allclose(trace.output[0], module(inputs)[0].detach()[:, 0], rtol=1e-5)


class Halved(nn.Module):
    """A parametrization of the user's own, with dropout in it."""

    def __init__(self) -> None:
        super().__init__()
        self.dropout, self.calls = nn.Dropout(0.5), 0

    def forward(self, weight: Any) -> Any:
        self.calls += 1
        return self.dropout(weight) / 2


def test_a_parametrization_of_the_users_own_runs_in_evaluation_mode_and_leaves_no_trace() -> None:
    module: Any = nn.LSTM(2, 3).train()
    parametrize.register_parametrization(module, "weight_hh_l0", Halved())
    halved = module.parametrizations.weight_hh_l0[0]
    calls, random_state = halved.calls, torch.get_rng_state()
    gateviz.record(module, torch.zeros(4, 1, 2))
    assert (halved.calls, halved.training, halved.dropout.training) == (calls, True, True)
    assert torch.equal(torch.get_rng_state(), random_state)
    assert_recorded_as_called(module, torch.randn(4, 1, 2))


def test_a_parametrization_that_is_cached_can_still_be_trained() -> None:
    module: Any = parametrizations.weight_norm(nn.LSTM(2, 3), "weight_hh_l0")
    inputs = torch.randn(4, 1, 2)
    with parametrize.cached():
        gateviz.record(module, inputs)
        module(inputs)[0].sum().backward()
    assert module.parametrizations.weight_hh_l0.original0.grad is not None


class WeightDrop(nn.Module):
    """An LSTM whose recurrent weights are dropped out in training, in one of the ways in which people write it."""

    def __init__(self, way: str) -> None:
        super().__init__()
        inner: Any = nn.LSTM(2, 3)
        self.way, self.inner = way, inner
        weight = self.inner.weight_hh_l0
        if way == "attribute":
            del self.inner.weight_hh_l0
        if way == "raw parameter inside":
            del self.inner.weight_hh_l0
            self.inner.register_parameter("weight_hh_l0_raw", weight)
        self.raw: Any = weight

    def forward(self, inputs: Any) -> Any:
        weight = functional.dropout(self.raw, 0.5, self.training)
        weight = weight if self.training else weight.clone()
        if self.way == "flat weights":
            self.inner._flat_weights[1] = weight
        elif self.way == "parameters":
            self.inner._parameters["weight_hh_l0"] = weight
        else:
            self.inner.__dict__.pop("weight_hh_l0", None)
            self.inner.weight_hh_l0 = weight
        return self.inner(inputs)


WAYS = ("attribute", "raw parameter inside", "parameters", "flat weights")


@pytest.mark.parametrize("way", WAYS)
def test_a_weight_that_was_dropped_out_in_a_training_step_is_said(way: str) -> None:
    module, inputs = WeightDrop(way), torch.randn(4, 1, 2)
    optimiser = torch.optim.SGD(module.parameters(), lr=0.5)
    module.train()(inputs)[0].sum().backward()
    for _ in range(2):  # before and after the step
        with pytest.raises(UnsupportedModuleError, match=r"weight_hh_l0 of this LSTM was computed.*evaluation mode"):
            gateviz.record(module.inner, inputs)
        optimiser.step()
    expected = module.eval()(inputs)[0].detach()[:, 0]
    np.testing.assert_allclose(gateviz.record(module.inner, inputs).output[0], expected, rtol=1e-5)
    optimiser.step()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(2)
    with pytest.raises(UnsupportedModuleError, match="has other values now"):
        gateviz.record(module.inner, inputs)


def test_a_hook_that_looks_on_does_not_hide_a_weight_that_was_dropped_out() -> None:
    module, inputs = WeightDrop("attribute"), torch.randn(4, 1, 2)
    module.inner.register_forward_hook(lambda *_: None)
    module.train()(inputs)
    with pytest.raises(UnsupportedModuleError, match="was computed from a parameter"):
        gateviz.record(module.inner, inputs)


def test_a_hook_of_the_users_own_that_computes_a_weight_is_held_against_its_next_call() -> None:
    module: Any = nn.GRU(2, 3)
    raw = nn.Parameter(module.weight_hh_l0.detach())
    del module.weight_hh_l0
    module.register_parameter("raw", raw)

    def compute(module: Any, _: Any) -> None:
        module.__dict__.pop("weight_hh_l0", None)
        module.weight_hh_l0 = module.raw * 2

    compute(module, ())
    module.register_forward_pre_hook(compute)
    inputs = torch.randn(4, 1, 2)
    assert_recorded_as_called(module, inputs)
    with torch.no_grad():
        raw.mul_(2)
    with pytest.raises(UnsupportedModuleError, match="hook on this GRU"):
        gateviz.record(module, inputs)
    module(inputs)
    assert_recorded_as_called(module, inputs)


@pytest.mark.parametrize("way", ["attribute", "parameters", "flat weights", "hidden attribute"])
def test_a_weight_that_was_replaced_by_a_plain_tensor_is_read_as_the_next_call_reads_it(way: str) -> None:
    module: Any = nn.LSTM(2, 3)
    weight, inputs = 3 * torch.randn(12, 3), torch.randn(4, 1, 2)
    if way == "attribute":
        del module.weight_hh_l0
        module.weight_hh_l0 = weight
    elif way == "parameters":
        module._parameters["weight_hh_l0"] = weight
    elif way == "flat weights":
        module._flat_weights[1] = weight
    else:
        module.__dict__["weight_hh_l0"] = weight
    assert_recorded_as_called(module, inputs)


def test_a_weight_that_another_network_computed_is_read() -> None:
    module: Any = nn.GRU(2, 3)
    del module.weight_hh_l0
    module.weight_hh_l0 = nn.Linear(4, 27)(torch.ones(4)).view(9, 3)
    assert_recorded_as_called(module, torch.randn(4, 1, 2))


def test_an_assignment_that_torch_refuses_half_way_is_read_as_torch_left_it() -> None:
    module: Any = nn.LSTM(2, 3)
    with pytest.raises(TypeError, match="cannot assign"):
        module.weight_hh_l0 = torch.zeros(12, 3)
    assert_recorded_as_called(module, torch.randn(4, 1, 2))


def test_weights_within_a_functional_call_are_those_of_the_call() -> None:
    class Watched(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = nn.LSTM(2, 3)

        def forward(self, inputs: Any) -> Any:
            return gateviz.record(self.inner, inputs).output, self.inner(inputs)[0]

    weights = {"inner.weight_hh_l0": torch.randn(12, 3)}
    ours, theirs = torch.func.functional_call(Watched(), weights, torch.randn(4, 1, 2))
    np.testing.assert_allclose(ours[0], theirs.detach()[:, 0], rtol=1e-5, atol=1e-6)


def test_a_weight_that_is_a_cast_of_its_parameter_is_up_to_date() -> None:
    module: Any = nn.LSTM(2, 3).half()
    parameter = nn.Parameter(torch.randn(12, 3))
    del module.weight_hh_l0
    module.weight_hh_l0 = parameter.half()
    gateviz.record(module, torch.randn(4, 1, 2).half())
    parameter.data.mul_(2)
    with pytest.raises(UnsupportedModuleError, match="has other values now"):
        gateviz.record(module, torch.randn(4, 1, 2).half())


@pytest.mark.parametrize("kind", LAYERS)
def test_copies_casts_and_loaded_weights_are_read_as_they_are(kind: Any) -> None:
    module, inputs = kind(2, 3), torch.randn(4, 1, 2)
    twin = copy.deepcopy(module)
    twin.load_state_dict({name: 2 * weight for name, weight in module.state_dict().items()})
    assert_recorded_as_called(twin, inputs)
    assert_recorded_as_called(twin.double().float(), inputs)
    assert_recorded_as_called(module, inputs)


def test_an_rnn_squashes_as_its_forward_does_whatever_its_attribute_says() -> None:
    module = nn.RNN(2, 3)
    module.nonlinearity = "relu"
    assert_recorded_as_called(module, torch.randn(4, 1, 2))


@pytest.fixture
def _ignored_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.mark.usefixtures("_ignored_warnings")
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("norm", [nn.utils.weight_norm, nn.utils.spectral_norm])
def test_torchs_own_hooks_leave_no_trace(norm: Any, training: bool) -> None:
    module: Any = norm(nn.LSTM(2, 3), "weight_hh_l0").train(training)
    before, buffers = dict(module.__dict__), {name: buffer.clone() for name, buffer in module.named_buffers()}
    flat = list(module._flat_weights)
    gateviz.record(module, torch.zeros(4, 1, 2))
    assert module.__dict__ == before
    assert all(one is other for one, other in zip(module._flat_weights, flat, strict=True))
    assert all(torch.equal(buffers[name], buffer) for name, buffer in module.named_buffers())
    assert_recorded_as_called(module, torch.randn(4, 1, 2))
