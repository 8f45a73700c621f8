"""A message names what was given: as it is written if that is short, else by its type."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from gateviz.errors import as_given, path_as_given


class Unspeakable:
    """Something that cannot even be written down."""

    def __repr__(self) -> str:
        raise RuntimeError("no")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "None"),
        ("0", "'0'"),
        (1.5, "1.5"),
        (range(3), "range(0, 3)"),
        ("line\nline", r"'line\nline'"),
        ("長", "'長'"),
        ([0] * 1000, "an object of type list"),
        (np.zeros((3, 3)), "an object of type ndarray"),
        (torch.zeros(40), "an object of type Tensor"),
        (object(), "an object of type object"),
        (len, "an object of type builtin_function_or_method"),
        (int, "the class int"),
        (Unspeakable(), "an object of type Unspeakable"),
    ],
)
def test_a_value_is_named_in_one_short_line(value: Any, expected: str) -> None:
    assert as_given(value) == expected


def test_a_path_is_named_as_it_is_unless_it_would_fill_the_message() -> None:
    assert path_as_given("a/b.npz") == "a/b.npz"
    assert path_as_given(Path("a") / ("b" * 100)) == "a/" + "b" * 100
    assert path_as_given("b" * 1000) == "an object of type str"
    assert path_as_given("a\nb") == r"'a\nb'"
    assert path_as_given(3) == "3"
