"""What is exported while something is held: the numbers under the holds, and what is held beside them."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest

import gateviz
from gateviz.export.files import COLUMNS, csv_of, npz_of
from gateviz.export.held import Held
from gateviz.models.holds import read_holds
from gateviz.models.readings import Reading
from gateviz.results.trace import CELLS
from tests.refusals import refusal

CASES = {
    "one architecture": ("hometown", ("lstm",), "I grew up in France", "lstm.forget_gate@2-:0", None),
    "three": ("hometown", CELLS, "I grew up in France", "lstm.forget_gate@2-:0,gru.update_gate.3:1", None),
    "other numbers": (
        "tang",
        ("gru", "lstm"),
        "白日依山尽",
        "lstm.1.cell_state.3@2-:other,lstm.output_gate.3@1:0.5,gru.hidden_state@1-3:freeze",
        "黄河入海流",
    ),
    "two directions": ("sentiment", ("gru",), "not good", "gru.reverse.hidden_state@1:0.5", None),
    "a decoder": ("dates", ("lstm",), "May 3, 1999", "lstm.forget_gate.5@9-12:0,lstm.cell_state.3@14-:freeze", None),
    "a decoder and another": ("dates", ("gru",), "May 3, 1999", "gru.hidden_state.2@9-:other", "May 4, 2001"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_clamps_come_back_from_the_archive_and_make_the_trace_again(name: str, tmp_path: Path) -> None:
    task, cells, text, holds, other = CASES[name]
    models = {cell: gateviz.load_pretrained(task, cell) for cell in cells}
    readings = {cell: Reading(model, text, None, read_holds(holds).holds, other) for cell, model in models.items()}
    traces = {cell: reading.trace for cell, reading in readings.items()}
    path = tmp_path / "held.npz"
    path.write_bytes(npz_of(traces, Held.of(readings)))
    for cell, model in models.items():
        loaded, clamps = gateviz.load_trace(path, cell), gateviz.load_clamps(path, cell)
        again = model.trace(text, clamps=clamps)
        assert len(clamps) == len(readings[cell].own_holds)
        for layer, found, made in zip(traces[cell].layers, loaded.layers, again.layers, strict=True):
            for signal in layer.signals:
                assert np.array_equal(found[signal], layer[signal])
                assert np.array_equal(made[signal], layer[signal])
    with np.load(path) as file:
        assert sorted(str(file["holds"]).split(",")) == sorted(holds.split(","))
        assert ("other" in file.files) == (other is not None)


def test_a_file_in_which_nothing_is_held_has_no_clamps(tmp_path: Path) -> None:
    path = tmp_path / "plain.npz"
    gateviz.load_pretrained("hometown", "lstm").trace("I grew up").save(path)
    assert gateviz.load_clamps(path) == ()
    assert "of an lstm" in refusal(gateviz.load_clamps, path, "gru")
    refusal(gateviz.load_clamps, tmp_path / "none.npz")


def test_the_table_says_which_units_are_held() -> None:
    holds = read_holds("lstm.forget_gate@1-:0,lstm.cell_state.3:0.5,lstm.cell_state.12@2:1").holds
    readings = {cell: Reading(gateviz.load_pretrained("hometown", cell), "I grew up", holds=holds) for cell in CELLS}
    traces = {cell: reading.trace for cell, reading in readings.items()}
    table = csv_of(traces, Held.of(readings)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert list(rows[0])[: len(COLUMNS) + 2] == [*COLUMNS, "held", "0"]
    held = {(row["cell"], row["signal"], int(row["step"])): row["held"] for row in rows if row["held"]}
    assert held == {
        ("lstm", "forget_gate", 1): "all",
        ("lstm", "forget_gate", 2): "all",
        ("lstm", "cell_state", 0): "3",
        ("lstm", "cell_state", 1): "3",
        ("lstm", "cell_state", 2): "3 12",
    }
    shut = [row for row in rows if row["held"] == "all"]
    assert {row[str(unit)] for row in shut for unit in range(32)} == {"0.0"}
    last = next(row for row in rows if (row["cell"], row["signal"], row["step"]) == ("lstm", "cell_state", "2"))
    assert np.array_equal(
        [np.float32(last[str(unit)]) for unit in range(32)], traces["lstm"].layer(0)["cell_state"][0, 2]
    )
