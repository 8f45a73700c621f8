"""The device and dtype that torch takes by default do not reach modules and inputs that lie elsewhere."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import gateviz

RECORDERS: dict[str, Callable[..., Any]] = {
    "record": gateviz.record,
    "run_with": lambda module, *given: gateviz.run_with(
        module,
        given[0],
        [
            gateviz.Clamp("hidden_state", 0.5, units=[0], steps=slice(1, None)),
            gateviz.Clamp("hidden_state", scale=2.0, steps=0),
            gateviz.Clamp("hidden_state", np.zeros(1), steps=0),
        ],
        *given[1:],
    ),
    "contributions": gateviz.contributions,
}


@contextmanager
def default_dtype(dtype: torch.dtype) -> Iterator[None]:
    """As the user may set it."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


@contextmanager
def default_device(device: str) -> Iterator[None]:
    """As the user may set it for the whole process."""
    torch.set_default_device(device)
    try:
        yield
    finally:
        torch.set_default_device(None)


DEFAULTS: dict[str, Callable[[], Any]] = {
    "within torch.device": lambda: torch.device("meta"),
    "for the process": lambda: default_device("meta"),
    "float64": lambda: default_dtype(torch.float64),
    "float16": lambda: default_dtype(torch.float16),
}


def flat(result: Any) -> dict[str, Any]:
    """All arrays of a result by a name."""
    if isinstance(result, gateviz.Trace):
        return {name: value for name, value in result.to_dict().items() if isinstance(value, np.ndarray)}
    parts = {
        f"{layer.index} {layer.direction} {name} {part}": value
        for layer in result.layers
        for name, gate_sum in layer.sums.items()
        for part, value in vars(gate_sum).items()
    }
    return {name: value for name, value in parts.items() if value is not None}


def assert_same(ours: Any, theirs: Any) -> None:
    assert list(flat(ours)) == list(flat(theirs))
    for name, value in flat(theirs).items():
        np.testing.assert_array_equal(flat(ours)[name], value)
        assert flat(ours)[name].dtype == value.dtype


@pytest.mark.parametrize("default", DEFAULTS)
@pytest.mark.parametrize("function", RECORDERS)
@pytest.mark.parametrize("seed", range(12))
def test_any_module_gives_the_same_under_any_default(seed: int, function: str, default: str, random_case: Any) -> None:
    case = random_case(seed, torch.float32 if seed % 2 else torch.float64)
    given = (case.module, case.inputs, case.initial_state)
    expected = RECORDERS[function](*given)
    with DEFAULTS[default]():
        found = RECORDERS[function](*given)
    assert_same(found, expected)


@pytest.mark.parametrize("default", DEFAULTS)
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
@pytest.mark.parametrize("function", RECORDERS)
def test_half_precision_and_cells_do_too(function: str, dtype: torch.dtype, default: str) -> None:
    for kind in (nn.LSTM, nn.GRU, nn.LSTMCell):
        module, inputs = kind(2, 3).to(dtype), torch.randn(4, 1, 2).to(dtype)
        expected = RECORDERS[function](module, inputs)
        with DEFAULTS[default]():
            found = RECORDERS[function](module, inputs)
        assert_same(found, expected)


@pytest.mark.parametrize("default", DEFAULTS)
def test_a_module_with_code_of_its_own_does_too(default: str) -> None:
    module, inputs = nn.LSTM(2, 3), torch.randn(4, 1, 2)
    cell = nn.GRUCell(2, 3)
    for each in (module, cell):
        each.register_forward_hook(lambda *_: None)
        expected = gateviz.record(each, inputs)
        with DEFAULTS[default]():
            found = gateviz.record(each, inputs)
        assert_same(found, expected)


def test_a_trace_is_saved_and_loaded_under_any_default(tmp_path: Path) -> None:
    trace = gateviz.record(nn.LSTM(2, 3), torch.randn(4, 1, 2))
    with torch.device("meta"):
        trace.save(tmp_path / "x.npz")
        assert_same(gateviz.load_trace(tmp_path / "x.npz"), copy.deepcopy(trace))
