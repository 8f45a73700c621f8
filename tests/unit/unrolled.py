"""The oracle of the numeric tests: the same network unrolled step by step, one sequence at a time, under autograd."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

Steps = list[dict[str, Tensor]]


@dataclass
class Unrolled:
    """What the unrolled network computed, every tensor still in the graph."""

    inputs: list[Tensor]  # per sequence (time, feature), leaves
    outputs: list[Tensor] = field(default_factory=list)  # per sequence (time, feature)
    layers: dict[tuple[int, str], list[Steps]] = field(default_factory=dict)  # per sequence, per step, per signal

    def padded_output(self) -> Tensor:
        """(batch, time, feature), zero where a sequence has ended."""
        return nn.utils.rnn.pad_sequence(self.outputs, batch_first=True)

    def signal(self, layer: int, direction: str, name: str) -> np.ndarray:
        """(batch, time, unit), NaN where a sequence has ended."""
        return self._padded([[step[name].detach() for step in steps] for steps in self.layers[layer, direction]])

    def gradient(self, layer: int, direction: str, name: str) -> np.ndarray:
        """(batch, time, unit) total derivative by that signal, after the loss was differentiated."""
        sequences = self.layers[layer, direction]
        return self._padded([[_grad(step[name]) for step in steps] for steps in sequences])

    def input_gradient(self) -> np.ndarray:
        return self._padded([list(_grad(sequence)) for sequence in self.inputs])

    @staticmethod
    def _padded(sequences: list[list[Tensor]]) -> np.ndarray:
        stacked = [torch.stack(steps) for steps in sequences]
        return nn.utils.rnn.pad_sequence(stacked, batch_first=True, padding_value=float("nan")).numpy()


def _grad(tensor: Tensor) -> Tensor:
    return torch.zeros_like(tensor).detach() if tensor.grad is None else tensor.grad


def _rnn_step(module: nn.RNN, from_x: Tensor, from_h: Tensor, _: Tensor) -> dict[str, Tensor]:
    preactivation = from_x + from_h
    squash = torch.relu if module.nonlinearity == "relu" else torch.tanh
    return {"preactivation": preactivation, "hidden_state": squash(preactivation)}


def _lstm_step(_: nn.LSTM, from_x: Tensor, from_h: Tensor, c: Tensor) -> dict[str, Tensor]:
    i, f, g, o = (from_x + from_h).chunk(4)
    i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
    c = f * c + i * g
    gates = {"input_gate": i, "forget_gate": f, "candidate": g, "output_gate": o}
    return {**gates, "cell_state": c, "hidden_state": o * c.tanh()}


def _gru_step(_: nn.GRU, from_x: Tensor, from_h: Tensor, h: Tensor) -> dict[str, Tensor]:
    x_r, x_z, x_n = from_x.chunk(3)
    h_r, h_z, h_n = from_h.chunk(3)
    r, z = (x_r + h_r).sigmoid(), (x_z + h_z).sigmoid()
    n = (x_n + r * h_n).tanh()
    return {"reset_gate": r, "update_gate": z, "candidate": n, "hidden_state": (1 - z) * n + z * h}


_STEP: dict[str, Callable[..., dict[str, Tensor]]] = {"rnn": _rnn_step, "lstm": _lstm_step, "gru": _gru_step}


def run_steps(module: Any, suffix: str, inputs: list[Tensor], h: Tensor, c: Tensor) -> Steps:
    cell = type(module).__name__.removeprefix("Parametrized").lower()
    step = _STEP["lstm" if "lstm" in cell else "gru" if "gru" in cell else "rnn"]
    bias_ih, bias_hh = (getattr(module, name + suffix, None) for name in ("bias_ih", "bias_hh"))
    w_ih, w_hh = (getattr(module, name + suffix) for name in ("weight_ih", "weight_hh"))
    steps: Steps = []
    for x in inputs:
        from_x, from_h = nn.functional.linear(x, w_ih, bias_ih), nn.functional.linear(h, w_hh, bias_hh)
        signals = step(module, from_x, from_h, c if isinstance(module, nn.LSTM) else h)
        if module.proj_size:
            signals["hidden_state"] = getattr(module, "weight_hr" + suffix) @ signals["hidden_state"]
        for signal in signals.values():
            if signal.requires_grad:
                signal.retain_grad()
        h, c = signals["hidden_state"], signals.get("cell_state", c)
        steps.append(signals)
    return steps


def unroll(module: Any, sequences: list[Tensor], initial_state: Any = None) -> Unrolled:
    """Run each sequence (time, feature) by itself; the initial state as the module takes it for a batch."""
    result = Unrolled([sequence.detach().clone().requires_grad_() for sequence in sequences])
    for number, inputs in enumerate(result.inputs):
        rows = list(inputs)
        for layer in range(module.num_layers):
            outputs: list[list[Tensor]] = []
            for slot, direction in enumerate(("forward", "reverse")[: 1 + module.bidirectional]):
                suffix = f"_l{layer}" + ("_reverse" if slot else "")
                h = inputs.new_zeros(module.proj_size or module.hidden_size)
                c = inputs.new_zeros(module.hidden_size)
                if initial_state is not None:
                    parts = initial_state if isinstance(initial_state, tuple) else (initial_state, None)
                    parts = tuple(p if p is None or p.dim() == 3 else p.unsqueeze(1) for p in parts)
                    index = layer * (1 + module.bidirectional) + slot
                    h, c = parts[0][index, number], c if parts[1] is None else parts[1][index, number]
                steps = run_steps(module, suffix, rows[::-1] if slot else rows, h, c)[:: -1 if slot else 1]
                result.layers.setdefault((layer, direction), []).append(steps)
                outputs.append([step["hidden_state"] for step in steps])
            rows = [torch.cat(parts) for parts in zip(*outputs, strict=True)]
        result.outputs.append(torch.stack(rows))
    return result
