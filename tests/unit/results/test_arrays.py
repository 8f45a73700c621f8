from typing import Any

import numpy as np
import pytest
import torch

from gateviz.results.arguments import whole_number
from gateviz.results.arrays import float64_array, real_array, real_number
from tests.refusals import refusal


@pytest.mark.parametrize("kind", ["float16", "float32", "float64", "longdouble"])
def test_floats_keep_their_dtype_and_memory(kind: str) -> None:
    array = np.ones((2, 3), dtype=kind)
    assert real_array(array, "x", ("time", 3)) is array


@pytest.mark.parametrize(
    "value", [[[True, False]], [[1, 0]], np.array([[1, 0]], dtype=np.uint8), torch.tensor([[1, 0]])]
)
def test_whole_numbers_and_booleans_become_float64(value: Any) -> None:
    np.testing.assert_array_equal(real_array(value, "x", (1, "unit")), np.array([[1.0, 0.0]]), strict=True)


def test_every_shape_that_would_be_right_is_named_once() -> None:
    sentence = refusal(real_array, np.zeros(3), "x", ("time", 3), ("batch", "time", 3), ("time", 3), (4,))
    assert sentence == "x has shape (3,): give real numbers of shape (time, 3) or (batch, time, 3) or (4,)."
    assert float64_array(np.zeros((7, 3)), "x", ("time", 3), (4,)).shape == (7, 3)
    assert real_array(np.zeros((1, 2, 3)), "x").shape == (1, 2, 3)


@pytest.mark.parametrize(
    "value",
    [None, "1.5", b"1.5", [["1"]], [1j], [[1], [1, 2]], object(), {1: 2}, {1.0}, iter((1, 2)), 10**400,
     np.datetime64("2020"), torch.zeros(2, requires_grad=True), torch.zeros(2, dtype=torch.bfloat16),
     torch.zeros(2, device="meta"),
     torch.eye(2).to_sparse(), torch.zeros(2, dtype=torch.complex64)],
)  # fmt: skip
def test_what_holds_no_real_numbers_is_refused_in_one_sentence(value: Any) -> None:
    assert refusal(real_array, value, "x").startswith("x ")


@pytest.mark.parametrize("value", [0, 1, 0.5, np.float16(0.5), np.int8(1), True])
def test_a_number_within_its_bounds_is_taken(value: Any) -> None:
    assert real_number(value, "x", 0, 1) == float(value)


@pytest.mark.parametrize("value", [-1, 2, np.nan, np.inf, None, "0.5", [0.5], np.array([0.5]), 0.5j, np.zeros((9, 9))])
def test_what_is_no_number_within_its_bounds_is_refused(value: Any) -> None:
    assert "from 0 to 1" in refusal(real_number, value, "x", 0, 1)


def test_a_bound_may_be_missing() -> None:
    assert real_number(np.inf, "x", 0) == np.inf
    assert "of at least 0" in refusal(real_number, -1, "x", 0)


@pytest.mark.parametrize("value", [0, -1, 1.0, True, None, "1", [1], np.float64(1)])
def test_what_is_no_whole_number_is_refused(value: Any) -> None:
    assert "of at least 1" in refusal(whole_number, "x", value, 1)
    assert whole_number("x", np.int16(3), 1) == 3
