"""Holds of any kind, for the tests that try them all."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from gateviz.models.holds import HeldValue, Hold, range_of
from gateviz.models.sequence_model import SequenceModel
from gateviz.results.signals import SIGNALS
from gateviz.results.trace import CELLS, CellName


@st.composite
def any_holds(draw: st.DrawFn) -> Hold:
    cell: CellName = draw(st.sampled_from(CELLS))
    signal = draw(st.sampled_from(SIGNALS[cell]))
    low, high = range_of(signal)
    value: Any = draw(st.one_of(st.sampled_from(["freeze", "other"]), st.floats(low, high)))
    first = draw(st.integers(0, 5000))
    last = draw(st.none() | st.integers(first, 5000))
    unit, layer = draw(st.none() | st.integers(0, 5000)), draw(st.integers(0, 9))
    return Hold(cell, signal, value, unit, first, last, layer, draw(st.sampled_from(["forward", "reverse"])))


TEXTS = {
    "hometown": ("I grew up in France. I speak fluent", "I grew up in Spain and Italy. I speak fluent"),
    "sentiment": ("not funny, but good", "not good"),
    "weibo": ("真倒霉，下雨", "很开心，没有下雨"),
    "sunspots": ("58.0 62.6 70.0 12.1", "5.0 62.6 70.0"),
    "adding": ("0.5 0.25* 0.5*", "0.5 0.25 0.5*"),
    "dates": ("the 3rd of May, 1999", "May 5, 1999"),
    "tang": ("白日依山尽，", "黄河入海流，"),
}
"""A task of each kind of answer and input, of two layers and two directions; and a sentence to compare with."""


def random_holds(model: SequenceModel, steps: int, seed: int) -> tuple[Hold, ...]:
    """Holds of each kind of value at random places."""
    rng = np.random.default_rng(seed)
    found = []
    values: list[HeldValue] = [round(rng.uniform(), 2), "freeze", "other", round(rng.uniform(), 2), "freeze"]
    for number, value in enumerate(values):
        first = int(rng.integers(steps))
        found.append(
            Hold(
                model.cell,
                str(rng.choice(SIGNALS[model.cell])),
                value,
                None if number % 2 else int(rng.integers(model.config.hidden_size)),
                first,
                (None, first, int(rng.integers(first, steps)))[rng.integers(3)],
                int(rng.integers(model.config.num_layers)),
                ("forward", "reverse")[rng.integers(model.config.num_directions)],
            )
        )
    return tuple(found)
