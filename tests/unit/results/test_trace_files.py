"""What is saved comes back as it was, and no file on earth is more than "not a trace"."""

import dataclasses
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

import gateviz
from gateviz.errors import InputError


@pytest.mark.parametrize("seed", range(12))
def test_a_saved_trace_comes_back_as_it_was(seed: int, random_case: Any, tmp_path: Path) -> None:
    case = random_case(seed)
    trace = gateviz.record(case.module, case.inputs, case.initial_state)
    tokens = (*"a\x00", "\x00", "\ud800", "長") if seed % 2 else None
    trace = dataclasses.replace(trace, tokens=tokens)
    trace.save(tmp_path / "x.npz")
    twin = gateviz.load_trace(tmp_path / "x.npz")
    assert repr(twin) == repr(trace)
    assert twin.tokens == trace.tokens
    ours, theirs = twin.to_dict(), trace.to_dict()
    assert list(ours) == list(theirs)
    for name, value in theirs.items():
        if isinstance(value, np.ndarray):
            np.testing.assert_array_equal(ours[name], value)
            assert ours[name].dtype == value.dtype
        else:
            assert ours[name] == value


def test_a_file_that_is_no_trace_is_refused_in_one_sentence(tmp_path: Path) -> None:
    np.save(tmp_path / "array.npy", np.zeros(3))
    np.savez(tmp_path / "other.npz", a=np.zeros(3))
    np.savez(tmp_path / "pickle.npz", cell=np.array([{}], dtype=object))
    (tmp_path / "text.npz").write_text("no archive")
    for file in tmp_path.iterdir():
        with pytest.raises(InputError, match=r"is not a trace: give a file that trace\.save"):
            gateviz.load_trace(file)
    with pytest.raises(InputError, match=r"nowhere\.npz does not exist"):
        gateviz.load_trace(tmp_path / "nowhere.npz")


@cache
def entries() -> dict[str, Any]:
    """What the file of a small trace holds."""
    return gateviz.record(nn.LSTM(2, 3, 2, bidirectional=True), torch.randn(4, 1, 2)).entries()


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in entries().items() if key != name}


DAMAGED = {
    **{f"no {name}": without(name) for name in entries()},
    "a cell of another name": {**entries(), "cell": "transformer"},
    "the signals of another cell": {**entries(), "cell": "gru"},
    "fewer layers": {**entries(), "num_layers": 1},
    "more layers": {**entries(), "num_layers": 3},
    "no layers": {
        **{name: value for name, value in entries().items() if not name.startswith("layers")},
        "num_layers": 0,
    },
    "one direction": {**entries(), "num_directions": 1},
    "layers by name": {**entries(), "layers.top.forward.forget_gate": np.zeros((1, 4, 3))},
    "another length": {**entries(), "layers.0.forward.forget_gate": np.zeros((1, 5, 3))},
    "an axis less": {**entries(), "layers.0.forward.forget_gate": np.zeros((1, 4))},
    "words": {**entries(), "layers.0.forward.forget_gate": np.full((1, 4, 3), "open")},
    "objects": {**entries(), "output": np.array([{}])},
    "tokens of another kind": {**entries(), "tokens": np.frombuffer(b"[1, 2]", dtype=np.uint8)},
    "tokens that nest without end": {**entries(), "tokens": np.frombuffer(b"[" * 100_000, dtype=np.uint8)},
    "tokens that are not JSON": {**entries(), "tokens": np.zeros(3)},
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_trace_whose_parts_do_not_belong_together_is_none(what: str, tmp_path: Path) -> None:
    np.savez(tmp_path / "x.npz", **DAMAGED[what])
    with pytest.raises(InputError, match="is not a trace"):
        gateviz.load_trace(tmp_path / "x.npz")


@settings(max_examples=80, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_file_with_wrong_bytes_is_a_trace_or_none(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.npz"
    np.savez_compressed(path, **entries())
    sound = path.read_bytes()
    damaged = bytearray(sound[: data.draw(st.integers(len(sound) // 2, len(sound)))])
    for _ in range(data.draw(st.integers(0, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(damaged)
    with suppress(InputError):
        assert gateviz.load_trace(path).cell == "lstm"


def test_nothing_in_a_file_is_unpickled(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> Any:
            return (Path.touch, (tmp_path / "was run",))

    np.savez(tmp_path / "x.npz", **{**entries(), "output": np.array([Evil()], dtype=object)})
    with pytest.raises(InputError, match="is not a trace"):
        gateviz.load_trace(tmp_path / "x.npz")
    assert not (tmp_path / "was run").exists()


def test_the_architecture_that_is_asked_for_is_the_one_that_comes(tmp_path: Path) -> None:
    trace = gateviz.record(nn.GRU(2, 3), torch.randn(4, 1, 2))
    trace.save(tmp_path / "x.npz")
    assert gateviz.load_trace(tmp_path / "x.npz", "gru").cell == "gru"
    with pytest.raises(InputError, match=r"x\.npz holds the trace of an gru: ask for that instead of 'lstm'"):
        gateviz.load_trace(tmp_path / "x.npz", "lstm")


def test_a_trace_cannot_be_saved_where_there_is_no_folder(tmp_path: Path) -> None:
    trace = gateviz.record(nn.GRU(2, 3), torch.randn(4, 1, 2))
    with pytest.raises(InputError, match="cannot be written"):
        trace.save(tmp_path / "none" / "x.npz")
    trace.save(tmp_path / "without a suffix")
    assert zipfile.is_zipfile(tmp_path / "without a suffix")
