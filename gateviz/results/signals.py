"""The signals of each cell, said once: their names in the order of the equations, and what each of them is.

A gate lies in [0, 1] and multiplies something. A state is handed to the next step. A candidate is what may be written
into a state. A plain RNN has no gate; its pre-activation is the sum inside its tanh or relu.
"""

from collections.abc import Mapping

from gateviz.results.trace import CellName

SIGNALS: Mapping[CellName, tuple[str, ...]] = {
    "rnn": ("preactivation", "hidden_state"),
    "lstm": ("input_gate", "forget_gate", "candidate", "output_gate", "cell_state", "hidden_state"),
    "gru": ("reset_gate", "update_gate", "candidate", "hidden_state"),
}
"""All of them, in the order of the equations."""

GATES = frozenset(name for names in SIGNALS.values() for name in names if name.endswith("_gate"))
"""The gates of all cells."""

STATES = frozenset(name for names in SIGNALS.values() for name in names if name.endswith("_state"))
"""The states of all cells."""

SUMMED: Mapping[CellName, tuple[str, ...]] = {
    cell: tuple(name for name in names if name not in STATES) for cell, names in SIGNALS.items()
}
"""Those that have a sum of their own, W x + U h + b, in the order in which PyTorch stacks the rows of its weights."""

KEEPS: Mapping[CellName, str] = {"lstm": "forget_gate", "gru": "update_gate"}
"""The gate that multiplies the old state: where it is 1, a unit keeps what it holds. A plain RNN has none."""
