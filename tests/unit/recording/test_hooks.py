"""What the user's own hooks do to a module: it is recorded if they change nothing, and refused if they do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.modules.module import (
    register_module_forward_hook,
    register_module_forward_pre_hook,
)

import gateviz
from gateviz.errors import UnsupportedModuleError
from tests.unit.recording.every_function import EVERY_FUNCTION, first


def scale_inputs(_: Any, arguments: Any) -> Any:
    return (2 * arguments[0], *arguments[1:])


def scale_inputs_in_place(_: Any, arguments: Any) -> None:
    arguments[0].mul_(2)


def scale_a_weight(module: Any, _: Any) -> None:
    next(module.parameters()).data.mul_(2)


def replace_a_weight(module: Any, _: Any) -> None:
    name = "weight_ih_l0" if hasattr(module, "weight_ih_l0") else "weight_ih"
    weight = getattr(module, name).detach()
    module._parameters.pop(name, None)
    setattr(module, name, 2 * weight)


def scale_output(_: Any, __: Any, result: Any) -> Any:
    return (2 * result[0], *result[1:]) if isinstance(result, tuple) else 2 * result


def scale_output_in_place(_: Any, __: Any, result: Any) -> None:
    first(result).data.mul_(2)


def scale_state(_: Any, __: Any, result: Any) -> Any:
    output, state = result
    return output, tuple(2 * part for part in state) if isinstance(state, tuple) else 2 * state


def give_numpy(_: Any, __: Any, result: Any) -> Any:
    return first(result).detach().numpy()


def fail(*_: Any) -> Any:
    raise RuntimeError("no\nsuch thing")


PRE_HOOKS = (scale_inputs, scale_inputs_in_place, scale_a_weight, replace_a_weight)
HOOKS = (scale_output, scale_output_in_place, give_numpy, fail)


@contextmanager
def hooked(module: nn.Module, hook: Any, *, everywhere: bool) -> Iterator[None]:
    """The hook on this module, or on all modules of the process."""
    if hook in PRE_HOOKS:
        handle = (register_module_forward_pre_hook if everywhere else module.register_forward_pre_hook)(hook)
    else:
        handle = (register_module_forward_hook if everywhere else module.register_forward_hook)(hook)
    try:
        yield
    finally:
        handle.remove()


@pytest.mark.parametrize("everywhere", [False, True], ids=["one module", "all modules"])
@pytest.mark.parametrize("hook", [*PRE_HOOKS, *HOOKS], ids=lambda hook: hook.__name__)
@pytest.mark.parametrize("kind", [nn.LSTM, nn.GRU, nn.LSTMCell, nn.RNNCell])
def test_a_hook_that_changes_something_is_said_and_leaves_no_trace(kind: Any, hook: Any, everywhere: bool) -> None:
    module, inputs = kind(2, 3), torch.randn(4, 1, 2)
    before = {name: weight.clone() for name, weight in module.state_dict().items()}
    given, dictionary = inputs.clone(), dict(module.__dict__)
    with hooked(module, hook, everywhere=everywhere):
        with pytest.raises(UnsupportedModuleError, match=f"hook on this {kind.__name__}.*remove") as caught:
            gateviz.record(module, inputs)
        assert str(caught.value).isprintable()
    assert torch.equal(inputs, given)
    assert module.__dict__ == dictionary
    assert list(module.state_dict()) == list(before)
    assert all(torch.equal(before[name], weight) for name, weight in module.state_dict().items())
    assert gateviz.record(module, inputs), "without the hook it is recorded again"


def test_a_hook_that_changes_the_final_state_alone_is_said() -> None:
    for kind in (nn.LSTM, nn.GRU):
        module: Any = kind(2, 3)
        module.register_forward_hook(scale_state)
        with pytest.raises(UnsupportedModuleError, match="hook"):
            gateviz.record(module, torch.randn(4, 1, 2))


@pytest.mark.parametrize("function", EVERY_FUNCTION)
@pytest.mark.parametrize("kind", [nn.LSTM, nn.GRU])
def test_a_hook_that_looks_on_is_called_once_by_every_function(kind: Any, function: str) -> None:
    module, seen, inputs = kind(2, 3), list[Any](), torch.randn(4, 1, 2)
    module.register_forward_pre_hook(lambda module, arguments: seen.append((module.training, arguments[0])))
    module.register_forward_hook(lambda _, __, result: seen.append(result[0]))
    EVERY_FUNCTION[function](module, inputs)
    assert len(seen) == 2
    assert not seen[0][0], "in evaluation mode"
    assert torch.equal(seen[0][1], inputs)
    np.testing.assert_allclose(seen[1].detach(), module.eval()(inputs)[0].detach(), rtol=1e-6)


def test_a_hook_on_a_cell_is_called_once_a_step() -> None:
    module, seen = nn.GRUCell(2, 3), list[Any]()
    module.register_forward_hook(lambda _, __, result: seen.append(result.shape))
    gateviz.record(module, torch.randn(4, 5, 2))
    assert seen == [(5, 3)] * 4


def test_a_hook_may_do_what_it_may_in_the_modules_own_call() -> None:
    module, seen = nn.LSTM(2, 3), list[Any]()
    module.register_forward_hook(lambda *given: given[2][0].retain_grad())
    module.register_forward_hook(lambda _, keywords, __, result: seen.append((keywords, result)), with_kwargs=True)
    once: Any = module.register_forward_pre_hook(lambda *_: once.remove())
    by_name = {module: "mine"}
    module.register_forward_pre_hook(lambda module, _: seen.append(by_name[module]))
    gateviz.record(module, torch.randn(4, 1, 2, requires_grad=True))
    assert len(seen) == 2
    assert once.id in module._forward_pre_hooks, "a hook that removes itself is there again"
    assert all(parameter.grad is None for parameter in module.parameters())


def test_a_compiled_module_is_not_compiled_for_a_hook() -> None:
    def refuse(*_: Any) -> Any:
        raise AssertionError("compiled")

    module: Any = nn.LSTM(2, 3)
    module._compiled_call_impl = refuse  # what module.compile() sets
    module.register_forward_hook(lambda *_: None)
    assert gateviz.record(module, torch.randn(4, 1, 2)).output.shape == (1, 4, 3)
    assert module._compiled_call_impl is refuse


def test_backward_hooks_are_left_alone() -> None:
    module, seen = nn.LSTM(2, 3), list[Any]()
    module.register_full_backward_hook(lambda *given: seen.append(given))
    gateviz.record(module, torch.randn(4, 1, 2))
    gateviz.gradient_flow(module, torch.randn(4, 1, 2), torch.sum)
    assert not seen
