"""A module that runs code of its own, a forward or a hook, is recorded as it computes or refused in one sentence."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence

import gateviz
from gateviz.errors import UnsupportedModuleError
from tests.unit.recording.every_function import CELLS, EVERY_FUNCTION, LAYERS


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
