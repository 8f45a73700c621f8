"""What is taken away holds the trace, number by number, and whatever was typed stays text."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence

import gateviz
from gateviz.errors import InputError
from gateviz.export.files import COLUMNS, csv_of, npz_of
from gateviz.results.trace import CellName, Trace
from tests.refusals import refusal

HOSTILE = ("=1+1", "+a", "-a", "@b", '"', "NaN", "null", "", " ", "a,b", "\r\n", "\0", "\ud800", "長", "\u2028")


def lstm(steps: int = len(HOSTILE), dtype: torch.dtype = torch.float32) -> Trace:
    module = nn.LSTM(2, 3, num_layers=2, bidirectional=True, proj_size=2, batch_first=True).to(dtype)
    trace = gateviz.record(module, torch.randn(1, steps, 2, dtype=dtype))
    return replace(trace, tokens=HOSTILE[:steps])


def gru(steps: int = len(HOSTILE)) -> Trace:
    return replace(gateviz.record(nn.GRU(2, 5), torch.randn(steps, 2)), tokens=HOSTILE[:steps])


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.float16])
def test_a_table_gives_every_number_of_the_trace_back_to_the_bit(dtype: torch.dtype) -> None:
    trace = lstm(dtype=dtype)
    rows = rows_of(csv_of({"lstm": trace}))
    assert len(rows) == 4 * len(HOSTILE) * 6
    for row in rows:
        assert row["cell"] == "lstm"
        layer = trace.layer(int(row["layer"]), row["direction"])  # type: ignore[arg-type]
        values = layer[row["signal"]][0, int(row["step"])]
        written = [row[str(unit)] for unit in range(3)]
        assert written[len(values) :] == [""] * (3 - len(values)), "a projected state has fewer units"
        read = np.array(written[: len(values)], dtype=values.dtype)
        assert read.tobytes() == values.tobytes()


def test_a_table_of_several_architectures_is_as_wide_as_the_widest() -> None:
    rows = rows_of(csv_of({"lstm": lstm(2), "gru": gru(2)}))
    assert list(rows[0]) == [*COLUMNS, "0", "1", "2", "3", "4"]
    assert [row["cell"] for row in rows] == ["lstm"] * 4 * 2 * 6 + ["gru"] * 2 * 4


def test_a_token_stands_in_the_table_as_json_and_is_neither_a_formula_nor_a_missing_value() -> None:
    data = csv_of({"gru": gru()})
    rows = rows_of(data)
    assert tuple(json.loads(row["token"]) for row in rows[::4]) == HOSTILE
    assert all(row["token"].startswith('"') for row in rows)
    assert '"""長"""'.encode() in data, "Chinese is written out"


def test_pandas_reads_the_table_as_the_docstring_says() -> None:
    trace = gru()
    table = pandas.read_csv(io.BytesIO(csv_of({"gru": trace})), dtype={str(unit): np.float32 for unit in range(5)})
    chosen = table[table["signal"] == "update_gate"]
    assert not table["token"].isna().any()
    np.testing.assert_array_equal(chosen[[str(unit) for unit in range(5)]], trace.layer(0)["update_gate"][0])


def test_the_padded_steps_of_a_batch_and_tokens_that_are_not_there_are_left_out() -> None:
    batch = pack_sequence([torch.randn(3, 2), torch.randn(1, 2)])
    rows = rows_of(csv_of({"rnn": gateviz.record(nn.RNN(2, 2), batch)}))
    assert {(row["sequence"], row["step"]) for row in rows} == {("0", "0"), ("0", "1"), ("0", "2"), ("1", "0")}
    assert {row["token"] for row in rows} == {""}


@pytest.mark.parametrize("cells", [("lstm",), ("lstm", "gru")])
def test_each_trace_comes_back_from_the_archive(cells: tuple[CellName, ...], tmp_path: Path) -> None:
    traces = {cell: trace for cell, trace in {"lstm": lstm(), "gru": gru()}.items() if cell in cells}
    (tmp_path / "x.npz").write_bytes(npz_of(traces))
    for cell in cells:
        twin = gateviz.load_trace(tmp_path / "x.npz", cell=None if len(cells) == 1 else cell)
        assert repr(twin) == repr(traces[cell])
        assert twin.tokens == HOSTILE
        for layer, other in zip(twin.layers, traces[cell].layers, strict=True):
            assert layer.signals == other.signals
            assert all(layer[name].tobytes() == other[name].tobytes() for name in layer.signals)


@pytest.mark.parametrize("given", [{}, None, [], lstm(2), {"mlp": lstm(2)}, {"lstm": None}, ["lstm"]], ids=type)
def test_what_is_no_trace_is_not_written(given: Any) -> None:
    refusal(npz_of, given)
    refusal(csv_of, given)


def test_which_architecture_of_an_archive_must_be_said_and_be_there(tmp_path: Path) -> None:
    (tmp_path / "x.npz").write_bytes(npz_of({"lstm": lstm(), "gru": gru()}))
    wrong: tuple[CellName | None, ...] = (None, "rnn")
    for cell in wrong:
        with pytest.raises(InputError, match="holds the architectures lstm, gru: name one of them as cell"):
            gateviz.load_trace(tmp_path / "x.npz", cell)
