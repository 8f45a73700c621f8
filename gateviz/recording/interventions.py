"""What if this gate were stuck open? Hold signals of a run, and compute everything that follows from them.

A layer with a held signal is computed step by step, from the first held step on. What comes before, and the layers
below, are what `record` gives, to the last bit. The layers above run by torch's own kernels on the new states.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from gateviz.errors import InputError, ShapeError, SignalError, as_given
from gateviz.recording import cells
from gateviz.recording.layouts import Layout, State, to_numpy
from gateviz.recording.plain_tensors import oddity
from gateviz.recording.recorder import LayerRun, Run, record, run_layers, to_trace
from gateviz.recording.selection import Selection, read_selection, selection_mask
from gateviz.results.trace import Array, Direction, LayerTrace, Trace, as_integer, pick


@dataclass(frozen=True, eq=False)
class Clamp:
    """One signal of one layer and direction, held at chosen units and steps. Give one of `value`, `scale`, `source`.

    Clamp("forget_gate", 1.0)                          never forget
    Clamp("update_gate", scale=0.5, steps=slice(3, 9))
    Clamp("hidden_state", source=other, steps=4)       as it was in another run: activation patching

    Raises:
        InputError: None or several of the three are given, or one is not what it should be.
        SignalError: The layer, direction, units or steps cannot exist in any module.
    """

    signal: str
    """A name that `record` gives for this cell, such as "forget_gate"."""
    value: float | ArrayLike | Tensor | None = None
    """What the signal is set to: a number, or an array that broadcasts to (batch, time, unit)."""
    layer: int = 0
    """Which layer; a negative one counts from the top."""
    direction: Direction = "forward"
    """Which direction of the layer."""
    units: Selection = None
    """A unit, several, a slice, or a mask with an entry for each unit; None for all."""
    steps: Selection = None
    """A step, several, a slice, or a mask with an entry for each step of the inputs; None for all."""
    scale: float | None = None
    """What the signal is multiplied by."""
    source: Trace | None = None
    """A trace of the same shape from which the signal is copied."""

    def __post_init__(self) -> None:
        ways = [name for name in ("value", "scale", "source") if getattr(self, name) is not None]
        if len(ways) != 1:
            given = " and ".join(ways) or "none of them"
            raise InputError(f"a Clamp of {as_given(self.signal)} has {given}: give one of value, scale or source.")
        if not isinstance(self.signal, str):
            raise SignalError(f"the signal is {as_given(self.signal)}: give a name such as 'forget_gate'.")
        if as_integer(self.layer) is None:
            raise SignalError(f"layer {as_given(self.layer)} does not exist: give a whole number.")
        if not isinstance(self.direction, str):
            raise SignalError(f"direction {as_given(self.direction)} is unknown: choose 'forward' or 'reverse'.")
        read_selection(self.units, "unit")
        read_selection(self.steps, "step")
        if self.value is not None:
            _numbers("value", self.value)
        if self.scale is not None and _numbers("scale", self.scale).ndim:
            raise InputError(f"scale is {as_given(self.scale)}: give one number.")
        if self.source is not None and not isinstance(self.source, Trace):
            raise InputError(f"source is {as_given(self.source)}: give a Trace.")


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
        clamps: What to hold. If several hold the same unit at the same step, they apply in the order of the list.
        initial_state: What `record` takes; zeros for None.

    Raises:
        UnsupportedModuleError: As `record`.
        ShapeError: As `record`; or a value or source that does not fit the signal.
        SignalError: A signal, layer, direction, unit or step that the run does not have.
        InputError: Something else than a Clamp, or numbers that are not finite.

    Example:
        >>> lstm = torch.nn.LSTM(8, 16, batch_first=True)
        >>> run_with(lstm, torch.randn(1, 20, 8), [Clamp("forget_gate", 1.0, units=3)]).output.shape
        (1, 20, 16)
    """
    return to_trace(held_run(module, inputs, checked_clamps(clamps), initial_state))


def checked_clamps(clamps: object) -> tuple[Clamp, ...]:
    """The clamps of a list; one alone stands for a list of one.

    Raises:
        InputError: Something else than a list of Clamps.
    """
    clamps = [clamps] if isinstance(clamps, Clamp) else clamps
    if not isinstance(clamps, (list, tuple)) or not all(isinstance(clamp, Clamp) for clamp in clamps):
        raise InputError(f"clamps are {as_given(clamps)}: give a list of gateviz.Clamp.")
    return tuple(clamps)


def held_run(
    module: nn.Module,
    inputs: Tensor | PackedSequence,
    clamps: Sequence[Clamp],
    initial_state: State | None = None,
    *,
    half: bool = True,
) -> Run:
    """The run that `run_with` gives out as a trace; `half` as in `run_layers`."""
    if not clamps:
        return run_layers(module, inputs, initial_state, half=half)
    plain = record(module, inputs, initial_state)
    holds = [_Hold(clamp, plain) for clamp in clamps]

    def revise(layer: LayerRun, layer_inputs: Tensor, layout: Layout) -> LayerRun:
        here = [hold for hold in holds if hold.is_in(layer)]
        return _step_through(layer, layer_inputs, here, layout) if here else layer

    return run_layers(module, inputs, initial_state, revise=revise, half=half)


