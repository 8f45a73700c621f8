"""The table of a trace: its numbers are the trace's, and every row has its columns whatever was typed."""

import numpy as np
import pytest

import gateviz
from gateviz.errors import SignalError
from gateviz.export.table import listing
from gateviz.i18n import translator
from gateviz.models.readings import Reading
from gateviz.results.answers import Expectation, Forecast, Verdict
from gateviz.results.trace import CELLS, CellName
from tests.refusals import refusal

TEXT = "The Time\tx"


def table(cell: CellName, text: str = TEXT, unit: int | None = None) -> list[str]:
    model = gateviz.load_pretrained("timemachine", cell)
    reading = Reading(model, text)
    return listing(reading.trace, reading.answers(), unit=unit, say=translator.load("en")).splitlines()


@pytest.mark.parametrize("cell", CELLS)
def test_one_unit_is_shown_as_it_is(cell: CellName) -> None:
    head, *rows = table(cell, unit=7)
    layer = gateviz.load_pretrained("timemachine", cell).trace(TEXT).layer(0)
    symbols = head.split()[2:-1]
    names = {"i": "input_gate", "f": "forget_gate", "g": "candidate", "o": "output_gate", "c": "cell_state",
             "h": "hidden_state", "r": "reset_gate", "z": "update_gate", "n": "candidate"}  # fmt: skip
    assert len(symbols) == {"rnn": 1, "lstm": 6, "gru": 4}[cell]
    for step, row in enumerate(rows):
        assert [float(number) for number in row.split()[2 : 2 + len(symbols)]] == pytest.approx(
            [float(layer[names[symbol]][0, step, 7]) for symbol in symbols], abs=5e-4
        )


def test_all_units_are_the_mean_of_a_gate_and_the_root_mean_square_of_a_state() -> None:
    head, *rows = table("gru")
    assert head.split() == ["step", "token", "r", "z", "n", "h", "bits"]
    layer = gateviz.load_pretrained("timemachine", "gru").trace(TEXT).layer(0)
    read = np.array([[float(number) for number in row.split()[2:6]] for row in rows])
    np.testing.assert_allclose(read[:, 1], layer["update_gate"][0].mean(axis=1), atol=5.1e-4)
    np.testing.assert_allclose(read[:, 3], np.sqrt((layer["hidden_state"][0] ** 2).mean(axis=1)), atol=5.1e-4)


def test_the_bits_are_the_surprise_at_that_token_and_missing_where_nothing_was_expected() -> None:
    model = gateviz.load_pretrained("timemachine", "lstm")
    expected = Reading(model, TEXT).answers()
    assert isinstance(expected, Expectation)
    surprise = expected.surprise
    _, *rows = table("lstm")
    assert len(rows[0].split()) == 2 + 6, "nothing was expected before the first"
    assert float(rows[1].split()[-1]) == pytest.approx(surprise[0], abs=0.051)
    assert len(rows[8].split()) == 2 + 6, "a tab is unknown to the model"


def test_a_classifiers_last_column_is_its_answer_so_far_and_a_forecasters_its_number() -> None:
    trace = gateviz.load_pretrained("timemachine", "gru").trace("ab")
    verdict = Verdict(("no", "yes"), np.array([[0.9, 0.1], [0.25, 0.75]]))
    head, *rows = listing(trace, verdict, say=translator.load("en")).splitlines()
    assert head.endswith("answer")
    assert [row.split()[-2:] for row in rows] == [["0.90", "no"], ["0.75", "yes"]]
    forecast = Forecast("sum", np.array([0.25, 1.5]), np.array([np.nan, np.nan]))
    head, *rows = listing(trace, forecast, say=translator.load("en")).splitlines()
    assert head.endswith("sum")
    assert [row.split()[-1] for row in rows] == ["0.250", "1.500"]


@pytest.mark.parametrize("text", ["长a", "e\u0301a", "\u2028a", "\u202ea", "a b"])
def test_every_row_is_as_wide_as_the_head_and_nothing_breaks_or_turns_a_line(text: str) -> None:
    head, *rows = table("rnn", text)
    assert len(rows) == len(text)
    first = rows[0]
    wide = sum("\u4e00" <= character <= "\u9fff" for character in first)
    assert len(first) + wide == len(head) - len("    bits")
    assert not set("".join(rows)) & {"\u2028", "\u202e"}


def test_a_unit_that_is_not_there_gets_one_sentence() -> None:
    with pytest.raises(SignalError, match="unit 256 does not exist: the layer has 256, from 0 to 255"):
        table("lstm", unit=256)
    for unit in (-1, 1.5, "3", [3]):
        refusal(table, "lstm", unit=unit)


def test_only_the_trace_of_one_sentence_is_listed() -> None:
    model = gateviz.load_pretrained("timemachine", "gru")
    answers = Reading(model, TEXT).answers()
    for trace in (model.trace(["ab", "c"]), None, "ab"):
        refusal(listing, trace, answers, say=translator.load("en"))
