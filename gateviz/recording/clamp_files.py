"""The clamps of a run in the .npz file of its trace: `gateviz.load_clamps(path)` beside `gateviz.load_trace(path)`.

Each clamp has six entries, here those of the first; in a file of several architectures they begin with "lstm." or so:

    clamps.0.signal       such as "forget_gate"
    clamps.0.layer        0 at the bottom
    clamps.0.direction    "forward" or "reverse"
    clamps.0.units        the units that are held
    clamps.0.steps        the steps at which they are held
    clamps.0.value        (step, unit): what each of these units was set to at each of these steps
"""

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import Any

import numpy as np

from gateviz.recording.interventions import Clamp, clamp_values
from gateviz.recording.selection import selection_mask
from gateviz.results.trace import CellName, Trace
from gateviz.results.trace_files import read_entries


def clamp_entries(clamps: Sequence[Clamp], trace: Trace) -> dict[str, Any]:
    """The clamps as entries of a file.

    Args:
        clamps: those with which the trace was made, each with a value or a source.
        trace: of one sequence.
    """
    entries: dict[str, Any] = {}
    for number, clamp in enumerate(clamps):
        layer = trace.layer(clamp.layer, clamp.direction)
        shape = layer[clamp.signal].shape  # (1, time, unit)
        steps, units = selection_mask(clamp.steps, shape[1], "step"), selection_mask(clamp.units, shape[2], "unit")
        held = np.broadcast_to(steps[:, None] & units, shape)
        parts = {
            "signal": clamp.signal,
            "layer": layer.index,
            "direction": layer.direction,
            "units": np.flatnonzero(units),
            "steps": np.flatnonzero(steps),
            "value": clamp_values(clamp, layer, held)[0][np.ix_(steps, units)],
        }
        entries |= {f"clamps.{number}.{name}": value for name, value in parts.items()}
    return entries


def load_clamps(path: str | PathLike[str], cell: CellName | None = None) -> tuple[Clamp, ...]:
    """What was held in the run of an exported trace, in the order in which it applied; empty if nothing was.

    With `model.trace(text, clamps=load_clamps(path))` the run is made again.

    Args:
        path: The .npz file.
        cell: Which architecture; may be left out if the file holds one.

    Raises:
        InputError: There is no such file, it is not a trace, or it does not hold that architecture.
    """
    return read_entries(path, cell, _from_entries)


def _from_entries(entries: Mapping[str, Any]) -> tuple[Clamp, ...]:
    numbers = {int(name.split(".")[1]) for name in entries if name.startswith("clamps.")}
    return tuple(_clamp(entries, f"clamps.{number}") for number in sorted(numbers))


def _clamp(entries: Mapping[str, Any], name: str) -> Clamp:
    signal, layer, direction = (entries[f"{name}.{part}"].item() for part in ("signal", "layer", "direction"))
    units, steps = (entries[f"{name}.{part}"].tolist() for part in ("units", "steps"))
    value = np.zeros_like(entries[f"layers.{layer}.{direction}.{signal}"])  # (1, time, unit)
    value[0][np.ix_(steps, units)] = entries[f"{name}.value"]
    return Clamp(signal, value, layer, direction, units, steps)