def clamps_within(clamps: Sequence[Clamp], first: int, count: int, total: int) -> tuple[Clamp, ...]:
    """The clamps as they hold some steps of a run, for a run of these steps alone, whose first one is then step 0.

    Args:
        clamps: Of the whole run.
        first: The first of these steps.
        count: How many they are.
        total: How many steps the whole run has, or could have: values for each step are for so many.
    """
    here = slice(first, first + count)
    masks = [selection_mask(clamp.steps, total, "step")[here] for clamp in clamps]
    return tuple(
        replace(clamp, steps=mask, value=_values_at(clamp, here), source=None)
        for clamp, mask in zip(clamps, masks, strict=True)
        if mask.any()
    )


def _values_at(clamp: Clamp, steps: slice) -> ArrayLike | Tensor | None:
    """The clamp's value, or its source's, at some steps."""
    if clamp.source is not None:
        return clamp.source.layer(clamp.layer, clamp.direction)[clamp.signal][:, steps]
    if clamp.value is None:
        return None
    values = _numbers("value", clamp.value)
    return values[..., steps, :] if values.ndim > 1 and values.shape[-2] > 1 else values


class _Hold:
    """A clamp prepared for one run: which units, which steps, and what to put there."""

    def __init__(self, clamp: Clamp, plain: Trace) -> None:
        found = pick(plain.layers, clamp.layer, clamp.direction, plain.num_layers)
        self.signal = clamp.signal
        self.index, self.direction = found.index, found.direction
        shape = found[clamp.signal].shape  # (batch, time, unit); a mistyped signal is refused here
        self.steps = selection_mask(clamp.steps, shape[1], "step")
        self.units = selection_mask(clamp.units, shape[2], "unit")
        real = np.arange(shape[1]) < plain.lengths[:, None]  # (batch, time)
        held = (real & self.steps)[..., None] & self.units  # (batch, time, unit)
        self.by = float(clamp.scale) if clamp.scale is not None else clamp_values(clamp, found, held)

    def is_in(self, layer: LayerRun) -> bool:
        return (self.index, self.direction) == (layer.index, layer.direction)

    def apply(self, t: int, signal: Tensor, layout: Layout) -> Tensor:
        """The signal (batch, unit) of step t, with this clamp in it."""
        if not self.steps[t]:
            return signal
        if isinstance(self.by, float):
            held = signal * self.by
        else:
            held = layout.sort(torch.from_numpy(self.by[:, t].copy()), dim=0).to(signal.dtype)
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
        if layer.walk.mask is not None:  # a reverse layer meets the padding first: the state stays as it is
            real = layer.walk.mask[t][:, None]
            after = [torch.where(real, now, before) for now, before in zip(after, state, strict=True)]
        state = tuple(part.to(recorded).to(work) for part in after)  # rounded as in the module's dtype
    return replace(layer, signals={name: signal.to(recorded) for name, signal in signals.items()})


def _state_before(layer: LayerRun, signals: dict[str, Tensor], t: int) -> tuple[Tensor, ...]:
    """The h, and c of an LSTM, from which step t started: (batch, unit) each."""
    starts = {"hidden_state": layer.initial_hidden, "cell_state": layer.initial_cell}
    return tuple(
        layer.walk.previous(signals[name], start.to(signals[name].dtype))[t]
        for name, start in starts.items()
        if start is not None
    )


def clamp_values(clamp: Clamp, found: LayerTrace, held: NDArray[np.bool]) -> Array:
    """(batch, time, unit) what to put in, from the clamp's value or source; finite where `held` is True."""
    own = found[clamp.signal]  # (batch, time, unit)
    if clamp.source is None:
        what, given = "value", _numbers("value", clamp.value)
    else:
        what, given = "source", clamp.source.layer(found.index, found.direction)[clamp.signal]
        if given.shape != own.shape:
            raise ShapeError(f"the source's {clamp.signal!r} has shape {given.shape}: give a trace with {own.shape}.")
    try:
        with np.errstate(over="ignore"):  # what overflows is refused below
            values = np.broadcast_to(given.astype(own.dtype), own.shape)
    except ValueError:
        raise ShapeError(f"the value has shape {given.shape}: give what broadcasts to {own.shape}.") from None
    if not np.isfinite(values[held]).all():
        raise InputError(f"the {what} of {clamp.signal!r} is not finite as {own.dtype}: give finite numbers.")
    return values


def _numbers(what: str, value: object) -> Array:
    """The real numbers of a number, list, array or tensor, which may be infinite or NaN inside an array."""
    try:
        array = np.asarray(to_numpy(value) if isinstance(value, Tensor) and oddity(value) is None else value)
    except (TypeError, ValueError, RuntimeError):  # a ragged list, a sparse tensor, or one without numbers
        array = np.asarray("")
    if array.dtype.kind not in "iuf" or (array.ndim == 0 and not np.isfinite(array)):
        raise InputError(f"{what} is {as_given(value)}: give a finite real number, or an array of such numbers.")
    return array
