"""The weights that a network starts from: PyTorch's own defaults, drawn from a generator of its own."""

from typing import Any, TypeVar

import torch
from torch import nn

from gateviz.errors import InputError
from gateviz.results.arguments import finite_number, whole_number

MAX_SEED = 2**62

_Module = TypeVar("_Module", bound=nn.Module)


def undrawn(kind: type[_Module], *sizes: int, **options: Any) -> _Module:
    """A plain `kind(*sizes)` whose weights are not set yet. Its own constructor would draw from the global generator.

    torch's skip_init uses the meta device, whose first use in a process takes a second of imports.
    """
    blank: type[_Module] = type(kind.__name__, (kind,), {"reset_parameters": lambda _: None})
    module = blank(*sizes, **options)
    module.__class__ = kind
    return module


def generator_of(seed: int, offset: int = 0) -> torch.Generator:
    """A new generator, seeded with `seed` + `offset`.

    Raises:
        InputError: a seed that is no whole number from 0 to MAX_SEED.
    """
    return torch.Generator().manual_seed(whole_number("seed", seed, least=0, most=MAX_SEED) + offset)


def initialise(
    embedding: nn.Embedding | None, recurrent: nn.RNNBase, head: nn.Linear, generator: torch.Generator
) -> None:
    """Draw all weights from PyTorch's default distributions, in the order in which its constructors draw them."""
    with torch.no_grad():
        if embedding is not None:
            embedding.weight.normal_(generator=generator)
        for module, fan_in in ((recurrent, recurrent.hidden_size), (head, head.in_features)):
            for parameter in module.parameters():
                parameter.uniform_(-(fan_in**-0.5), fan_in**-0.5, generator=generator)


def set_forget_bias(recurrent: nn.RNNBase, total: float) -> None:
    """Give the LSTM's two forget biases the sum `total` in every layer: all of it in one, zero in the other.

    Raises:
        InputError: a module without a forget gate, or a total that is no finite number.
    """
    total = finite_number("forget_bias", total)
    if not isinstance(recurrent, nn.LSTM):
        raise InputError(f"forget_bias is {total:g}, and an {type(recurrent).__name__} has no forget gate: give None.")
    forget = slice(recurrent.hidden_size, 2 * recurrent.hidden_size)  # PyTorch's order: i, f, g, o
    with torch.no_grad():
        for name, parameter in recurrent.named_parameters():
            if name.startswith("bias_ih"):
                parameter[forget] = total
            elif name.startswith("bias_hh"):
                parameter[forget] = 0.0
