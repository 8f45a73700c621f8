"""Every public function of the recorder, every argument, every kind of wrong value: one sentence, never a crash."""

import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence

import gateviz
from gateviz.errors import GatevizError

LSTM, GRU, X = nn.LSTM(2, 3), nn.GRU(2, 3), torch.randn(4, 1, 2)
STATE = (torch.zeros(1, 1, 3), torch.zeros(1, 1, 3))
TRACE = gateviz.record(LSTM, X)
FLOW = gateviz.gradient_flow(LSTM, X, torch.sum)
SUMS = gateviz.contributions(LSTM, X)


def odd_tensors() -> dict[str, Any]:
    """Tensors whose numbers do not simply lie in memory; torch warns that most of them may change."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {
            "sparse": X.to_sparse(),
            "sparse rows": X[:, 0].to_sparse_csr(),
            "nested": torch.nested.nested_tensor([torch.randn(3, 2), torch.randn(4, 2)]),
            "jagged": torch.nested.nested_tensor([torch.randn(3, 2), torch.randn(4, 2)], layout=torch.jagged),
            "quantised": torch.quantize_per_tensor(X, 0.1, 0, torch.qint8),
            "masked": torch.masked.masked_tensor(X, X > 0),
            "mkldnn": X.to_mkldnn(),
        }


def packed(data: Any, sizes: list[int], order: Any = None) -> PackedSequence:
    return PackedSequence(data, torch.tensor(sizes, dtype=torch.int64), order)


def with_weight(name: str, weight: Any) -> nn.Module:
    """An LSTM one of whose weights was replaced."""
    module = nn.LSTM(2, 3)
    del module._parameters[name]
    setattr(module, name, weight)
    return module


ODD = odd_tensors()
ANYTHING: dict[str, Any] = {
    "None": None,
    "a bool": True,
    "an int": 3,
    "a float": 1.5,
    "nan": float("nan"),
    "a complex number": 1j,
    "a word": "open",
    "a long text": "open\n" * 40,
    "bytes": b"\x01",
    "a list": [1, "a", None],
    "an empty list": [],
    "a dictionary": {"a": 1},
    "a set": {1, 2},
    "a function": len,
    "a class": nn.LSTM,
    "a module": nn.Linear(2, 3),
    "an iterator": iter([1, 2]),
    "an array": np.zeros((4, 1, 2)),
    "an array of words": np.array(["a", "b"]),
    "a tensor": torch.zeros(7),
    "an empty tensor": torch.zeros(0),
    "a trace": TRACE,
}
TENSORS: dict[str, Any] = {
    "no axes": torch.tensor(1.0),
    "one axis": torch.zeros(2),
    "four axes": torch.zeros(1, 4, 1, 2),
    "no features": torch.zeros(4, 1, 0),
    "other features": torch.zeros(4, 1, 5),
    "no steps": torch.zeros(0, 1, 2),
    "no steps, no batch": torch.zeros(0, 2),
    "int64": torch.zeros(4, 1, 2, dtype=torch.int64),
    "bool": torch.zeros(4, 1, 2, dtype=torch.bool),
    "complex": torch.zeros(4, 1, 2, dtype=torch.complex64),
    "float64": torch.zeros(4, 1, 2).double(),
    "float16": torch.zeros(4, 1, 2).half(),
    "meta": torch.zeros(4, 1, 2, device="meta"),
    **ODD,
}
PACKED: dict[str, Any] = {
    "an empty one": packed(torch.zeros(0, 2), []),
    "one without steps": packed(torch.zeros(0, 2), [0]),
    "sizes that rise": packed(torch.zeros(3, 2), [1, 2]),
    "sizes of more rows": packed(torch.zeros(3, 2), [3, 2]),
    "sizes that end in nothing": packed(torch.zeros(3, 2), [2, 1, 0]),
    "an order that names one twice": packed(torch.zeros(3, 2), [2, 1], torch.tensor([0, 0])),
    "an order of too few": packed(torch.zeros(3, 2), [2, 1], torch.tensor([0])),
    "one axis": packed(torch.zeros(3), [2, 1]),
    "three axes": packed(torch.zeros(3, 1, 2), [2, 1]),
    "other features": packed(torch.zeros(3, 5), [2, 1]),
    "int64": packed(torch.zeros(3, 2, dtype=torch.int64), [2, 1]),
    "float64": packed(torch.zeros(3, 2).double(), [2, 1]),
    "sparse": packed(torch.zeros(3, 2).to_sparse(), [2, 1]),
}
RECORDERS: dict[str, Callable[..., Any]] = {
    "record": gateviz.record,
    "run_with": lambda module, inputs, state=None: gateviz.run_with(module, inputs, [], state),
    "run_with a clamp": lambda module, inputs, state=None: gateviz.run_with(
        module, inputs, [gateviz.Clamp("hidden_state", 0.0)], state
    ),
    "contributions": gateviz.contributions,
}


def refuses(call: Callable[[], object]) -> str:
    """What is wrong with the refusal; empty if one of our own errors says something short in one sentence."""
    try:
        call()
    except GatevizError as error:
        text = str(error)
        return "" if text.endswith(".") and text.isprintable() and 20 < len(text) < 400 else f"says {text!r}"
    except Exception as error:
        return f"raises {error!r}"
    return "is accepted"


def assert_refused(calls: dict[str, Callable[[], object]]) -> None:
    """Every one of the calls raises one of our own errors, which says something short in one sentence."""
    faults = {what: fault for what, call in calls.items() if (fault := refuses(call))}
    assert not faults, "\n".join(f"{what} {fault}" for what, fault in faults.items())


MODULES: dict[str, Any] = {
    **ANYTHING,
    "one without numbers": nn.LSTM(2, 3, device="meta"),
    "a class of cells": nn.GRUCell,
    "the base of all": nn.RNNBase("LSTM", 2, 3),
    "a wrapper": nn.Sequential(nn.Embedding(3, 2), nn.GRU(2, 3)),
    "an RNNCell of another nonlinearity": nn.RNNCell(2, 3, nonlinearity="sine"),
    "one with a weight of the wrong shape": with_weight("weight_hh_l0", torch.zeros(12, 4)),
    "one with a missing weight": with_weight("weight_ih_l0", None),
    "one with one bias": with_weight("bias_hh_l0", None),
    "one of two dtypes": with_weight("bias_hh_l0", torch.zeros(12).double()),
    "one with a sparse weight": with_weight("weight_hh_l0", torch.zeros(12, 3).to_sparse()),
    "one of whole numbers": with_weight("weight_hh_l0", torch.zeros(12, 3, dtype=torch.int64)),
    "one of complex numbers": with_weight("weight_hh_l0", torch.zeros(12, 3, dtype=torch.complex64)),
}
STATES: dict[str, Any] = {
    **{what: value for what, value in ANYTHING.items() if value is not None},
    "one part": STATE[0],
    "a tuple of one": STATE[:1],
    "three parts": (*STATE, STATE[0]),
    "a missing part": (STATE[0], None),
    "an array and a tensor": (np.zeros((1, 1, 3)), STATE[1]),
    "no layers": (torch.zeros(1, 3), torch.zeros(1, 3)),
    "another batch": (torch.zeros(1, 2, 3), torch.zeros(1, 2, 3)),
    "another size": (torch.zeros(1, 1, 4), torch.zeros(1, 1, 3)),
    "float64": (STATE[0], STATE[1].double()),
    "meta": (STATE[0], STATE[1].to("meta")),
    "sparse": (STATE[0], STATE[1].to_sparse()),
    "nested": (STATE[0], ODD["nested"]),
    "packed": packed(torch.zeros(3, 2), [2, 1]),
}


@pytest.mark.parametrize("name", RECORDERS)
def test_a_module_that_cannot_be_read_is_refused(name: str) -> None:
    assert_refused({what: partial(RECORDERS[name], module, X) for what, module in MODULES.items()})


@pytest.mark.parametrize("name", RECORDERS)
def test_inputs_that_do_not_fit_are_refused(name: str) -> None:
    wrong = {**ANYTHING, **TENSORS, **PACKED}
    assert_refused({what: partial(RECORDERS[name], LSTM, inputs) for what, inputs in wrong.items()})
    batch_first = {**wrong, "no steps": torch.zeros(1, 0, 2)}
    module = nn.RNN(2, 3, batch_first=True)
    assert_refused({what: partial(RECORDERS[name], module, inputs) for what, inputs in batch_first.items()})


@pytest.mark.parametrize("name", RECORDERS)
def test_inputs_that_do_not_fit_a_cell_are_refused(name: str) -> None:
    wrong = {**ANYTHING, **TENSORS, **PACKED, "one axis": torch.zeros(3)}
    del wrong["no steps, no batch"]  # an empty batch for a cell
    assert_refused({what: partial(RECORDERS[name], nn.GRUCell(2, 3), inputs) for what, inputs in wrong.items()})


@pytest.mark.parametrize("name", RECORDERS)
def test_an_initial_state_that_does_not_fit_is_refused(name: str) -> None:
    assert_refused({what: partial(RECORDERS[name], LSTM, X, state) for what, state in STATES.items()})
    for_a_gru = {what: state for what, state in STATES.items() if what != "one part"}
    assert_refused({what: partial(RECORDERS[name], GRU, X, state) for what, state in for_a_gru.items()})


def test_only_clamps_are_clamps() -> None:
    wrong = {what: value for what, value in ANYTHING.items() if what != "an empty list"}
    assert_refused({what: partial(gateviz.run_with, LSTM, X, value) for what, value in wrong.items()})
    assert_refused({what: partial(gateviz.run_with, LSTM, X, [value]) for what, value in ANYTHING.items()})


WRONG_IN_A_CLAMP: list[tuple[str, Any]] = [
    *(("signal", value) for value in [*ANYTHING.values(), "forget", "reset_gate"]),
    *(("value", value) for what, value in ANYTHING.items() if what not in {"None", "an int", "a float"}),
    *(("value", value) for value in (float("inf"), np.nan, torch.tensor(float("inf")), 1e39, 10**400, "0.5")),
    *(("value", value) for value in ([0.0, "a"], [[0.0], [0.0, 1.0]], np.array([1j]), np.array([True] * 3))),
    *(("value", value) for value in (np.zeros(4), np.zeros((2, 4, 3)), [0.0, float("nan"), 0.0], torch.zeros(4))),
    *(("value", value) for value in (*ODD.values(), torch.zeros(3, device="meta"), torch.tensor([1j]))),
    *(("scale", value) for what, value in ANYTHING.items() if what not in {"None", "an int", "a float"}),
    *(("scale", value) for value in (float("-inf"), [1.0], np.ones(3), torch.ones(1, 4, 3))),
    *(("source", value) for what, value in ANYTHING.items() if what not in {"None", "a trace"}),
    *(("source", value) for value in (TRACE.layer(0), FLOW, gateviz.record(GRU, X), gateviz.record(LSTM, X[:2]))),
    *(("layer", value) for value in [value for what, value in ANYTHING.items() if what != "a trace"]),
    *(("layer", value) for value in ("0", 1, -2, 0.0, True, False, np.True_, [0], np.array([0]), torch.tensor(0.0))),
    *(("direction", value) for value in [*ANYTHING.values(), "reverse", "backward", "Forward", ["forward"], 0]),
    *((axis, value) for axis in ("units", "steps") for what, value in ANYTHING.items() if what not in {"None", "an int"}
      and what != "an empty list"),
    *((axis, value) for axis in ("units", "steps") for value in (
        4, -5, 10**30, [0, 9], [0.0], [0, 1.0], [True, 0], ["0"], [None], [[0]], np.array([0.0]), np.array([[0]]),
        np.array([[True, False, True]]), np.array(["0"]), np.array([0, 1], dtype=object), np.array(True), np.array(0.0),
        torch.tensor([0.0]), torch.tensor([[0]]), torch.tensor(True), torch.zeros(3, 3, dtype=torch.bool),
        torch.zeros(3, dtype=torch.int64, device="meta"), [True] * 5, np.ones(2, dtype=bool), (False,) * 7,
        slice(0, 3, 0), slice("a", "b"), slice(0.0, 2.0), slice(True, None), range(3, 9),
    )),
]  # fmt: skip


def test_a_clamp_that_means_nothing_is_refused() -> None:
    def run(argument: str, value: object) -> None:
        right = {"signal": "forget_gate"} | ({} if argument in ("value", "scale", "source") else {"value": 1.0})
        gateviz.run_with(LSTM, X, [gateviz.Clamp(**{**right, argument: value})])  # type: ignore[arg-type]

    assert_refused(
        {
            f"{number}: {argument}": partial(run, argument, value)
            for number, (argument, value) in enumerate(WRONG_IN_A_CLAMP)
        }
    )


WRONG_LAYERS = [value for what, value in ANYTHING.items() if what != "an int"] + [1, -2, "0", 0.0, False, np.array([0])]
WRONG_NAMES = [*ANYTHING.values(), "forget", "Forward", "reset_gate", ("hidden_state",), np.array("hidden_state")]


@pytest.mark.parametrize("result", [TRACE, FLOW, SUMS], ids=["Trace", "GradientTrace", "GateSums"])
def test_results_say_which_layers_directions_and_signals_they_have(result: Any) -> None:
    assert_refused({f"layer {number}": partial(result.layer, value) for number, value in enumerate(WRONG_LAYERS)})
    names = dict(enumerate(WRONG_NAMES))
    assert_refused({f"direction {number}": partial(result.layer, 0, value) for number, value in names.items()})
    assert_refused({f"signal {number}": partial(result.layer(0).__getitem__, value) for number, value in names.items()})


def test_a_norm_says_which_signals_there_are() -> None:
    names, layers = dict(enumerate(WRONG_NAMES)), dict(enumerate(WRONG_LAYERS))
    assert_refused({f"signal {number}": partial(FLOW.norm, value) for number, value in names.items()})
    assert_refused({f"direction {number}": partial(FLOW.norm, "direct", 0, value) for number, value in names.items()})
    assert_refused({f"layer {number}": partial(FLOW.norm, "direct", value) for number, value in layers.items()})


def test_a_trace_is_read_and_written_where_files_are(tmp_path: Path) -> None:
    nowhere: dict[str, Any] = {"a folder": tmp_path, "no folder": tmp_path / "none" / "x", "a NUL": f"{tmp_path}/\0"}
    no_paths = {what: value for what, value in ANYTHING.items() if not isinstance(value, (str, bytes))}
    no_paths = {what: value for what, value in no_paths.items() if not isinstance(value, int)}
    assert_refused({what: partial(gateviz.load_trace, path) for what, path in {**ANYTHING, **nowhere}.items()})
    assert_refused({what: partial(TRACE.save, path) for what, path in {**no_paths, **nowhere}.items()})
    TRACE.save(tmp_path / "x.npz")
    cells = {**ANYTHING, "another": "gru", "capitals": "LSTM"}
    del cells["None"]
    assert_refused({what: partial(gateviz.load_trace, tmp_path / "x.npz", cell) for what, cell in cells.items()})


def test_a_whole_number_of_any_library_names_a_layer() -> None:
    for zero in (0, np.int8(0), np.uint64(0), np.array(0), torch.tensor(0)):
        assert TRACE.layer(zero) is TRACE.layers[0]  # type: ignore[arg-type]
