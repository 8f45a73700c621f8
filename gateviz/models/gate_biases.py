"""Where the gates of an LSTM or GRU stand before training: the two biases of a gate, set to a sum."""

from collections.abc import Mapping

import torch
from torch import nn

from gateviz.errors import InputError

_ROWS: Mapping[type[nn.RNNBase], tuple[str, ...]] = {
    nn.LSTM: ("input_gate", "forget_gate", "candidate", "output_gate"),
    nn.GRU: ("reset_gate", "update_gate", "candidate"),
}
"""In the order in which PyTorch stacks their rows."""


def set_gate_bias(recurrent: nn.RNNBase, gate: str, total: float) -> None:
    """Give a gate's two biases the sum `total` in every layer and direction: all of it in one, zero in the other.

    Args:
        recurrent: an nn.LSTM or nn.GRU with biases; changed in place.
        gate: "input_gate", "forget_gate" or "output_gate" of an LSTM; "reset_gate" or "update_gate" of a GRU.
        total: what stands before the sigmoid when input and state are zero.

    Raises:
        InputError: a module that has no such gate.
    """
    names = _ROWS.get(type(recurrent), ())
    if gate not in names:
        raise InputError(f"{type(recurrent).__name__} has no {gate!r}; it has {', '.join(names) or 'no gates'}")
    start = names.index(gate) * recurrent.hidden_size
    with torch.no_grad():
        for name, parameter in recurrent.named_parameters():
            if name.startswith("bias_"):
                parameter[start : start + recurrent.hidden_size] = total if name.startswith("bias_ih") else 0.0
