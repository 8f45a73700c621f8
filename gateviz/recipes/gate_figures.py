"""How far a model's gates are open or shut, and how much of a gradient is left: figures of a card, on its sample.

    gate_figures(model, card.sample.texts)        # {"forget gate under 0.1": 0.02, "forget gate over 0.9": 0.61, ...}

They need no data but the card's own texts, so anybody can compute them again.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gateviz.models.sequence_model import SequenceModel
from gateviz.results.signals import GATES
from gateviz.results.statistics import curve_half_life, left_after, saturation

DISTANCE = 20
"""How many steps before the loss it is asked what is left of the gradient."""

HALF_LIFE = "half-life of dL/dh in steps"
FIT = "R² of the half-life"
LEFT = f"dL/dh left after {DISTANCE} steps"


def gate_figures(model: SequenceModel, texts: Sequence[str]) -> dict[str, float]:
    """The shares of gate values under 0.1 and over 0.9, gate by gate, and how the gradient of a late loss decays.

    The shares are of all units, steps, texts, layers and directions. The gradient is dL/dh of the last layer, forward,
    with the loss at the last step of each text (`SequenceModel.gradients`); its figures are medians over the texts.

    Args:
        model: of any cell; a plain RNN has no gates, and gets the figures of the gradient alone.
        texts: one at least. A text of `DISTANCE` steps or fewer says nothing of what is left.

    Returns:
        Name -> figure. A half-life that does not end is left out, and so is what no text is long enough for.
    """
    figures: dict[str, float] = {}
    for name, values in _gates(model, texts).items():
        shares = saturation(values)
        plain = name.replace("_", " ")
        figures[f"{plain} under 0.1"] = float(shares.left.mean())
        figures[f"{plain} over 0.9"] = float(shares.right.mean())
    norms = [model.gradients(text, -1).norm("hidden_state", layer=-1)[0].astype(np.float64) for text in texts]
    lives = [curve_half_life(curve) for curve in norms]
    medians = {
        HALF_LIFE: _median([life.steps for life in lives]),
        FIT: _median([life.r_squared for life in lives]),
        LEFT: _median([left_after(curve, DISTANCE) for curve in norms]),
    }
    if not np.isfinite(medians[HALF_LIFE]):
        del medians[HALF_LIFE], medians[FIT]
    return figures | {name: value for name, value in medians.items() if np.isfinite(value)}


def rounded_figures(model: SequenceModel, texts: Sequence[str]) -> dict[str, float]:
    """`gate_figures` as a card has them: with four decimals, what is left of a gradient with four digits."""
    return {
        name: float(f"{value:.3e}") if name == LEFT else round(value, 4)
        for name, value in gate_figures(model, texts).items()
    }


def _median(values: Sequence[float]) -> float:
    """The median of those that are numbers; nan if none is."""
    known = [value for value in values if not np.isnan(value)]
    return float(np.median(known)) if known else np.nan


def _gates(model: SequenceModel, texts: Sequence[str]) -> dict[str, NDArray[np.floating]]:
    """Name of each gate -> its values, (step, unit), of all texts, layers and directions."""
    found: dict[str, list[NDArray[np.floating]]] = {}
    for text in texts:
        for layer in model.trace(text).layers:
            for name in layer.signals:
                if name in GATES:
                    found.setdefault(name, []).append(layer[name][0])
    return {name: np.concatenate(values) for name, values in found.items()}
