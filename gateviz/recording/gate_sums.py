"""The sum inside each gate, in its parts: what comes from the input, from the state before, and from the bias.

    forget = contributions(lstm, inputs).layer(0)["forget_gate"]
    sigmoid(forget.inputs + forget.recurrent + forget.bias)        # is record(lstm, inputs).layer(0)["forget_gate"]

It costs a recording and two matrix products a layer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from gateviz.errors import SignalError, as_given
from gateviz.recording.layouts import State, read_inputs
from gateviz.recording.recorder import LayerRun, Run, run_layers, untracked
from gateviz.results.signals import SUMMED
from gateviz.results.trace import Array, CellName, Direction, one_of, pick


@dataclass(frozen=True, eq=False)
class GateSum:
    """The sum inside one gate's sigmoid, or inside the tanh of a candidate, in its parts.

    The sum is inputs + recurrent + bias. In a GRU's candidate the reset gate r multiplies what comes from the state
    before, so the sum is inputs + bias + r (recurrent + recurrent_bias).
    """

    inputs: Array = field(repr=False)
    """(batch, time, unit) W x_t, no bound."""
    recurrent: Array = field(repr=False)
    """(batch, time, unit) U h_{t-1}, no bound."""
    bias: Array = field(repr=False)
    """(unit,) the sum of both biases; of a GRU's candidate b_in alone. Zero if the module has none."""
    recurrent_bias: Array | None = field(default=None, repr=False)
    """(unit,) b_hn of a GRU's candidate, else None."""


@dataclass(frozen=True, eq=False)
class LayerGateSums:
    """The sums of one layer and direction: `layer["forget_gate"].recurrent`."""

    cell: CellName
    """Which equations they belong to."""
    index: int
    """The layer's number, 0 at the bottom."""
    direction: Direction
    """Which way the layer reads its input."""
    sums: Mapping[str, GateSum] = field(repr=False)
    """Signal name -> its sum: of the gates and the candidate, or of a plain RNN's "preactivation"."""

    def __getitem__(self, signal: str) -> GateSum:
        if not isinstance(signal, str) or signal not in self.sums:
            raise SignalError(f"{as_given(signal)} is not a sum of this {self.cell}: choose {one_of(self.sums)}.")
        return self.sums[signal]


@dataclass(frozen=True, eq=False)
class GateSums:
    """The sums of every layer and direction of one run."""

    num_layers: int
    """How many layers are stacked."""
    layers: tuple[LayerGateSums, ...]
    """From the bottom up, forward before reverse; `layer` picks one."""

    def layer(self, index: int, direction: Direction = "forward") -> LayerGateSums:
        """The sums of one layer; a negative index counts from the top."""
        return pick(self.layers, index, direction, self.num_layers)


def contributions(module: nn.Module, inputs: Tensor | PackedSequence, initial_state: State | None = None) -> GateSums:
    """How much of each gate comes from the input, from the state before, and from the bias.

    Args:
        module: What `record` takes.
        inputs: What `record` takes.
        initial_state: What `record` takes; zeros for None.

    Returns:
        Arrays (batch, time, unit) in the module's dtype, half precision as float32; NaN in the padding.

    Raises:
        UnsupportedModuleError: As `record`.
        ShapeError: As `record`.
    """
    return gate_sums_of(run_layers(module, inputs, initial_state, half=False), inputs)


def gate_sums_of(run: Run, inputs: Tensor | PackedSequence) -> GateSums:
    """The sums of a run that was made with half=False, and of the inputs that it read."""
    with untracked():
        return GateSums(run.module.num_layers, tuple(_layers(run, read_inputs(run.module, inputs)[1])))


def _layers(run: Run, rows: Tensor) -> Iterator[LayerGateSums]:
    below = run.layout.dense(rows)  # (time, batch, feature)
    for index in range(run.module.num_layers):
        here = [layer for layer in run.layers if layer.index == index]
        for layer in here:
            yield LayerGateSums(run.module.cell, index, layer.direction, dict(_gate_sums(run, layer, below)))
        below = torch.cat([layer.signals["hidden_state"] for layer in here], dim=-1)


def _gate_sums(run: Run, layer: LayerRun, below: Tensor) -> Iterator[tuple[str, GateSum]]:
    """Each gate's name and sum, from the layer's input (time, batch, feature)."""
    states = layer.signals["hidden_state"]  # (time, batch, state)
    weights = layer.weights.to(states.dtype, states.device)
    before = layer.walk.previous(states, layer.initial_hidden.to(states.dtype))
    names = SUMMED[run.module.cell]
    from_x = (below.to(states) @ weights.w_ih.T).chunk(len(names), dim=-1)  # (time, batch, hidden) each
    from_h = (before @ weights.w_hh.T).chunk(len(names), dim=-1)
    zeros = weights.w_hh.new_zeros(len(weights.w_hh))
    b_ih = (zeros if weights.b_ih is None else weights.b_ih).chunk(len(names))  # (hidden,) each
    b_hh = (zeros if weights.b_hh is None else weights.b_hh).chunk(len(names))
    to_array = run.layout.to_array
    for number, name in enumerate(names):
        own, other = b_ih[number].numpy(), b_hh[number].numpy()
        apart = run.module.cell == "gru" and name == "candidate"  # r multiplies b_hn
        bias, recurrent_bias = (own.copy(), other.copy()) if apart else (own + other, None)
        yield name, GateSum(to_array(from_x[number]), to_array(from_h[number]), bias, recurrent_bias)
