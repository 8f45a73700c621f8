"""Masks select, whole numbers select, and nothing else does."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

import gateviz
from gateviz.errors import SignalError
from gateviz.recording.selection import selection_mask

MASK = [False, True, True, False, True]
MASKS = {
    "list": MASK,
    "tuple": tuple(MASK),
    "numpy": np.array(MASK),
    "numpy, every other": np.repeat(MASK, 2)[::2],
    "torch": torch.tensor(MASK),
    "numpy scalars": [np.bool_(entry) for entry in MASK],
    "a comparison": torch.tensor([0.0, 1.0, 1.0, 0.0, 1.0]) > 0.5,
}
NUMBERS = {
    "list": [1, 2, 4],
    "tuple": (1, 2, 4),
    "in another order, twice": [4, 1, 2, 1],
    "from the end": [-1, -4, -3],
    "numpy": np.array([1, 2, 4]),
    "numpy, small": np.array([1, 2, 4], dtype=np.uint8),
    "numpy scalars": [np.int32(1), 2, np.uint64(4)],
    "torch": torch.tensor([1, 2, 4]),
    "torch scalars": [torch.tensor(1), 2, torch.tensor(4)],
    "where": np.flatnonzero(MASK),
    "nonzero": torch.tensor(MASK).nonzero()[:, 0],
}


@pytest.mark.parametrize(
    "which", [*MASKS.values(), *NUMBERS.values()], ids=[*MASKS, *(f"{n} numbers" for n in NUMBERS)]
)
@pytest.mark.parametrize("axis", ["units", "steps"])
def test_a_mask_and_the_numbers_of_its_entries_hold_the_same(axis: str, which: Any) -> None:
    gru, inputs = nn.GRU(2, 5, batch_first=True), torch.randn(1, 5, 2)
    chosen: dict[str, Any] = {axis: which}
    held = gateviz.run_with(gru, inputs, [gateviz.Clamp("update_gate", 0.25, **chosen)]).layer(0)["update_gate"][0]
    found = (held == 0.25).all(axis=0 if axis == "units" else 1)
    assert found.tolist() == MASK


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (None, [0, 1, 2, 3, 4]),
        (3, [3]),
        (-1, [4]),
        (np.int8(2), [2]),
        (np.array(2), [2]),
        (torch.tensor(2), [2]),
        (range(0, 5, 2), [0, 2, 4]),
        (slice(1, 3), [1, 2]),
        (slice(None, None, 2), [0, 2, 4]),
        (slice(-2, None), [3, 4]),
        (slice(3, 100), [3, 4]),
        (slice(9, None), []),
        (slice(np.int64(1), torch.tensor(3)), [1, 2]),
        ([], []),
        (np.array([], dtype=np.int64), []),
        ([False] * 5, []),
        ([True] * 5, [0, 1, 2, 3, 4]),
    ],
)
def test_whatever_counts_selects(which: Any, expected: list[int]) -> None:
    assert np.flatnonzero(selection_mask(which, 5, "unit")).tolist() == expected


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(1, 8).flatmap(lambda size: st.lists(st.booleans(), min_size=size, max_size=size)))
def test_every_mask_of_the_right_length_is_itself(mask: list[bool]) -> None:
    for which in (mask, np.array(mask), torch.tensor(mask)):
        assert selection_mask(which, len(mask), "step").tolist() == mask
    for size in {1, len(mask) + 1, 9} - {len(mask)}:
        with pytest.raises(SignalError, match=rf"mask of steps has {len(mask)} entr.*{size} in all"):
            selection_mask(mask, size, "step")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(st.one_of(st.booleans(), st.integers(-5, 4), st.floats(), st.text(), st.none()), min_size=1, max_size=5)
)
def test_a_list_of_anything_selects_what_numpy_would_or_is_refused(which: list[Any]) -> None:
    mask, numbers = all(isinstance(item, bool) for item in which), all(type(item) is int for item in which)
    if numbers or (mask and len(which) == 5):
        expected = np.zeros(5, dtype=bool)
        expected[which] = True
        assert np.array_equal(selection_mask(which, 5, "unit"), expected)
    else:
        with pytest.raises(SignalError):
            selection_mask(which, 5, "unit")
