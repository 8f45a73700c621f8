"""How well a model's gates can be read on `hometown`: a few shares, by the first of which a seed is chosen.

    legibility(model, stories)            # {"shuts": 0.97, "keeps": 0.93, "ignores": 0.91, "waits": 0.64}

A model that answers every text right may still do it with gates half open; a class sees more where they are open or
shut. The gate that keeps is the LSTM's forget gate or the GRU's update gate (in PyTorch's sign).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from gateviz.data.corpora.hometown import Story
from gateviz.errors import InputError
from gateviz.models.sequence_model import SequenceModel
from gateviz.results.trace import CellName

OPEN, SHUT = 0.8, 0.2
"""A gate is called open above the one and shut below the other."""

SMALLEST = 1e-6
"""A shorter change of the state counts as so long."""

_KEEPING: Mapping[CellName, tuple[str, str]] = {
    "lstm": ("forget_gate", "cell_state"),
    "gru": ("update_gate", "hidden_state"),
}


def legibility(model: SequenceModel, stories: Sequence[Story]) -> dict[str, float]:
    """The means over the stories of some shares, each 0 .. 1 and the higher the better.

    Args:
        model: an LSTM or GRU of one layer and direction.
        stories: texts of the same language.

    Returns:
        "shuts": of the units whose keeping gate shuts at some word of the correction;
        "keeps": of the units and words of passages and decoy at which it is open;
        "ignores": 1 less the length of the state's change over the decoy as a share of that over the correction;
        "waits", of an LSTM alone: of the units and words of passages and decoy at which the input gate is shut.

    Raises:
        InputError: a cell without gates.
    """
    if model.cell not in _KEEPING:
        raise InputError(f"only an LSTM or GRU has gates that keep, this is an {model.cell}")
    rows = [_shares(model, story) for story in stories]
    return {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}


def _shares(model: SequenceModel, story: Story) -> dict[str, float]:
    gate_name, state_name = _KEEPING[model.cell]
    layer = model.trace("".join(story.parts)).layer(0)
    gate, state = layer[gate_name][0], layer[state_name][0]  # (time, unit)
    ends = np.cumsum([len(model.encode(part)) for part in story.parts])
    fact, before, decoy, middle, correction, _ = ends.tolist()
    told, corrected = slice(fact, middle), slice(middle, correction)
    shares = {
        "shuts": float((gate[corrected].min(axis=0) < SHUT).mean()),
        "keeps": float((gate[told] > OPEN).mean()),
        "ignores": 1 - min(1.0, _change(state, slice(before, decoy)) / max(_change(state, corrected), SMALLEST)),
    }
    if model.cell == "lstm":
        shares["waits"] = float((layer["input_gate"][0, told] < SHUT).mean())
    return shares


def _change(state: NDArray[np.floating], part: slice) -> float:
    """Length of the difference between the state after a part and before it."""
    return float(np.linalg.norm(state[part.stop - 1] - state[part.start - 1]))
