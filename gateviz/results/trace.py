"""What a recording gives back: frozen results in numpy, which know their axes and need no torch.

Every array of a step is (batch, time, unit), whatever the module's own layout was. Index t of a "reverse" layer is
the state after that layer has read x_t coming from the right, which is where torch puts it too. The padded steps of
a packed batch hold NaN.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Integral
from os import PathLike
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar, cast, get_args

import numpy as np
from numpy.typing import NDArray

from gateviz.errors import InputError, SignalError, as_given, path_as_given
from gateviz.results.whole_files import whole_file

CellName = Literal["rnn", "lstm", "gru"]
CELLS: tuple[CellName, ...] = get_args(CellName)
Direction = Literal["forward", "reverse"]
Array = NDArray[np.floating[Any]]


class OneLayer(Protocol):
    """Anything that belongs to one layer and direction."""

    @property
    def index(self) -> int: ...  # noqa: D102
    @property
    def direction(self) -> Direction: ...  # noqa: D102


Named = TypeVar("Named", bound=OneLayer)


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """Every signal of one layer and direction: `layer["forget_gate"]`, or `layer.forget_gate`."""

    cell: CellName
    """Which equations the signals obey."""
    index: int
    """The layer's number, 0 at the bottom."""
    direction: Direction
    """Which way the layer reads its input."""
    arrays: Mapping[str, Array] = field(repr=False)
    """Signal name -> (batch, time, unit), in the order of the equations. Gates lie in [0, 1], a tanh candidate and the
    hidden state of an LSTM or GRU in [-1, 1]; a preactivation, a cell state and the state of a relu have no bound.
    They are activations, without a unit of measure. The last axis of a projected hidden state has proj_size entries."""

    @property
    def signals(self) -> tuple[str, ...]:
        """The names of the signals, in the order of the equations."""
        return tuple(self.arrays)

    def __getitem__(self, signal: str) -> Array:
        if not isinstance(signal, str) or signal not in self.arrays:
            raise no_such_signal(signal, self.signals, self.cell)
        return self.arrays[signal]

    def __getattr__(self, name: str) -> Array:
        if name.startswith("__") or name == "arrays":  # copy and pickle ask for these before the fields exist
            raise AttributeError(name)
        if name not in self.arrays:
            raise AttributeError(str(no_such_signal(name, self.signals, self.cell)))
        return self.arrays[name]


@dataclass(frozen=True, eq=False, repr=False)
class Trace:
    """Every gate of every unit at every step of one run: `trace.layer(0)["forget_gate"]` is (batch, time, unit)."""

    cell: CellName
    """Which equations the module's layers obey."""
    num_layers: int
    """How many layers are stacked."""
    num_directions: int
    """1, or 2 when the module is bidirectional."""
    lengths: NDArray[np.int64] = field(repr=False)
    """(batch,) steps that each sequence really has; later ones are padding."""
    output: Array = field(repr=False)
    """(batch, time, feature): module(inputs)[0]; feature is unit, forward before reverse."""
    layers: tuple[LayerTrace, ...] = field(repr=False)
    """From the bottom up, forward before reverse; `layer` picks one."""
    initial_state: Array | tuple[Array, Array] = field(repr=False)
    """(layer and direction, batch, unit) before the first step; an LSTM's is the pair of h and c."""
    final_state: Array | tuple[Array, Array] = field(repr=False)
    """module(inputs)[1] in the same layout: after each sequence's last step."""
    tokens: tuple[str, ...] | tuple[tuple[str, ...], ...] | None = None
    """What was read at each step, if a text was read: the tokens of one text, as `model.trace(text)` gives them, or a
    tuple of tokens for each text of a batch, as `model.trace([text, ...])` does."""

    def tokens_of(self, sequence: int) -> tuple[str, ...]:
        """The tokens of one sequence of the batch, as many as it has steps; none if no text was read."""
        tokens = self.tokens or ()
        if not tokens or isinstance(tokens[0], str):
            return tokens
        return tokens[sequence]

    def layer(self, index: int, direction: Direction = "forward") -> LayerTrace:
        """The signals of one layer; a negative index counts from the top."""
        return pick(self.layers, index, direction, self.num_layers)

    def __repr__(self) -> str:
        first, (batch, steps) = self.layers[0], self.output.shape[:2]
        shortest = "" if self.lengths.min(initial=steps) == steps else f"{self.lengths.min()} to "
        shape = first[first.signals[0]].shape
        return (
            f"Trace of {self.cell.upper()}: layers {self.num_layers}, directions {self.num_directions}, "
            f"batch {batch}, steps {shortest}{steps}, output {self.output.shape} {self.output.dtype}\n"
            f"  signals {', '.join(first.signals)}\n"
            f'  trace.layer(0)["{first.signals[0]}"] is (batch, time, unit) = {shape}'
        )

    def to_dict(self) -> dict[str, Any]:
        """Everything by a flat name: "cell", "output", "layers.0.forward.forget_gate" and so on."""
        plain = ("cell", "num_layers", "num_directions", "lengths", "output", "tokens")
        result: dict[str, Any] = {name: getattr(self, name) for name in plain}
        for when, state in (("initial", self.initial_state), ("final", self.final_state)):
            parts = state if isinstance(state, tuple) else (state,)
            result |= {f"{when}_state.{name}": part for name, part in zip("hc", parts, strict=False)}
        for layer in self.layers:
            prefix = f"layers.{layer.index}.{layer.direction}"
            result |= {f"{prefix}.{name}": array for name, array in layer.arrays.items()}
        return result

    def save(self, path: str | PathLike[str]) -> None:
        """Write the trace as an .npz file of exactly that name, without pickle; `load_trace` reads it again.

        Raises:
            InputError: The file cannot be written, or not to its end; nothing of it is left then.
        """
        try:
            with whole_file(Path(path)) as file:
                np.savez_compressed(file, **self.entries())
        except InputError:
            raise
        except (OSError, TypeError, ValueError) as problem:
            given = path_as_given(path)
            raise InputError(f"a trace cannot be written to {given}: give a file in a folder that exists.") from problem

    def entries(self) -> dict[str, Any]:
        """`to_dict()` as a .npz file holds it: arrays and plain values only."""
        tokens = json.dumps(self.tokens).encode()  # numpy's strings would drop a token's trailing NUL
        return {**self.to_dict(), "tokens": np.frombuffer(tokens, dtype=np.uint8)}


