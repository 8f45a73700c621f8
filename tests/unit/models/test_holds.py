"""Holds as a link writes them: anything can be read, and what was written is read again."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gateviz.models.config import ModelConfig
from gateviz.models.holds import LARGEST, MOST, Hold, check_hold, fitting, read_hold, read_holds, write_holds
from tests.any_holds import any_holds
from tests.refusals import refusal

WRITTEN = {
    "lstm.forget_gate@9-:0": Hold("lstm", "forget_gate", 0, first=9),
    "lstm.forget_gate.12@9:0": Hold("lstm", "forget_gate", 0, 12, 9, 9),
    "lstm.forget_gate@3-7:0.5": Hold("lstm", "forget_gate", 0.5, first=3, last=7),
    "gru.update_gate:1": Hold("gru", "update_gate", 1),
    "lstm.cell_state.12@9-:freeze": Hold("lstm", "cell_state", "freeze", 12, 9),
    "lstm.cell_state.12@9:other": Hold("lstm", "cell_state", "other", 12, 9, 9),
    "lstm.1.reverse.forget_gate.12@9-:0": Hold("lstm", "forget_gate", 0, 12, 9, layer=1, direction="reverse"),
    "gru.reverse.candidate:-0.25": Hold("gru", "candidate", -0.25, direction="reverse"),
    "rnn.2.preactivation@0:1e-7": Hold("rnn", "preactivation", 1e-7, first=0, last=0, layer=2),
    "lstm.cell_state:0.00001": Hold("lstm", "cell_state", 0.00001),
    "lstm.cell_state:1e+21": Hold("lstm", "cell_state", 1e21),
    "lstm.cell_state:100000000000000000000": Hold("lstm", "cell_state", 1e20),
}
"""Numbers are written as a browser writes them."""
LSTM = ModelConfig("lstm", hidden_size=32, embedding_size=4, num_layers=2)
BOTH_WAYS = replace(LSTM, bidirectional=True, answers="class")


@pytest.mark.parametrize("text", WRITTEN)
def test_a_hold_is_written_and_read(text: str) -> None:
    assert read_hold(text) == WRITTEN[text]
    assert str(WRITTEN[text]) == text


def test_there_are_other_ways_to_write_the_same() -> None:
    same = {
        "lstm.0.forward.forget_gate@0-:0.0": "lstm.forget_gate:0",
        "lstm.forget_gate@07-7:1e0": "lstm.forget_gate@7:1",
        "lstm.cell_state:-0": "lstm.cell_state:0",
        "lstm.cell_state:+.5": "lstm.cell_state:0.5",
        "lstm.cell_state:2.": "lstm.cell_state:2",
    }
    for text, usual in same.items():
        assert str(read_hold(text)) == usual
        assert read_holds(text) == ((read_hold(usual),), False)


@given(st.lists(any_holds(), max_size=6))
def test_every_list_is_read_as_it_was_written(given_: list[Hold]) -> None:
    assert read_holds(write_holds(given_)) == (tuple(given_), False)


@given(st.text() | st.text("lstmgru.forget_gate@-:0123456789,", max_size=60))
@example("lstm.forget_gate@9-3:0")
@example("lstm.forget_gate:1e999,lstm.forget_gate:nan")
def test_of_any_text_what_means_something_is_kept(text: str) -> None:
    found = read_holds(text)
    assert read_holds(write_holds(found.holds)) == (found.holds, False)
    kept = read_holds(f"{text},gru.reset_gate:1")
    assert kept.holds == (*found.holds, Hold("gru", "reset_gate", 1))


def test_the_nearest_value_is_taken_and_it_is_said_that_it_is_not_the_same() -> None:
    assert read_holds("lstm.forget_gate:7") == ((Hold("lstm", "forget_gate", 1),), True)
    assert read_holds("lstm.hidden_state:-1.5") == ((Hold("lstm", "hidden_state", -1),), True)
    assert read_holds("lstm.cell_state:1e300") == ((Hold("lstm", "cell_state", LARGEST),), True)


def test_of_a_list_that_is_too_long_the_first_are_kept() -> None:
    found = read_holds(",".join(f"gru.reset_gate.{unit}:1" for unit in range(MOST + 9)))
    assert ([hold.unit for hold in found.holds], found.left_out) == (list(range(MOST)), True)


def test_nothing_and_what_is_no_text() -> None:
    for nothing in (None, "", " , "):
        assert read_holds(nothing) == ((), False)
    junk: object
    for junk in (3, ["lstm.forget_gate:0"], {}):
        assert read_holds(junk) == ((), True)


def test_what_cannot_be_held_is_refused_in_a_sentence() -> None:
    for text in ("", "forget_gate:0", "lstm.forget_gate", "lstm.forget_gate@:0", "lstm.forget_gate:on", "x" * 99):
        assert "write it as" in refusal(read_hold, text)
    assert "choose 'rnn', 'lstm' or 'gru'" in refusal(read_hold, "mlp.forget_gate:0")
    assert "'update_gate' is not a signal of the lstm: choose 'input_gate'" in refusal(read_hold, "lstm.update_gate:0")
    assert "cannot be held at 1.5: give a number from 0 to 1" in refusal(read_hold, "lstm.forget_gate:1.5")
    assert "ends before it begins" in refusal(read_hold, "lstm.forget_gate@9-3:0")
    for wrong in ({"unit": -1}, {"first": None}, {"layer": True}, {"direction": "up"}, {"value": "half"}):
        refusal(lambda wrong=wrong: Hold(**{"cell": "lstm", "signal": "forget_gate", "value": 0, **wrong}))


def test_a_model_has_the_hold_or_a_sentence_says_what_it_lacks() -> None:
    lacks = {
        "lstm.2.forget_gate:0": "names layer 2: the last one is 1",
        "lstm.forget_gate.32:0": "names unit 32: the last one is 31",
        "lstm.forget_gate@10-:0": "names step 10: the last one is 9",
        "lstm.forget_gate@3-10:0": "names step 10",
        "lstm.reverse.forget_gate:0": "reads one way only",
        "gru.reset_gate:0": "is of another cell",
    }
    for text, sentence in lacks.items():
        assert sentence in refusal(check_hold, read_hold(text), LSTM, 10)
    for text in ("lstm.1.forget_gate.31@9:0", "lstm.forget_gate@0-9:0"):
        check_hold(read_hold(text), LSTM, 10)
    check_hold(read_hold("lstm.reverse.forget_gate:0"), BOTH_WAYS, 10)


def test_of_a_link_those_are_kept_that_these_models_have() -> None:
    def kept(text: str, *, steps: int = 10, has_other: bool = False) -> tuple[str, bool]:
        found = fitting(read_holds(text).holds, {"lstm": LSTM}, steps, has_other=has_other)
        return write_holds(found.holds), found.left_out

    assert kept("lstm.forget_gate@3-9:0,gru.reset_gate:0") == ("lstm.forget_gate@3-9:0", True)
    assert kept("lstm.forget_gate@3-99:0") == ("lstm.forget_gate@3-9:0", True), "it ends with the text"
    assert kept("lstm.forget_gate@30-99:0,lstm.forget_gate.99:0") == ("", True)
    assert kept("lstm.cell_state:other") == ("", True)
    assert kept("lstm.cell_state:other", has_other=True) == ("lstm.cell_state:other", False)
