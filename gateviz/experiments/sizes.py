"""How many units give the three cells equally many parameters."""

from collections.abc import Mapping

from gateviz.experiments.settings import Same
from gateviz.results.signals import SUMMED
from gateviz.results.trace import CELLS, CellName


def parameters(cell: CellName, units: int, inputs: int, outputs: int) -> int:
    """Of a recurrent module of one layer with its two biases, and of a linear head."""
    rows = len(SUMMED[cell]) * units
    return rows * (inputs + units + 2) + outputs * (units + 1)


def sizes(same: Same, units: int, inputs: int, outputs: int) -> Mapping[CellName, int]:
    """The units of each cell.

    Args:
        same: what the cells have in common: the units, or as nearly as possible the parameters of the LSTM.
        units: of the LSTM.
        inputs: numbers that the recurrent module reads at a step.
        outputs: of the head.
    """
    if same == "units":
        return dict.fromkeys(CELLS, units)
    aim = parameters("lstm", units, inputs, outputs)

    def nearest(cell: CellName) -> int:
        return min(range(1, 4 * units + 1), key=lambda count: abs(parameters(cell, count, inputs, outputs) - aim))

    return {cell: nearest(cell) for cell in CELLS}
