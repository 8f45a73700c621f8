"""What goes to the browser comes out of the bytes again: by a decoder of the test's own, and by the real unpack.js."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from gateviz.results.trace import CellName
from gateviz.viewer.packing.pack import pack
from tests.packed import unpack

Signals = dict[CellName, dict[str, NDArray[np.floating]]]
LARGEST = float(np.float32(3.4e38))
SMALLEST_NORMAL = 2.0**-126


def some_signals() -> Signals:
    draw = np.random.default_rng(4)
    return {
        "gru": {
            "hidden_state": draw.normal(size=(5, 3)).astype(np.float32),
            "update_gate": draw.uniform(size=(5, 3)).astype(np.float32),
        },
        "rnn": {"hidden_state": draw.normal(size=(5, 7))},
        "lstm": {"cell_state": 1e4 * draw.normal(size=(1, 1)).astype(np.float32)},
    }


def one_signal(values: NDArray[np.floating]) -> NDArray[np.float32]:
    return unpack(pack({}, {"rnn": {"hidden_state": values}}))[1]["rnn"]["hidden_state"]


@settings(deadline=None)
@given(st.lists(st.floats(-LARGEST, LARGEST, width=32), min_size=1, max_size=40))
@example([0.0, -0.0, 1.0, -1.0, LARGEST, -LARGEST])
@example([SMALLEST_NORMAL, -SMALLEST_NORMAL, 1 + 2.0**-16, 1 + 3 * 2.0**-16, 1 - 2.0**-24])
def test_a_number_comes_back_within_two_to_the_minus_16_of_itself(numbers: list[float]) -> None:
    values = np.array([numbers], dtype=np.float32)
    found = one_signal(values).astype(np.float64)
    error = np.abs(found - values)
    normal = np.abs(values) >= SMALLEST_NORMAL
    assert (error[normal] <= 2.0**-16 * np.abs(values[normal])).all()
    assert (error[~normal] <= 2.0**-142).all(), "below the normal numbers the spacing is fixed"
    assert (np.sign(found[normal]) == np.sign(values[normal])).all()


def test_a_value_that_is_missing_stays_missing() -> None:
    found = one_signal(np.array([[np.nan, -np.nan, 1.0]]))
    assert np.isnan(found).tolist() == [[True, True, False]]


@settings(deadline=None, max_examples=50)
@given(steps=st.integers(1, 9), units=st.integers(1, 9), strided=st.booleans())
def test_any_shape_and_layout_in_memory_comes_back_in_its_place(steps: int, units: int, strided: bool) -> None:
    values = np.arange(steps * units, dtype=np.float64).reshape(units, steps).T  # whole numbers are kept exactly
    found = one_signal(values if strided else np.ascontiguousarray(values))
    np.testing.assert_array_equal(found, values)


def test_the_arrays_stand_in_the_order_in_which_they_came() -> None:
    signals = some_signals()
    header, found = unpack(pack({}, signals))
    assert [(array["cell"], array["signal"]) for array in header["arrays"]] == [
        ("gru", "hidden_state"), ("gru", "update_gate"), ("rnn", "hidden_state"), ("lstm", "cell_state"),
    ]  # fmt: skip
    for cell, named in signals.items():
        for name, values in named.items():
            np.testing.assert_allclose(found[cell][name], values, rtol=2.0**-16)


@pytest.mark.parametrize("text", ["时间旅行者", "🦊 e\u0301 \u202e", '"quotes" \\ </script>', "\x00\n\t", ""])
def test_the_header_comes_back_whatever_was_typed(text: str) -> None:
    given_header = {"text": text, "tokens": [{"text": c, "known": False} for c in text], "nothing": None, "digits": 0.1}
    header, _ = unpack(pack(given_header, {"rnn": {"hidden_state": np.zeros((1, 1))}}))
    assert header.pop("arrays") == [{"cell": "rnn", "signal": "hidden_state", "steps": 1, "units": 1}]
    assert header == given_header


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_header_that_javascript_could_not_read_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        pack({"value": value}, {})


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert pack({"a": 1}, some_signals()) == pack({"a": 1}, some_signals())


READ_IN_NODE = """
import { readPicture } from "./picture/pieces.js";
const first = readPicture(input);
const { header, signals } = await first;
const bits = (values) => Array.from(new Uint32Array(values.buffer));
const cells = Object.entries(signals).map(([cell, named]) =>
  [cell, Object.fromEntries(Object.entries(named).map(([name, values]) => [name, bits(values)]))]);
console.log(JSON.stringify({ header, signals: Object.fromEntries(cells), once: first === readPicture(input) }));
"""


def test_the_browser_reads_the_same_bits_and_the_same_header(in_node: Callable[..., Any]) -> None:
    signals = some_signals()
    extremes = [0.0, -0.0, 1e-42, -1e-45, LARGEST, -LARGEST, 0.1, -0.3, 1 + 2.0**-17]
    signals["lstm"]["hidden_state"] = np.array([extremes, extremes[::-1]], dtype=np.float32)
    data = pack({"text": "时间 🦊 </script>", "probability": None}, signals)
    theirs = in_node(READ_IN_NODE, data=data)
    header, ours = unpack(data)
    assert theirs["header"] == header
    assert theirs["once"] is True
    bits = {c: {n: v.reshape(-1).view(np.uint32).tolist() for n, v in named.items()} for c, named in ours.items()}
    assert theirs["signals"] == bits
