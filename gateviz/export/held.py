"""What is held in the runs whose traces are exported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gateviz.models.holds import write_holds
from gateviz.models.readings import Reading
from gateviz.recording.clamp_files import clamp_entries
from gateviz.recording.interventions import Clamp
from gateviz.recording.selection import selection_mask
from gateviz.results.trace import CellName, LayerTrace, Trace


@dataclass(frozen=True)
class Held:
    """What is held, by architecture."""

    clamps: Mapping[CellName, Sequence[Clamp]]
    """Of the architectures of which something is held."""
    holds: str = ""
    """The list as a link writes it."""
    other: str | None = None
    """The sentence from which values are taken."""

    @classmethod
    def of(cls, readings: Mapping[CellName, Reading]) -> "Held":
        """What is held in these readings of one sentence, all under the same holds."""
        found = {cell: reading.held for cell, reading in readings.items() if reading.held}
        compared = [reading.compared.text for reading in readings.values() if reading.compared]
        holds = [hold for reading in readings.values() for hold in reading.own_holds]
        return cls(found, write_holds(holds), compared[0] if compared else None)

    def entries(self) -> dict[str, Any]:
        """What an .npz file says of all its traces."""
        texts = {"holds": self.holds, "other": self.other}
        return {name: text for name, text in texts.items() if text}

    def entries_of(self, cell: CellName, trace: Trace) -> dict[str, Any]:
        """What it says of one of them (`gateviz.recording.clamp_files`)."""
        return clamp_entries(self.clamps.get(cell, ()), trace)

    def units(self, layer: LayerTrace) -> dict[str, list[str]]:
        """Signal of the layer -> which units are held at each step: "", "all", or such as "3 12"."""
        held = {name: np.zeros(values.shape[1:], dtype=bool) for name, values in layer.arrays.items()}  # (time, unit)
        for clamp in self.clamps.get(layer.cell, ()):
            if (clamp.layer, clamp.direction) == (layer.index, layer.direction):
                _, steps, units = layer[clamp.signal].shape
                here = np.ix_(selection_mask(clamp.steps, steps, "step"), selection_mask(clamp.units, units, "unit"))
                held[clamp.signal][here] = True
        return {name: [_listed(row) for row in rows] for name, rows in held.items()}


NOTHING = Held({})


def _listed(units: Any) -> str:
    return "all" if units.all() else " ".join(map(str, np.flatnonzero(units)))
