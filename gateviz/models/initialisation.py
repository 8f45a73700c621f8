"""The weights that a network starts from: PyTorch's own defaults, from a generator of our own."""

from typing import Any, TypeVar

import torch
from torch import nn

from gateviz.errors import InputError

_Module = TypeVar("_Module", bound=nn.Module)


def undrawn(kind: type[_Module], *sizes: int, **options: Any) -> _Module:
    """A plain `kind(*sizes)` whose weights are yet to be set: its constructor would draw from the global generator.

    torch's own skip_init goes by way of the meta device, whose first use in a process imports for a second.
    """
    blank: type[_Module] = type(kind.__name__, (kind,), {"reset_parameters": lambda _: None})
    module = blank(*sizes, **options)
    module.__class__ = kind
    return module


def initialise(
    embedding: nn.Embedding | None, recurrent: nn.RNNBase, head: nn.Linear, generator: torch.Generator
) -> None:
    """PyTorch's own default distributions, in the order in which its constructors draw them."""
    with torch.no_grad():
        if embedding is not None:
            embedding.weight.normal_(generator=generator)
        for module, fan_in in ((recurrent, recurrent.hidden_size), (head, head.in_features)):
            for parameter in module.parameters():
                parameter.uniform_(-(fan_in**-0.5), fan_in**-0.5, generator=generator)


def set_forget_bias(recurrent: nn.RNNBase, total: float) -> None:
    """Give the LSTM's two forget biases the sum `total` in every layer: all of it in one, zero in the other."""
    if not isinstance(recurrent, nn.LSTM):
        raise InputError(f"only an LSTM has a forget bias, this is an {type(recurrent).__name__}")
    forget = slice(recurrent.hidden_size, 2 * recurrent.hidden_size)  # PyTorch's order: i, f, g, o
    with torch.no_grad():
        for name, parameter in recurrent.named_parameters():
            if name.startswith("bias_ih"):
                parameter[forget] = total
            elif name.startswith("bias_hh"):
                parameter[forget] = 0.0
