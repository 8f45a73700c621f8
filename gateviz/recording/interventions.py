"""What if this gate were stuck open? Hold signals of a run, and let everything after them follow.

A layer that is touched is stepped through from its first held step on; what comes before, and the layers below, is
what `record` gives, to the last bit. The layers above run by torch's own kernels on the new states.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from gateviz.errors import InputError, ShapeError, SignalError
from gateviz.recording import cells
from gateviz.recording.layouts import Layout, State
from gateviz.recording.recorder import LayerRun, record, run_layers, to_trace
from gateviz.results.trace import Array, Direction, LayerTrace, Trace, pick

Which = int | slice | Sequence[int] | None


@dataclass(frozen=True, eq=False)
class Clamp:
    """One signal of one layer and direction, held for chosen units at chosen steps: exactly one of the three ways.

    Clamp("forget_gate", 1.0)                          never forget
    Clamp("update_gate", scale=0.5, steps=slice(3, 9))
    Clamp("hidden_state", source=other, steps=4)       as it was in another run: activation patching
    """

    signal: str
    """A name that `record` gives for this cell, such as "forget_gate"."""
    value: float | Array | None = None
    """What the signal is set to: a number, or an array that broadcasts to (batch, time, unit)."""
    layer: int = 0
    """Which layer; a negative one counts from the top."""
    direction: Direction = "forward"
    """Which direction of the layer."""
    units: Which = None
    """An index, several, or a slice; None for all."""
    steps: Which = None
    """An index, several, or a slice of the input's time; None for all."""
    scale: float | None = None
    """What the signal is multiplied by."""
    source: Trace | None = None
    """A trace of the same shape to copy the signal from."""

    def __post_init__(self) -> None:
        ways = [name for name in ("value", "scale", "source") if getattr(self, name) is not None]
        if len(ways) != 1:
            given = " and ".join(ways) or "none of them"
            raise InputError(f"a Clamp of {self.signal!r} has {given}: give one of value, scale or source.")


def run_with(
    module: nn.Module,
    inputs: Tensor | PackedSequence,
    clamps: Sequence[Clamp],
    initial_state: State | None = None,
) -> Trace:
    """The trace of the run in which those signals are held; without clamps, exactly what `record` gives.

    Args:
        module: What `record` takes.
        inputs: What `record` takes.
        clamps: What to hold; where several meet at the same unit and step, the later in the list has the last word.
        initial_state: What the module itself takes; zeros when None.

    Example:
        >>> lstm = torch.nn.LSTM(8, 16, batch_first=True)
        >>> run_with(lstm, torch.randn(1, 20, 8), [Clamp("forget_gate", 1.0, units=3)]).output.shape
        (1, 20, 16)
    """
    clamps = [clamps] if isinstance(clamps, Clamp) else list(clamps)
    plain = record(module, inputs, initial_state)
    if not clamps:
        return plain
    holds = [_Hold(clamp, plain) for clamp in clamps]

    def revise(layer: LayerRun, layer_inputs: Tensor, layout: Layout) -> LayerRun:
        here = [hold for hold in holds if hold.is_in(layer)]
        return _step_through(layer, layer_inputs, here, layout) if here else layer

    return to_trace(run_layers(module, inputs, initial_state, revise=revise))


class _Hold:
    """A clamp made ready for one run: which units, which steps, and what to put there."""

    def __init__(self, clamp: Clamp, plain: Trace) -> None:
        found = pick(plain.layers, clamp.layer, clamp.direction, plain.num_layers)
        shape = found[clamp.signal].shape  # (batch, time, unit); a mistyped signal is refused here
        self.signal, self.scale = clamp.signal, clamp.scale
        self.index, self.direction = found.index, found.direction
        self.steps = _chosen(clamp.steps, shape[1], "step")
        self.units = _chosen(clamp.units, shape[2], "unit")
        self.values = found[clamp.signal] if clamp.scale is not None else _values(clamp, found, shape)

    def is_in(self, layer: LayerRun) -> bool:
        return (self.index, self.direction) == (layer.index, layer.direction)

    def apply(self, t: int, signal: Tensor, layout: Layout) -> Tensor:
        """The signal (batch, unit) of step t, with this clamp in it."""
        if not self.steps[t]:
            return signal
        if self.scale is not None:
            held = signal * self.scale
        else:
            held = layout.sort(torch.tensor(self.values[:, t]), dim=0).to(signal.dtype)
        return torch.where(torch.from_numpy(self.units), held, signal)


