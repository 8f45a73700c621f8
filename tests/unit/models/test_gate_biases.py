"""Gate biases: set where they are asked for, and nowhere else."""

from typing import Any

import pytest
import torch
from torch import nn

import gateviz
from gateviz.errors import InputError
from gateviz.models.gate_biases import set_gate_bias

GATES = [
    *((nn.LSTM, gate) for gate in ("input_gate", "forget_gate", "output_gate")),
    *((nn.GRU, gate) for gate in ("reset_gate", "update_gate")),
]


@pytest.mark.parametrize(("kind", "gate"), GATES)
def test_without_weights_the_gate_is_the_sigmoid_of_the_bias_and_the_other_gates_are_as_before(
    kind: Any, gate: str
) -> None:
    module: Any = kind(3, 4, num_layers=2, bidirectional=True)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if name.startswith("weight"):
                parameter.zero_()
    inputs = torch.randn(5, 1, 3)
    before = gateviz.record(module, inputs)
    set_gate_bias(module, gate, -1.5)
    after = gateviz.record(module, inputs)
    for layer, old in zip(after.layers, before.layers, strict=True):
        assert layer[gate] == pytest.approx(torch.sigmoid(torch.tensor(-1.5)).item())
        others = [name for name in layer.signals if name.endswith("gate") and name != gate]
        assert all((layer[name] == old[name]).all() for name in others)


def test_a_module_without_the_gate_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="GRU has no 'forget_gate'; it has reset_gate, update_gate"):
        set_gate_bias(nn.GRU(2, 2), "forget_gate", 1.0)
    with pytest.raises(InputError, match="RNN has no 'input_gate'; it has no gates"):
        set_gate_bias(nn.RNN(2, 2), "input_gate", 1.0)
    with pytest.raises(InputError, match="LSTM has no 'keep'"):
        set_gate_bias(nn.LSTM(2, 2), "keep", 1.0)