@dataclass(frozen=True, eq=False)
class LayerGradient:
    """The gradient of the loss by the states of one layer and direction: loss per activation, any sign, no bound."""

    cell: CellName
    """Which equations the gradient went through."""
    index: int
    """The layer's number, 0 at the bottom."""
    direction: Direction
    """Which way the layer reads its input; the gradient runs the other way."""
    hidden_state: Array = field(repr=False)
    """(batch, time, unit) total derivative dL/dh_t: through this step and through all later ones."""
    cell_state: Array | None = field(repr=False)
    """(batch, time, unit) total derivative dL/dc_t of an LSTM, else None."""
    direct: Array = field(repr=False)
    """(batch, time, unit) the part of dL/dh_t that comes from above at step t, without any later step of this layer. A
    fused module shows only this part through `output.retain_grad()`."""

    @property
    def signals(self) -> tuple[str, ...]:
        """The names that `GradientTrace.norm` takes for this layer."""
        return ("hidden_state", "direct") if self.cell_state is None else ("hidden_state", "cell_state", "direct")

    def __getitem__(self, signal: str) -> Array:
        if not isinstance(signal, str) or signal not in self.signals:
            raise no_such_signal(signal, self.signals, self.cell)
        array: Array = getattr(self, signal)
        return array


@dataclass(frozen=True, eq=False)
class GradientTrace:
    """The gradient of one loss by every state and input: `flow.layer(0).hidden_state` is dL/dh_t."""

    cell: CellName
    """Which equations the module's layers obey."""
    num_layers: int
    """How many layers are stacked."""
    num_directions: int
    """1, or 2 when the module is bidirectional."""
    lengths: NDArray[np.int64] = field(repr=False)
    """(batch,) steps that each sequence really has; later ones are padding."""
    loss: float
    """The loss that was differentiated, in its own unit."""
    inputs: Array = field(repr=False)
    """(batch, time, feature) dL/dx_t: the saliency of each input."""
    layers: tuple[LayerGradient, ...] = field(repr=False)
    """From the bottom up, forward before reverse; `layer` picks one."""
    tokens: tuple[str, ...] | None = None
    """The token that was read at each step, if a text was read."""

    def layer(self, index: int, direction: Direction = "forward") -> LayerGradient:
        """The gradients of one layer; a negative index counts from the top."""
        return pick(self.layers, index, direction, self.num_layers)

    def norm(self, signal: str, layer: int = 0, direction: Direction = "forward") -> Array:
        """(batch, time) the L2 norm over the units of "hidden_state", "cell_state", "direct" or "inputs"."""
        if isinstance(signal, str) and signal == "inputs":
            return vector_norm(self.inputs)
        chosen = self.layer(layer, direction)
        if not isinstance(signal, str) or signal not in chosen.signals:
            raise no_such_signal(signal, (*chosen.signals, "inputs"), self.cell)
        return vector_norm(chosen[signal])


def vector_norm(vectors: Array) -> Array:
    """(..., unit) -> (...) L2 norms, divided by the largest entry first: the square of 1e-25 is zero in float32."""
    largest = np.abs(vectors).max(axis=-1, keepdims=True, initial=0)  # (..., 1)
    scale = np.where((largest > 0) & (largest < np.inf), largest, 1).astype(vectors.dtype)
    with np.errstate(over="ignore"):
        norms: Array = scale[..., 0] * np.sqrt(np.square(vectors / scale).sum(axis=-1))  # (...)
    return norms


def pick(layers: Sequence[Named], index: int, direction: str, num_layers: int) -> Named:
    """The layer of that index and direction.

    Raises:
        SignalError: There is no such layer or direction; the message lists the ones there are.
    """
    if not isinstance(direction, str) or direction not in get_args(Direction):
        raise SignalError(f"direction {as_given(direction)} is unknown: choose {one_of(get_args(Direction))}.")
    number = as_integer(index)
    if number is None or not -num_layers <= number < num_layers:
        raise SignalError(
            f"layer {as_given(index)} does not exist: the module has {num_layers}, from 0 to {num_layers - 1}."
        )
    for layer in layers:
        if layer.index == number % num_layers and layer.direction == direction:
            return layer
    raise SignalError(f'direction {direction!r} was not recorded: the module reads one way only, "forward".')


def as_integer(value: object) -> int | None:
    """A whole number of Python, numpy or torch as an int; None for anything else, also for True and False."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Integral):
        return int(value)
    if getattr(value, "ndim", None) == 0 and "int" in str(getattr(value, "dtype", "")):
        return int(cast("Any", value))
    return None


def one_of(choices: Iterable[str]) -> str:
    """("a", "b") -> "'a' or 'b'", for the end of a sentence."""
    *rest, last = [repr(choice) for choice in choices]
    return f"{', '.join(rest)} or {last}" if rest else last


def no_such_signal(signal: object, choices: Iterable[str], cell: str) -> SignalError:
    """The error for a signal that is not among the choices."""
    return SignalError(f"{as_given(signal)} is not a signal of this {cell}: choose {one_of(choices)}.")
