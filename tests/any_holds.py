"""Holds of any kind, for the tests that try them all."""

from typing import Any

from hypothesis import strategies as st

from gateviz.models.holds import Hold, range_of
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
