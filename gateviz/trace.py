"""What a recording gives back: frozen results in numpy, which know their axes and need no torch.

Every array of a step is (batch, time, unit), whatever the module's own layout was. Index t of a "reverse" layer is
the state after that layer has read x_t coming from the right, which is where torch puts it too. The padded steps of
a packed batch hold NaN.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from gateviz.errors import SignalError

CellName = Literal["rnn", "lstm", "gru"]
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
    hidden state of an LSTM or GRU in [-1, 1]; a preactivation and a cell state have no bound, nor has a relu's state.
    No unit of measure: they are activations. The last axis of a projected hidden state has proj_size entries."""

    @property
    def signals(self) -> tuple[str, ...]:
        """The names of the signals, in the order of the equations."""
        return tuple(self.arrays)

    def __getitem__(self, signal: str) -> Array:
        if signal not in self.arrays:
            raise _no_such_signal(signal, self.signals, self.cell)
        return self.arrays[signal]

    def __getattr__(self, name: str) -> Array:
        if name.startswith("__") or name == "arrays":  # copy and pickle ask for these before the fields exist
            raise AttributeError(name)
        if name not in self.arrays:
            raise AttributeError(str(_no_such_signal(name, self.signals, self.cell)))
        return self.arrays[name]


@dataclass(frozen=True, eq=False)
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
    tokens: tuple[str, ...] | None = None
    """What was read at each step, where a text was; `model.trace` sets it."""

    def layer(self, index: int, direction: Direction = "forward") -> LayerTrace:
        """The signals of one layer; a negative index counts from the top."""
        return pick(self.layers, index, direction, self.num_layers)


@dataclass(frozen=True, eq=False)
class LayerGradient:
    """How the loss answers to the states of one layer and direction; all in loss per activation, any sign, no bound."""

    cell: CellName
    """Which equations the gradient went through."""
    index: int
    """The layer's number, 0 at the bottom."""
    direction: Direction
    """Which way the layer reads its input; the gradient runs the other way."""
    hidden_state: Array = field(repr=False)
    """(batch, time, unit) total derivative dL/dh_t: through this step and through all later ones."""
    cell_state: Array | None = field(repr=False)
    """(batch, time, unit) total derivative dL/dc_t; None but for an LSTM."""
    direct: Array = field(repr=False)
    """(batch, time, unit) the part of dL/dh_t that arrives from above at step t itself, without any later step of
    this layer. It is all that `output.retain_grad()` shows of a fused module."""

    @property
    def signals(self) -> tuple[str, ...]:
        """The names that `GradientTrace.norm` takes for this layer."""
        return ("hidden_state", "direct") if self.cell_state is None else ("hidden_state", "cell_state", "direct")

    def __getitem__(self, signal: str) -> Array:
        if signal not in self.signals:
            raise _no_such_signal(signal, self.signals, self.cell)
        array: Array = getattr(self, signal)
        return array


@dataclass(frozen=True, eq=False)
class GradientTrace:
    """How one loss answers to every state and input: `flow.layer(0).hidden_state` is dL/dh_t, (batch, time, unit)."""

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
    """What was read at each step, where a text was."""

    def layer(self, index: int, direction: Direction = "forward") -> LayerGradient:
        """The gradients of one layer; a negative index counts from the top."""
        return pick(self.layers, index, direction, self.num_layers)

    def norm(self, signal: str, layer: int = 0, direction: Direction = "forward") -> Array:
        """(batch, time) the L2 norm over the units of "hidden_state", "cell_state", "direct" or "inputs"."""
        if signal == "inputs":
            return vector_norm(self.inputs)
        chosen = self.layer(layer, direction)
        if signal not in chosen.signals:
            raise _no_such_signal(signal, (*chosen.signals, "inputs"), self.cell)
        return vector_norm(chosen[signal])


@dataclass(frozen=True, eq=False)
class PathNorms:
    """How much of the way from step s to a later step t is the direct path, through the gates that keep.

    All arrays are (batch, t, s), NaN where s does not come before t, as in `jacobian_norms`.
    """

    cell: CellName
    """"lstm": from c_s to c_t, directly by the product of the forget gates. "gru": from h_s to h_t, by that of z."""
    total: Array = field(repr=False)
    """Norm of the whole derivative, d c_t / d c_s or d h_t / d h_s; nothing held fixed but the inputs."""
    direct: Array = field(repr=False)
    """Norm of the direct path alone."""
    rest: Array = field(repr=False)
    """Norm of the difference: every path through another gate, a candidate or an LSTM's hidden state."""

    @property
    def direct_share(self) -> Array:
        """The share direct / (direct + rest), in [0, 1]; NaN where both vanish. Norms need not add up to the total."""
        both = self.direct + self.rest
        share: Array = np.divide(self.direct, both, out=np.full_like(both, np.nan), where=both > 0)
        return share

    @property
    def rest_share(self) -> Array:
        """The share rest / (direct + rest): what the direct share leaves."""
        return 1 - self.direct_share


@dataclass(frozen=True, eq=False)
class GradientBands:
    """The gradient at each step, itemised by the step of the loss that it came from."""

    signal: str
    """"hidden_state", "cell_state" or "inputs": what the loss was differentiated by."""
    sources: NDArray[np.int64]
    """(source,) the steps at which the loss looks at the output, in order."""
    contributions: Array = field(repr=False)
    """(batch, time, source, unit) the part of the gradient at a step that each source sends there."""
    total: Array = field(repr=False)
    """(batch, time, unit) the gradient; the contributions add up to it."""

    @property
    def bands(self) -> Array:
        """(batch, time, source) each contribution's component along the total: they add up to the total's norm.

        Signed: a source that pulls against the others counts below zero.
        """
        norm = vector_norm(self.total)[..., None]  # (batch, time, 1)
        along = np.divide(self.total, norm, out=np.zeros_like(self.total), where=norm != 0)  # (batch, time, unit)
        bands: Array = np.einsum("btsu,btu->bts", self.contributions, along)
        return bands


def vector_norm(vectors: Array) -> Array:
    """(..., unit) -> (...) L2 norms, divided by the largest entry first: the square of 1e-25 is zero in float32."""
    largest = np.abs(vectors).max(axis=-1, keepdims=True)  # (..., 1)
    scale = np.where(largest > 0, largest, 1).astype(vectors.dtype)
    norms: Array = scale[..., 0] * np.sqrt(np.square(vectors / scale).sum(axis=-1))  # (...)
    return norms


def pick(layers: Sequence[Named], index: int, direction: str, num_layers: int) -> Named:
    """The layer of that index and direction, or a sentence that lists the ones there are."""
    if direction not in get_args(Direction):
        raise SignalError(f"direction {direction!r} is unknown: choose {one_of(get_args(Direction))}.")
    if not -num_layers <= index < num_layers:
        raise SignalError(f"layer {index} does not exist: the module has {num_layers}, from 0 to {num_layers - 1}.")
    for layer in layers:
        if layer.index == index % num_layers and layer.direction == direction:
            return layer
    raise SignalError(f'direction {direction!r} was not recorded: the module reads one way only, "forward".')


def one_of(choices: Iterable[str]) -> str:
    """("a", "b") -> "'a' or 'b'", for the end of a sentence."""
    *rest, last = [repr(choice) for choice in choices]
    return f"{', '.join(rest)} or {last}" if rest else last


def _no_such_signal(signal: object, choices: tuple[str, ...], cell: str) -> SignalError:
    return SignalError(f"{signal!r} is not a signal of this {cell}: choose {one_of(choices)}.")
