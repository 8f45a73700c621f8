"""The parts of each gate's sum in few bytes, for the equations.

A gate tells its own sum, unless it is so near to 0 or 1 that its sixteen bits do not. In the lowest layer the input's
part depends on the token alone. So each gate is sent as
- the input's part, once for each different input;
- the bias, once for each stretch of steps with weights of its own (an encoder's, a decoder's);
- the sum, only where the gate is saturated.
The browser subtracts to get the rest (js/picture/gate_sums.js). When a GRU's reset gate is shut, its candidate does not
tell its recurrent part; so that part is sent instead of the sum.

A number is an int16 times a scale, which is 1/512 or what the largest number needs; the error is half the scale.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from gateviz.results.trace import CellName

Array = NDArray[np.floating]
CANDIDATES = frozenset({"candidate", "hidden_state"})  # between -1 and 1; a plain RNN's sum makes its hidden state
NEARLY_ONE, NEARLY_ZERO = 1 - 2.0**-8, 2.0**-100
FINEST = 1 / 512


class Parts(Protocol):
    """One gate's sum in its parts: inputs and recurrent (time, unit), biases (unit,); see `recording.gate_sums`."""

    @property
    def inputs(self) -> Array: ...  # noqa: D102
    @property
    def recurrent(self) -> Array: ...  # noqa: D102
    @property
    def bias(self) -> Array: ...  # noqa: D102
    @property
    def recurrent_bias(self) -> Array | None: ...  # noqa: D102


Sums = Mapping[CellName, Sequence[Mapping[str, Parts]]]
"""cell -> stretches of steps, one after another -> gate or candidate -> the parts of its sum."""


@dataclass(frozen=True)
class Stretch:
    """One gate's sum at some steps."""

    inputs: Array  # (time, unit)
    recurrent: Array  # (time, unit)
    bias: Array  # (unit,)
    recurrent_bias: Array | None  # (unit,)

    @classmethod
    def of(cls, parts: Parts, steps: slice) -> "Stretch":
        """Those steps of a longer stretch."""
        return cls(parts.inputs[steps], parts.recurrent[steps], parts.bias, parts.recurrent_bias)


@dataclass(frozen=True)
class _Joined:
    """One gate's sum over all stretches."""

    inputs: Array  # (time, unit)
    recurrent: Array  # (time, unit)
    bias: Array  # (stretch, unit)
    recurrent_bias: Array | None  # (stretch, unit)
    stretch: NDArray[np.intp]  # (time,)


def pack_sums(
    sums: Sums, signals: Mapping[CellName, Mapping[str, Array]], squashes: Mapping[CellName, str] | None = None
) -> tuple[dict[str, Any], bytes]:
    """What the header says of the sums, and their bytes.

    Args:
        sums: all cells have the same stretches.
        signals: cell -> signal -> (time, unit), rounded as the browser reads them.
        squashes: cell -> what a plain RNN's sum goes through, "relu" or "tanh", which is the default.
    """
    entries: list[dict[str, Any]] = []
    planes: list[bytes] = []
    rows: dict[str, list[int]] = {}
    starts: list[int] = []
    for cell, stretches in sums.items():
        lengths = [len(next(iter(named.values())).inputs) for named in stretches]
        starts = [sum(lengths[:number]) for number in range(len(lengths))]
        named = {signal: _joined([stretch[signal] for stretch in stretches], lengths) for signal in stretches[0]}
        first, which = _different([parts.inputs for parts in named.values()])
        rows[cell] = which.tolist()
        is_relu = (squashes or {}).get(cell) == "relu"
        for signal, parts in named.items():
            for part, values in _sent(signal, parts, signals[cell][signal], first, is_relu):
                scale = max(FINEST, float(np.abs(values).max(initial=0)) / 32767)
                numbers = np.rint(values / scale).astype("<i2").reshape(-1)
                planes.append(np.ascontiguousarray(numbers.view(np.uint8).reshape(-1, 2).T).tobytes())
                entries.append({"cell": cell, "signal": signal, "part": part, "count": numbers.size, "scale": scale})
    return {"rows": rows, "starts": starts, "parts": entries}, b"".join(planes)


def of_steps(sums: Sums, steps: slice) -> Sums:
    """The sums at those steps, counted over all stretches."""
    return {cell: list(_within(stretches, steps)) for cell, stretches in sums.items()}


def _within(stretches: Sequence[Mapping[str, Parts]], steps: slice) -> Iterator[dict[str, Parts]]:
    start = 0
    for named in stretches:
        length = len(next(iter(named.values())).inputs)
        here = slice(max(0, steps.start - start), max(0, min(length, steps.stop - start)))
        start += length
        if here.start < here.stop:
            yield {signal: Stretch.of(parts, here) for signal, parts in named.items()}


def _joined(stretches: Sequence[Parts], lengths: Sequence[int]) -> _Joined:
    apart = [parts.recurrent_bias for parts in stretches if parts.recurrent_bias is not None]
    return _Joined(
        np.concatenate([parts.inputs for parts in stretches]),
        np.concatenate([parts.recurrent for parts in stretches]),
        np.stack([parts.bias for parts in stretches]),
        np.stack(apart) if apart else None,
        np.repeat(np.arange(len(lengths)), lengths),
    )


def _sent(
    signal: str, parts: _Joined, values: Array, first: NDArray[np.intp], is_relu: bool
) -> Iterator[tuple[str, Array]]:
    """The name and the numbers of each array that is sent."""
    yield "inputs", parts.inputs[first]  # (different, unit)
    yield "bias", parts.bias  # (stretch, unit)
    if parts.recurrent_bias is not None:
        yield "recurrent_bias", parts.recurrent_bias  # (stretch, unit)
        yield "recurrent", parts.recurrent  # (time, unit)
        return
    saturated = values <= 0 if is_relu else _saturated(signal, values)
    totals = parts.inputs + parts.recurrent + parts.bias[parts.stretch]  # (time, unit)
    yield "saturated", totals[saturated]  # by time, then by unit


def _saturated(signal: str, values: Array) -> NDArray[np.bool_]:
    if signal in CANDIDATES:
        return np.abs(values) > NEARLY_ONE
    return (values > NEARLY_ONE) | (values < NEARLY_ZERO)


def _different(inputs: list[Array]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The steps whose input is there for the first time, and for each step the place of its input among these."""
    together = np.ascontiguousarray(np.concatenate(inputs, axis=1))  # (time, gates * unit)
    seen: dict[bytes, int] = {}
    which = np.array([seen.setdefault(row.tobytes(), len(seen)) for row in together])
    first = np.unique(which, return_index=True)[1]
    return first, which