def _step_through(layer: LayerRun, inputs: Tensor, holds: list[_Hold], layout: Layout) -> LayerRun:
    """The layer again, step by step from the first held one on: inputs (time, batch, input)."""
    recorded = layer.signals["hidden_state"].dtype
    work = torch.float32 if recorded.itemsize < 4 else recorded
    weights = layer.weights.to(work, torch.device("cpu"))
    from_x = cells.input_terms(weights, inputs.to("cpu", work))  # (time, batch, gates * hidden)
    signals = {name: signal.to(work, copy=True) for name, signal in layer.signals.items()}
    steps = range(len(inputs) - 1, -1, -1) if layer.walk.reverse else range(len(inputs))
    touched = np.any([hold.steps for hold in holds], axis=0)  # (time)
    first = next((count for count, t in enumerate(steps) if touched[t]), len(steps))
    state = _state_before(layer, signals, steps[first]) if first < len(steps) else ()
    for t in steps[first:]:

        def hold(name: str, signal: Tensor, t: int = t) -> Tensor:
            for each in holds:
                signal = each.apply(t, signal, layout) if each.signal == name else signal
            return signal

        new = cells.step(weights, from_x[t], state, hold)
        for name, values in new.items():
            signals[name][t] = values
        after = [new[name] for name in ("hidden_state", "cell_state") if name in new]
        if layer.walk.mask is not None:  # in the padding, which a reverse layer meets first, the state waits
            real = layer.walk.mask[t][:, None]
            after = [torch.where(real, now, before) for now, before in zip(after, state, strict=True)]
        state = tuple(after)
    return replace(layer, signals={name: signal.to(recorded) for name, signal in signals.items()})


def _state_before(layer: LayerRun, signals: dict[str, Tensor], t: int) -> tuple[Tensor, ...]:
    """The h, and c of an LSTM, from which step t started: (batch, unit) each."""
    starts = {"hidden_state": layer.initial_hidden, "cell_state": layer.initial_cell}
    return tuple(
        layer.walk.previous(signals[name], start.to(signals[name].dtype))[t]
        for name, start in starts.items()
        if start is not None
    )


def _values(clamp: Clamp, found: LayerTrace, shape: tuple[int, ...]) -> Array:
    """(batch, time, unit) what to put in, from the clamp's value or source."""
    given: ArrayLike
    if clamp.source is None:
        given = np.asarray(clamp.value, dtype=found[clamp.signal].dtype)
    else:
        given = clamp.source.layer(clamp.layer, clamp.direction)[clamp.signal]
        if given.shape != shape:
            raise ShapeError(f"the source's {clamp.signal!r} has shape {given.shape}: give a trace with {shape}.")
    try:
        return np.broadcast_to(given, shape)
    except ValueError:
        raise ShapeError(f"the value has shape {np.shape(given)}: give what broadcasts to {shape}.") from None


def _chosen(which: Which, size: int, what: str) -> np.ndarray[tuple[int], np.dtype[np.bool]]:
    """A mask of the chosen indices."""
    mask = np.zeros(size, dtype=bool)
    index = slice(None) if which is None else which
    try:
        mask[index if isinstance(index, slice) else np.atleast_1d(np.asarray(index, dtype=np.int64))] = True
    except (IndexError, TypeError, ValueError):
        raise SignalError(f"{what} {which!r} does not exist: choose from 0 to {size - 1}.") from None
    return mask
