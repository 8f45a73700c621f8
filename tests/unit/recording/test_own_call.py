"""A module that runs code of its own, a forward or a hook, is recorded as it computes or refused in one sentence."""

from collections.abc import Callable, Iterator
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
from torch.nn.utils.rnn import pack_sequence

import gateviz
from gateviz.errors import UnsupportedModuleError

CELLS = (nn.RNNCell, nn.LSTMCell, nn.GRUCell)
LAYERS = (nn.RNN, nn.LSTM, nn.GRU)
EVERY_FUNCTION: dict[str, Callable[..., Any]] = {
    "record": gateviz.record,
    "run_with": lambda module, x: gateviz.run_with(module, x, [gateviz.Clamp("hidden_state", 0.5)]),
    "run_with nothing": lambda module, x: gateviz.run_with(module, x, []),
    "contributions": gateviz.contributions,
    "gradient_flow": lambda module, x: gateviz.gradient_flow(module, x, torch.sum),
    "state_jacobians": gateviz.state_jacobians,
    "jacobian_norms": gateviz.jacobian_norms,
    "gradient_bands": lambda module, x: gateviz.gradient_bands(module, x, torch.sum),
    "path_norms": gateviz.path_norms,
}


def first(result: Any) -> Any:
    """What a layer or a cell gives, without its state."""
    return result[0] if isinstance(result, tuple) else result


def subclass(kind: Any, forward: Callable[..., Any]) -> Any:
    """A class with that forward, which is given the forward of torch before its other arguments."""

    def own(self: Any, *arguments: Any) -> Any:
        return forward(self, lambda *given: kind.forward(self, *given), *arguments)

    return type(f"Own{kind.__name__}", (kind,), {"forward": own})


def doubled(_: Any, call: Any, *arguments: Any) -> Any:
    result = call(*arguments)
    return (2 * result[0], *result[1:]) if isinstance(result, tuple) else 2 * result


def normed_state(_: Any, call: Any, x: Any, state: Any = None) -> Any:
    """A cell that normalises its state before each step, as a LayerNorm LSTM does; the first step is torch's."""
    if state is not None:
        state = tuple(map(norm, state)) if isinstance(state, tuple) else norm(state)
    return call(x, state)


def norm(vectors: Any) -> Any:
    return nn.functional.layer_norm(vectors, vectors.shape[-1:])


def counted(module: Any, call: Any, *arguments: Any) -> Any:
    module.calls = getattr(module, "calls", 0) + 1
    return call(*arguments)


@pytest.mark.parametrize("function", EVERY_FUNCTION)
@pytest.mark.parametrize("kind", LAYERS)
def test_a_layer_that_computes_something_else_is_refused_by_every_function(kind: Any, function: str) -> None:
    module = subclass(kind, doubled)(2, 3)
    with pytest.raises(UnsupportedModuleError, match=rf"Own{kind.__name__} overrides forward.*give the torch\.nn"):
        EVERY_FUNCTION[function](module, torch.randn(4, 1, 2))


@pytest.mark.parametrize("function", EVERY_FUNCTION)
@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_that_computes_something_else_is_refused_over_many_steps(kind: Any, function: str) -> None:
    module = subclass(kind, normed_state)(2, 3)
    with pytest.raises(UnsupportedModuleError, match="overrides forward"):
        EVERY_FUNCTION[function](module, torch.randn(4, 1, 2))


@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_is_refused_in_every_layout_in_which_it_differs(kind: Any) -> None:
    module = subclass(kind, normed_state)(2, 3)
    gateviz.record(module, torch.randn(5, 2))  # one step from no state: the state is not yet normalised
    h = torch.randn(5, 3)
    state: Any = (h, torch.randn(5, 3)) if kind is nn.LSTMCell else h
    sequences = pack_sequence([torch.randn(2, 2), torch.randn(3, 2)], enforce_sorted=False)
    for arguments in ((torch.randn(5, 2), state), (torch.randn(1, 5, 2), state), (sequences,)):
        with pytest.raises(UnsupportedModuleError, match="overrides forward"):
            gateviz.record(module, *arguments)


@pytest.mark.parametrize("kind", [*LAYERS, *CELLS])
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_a_forward_of_its_own_that_computes_the_same_is_recorded(kind: Any, dtype: torch.dtype) -> None:
    module = subclass(kind, counted)(2, 3).to(dtype)
    plain = kind(2, 3).to(dtype)
    plain.load_state_dict(module.state_dict())
    inputs = torch.randn(4, 2, 2).to(dtype)
    np.testing.assert_array_equal(gateviz.record(module, inputs).output, gateviz.record(plain, inputs).output)
    assert not hasattr(module, "calls"), "what it counted while it was recorded is forgotten"


