"""What a torch recurrent module is made of: its options, and the weights that its next forward would use.

Reads only. A weight that a parametrization or one of torch's own pre-forward hooks (weight_norm, spectral_norm,
prune) computes is computed here as in evaluation mode, on a copy, so that nothing is written to the module.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize
from torch.nn.utils.prune import BasePruningMethod

from gateviz.errors import UnsupportedModuleError
from gateviz.recording.cells import CellWeights
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
    """The module's options and current weights, detached; or a sentence that says what is accepted."""
    cell = next((cell for kind, cell in _KINDS.items() if isinstance(module, kind)), None)
    if cell is None or not isinstance(module, (nn.RNNBase, nn.RNNCellBase)):
        raise UnsupportedModuleError(_refusal(module))
    nonlinearity = str(module.nonlinearity) if cell == "rnn" else "tanh"
    with torch.no_grad(), _evaluating(module) if parametrize.is_parametrized(module) else nullcontext():
        source = _stand_in(module)
        weights = tuple(
            tuple(_cell_weights(source, suffix, nonlinearity) for suffix in layer) for layer in _suffixes(module)
        )
    if weights[0][0].w_hh.is_meta:
        raise UnsupportedModuleError(
            f"{_name(module)} lies on the meta device, without numbers: load its weights first."
        )
    return RecurrentModule(
        cell=cell,
        nonlinearity=nonlinearity,
        input_size=module.input_size,
        hidden_size=module.hidden_size,
        state_size=weights[0][0].w_hh.shape[1],
        num_layers=len(weights),
        num_directions=len(weights[0]),
        batch_first=isinstance(module, nn.RNNBase) and module.batch_first,
        steps_once=isinstance(module, nn.RNNCellBase),
        weights=weights,
    )


def _suffixes(module: nn.RNNBase | nn.RNNCellBase) -> list[list[str]]:
    """What follows the name of each weight, [layer][direction]: "_l0", "_l0_reverse"; nothing in a cell."""
    if isinstance(module, nn.RNNCellBase):
        return [[""]]
    directions = ("", "_reverse") if module.bidirectional else ("",)
    return [[f"_l{layer}{direction}" for direction in directions] for layer in range(module.num_layers)]


def _cell_weights(module: nn.Module, suffix: str, nonlinearity: str) -> CellWeights:
    def weight(name: str) -> Tensor | None:
        tensor: Tensor | None = module._parameters.get(name + suffix)  # where nearly all of them are
        if tensor is None:
            tensor = getattr(module, name + suffix, None)
        return None if tensor is None else tensor.detach()

    w_ih, w_hh = weight("weight_ih"), weight("weight_hh")
    if w_ih is None or w_hh is None:
        raise UnsupportedModuleError(f"{_name(module)} lacks weight_ih{suffix} or weight_hh{suffix}: give it both.")
    return CellWeights(w_ih, w_hh, weight("bias_ih"), weight("bias_hh"), weight("weight_hr"), nonlinearity)


def own_output(module: nn.Module, *arguments: object) -> object:
    """module(*arguments)[0] of a module that overrides torch's forward, in evaluation mode; None if it does not.

    It runs on a copy and with a random state of its own, so that whatever it sets or draws is forgotten.
    """
    forward = module.__dict__.get("forward", type(module).forward)
    if any(forward is kind.forward for kind in _KINDS):
        return None
    with _evaluating(module), torch.random.fork_rng():
        try:
            result = _copy(module).forward(*arguments)
        except Exception as problem:
            raise UnsupportedModuleError(
                f"{_name(module)} overrides forward, which fails on what torch's forward takes ({problem}): "
                f"give the {ACCEPTED} inside it."
            ) from problem
    return result[0] if isinstance(result, tuple) else result


@contextmanager
def _evaluating(module: nn.Module) -> Iterator[None]:
    """Every part in evaluation mode: spectral_norm would take a power step each time a weight is read."""
    training = [part for part in module.modules() if part.training]
    for part in training:
        part.training = False
    try:
        yield
    finally:
        for part in training:
            part.training = True


def _stand_in(module: nn.Module) -> Any:
    """The module itself, or a copy on which torch's weight-computing hooks have run as before a forward."""
    hooks = [hook for hook in module._forward_pre_hooks.values() if _computes_a_weight(hook)]
    if not hooks:
        return module
    copy = _copy(module)
    copy.training = False
    for hook in hooks:
        hook(copy, ())
    return copy


def _copy(module: nn.Module) -> Any:
    """A shallow copy: the same tensors, in dictionaries of its own."""
    copy = object.__new__(type(module))
    copy.__dict__ = {
        name: type(value)(value) if name in ("_parameters", "_buffers", "_flat_weights") else value
        for name, value in module.__dict__.items()
    }
    return copy


def _computes_a_weight(hook: Any) -> bool:
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
