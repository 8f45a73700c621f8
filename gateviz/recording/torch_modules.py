"""What a torch recurrent module is made of: its options, and the weights that its next forward would use.

A weight that a parametrization or one of torch's own hooks (weight_norm, spectral_norm, prune) computes is computed
here as in evaluation mode, and the module is left as it was.
"""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from operator import is_
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules import module as torch_calls
from torch.nn.utils import parametrize
from torch.nn.utils.prune import BasePruningMethod

from gateviz.errors import UnsupportedModuleError
from gateviz.recording.cells import CellWeights
from gateviz.recording.plain_tensors import oddity
from gateviz.recording.untouched import untouched
from gateviz.results.signals import SUMMED
from gateviz.results.trace import CellName

ACCEPTED = "torch.nn.RNN, torch.nn.LSTM or torch.nn.GRU (or one of their cells)"
_KINDS: dict[type[nn.Module], CellName] = {
    nn.RNN: "rnn",
    nn.LSTM: "lstm",
    nn.GRU: "gru",
    nn.RNNCell: "rnn",
    nn.LSTMCell: "lstm",
    nn.GRUCell: "gru",
}
_WEIGHTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr")  # the order of CellWeights.tensors
_CALL = ("__call__", "_call_impl", "forward", "permute_hidden", "_update_flat_weights")  # what module(inputs) runs
_DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64)
_MOST_NODES = 100  # of an autograd graph in which the parameter behind a weight is looked for


@dataclass(frozen=True)
class RecurrentModule:
    """The options and weights of one nn.RNN, nn.LSTM or nn.GRU, or of a cell, which is one layer that steps once."""

    cell: CellName
    nonlinearity: str
    input_size: int
    hidden_size: int
    state_size: int  # of h: proj_size where there is a projection, else hidden_size
    num_layers: int
    num_directions: int
    batch_first: bool
    steps_once: bool  # an RNNCell, LSTMCell or GRUCell
    weights: tuple[tuple[CellWeights, ...], ...]  # [layer][direction]

    @property
    def dtype(self) -> torch.dtype:
        """Of the weights, and so of everything that the module computes."""
        return self.weights[0][0].w_hh.dtype

    @property
    def device(self) -> torch.device:
        """Where the weights lie."""
        return self.weights[0][0].w_hh.device

    @property
    def kernel(self) -> str:
        """The name of torch's fused kernel: rnn_tanh, rnn_relu, lstm or gru."""
        return f"rnn_{self.nonlinearity}" if self.cell == "rnn" else self.cell


def read_module(module: nn.Module) -> RecurrentModule:
    """The module's options, and its weights as the next forward in evaluation mode would use them, detached.

    Raises:
        UnsupportedModuleError: The module is not recurrent, or its weights cannot be read or are out of date.
    """
    kind = next((kind for kind in _KINDS if isinstance(module, kind)), None)
    if kind is None or not isinstance(module, (nn.RNNBase, nn.RNNCellBase)):
        raise UnsupportedModuleError(_refusal(module))
    weights = _read_weights(module)
    read = RecurrentModule(
        cell=_KINDS[kind],
        nonlinearity=weights[0][0].nonlinearity,
        input_size=module.input_size,
        hidden_size=module.hidden_size,
        state_size=getattr(module, "proj_size", 0) or module.hidden_size,
        num_layers=len(weights),
        num_directions=len(weights[0]),
        batch_first=isinstance(module, nn.RNNBase) and module.batch_first,
        steps_once=isinstance(module, nn.RNNCellBase),
        weights=weights,
    )
    _check_weights(module, read)
    return read


def overrides_call(module: nn.Module) -> bool:
    """Whether a subclass, or the module itself, has a forward of its own."""
    if not module.__dict__.keys().isdisjoint(_CALL):
        return True
    kind, own = next(kind for kind in _KINDS if isinstance(module, kind)), type(module)
    return own is not kind and any(getattr(own, name, None) is not getattr(kind, name, None) for name in _CALL)


def has_hooks(module: nn.Module) -> bool:
    """Whether module(inputs) runs hooks other than those by which torch computes a weight."""
    registered = (
        torch_calls._global_forward_pre_hooks,
        torch_calls._global_forward_hooks,
        module._forward_pre_hooks,
        module._forward_hooks,
    )
    return any(registered) and not all(_computes_a_weight(hook) for hooks in registered for hook in hooks.values())