@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_with_its_own_forward_may_be_read_in_a_loop_from_any_state_and_packed(kind: Any) -> None:
    module = subclass(kind, counted)(2, 3)
    lengths, h = (3, 1, 4), torch.randn(3, 3)
    state: Any = (h, torch.randn(3, 3)) if kind is nn.LSTMCell else h
    packed = pack_sequence([torch.randn(n, 2) for n in lengths], enforce_sorted=False)
    for inputs in (torch.randn(4, 3, 2), packed):
        assert gateviz.record(module, inputs, state).output.shape == (3, 4, 3)


class TakesLengths(nn.LSTM):
    """A subclass whose forward takes something else."""

    def forward(self, x: Any, lengths: Any) -> Any:  # type: ignore[override]
        return super().forward(x[:lengths])


class ChangesItsState(nn.LSTM):
    """A subclass whose output is torch's, and whose final state is not."""

    def forward(self, *arguments: Any) -> Any:
        output, (h, c) = super().forward(*arguments)
        return output, (h, 2 * c)


class LearnsItsStart(nn.GRUCell):
    """A cell that starts from a state of its own where none is given."""

    def forward(self, x: Any, state: Any = None) -> Any:
        return super().forward(x, torch.ones(len(x), 3) if state is None else state)


class SortsItself(nn.GRU):
    """A subclass that changes a part of torch's forward."""

    def permute_hidden(self, hx: Any, permutation: Any) -> Any:
        return 2 * super().permute_hidden(hx, permutation)


class CallsItself(nn.GRU):
    """A subclass that changes the call, not the forward."""

    def __call__(self, *arguments: Any) -> Any:
        output, state = super().__call__(*arguments)
        return output + 1, state


@pytest.mark.parametrize(
    ("module", "words"),
    [
        (TakesLengths(2, 3), "fails on what torch's forward takes"),
        (ChangesItsState(2, 3), "computes something else"),
        (LearnsItsStart(2, 3), "computes something else"),
        (SortsItself(2, 3), "computes something else"),
        (CallsItself(2, 3), "computes something else"),
    ],
    ids=lambda part: type(part).__name__,
)
def test_whatever_a_subclass_changes_is_said(module: Any, words: str) -> None:
    with pytest.raises(UnsupportedModuleError, match=words):
        gateviz.record(module, torch.randn(4, 1, 2))


def test_a_forward_that_was_put_on_one_module_counts_too() -> None:
    module: Any = nn.LSTM(2, 3)
    plain, inputs = module.forward, torch.randn(4, 1, 2)
    module.forward = lambda *arguments: plain(*arguments)
    np.testing.assert_allclose(gateviz.record(module, inputs).output[0], module(inputs)[0].detach()[:, 0], rtol=1e-6)
    module.forward = lambda x: plain(2 * x)
    with pytest.raises(UnsupportedModuleError, match="overrides forward"):
        gateviz.record(module, inputs)


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


class AlsoGivesAttention(nn.GRU):
    """A subclass whose result has a third part."""

    def forward(self, *arguments: Any) -> Any:
        return *super().forward(*arguments), torch.ones(3)


class GivesItsOutputOnly(nn.LSTM):
    """A subclass without a state in its result."""

    def forward(self, *arguments: Any) -> Any:
        return super().forward(*arguments)[0]


class GivesAnotherState(nn.LSTM):
    """A subclass that leaves out the cell state."""

    def forward(self, *arguments: Any) -> Any:
        output, (h, _) = super().forward(*arguments)
        return output, h


def test_what_a_subclass_gives_beside_output_and_state_does_not_matter() -> None:
    for module in (AlsoGivesAttention(2, 3), GivesItsOutputOnly(2, 3)):
        assert gateviz.record(module, torch.randn(4, 1, 2)).output.shape == (1, 4, 3)
    with pytest.raises(UnsupportedModuleError, match="computes something else"):
        gateviz.record(GivesAnotherState(2, 3), torch.randn(4, 1, 2))


def test_a_cell_that_changes_its_last_cell_state_alone_is_said() -> None:
    class ForgetsAtTheEnd(nn.LSTMCell):
        steps = 0

        def forward(self, *arguments: Any) -> Any:
            h, c = super().forward(*arguments)
            self.steps += 1
            return h, c if self.steps < 4 else torch.zeros_like(c)

    with pytest.raises(UnsupportedModuleError, match="computes something else"):
        gateviz.record(ForgetsAtTheEnd(2, 3), torch.randn(4, 1, 2))


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
