"""The size of a result is that of its numbers, and of little else."""

import numpy as np
import pytest
import torch

import gateviz
from gateviz.app.computed.sizes import size_of
from gateviz.models.readings import Reading

MEGABYTE = 2**20


@pytest.mark.parametrize(
    ("value", "size"),
    [
        (b"x" * MEGABYTE, MEGABYTE),
        ("x" * MEGABYTE, MEGABYTE),
        ("文" * MEGABYTE, 2 * MEGABYTE),
        (np.zeros(MEGABYTE, np.uint8), MEGABYTE),
        ([np.zeros(MEGABYTE, np.uint8)] * 3, MEGABYTE),
        (np.zeros((2, MEGABYTE), np.uint8)[0, :4], 2 * MEGABYTE),
        (torch.zeros(MEGABYTE), 4 * MEGABYTE),
        (torch.zeros(MEGABYTE)[:4].numpy(), 4 * MEGABYTE),
        ({"a": {"b": (np.zeros(MEGABYTE, np.uint8), torch.zeros(MEGABYTE, dtype=torch.uint8))}}, 2 * MEGABYTE),
        (len, 0),
        (np, 0),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_held_is_counted_once(value: object, size: int) -> None:
    assert size <= size_of(value) <= size + 3000


def test_a_reading_is_as_large_as_the_arrays_of_its_trace() -> None:
    model = gateviz.load_pretrained("timemachine", "lstm")
    reading = Reading(model, "It was so. " * 60)
    arrays = sum(array.nbytes for layer in reading.trace.layers for array in layer.arrays.values())
    weights = sum(parameter.nbytes for parameter in model.parameters())
    alone = size_of(reading, without={id(model)})
    assert arrays <= alone < 1.3 * arrays
    assert size_of(model) >= weights
    assert size_of(reading) >= alone + weights