def _read_weights(module: nn.RNNBase | nn.RNNCellBase) -> tuple[tuple[CellWeights, ...], ...]:
    """The weights, [layer][direction]; their shapes are not checked yet."""
    nonlinearity = _nonlinearity(module)
    hooks = [hook for hook in module._forward_pre_hooks.values() if _computes_a_weight(hook)]
    parametrized = "parametrizations" in module._modules and parametrize.is_parametrized(module)
    with torch.no_grad(), untouched(module) if hooks or parametrized else nullcontext():
        for hook in hooks:
            hook(module, ())
        weight = _parametrized_reader(module) if parametrized else _reader(module)
        return tuple(
            tuple(_cell_weights(module, suffix, weight, nonlinearity) for suffix in layer)
            for layer in _suffixes(module)
        )


def _nonlinearity(module: nn.RNNBase | nn.RNNCellBase) -> str:
    """The function that a plain RNN applies; "tanh" for the other cells."""
    if isinstance(module, nn.RNN):
        return module.mode.removeprefix("RNN_").lower()
    name = module.nonlinearity if isinstance(module, nn.RNNCell) else "tanh"
    if name not in ("tanh", "relu"):
        raise UnsupportedModuleError(f"the nonlinearity of this RNNCell is {name!r}: give 'tanh' or 'relu'.")
    return name


def _parametrized_reader(module: Any) -> Callable[[str], object]:
    """The same for a parametrized module, without filling the cache that torch may keep for its attributes."""
    computed = module.parametrizations
    return lambda name: computed[name]() if name in computed else getattr(module, name, None)


def _reader(module: nn.RNNBase | nn.RNNCellBase) -> Callable[[str], object]:
    """The function that finds a weight by its name, as the module's next forward would find it."""
    if isinstance(module, nn.RNNBase):
        names, flat = module._flat_weights_names, module._flat_weights
        ordinary = all(map(is_, map(module._parameters.get, names), flat)) and module.__dict__.keys().isdisjoint(names)
        if ordinary or not module._weights_have_changed():  # type: ignore[no-untyped-call]
            return dict(zip(names, flat, strict=False)).get
    return lambda name: getattr(module, name, None)


def _suffixes(module: nn.RNNBase | nn.RNNCellBase) -> list[list[str]]:
    """What follows the name of each weight, [layer][direction]: "_l0", "_l0_reverse"; nothing in a cell."""
    if isinstance(module, nn.RNNCellBase):
        return [[""]]
    directions = ("", "_reverse") if module.bidirectional else ("",)
    return [[f"_l{layer}{direction}" for direction in directions] for layer in range(module.num_layers)]


def _cell_weights(module: nn.Module, suffix: str, weight: Callable[[str], object], nonlinearity: str) -> CellWeights:
    """The weights of one layer and direction."""

    def found(name: str) -> Tensor | None:
        tensor = weight(name + suffix)
        if not isinstance(tensor, Tensor):
            return None
        if tensor.grad_fn is not None and not _computes_weights_itself(module):
            _check_up_to_date(module, name + suffix, tensor)
        return tensor.detach()

    w_ih, w_hh, b_ih, b_hh = (found(name) for name in _WEIGHTS[:4])
    if w_ih is None or w_hh is None:
        raise UnsupportedModuleError(f"{_name(module)} lacks weight_ih{suffix} or weight_hh{suffix}: give it both.")
    if (b_ih is None) != (b_hh is None):
        raise UnsupportedModuleError(f"{_name(module)} lacks bias_ih{suffix} or bias_hh{suffix}: give it both or none.")
    projected = bool(getattr(module, "proj_size", False))
    w_hr = found("weight_hr") if projected else None
    if projected and w_hr is None:
        raise UnsupportedModuleError(f"{_name(module)} lacks weight_hr{suffix}: give it the projection.")
    return CellWeights(w_ih, w_hh, b_ih, b_hh, w_hr, nonlinearity)


