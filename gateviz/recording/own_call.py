"""Whether a module that runs code of its own still computes what `record` computes from its weights.

A subclass with a forward of its own, or a module with hooks, may compute anything. Such a module is called once as its
owner would call it (a cell once a step), in evaluation mode and on copies of the inputs, and is left as it was. It is
refused unless it gives the recorded output and final state. A hook that only looks on is therefore called once more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from gateviz.errors import UnsupportedModuleError
from gateviz.recording.layouts import Layout
from gateviz.recording.overrides import overrides_call
from gateviz.recording.torch_modules import ACCEPTED, RecurrentModule
from gateviz.recording.untouched import untouched

_TOLERANCE = {torch.float64: 1e-8, torch.float32: 1e-4, torch.float16: 1e-2, torch.bfloat16: 5e-2}

Pair = tuple[object, Tensor | PackedSequence]  # what the module gave, and what was recorded


@dataclass(frozen=True)
class Recorded:
    """What the module should compute again. States are (layer and direction, batch, unit) of h, and of an LSTM's c."""

    inputs: Tensor  # as torch's kernels take them: (time, batch, feature), or the rows of a PackedSequence
    output: Tensor  # as torch's kernels give it
    initial: tuple[Tensor, ...]
    final: tuple[Tensor, ...]


def check_own_call(
    module: nn.Module, read: RecurrentModule, layout: Layout, arguments: Sequence[Any], recorded: Recorded
) -> None:
    """Refuse a module whose own code computes something else than was recorded.

    Args:
        module: A module that overrides its call or has hooks.
        read: Its options.
        layout: How the caller arranged the batch.
        arguments: The inputs, and the initial state if one was given, as the caller gave them.
        recorded: What was computed from the weights.

    Raises:
        UnsupportedModuleError: The module computes something else, or fails.
    """
    compute = _loop if read.steps_once and not layout.one_step else _call
    try:
        with untouched(module), torch.autocast(recorded.output.device.type, enabled=False):
            module.__dict__.pop("_compiled_call_impl", None)  # module.compile(): it computes the same, later
            pairs = compute(module, layout, arguments, recorded)
    except Exception as problem:
        raise UnsupportedModuleError(_failure(module, problem)) from problem
    if not all(_same(given, expected) for given, expected in pairs):
        raise UnsupportedModuleError(_difference(module))


def _call(module: nn.Module, layout: Layout, arguments: Sequence[Any], recorded: Recorded) -> list[Pair]:
    """What module(inputs, initial_state) gives, beside what was recorded."""
    result = module(*map(_copy, arguments))
    final = [layout.unsort(part, dim=1) for part in recorded.final]
    if layout.one_step:
        return _states(result, final)
    whole = isinstance(result, tuple) and not isinstance(result, PackedSequence)
    output, *others = result if whole else (result,)
    pairs: list[Pair] = [(output, layout.as_output(recorded.output))]
    return pairs + _states(others[0], final) if others else pairs


def _loop(module: nn.Module, layout: Layout, arguments: Sequence[Any], recorded: Recorded) -> list[Pair]:
    """What a loop around a cell gives, beside what was recorded."""
    start = tuple(part[0].clone() for part in recorded.initial)  # (batch, unit) each
    state: tuple[Any, ...] = () if len(arguments) == 1 else (start if len(start) > 1 else start[0],)
    outputs: list[Tensor] = []
    for x in layout.dense(recorded.inputs):  # (batch, feature)
        state = (module(x.clone(), *state),)
        outputs.append(state[0][0] if isinstance(state[0], tuple) else state[0])
    pairs: list[Pair] = [(layout.flat(torch.stack(outputs)), recorded.output)]
    return pairs if layout.packed is not None else pairs + _states(state[0], recorded.final)


def _states(given: object, expected: Sequence[Tensor]) -> list[Pair]:
    """Each part of a state, beside what was recorded."""
    parts = given if isinstance(given, tuple) else (given,)
    return list(zip(parts, expected, strict=True)) if len(parts) == len(expected) else [(None, expected[0])]


def _copy(argument: Any) -> Any:
    """The same inputs or state in other memory, which the module's code may change."""
    if isinstance(argument, Tensor):
        copy = argument.detach().clone()
        return copy.requires_grad_() if argument.requires_grad and not copy.is_inference() else copy
    if isinstance(argument, PackedSequence):
        return PackedSequence(_copy(argument.data), *argument[1:])
    return tuple(map(_copy, argument))


def _same(given: object, expected: Tensor | PackedSequence) -> bool:
    """Whether both hold the same numbers, up to rounding."""
    if isinstance(expected, PackedSequence):
        return isinstance(given, PackedSequence) and _same(given.data, expected.data)
    if not isinstance(given, Tensor) or (given.dtype, given.device) != (expected.dtype, expected.device):
        return False
    if given.numel() != expected.numel():
        return False
    tolerance = _TOLERANCE[expected.dtype]
    given = given.detach().reshape(expected.shape)  # a state without a batch has one axis less
    return torch.allclose(given, expected, rtol=tolerance, atol=tolerance / 10, equal_nan=True)


def _difference(module: nn.Module) -> str:
    name = type(module).__name__
    if overrides_call(module):
        return (
            f"{name} overrides forward and computes something else than torch's forward with its weights: give the "
            f"{ACCEPTED} inside the computation, or a subclass that computes the same."
        )
    return (
        f"a hook on this {name}, or on all modules, changes what it computes: remove the hook, and give the module the "
        "inputs and weights that the hook would give it."
    )


def _failure(module: nn.Module, problem: Exception) -> str:
    name, reason = type(module).__name__, " ".join(str(problem).split())[:200] or type(problem).__name__
    if overrides_call(module):
        return (
            f"{name} overrides forward, which fails on what torch's forward takes ({reason}): give the {ACCEPTED} "
            "inside it."
        )
    return f"a hook on this {name}, or on all modules, fails ({reason}): remove it."
