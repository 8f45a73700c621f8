"""The weights that a module's next call in evaluation mode would use, wherever it has them from.

A weight that a parametrization or one of torch's own hooks (weight_norm, spectral_norm, prune) computes is computed
here, and the module is left as it was. A weight that somebody put on the module is read as the next call would read it.
"""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from operator import is_
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from gateviz.errors import UnsupportedModuleError
from gateviz.recording.cells import CellWeights
from gateviz.recording.overrides import computes_a_weight, overrides_call
from gateviz.recording.untouched import untouched

WEIGHTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr")
"""torch's names of the weights of a layer, in the order of CellWeights.tensors."""

_MOST_NODES = 100  # of an autograd graph in which the parameter behind a weight is looked for


def weights_in_use(module: nn.RNNBase | nn.RNNCellBase) -> tuple[tuple[CellWeights, ...], ...]:
    """The weights, [layer][direction]; their shapes are not checked yet."""
    nonlinearity = _nonlinearity(module)
    hooks = [hook for hook in module._forward_pre_hooks.values() if computes_a_weight(hook)]
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
    """`_reader` of a parametrized module; it does not fill the cache that torch may keep for the attributes."""
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

    w_ih, w_hh, b_ih, b_hh = (found(name) for name in WEIGHTS[:4])
    if w_ih is None or w_hh is None:
        raise _lacking(module, f"weight_ih{suffix} or weight_hh{suffix}: give it both")
    if (b_ih is None) != (b_hh is None):
        raise _lacking(module, f"bias_ih{suffix} or bias_hh{suffix}: give it both or none")
    projected = bool(getattr(module, "proj_size", False))
    w_hr = found("weight_hr") if projected else None
    if projected and w_hr is None:
        raise _lacking(module, f"weight_hr{suffix}: give it the projection")
    return CellWeights(w_ih, w_hh, b_ih, b_hh, w_hr, nonlinearity)


def _lacking(module: nn.Module, what: str) -> UnsupportedModuleError:
    return UnsupportedModuleError(f"{type(module).__name__} lacks {what}.")


def _computes_weights_itself(module: nn.Module) -> bool:
    """Whether the module's own call may compute its weights anew: then that call decides (see own_call.py)."""
    return overrides_call(module) or not all(map(computes_a_weight, module._forward_pre_hooks.values()))


def _check_up_to_date(module: nn.Module, name: str, weight: Tensor) -> None:
    """Refuse a weight that was computed from a parameter of its shape, but has other values than that now has.

    A wrapper that drops weights out leaves such a weight behind after a training step, and computes it again the next
    time that it is called. Where no parameter of that shape is found, the weight is what the module's forward uses.
    """
    sources = [source for source in _sources(weight) if source.shape == weight.shape]
    if sources and not any(torch.equal(source.to(weight), weight) for source in sources):
        raise UnsupportedModuleError(
            f"{name} of this {type(module).__name__} was computed from a parameter that has other values now, or by a "
            "dropout of weights: call what computes it once in evaluation mode, under torch.no_grad()."
        )


def _sources(tensor: Tensor) -> Iterator[Tensor]:
    """The leaves of the autograd graph behind a tensor, the nearest ones first."""
    waiting: list[Any] = [tensor.grad_fn]
    for node in waiting:  # which grows
        if hasattr(node, "variable"):
            yield node.variable
        room = max(0, _MOST_NODES - len(waiting))
        waiting += [after for after, _ in node.next_functions if after is not None][:room]