def _computes_weights_itself(module: nn.Module) -> bool:
    """Whether the module's own call may compute its weights anew: then that call decides (see own_call.py)."""
    return overrides_call(module) or not all(map(_computes_a_weight, module._forward_pre_hooks.values()))


def _check_up_to_date(module: nn.Module, name: str, weight: Tensor) -> None:
    """Refuse a weight that was computed from a parameter of its shape, but has other values than that now has.

    A wrapper that drops weights out leaves such a weight behind after a training step, and computes it again the next
    time that it is called. Where no parameter of that shape is found, the weight is what the module's forward uses.
    """
    sources = [source for source in _sources(weight) if source.shape == weight.shape]
    if sources and not any(torch.equal(source, weight) for source in sources):
        raise UnsupportedModuleError(
            f"{name} of this {_name(module)} was computed from a parameter that has other values now, or by a dropout "
            "of weights: call what computes it once in evaluation mode, under torch.no_grad()."
        )


def _sources(tensor: Tensor) -> Iterator[Tensor]:
    """The leaves of the autograd graph behind a tensor, the nearest ones first."""
    waiting: list[Any] = [tensor.grad_fn]
    for node in waiting:  # which grows
        if hasattr(node, "variable"):
            yield node.variable
        room = max(0, _MOST_NODES - len(waiting))
        waiting += [after for after, _ in node.next_functions if after is not None][:room]


def _check_weights(module: nn.Module, read: RecurrentModule) -> None:
    """Refuse weights that torch's kernels do not take: without numbers, or of another shape, dtype or device."""
    if read.weights[0][0].w_hh.is_meta:
        raise UnsupportedModuleError(
            f"{_name(module)} lies on the meta device, without numbers: load its weights first."
        )
    dtype, device = read.dtype, read.device
    if dtype not in _DTYPES:
        raise UnsupportedModuleError(f"the weights of this {_name(module)} are {dtype}: give float32 or float64.")
    rows, state = len(SUMMED[read.cell]) * read.hidden_size, read.state_size
    for index, layer in enumerate(read.weights):
        width = state * read.num_directions if index else read.input_size
        shapes = ((rows, width), (rows, state), (rows,), (rows,), (state, read.hidden_size))
        for weights in layer:
            for name, weight, shape in zip(_WEIGHTS, weights.tensors, shapes, strict=True):
                fault = None if weight is None else _fault(weight, shape, dtype, device)
                if fault is not None:
                    raise UnsupportedModuleError(f"{name} in layer {index} of this {_name(module)} is {fault}.")


def _fault(weight: Tensor, shape: tuple[int, ...], dtype: torch.dtype, device: torch.device) -> str | None:
    """What is wrong with a weight, and what to give instead; None if nothing is."""
    kind = oddity(weight)
    if kind is not None:
        return f"a {kind} tensor: give a plain dense one"
    if weight.shape == shape and weight.dtype == dtype and weight.device == device:
        return None
    return f"{tuple(weight.shape)} of {weight.dtype} on {weight.device}: give {shape} of {dtype} on {device}"


def _computes_a_weight(hook: object) -> bool:
    """Whether this is one of torch's own hooks that compute a weight before each forward."""
    kind = type(hook)
    old_style = kind.__module__ in ("torch.nn.utils.weight_norm", "torch.nn.utils.spectral_norm")
    return old_style or isinstance(hook, BasePruningMethod)


def _refusal(module: object) -> str:
    given = _name(module)
    if isinstance(module, torch.jit.ScriptModule):
        return f"{given} is a scripted module, whose gates cannot be read: give the {ACCEPTED} that was scripted."
    if "quantiz" in type(module).__module__ or "torchao" in type(module).__module__:
        return f"{given} is a quantised module, whose weights are packed: give the {ACCEPTED} that was quantised."
    if isinstance(module, nn.Module):
        found = [name for name, part in module.named_modules() if name and isinstance(part, tuple(_KINDS))]
        if found:
            return f"{given} is not itself recurrent: give its {ACCEPTED}, such as the one named {found[0]!r}."
    if isinstance(module, type):
        return f"{module.__name__} is a class: give an instance of {ACCEPTED}."
    return f"{given} is not a module that gateviz reads: give a {ACCEPTED}."


def _name(module: object) -> str:
    return type(module).__name__
