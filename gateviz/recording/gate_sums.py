"""The sum inside each gate, in its parts: what comes from the input, from the state before, and from the bias.

    layer = contributions(lstm, inputs).layer(0)
    forget = layer["forget_gate"]
    sigmoid(forget.inputs + forget.recurrent + forget.bias)        # is record(lstm, inputs).layer(0)["forget_gate"]
    layer.products("forget_gate", step=9, unit=12).largest(5)      # what makes the sum of one unit at one step

It costs a recording and two matrix products a layer.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from gateviz.errors import SignalError, as_given
from gateviz.recording.interventions import Clamp, checked_clamps, held_run
from gateviz.recording.layouts import State, read_inputs
from gateviz.recording.recorder import LayerRun, Run, untracked
from gateviz.results.arguments import whole_number
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
    recurrent_bias: Array | None = field(repr=False)
    """(unit,) b_hn of a GRU's candidate, else None."""
    input_weights: Array = field(repr=False)
    """(unit, feature) W."""
    recurrent_weights: Array = field(repr=False)
    """(unit, state) U."""


class Product(NamedTuple):
    """One summand: a weight times what it weighs."""

    source: Literal["x", "h"]
    """The layer's input x_t, or the state before h_{t-1}."""
    component: int
    """Which feature of x or unit of h, from 0."""
    weight: float
    value: float
    factor: float
    """1, or the reset gate, which multiplies what comes from h in a GRU's candidate."""
    product: float
    """factor * weight * value."""


@dataclass(frozen=True, eq=False)
class Products:
    """All summands of one unit's sum at one step; with the bias they add up to it."""

    products: tuple[Product, ...] = field(repr=False)
    """Those of x in the order of its features, then those of h in the order of its units."""
    bias: float
    """The sum of the biases; in a GRU's candidate b_in + r b_hn."""

    @property
    def total(self) -> float:
        """The sum that goes into the sigmoid or the tanh."""
        return math.fsum(one.product for one in self.products) + self.bias

    def largest(self, count: int = 5) -> tuple[Product, ...]:
        """The summands of the largest absolute value, the largest first.

        Raises:
            InputError: `count` is no whole number of at least 0.
        """
        found = sorted(self.products, key=lambda one: -abs(one.product))
        return tuple(found[: whole_number("count", count, 0)])


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
    inputs: Array = field(repr=False)
    """(batch, time, feature) x_t, what the layer reads."""
    states: Array = field(repr=False)
    """(batch, time, state) h_{t-1}, the hidden state that was before."""
    reset: Array | None = field(repr=False)
    """(batch, time, unit) a GRU's reset gate, 0 to 1, else None."""

    def __getitem__(self, signal: str) -> GateSum:
        if not isinstance(signal, str) or signal not in self.sums:
            raise SignalError(f"{as_given(signal)} is not a sum of this {self.cell}: choose {one_of(self.sums)}.")
        return self.sums[signal]

    def products(self, signal: str, step: int, unit: int, batch: int = 0) -> Products:
        """What one unit's sum at one step is made of.

        Args:
            signal: A gate or a candidate, or a plain RNN's "preactivation".
            step: From 0; in the padding all products are NaN.
            unit: From 0.
            batch: Which sequence, from 0.

        Raises:
            SignalError: This layer has no such sum.
            InputError: A step, unit or sequence that is not there.
        """
        found = self[signal]
        sequences, steps, units = found.inputs.shape
        batch = whole_number("batch", batch, 0, sequences - 1)
        step = whole_number("step", step, 0, steps - 1)
        unit = whole_number("unit", unit, 0, units - 1)
        is_reset = found.recurrent_bias is not None and self.reset is not None
        factor = float(self.reset[batch, step, unit]) if is_reset and self.reset is not None else 1.0
        sides: tuple[tuple[Literal["x", "h"], Array, Array, float], ...] = (
            ("x", found.input_weights[unit], self.inputs[batch, step], 1.0),
            ("h", found.recurrent_weights[unit], self.states[batch, step], factor),
        )
        products = tuple(
            Product(source, number, weight, value, by, by * weight * value)
            for source, weights, values, by in sides
            for number, (weight, value) in enumerate(zip(weights.tolist(), values.tolist(), strict=True))
        )
        beside = 0.0 if found.recurrent_bias is None else factor * float(found.recurrent_bias[unit])
        return Products(products, float(found.bias[unit]) + beside)


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


