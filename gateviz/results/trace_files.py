"""A trace read from the .npz file that `Trace.save` or an export wrote. Nothing in a file is unpickled."""

import json
from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

import numpy as np

from gateviz.errors import InputError, as_given, path_as_given
from gateviz.results.signals import SIGNALS
from gateviz.results.trace import CELLS, Array, CellName, Direction, LayerTrace, Trace

T = TypeVar("T")
_STATES = {"rnn": ("h",), "lstm": ("h", "c"), "gru": ("h",)}


def load_trace(path: str | PathLike[str], cell: CellName | None = None) -> Trace:
    """The trace that `Trace.save` wrote, or one of those in an export of several architectures.

    Args:
        path: The .npz file.
        cell: Which architecture; may be left out if the file holds one.

    Raises:
        InputError: There is no such file, it is not a trace, or it does not hold that architecture.
    """
    return read_entries(path, cell, _from_entries)


def read_entries(path: str | PathLike[str], cell: CellName | None, make: Callable[[Mapping[str, Any]], T]) -> T:
    """What `make` makes of the entries of one trace. It may raise any error if they are not what they should be.

    Raises:
        InputError: As `load_trace`.
    """
    given = path_as_given(path)
    try:
        with Path(path).open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            prefix = _prefix(given, file.files, cell)
            entries = {key.removeprefix(prefix): file[key] for key in file.files if key.startswith(prefix)}
        found, own = make(entries), str(entries["cell"])
    except FileNotFoundError as problem:
        raise InputError(f"{given} does not exist: give a file that trace.save(path) wrote.") from problem
    except InputError:
        raise
    except Exception as problem:  # a damaged archive fails in many ways: in zipfile, zlib, numpy or json
        raise InputError(f"{given} is not a trace: give a file that trace.save(path) wrote.") from problem
    if cell is not None and (not isinstance(cell, str) or cell != own):
        raise InputError(f"{given} holds the trace of an {own}: ask for that instead of {as_given(cell)}.")
    return found


def _prefix(given: str, names: Sequence[str], cell: CellName | None) -> str:
    """What the names of that architecture begin with; nothing in a file of one trace."""
    several = [name for name in CELLS if f"{name}.cell" in names]
    if not several:
        return ""
    if cell is None and len(several) == 1:
        return f"{several[0]}."
    if not isinstance(cell, str) or cell not in several:
        raise InputError(f"{given} holds the architectures {', '.join(several)}: name one of them as cell.")
    return f"{cell}."


def _from_entries(entries: Mapping[str, Any]) -> Trace:
    """The trace whose `entries()` these are; any error if they are not."""
    cell, tokens = cast("CellName", str(entries["cell"])), json.loads(entries["tokens"].tobytes())
    layers: dict[tuple[int, Direction], dict[str, Array]] = {}
    for name, array in entries.items():
        if name.startswith("layers."):
            _, index, direction, signal = name.split(".")
            layers.setdefault((int(index), cast("Direction", direction)), {})[signal] = array
    initial, final = (tuple(entries[f"{when}_state.{part}"] for part in _STATES[cell]) for when in ("initial", "final"))
    trace = Trace(
        cell=cell,
        num_layers=int(entries["num_layers"]),
        num_directions=int(entries["num_directions"]),
        lengths=entries["lengths"],
        output=entries["output"],
        layers=tuple(LayerTrace(cell, *place, signals) for place, signals in layers.items()),
        initial_state=initial if len(initial) == 2 else initial[0],
        final_state=final if len(final) == 2 else final[0],
        tokens=None if tokens is None else _tokens_of_json(tokens),
    )
    _check(trace)
    return trace


def _tokens_of_json(tokens: Sequence[Any]) -> Any:
    """JSON has lists where a trace has tuples."""
    return tuple(token if isinstance(token, str) else tuple(token) for token in tokens)


def _check(trace: Trace) -> None:
    """Raise a ValueError unless the parts of the trace belong together."""
    directions = get_args(Direction)[: trace.num_directions]
    wanted = [(index, direction) for index in range(trace.num_layers) for direction in directions]
    axes = trace.output.shape[:2]
    sound = (
        bool(wanted)
        and [(layer.index, layer.direction) for layer in trace.layers] == wanted
        and all(layer.signals == SIGNALS[trace.cell] for layer in trace.layers)
        and all(_fits(array, axes) for layer in trace.layers for array in layer.arrays.values())
        and trace.lengths.shape == axes[:1]
        and all(isinstance(token, str) for sequence in range(axes[0]) for token in trace.tokens_of(sequence))
    )
    if not sound:
        raise ValueError("these entries are not one trace")


def _fits(array: Array, axes: tuple[int, ...]) -> bool:
    """Whether the array is numbers of (batch, time, unit)."""
    return array.ndim == 3 and array.shape[:2] == axes and np.issubdtype(array.dtype, np.floating)