def contributions(
    module: nn.Module,
    inputs: Tensor | PackedSequence,
    initial_state: State | None = None,
    clamps: Sequence[Clamp] = (),
) -> GateSums:
    """How much of each gate comes from the input, from the state before, and from the bias.

    Args:
        module: What `record` takes.
        inputs: What `record` takes.
        initial_state: What `record` takes; zeros for None.
        clamps: What `run_with` takes. The sums are then those of the run in which these signals are held. A gate that
            is held has its sum, too, which no longer says what the gate is.

    Returns:
        Arrays (batch, time, unit) in the module's dtype, half precision as float32; NaN in the padding.

    Raises:
        UnsupportedModuleError: As `record`.
        ShapeError: As `record`.
    """
    return gate_sums_of(held_run(module, inputs, checked_clamps(clamps), initial_state, half=False), inputs)


def gate_sums_of(run: Run, inputs: Tensor | PackedSequence) -> GateSums:
    """The sums of a run that was made with half=False, and of the inputs that it read."""
    with untracked():
        return GateSums(run.module.num_layers, tuple(_layers(run, read_inputs(run.module, inputs)[1])))


def _layers(run: Run, rows: Tensor) -> Iterator[LayerGateSums]:
    below = run.layout.dense(rows)  # (time, batch, feature)
    for index in range(run.module.num_layers):
        here = [layer for layer in run.layers if layer.index == index]
        for layer in here:
            yield _layer_sums(run, layer, below)
        below = torch.cat([layer.signals["hidden_state"] for layer in here], dim=-1)


def _layer_sums(run: Run, layer: LayerRun, below: Tensor) -> LayerGateSums:
    """One layer's sums, from its input (time, batch, feature)."""
    states = layer.signals["hidden_state"]  # (time, batch, state)
    inputs = below.to(states)
    before = layer.walk.previous(states, layer.initial_hidden.to(states.dtype))
    sums = dict(_gate_sums(run, layer, inputs, before))
    to_array = run.layout.to_array
    reset = to_array(layer.signals["reset_gate"]) if run.module.cell == "gru" else None
    return LayerGateSums(run.module.cell, layer.index, layer.direction, sums, to_array(inputs), to_array(before), reset)


def _gate_sums(run: Run, layer: LayerRun, inputs: Tensor, before: Tensor) -> Iterator[tuple[str, GateSum]]:
    """Each gate's name and sum, from x_t (time, batch, feature) and h_{t-1} (time, batch, state)."""
    weights = layer.weights.to(before.dtype, before.device)
    names = SUMMED[run.module.cell]
    from_x = (inputs @ weights.w_ih.T).chunk(len(names), dim=-1)  # (time, batch, hidden) each
    from_h = (before @ weights.w_hh.T).chunk(len(names), dim=-1)
    zeros = weights.w_hh.new_zeros(len(weights.w_hh))
    rows = [
        part.chunk(len(names))  # (hidden, feature), (hidden, state), (hidden,) and (hidden,) each
        for part in (
            weights.w_ih,
            weights.w_hh,
            zeros if weights.b_ih is None else weights.b_ih,
            zeros if weights.b_hh is None else weights.b_hh,
        )
    ]
    to_array = run.layout.to_array
    for number, name in enumerate(names):
        w_ih, w_hh, own, other = (part[number].numpy().copy() for part in rows)
        apart = run.module.cell == "gru" and name == "candidate"  # r multiplies b_hn
        bias, recurrent_bias = (own, other) if apart else (own + other, None)
        yield name, GateSum(to_array(from_x[number]), to_array(from_h[number]), bias, recurrent_bias, w_ih, w_hh)
