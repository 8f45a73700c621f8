"""A picture holds what the runs say, in the words that it is given, whoever mounts it."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import gateviz
from gateviz import viewer
from gateviz.errors import SignalError
from gateviz.figures.places import state_limit
from gateviz.i18n import translator
from gateviz.results.answers import expected_next
from gateviz.results.arrangement import arrange
from gateviz.results.signals import GATES
from gateviz.results.trace import CELLS, CellName
from gateviz.viewer.packing.picture import SHOWN, Run, limits_of, picture, signals_of, squash_of
from tests.packed import unpack
from tests.unit.viewer.packing.small_runs import ENGLISH, RUNS, TEXT, TOKENS, run_of


def test_the_signals_are_the_traces_to_four_digits() -> None:
    header, signals = unpack(picture(RUNS, TEXT, TOKENS, say=ENGLISH))
    assert list(signals) == list(header["cells"]) == list(CELLS)
    for cell, run in RUNS.items():
        assert tuple(signals[cell]) == SHOWN[cell]
        for name, values in signals[cell].items():
            np.testing.assert_allclose(values, run.trace.layer(0)[name][0], rtol=2.0**-16)


@pytest.mark.parametrize(("layer", "direction"), [(0, "reverse"), (1, "forward"), (-1, "reverse")])
def test_another_layer_and_direction_can_be_asked_for(layer: int, direction: Any) -> None:
    run = run_of("gru", num_layers=2, bidirectional=True)
    header, signals = unpack(picture({"gru": run}, TEXT, TOKENS, layer=layer, direction=direction, say=ENGLISH))
    assert header["reverse"] == (direction == "reverse")
    expected = run.trace.layer(layer, direction)["update_gate"][0]
    np.testing.assert_allclose(signals["gru"]["update_gate"], expected, rtol=2.0**-16)
    with pytest.raises(SignalError):
        picture(RUNS, TEXT, TOKENS, layer=1, say=ENGLISH)


def test_the_header_says_what_was_read_and_what_was_expected() -> None:
    header, _ = unpack(picture(RUNS, TEXT, TOKENS, say=ENGLISH))
    assert header["text"] == TEXT
    assert [(token["text"], token["known"]) for token in header["tokens"]] == [(c, c != ">") for c in TEXT]
    assert header["units"] == {"rnn": 6, "lstm": 9, "gru": 7}
    assert header["captions"] == {"rnn": "6 units", "lstm": "9 units", "gru": "7 units"}
    for found in header["expected"].values():
        assert found["guesses"][0] == [" ", "<", "b", "a"]
        assert found["probabilities"][0] == [0.4, 0.3, 0.2, 0.1]
        assert found["came"] == [0.4, 0.3, 0.2, None, None]
        assert found["surprise"][0] == pytest.approx(-np.log2(0.4), rel=1e-5)


def test_what_a_decoder_wrote_does_not_surprise_it() -> None:
    written = expected_next(np.zeros((5, 4)), "ab< ", "ab<ab", asked_from=2, written=True)
    header, _ = unpack(picture({"gru": replace(RUNS["gru"], expected=written)}, TEXT, TOKENS, say=ENGLISH))
    found = header["expected"]["gru"]
    assert (found["kind"], found["asked_from"], found["wrote"]) == ("text", 2, ["b", "<", "a", "b", None])
    assert found["came"] == [None, None, 0.25, 0.25, None]
    assert found["surprise"] == [None] * 5


@pytest.mark.parametrize(("choices", "bits"), [(2, 2), (4, 3), (69, 8), (812, 13), (4000, 16)])
def test_the_scale_of_surprise_is_that_of_the_number_of_choices(choices: int, bits: int) -> None:
    found = expected_next(np.zeros((5, choices)), [str(index) for index in range(choices)], "ab<ab")
    runs = {**RUNS, "gru": replace(RUNS["gru"], expected=found)}
    header, _ = unpack(picture(runs, TEXT, TOKENS, say=ENGLISH))
    assert header["most_bits"] == max(bits, 3)
    assert bits - 1 < 1.3 * np.log2(choices) <= bits


def test_the_unit_to_begin_with_is_one_that_every_architecture_has_and_the_liveliest() -> None:
    header, _ = unpack(picture(RUNS, TEXT, TOKENS, say=ENGLISH))
    spread = RUNS["lstm"].trace.layer(0)["hidden_state"][0].std(axis=0)
    assert header["unit"] == spread[:6].argmax()
    assert 0 <= header["step"] < len(TEXT)


def test_a_state_has_one_limit_for_all_architectures_and_a_gate_none() -> None:
    header, _ = unpack(picture(RUNS, TEXT, TOKENS, say=ENGLISH))
    assert set(header["limits"]) == {name for names in SHOWN.values() for name in names} - GATES
    assert header["limits"]["cell_state"] == state_limit(RUNS["lstm"].trace.layer(0)["cell_state"][0])
    assert limits_of(signals_of(RUNS["gru"].trace)) == {"hidden_state": 1.0, "candidate": 1.0}


def test_the_browser_is_told_which_signals_are_gates_and_has_no_list_of_its_own() -> None:
    header, _ = unpack(picture(RUNS, TEXT, TOKENS, say=ENGLISH))
    assert header["gates"] == sorted(GATES)
    gates = {path.name: set(re.findall(r"\w+_gate", path.read_text("utf-8"))) for path in viewer.JS.rglob("*.js")}
    lists = {name for name, found in gates.items() if found >= GATES}
    assert lists == {"beats.js", "equations.js", "cells.js", "backward.js", "step_factors.js"}, (
        "which explain or compute each by name"
    )


def test_a_plain_rnn_may_have_a_relu_and_then_its_states_have_the_limit_that_they_need() -> None:
    torch.manual_seed(1)
    module = nn.RNN(3, 6, batch_first=True, nonlinearity="relu")
    trace = gateviz.record(module, 8 * torch.randn(1, len(TEXT), 3))
    assert (squash_of(trace), squash_of(RUNS["rnn"].trace), squash_of(RUNS["lstm"].trace)) == ("relu", "tanh", "tanh")
    header, _ = unpack(picture({**RUNS, "rnn": replace(RUNS["rnn"], trace=trace)}, TEXT, TOKENS, say=ENGLISH))
    assert header["squashes"] == {"rnn": "relu", "lstm": "tanh", "gru": "tanh"}
    assert header["limits"]["hidden_state"] == state_limit(trace.layer(0)["hidden_state"][0]) > 1


@pytest.mark.parametrize("language", translator.languages())
def test_the_texts_are_those_of_the_language(language: str) -> None:
    said = translator.load(language)
    header, _ = unpack(picture(RUNS, TEXT, TOKENS, say=said))
    assert header["texts"]["expects"] == said("viewer.expects")
    assert header["texts"]["signals"]["gru"]["candidate"] == said("signal.gru.candidate")
    assert header["texts"]["symbols"]["lstm"]["candidate"] == said("symbol.candidate")


def test_the_same_picture_has_the_same_name_and_another_one_another() -> None:
    def name(runs: dict[CellName, Run] = RUNS, text: str = TEXT, language: str = "en") -> str:
        return str(unpack(picture(runs, text, TOKENS, say=translator.load(language)))[0]["id"])

    assert name() == name()
    others = [
        name(text="a <B>"),
        name(language="zh"),
        name({"lstm": RUNS["lstm"]}),
        name({**RUNS, "rnn": run_of("rnn", nonlinearity="relu")}),
        name({**RUNS, "gru": replace(RUNS["gru"], caption="another")}),
    ]
    assert len({name(), *others}) == 1 + len(others)


def test_the_rows_can_be_sorted_by_what_the_units_did() -> None:
    header, _ = unpack(picture(RUNS, TEXT, TOKENS, say=ENGLISH))
    for cell, run in RUNS.items():
        layer, orders = run.trace.layer(0), header["orders"][cell]
        few = orders.pop("few")
        assert all(sorted(order) == list(range(header["units"][cell])) for order in orders.values())
        assert few == [unit for unit in orders["cluster"] if unit in few]
        assert [few[group] for group in header["groups"][cell]] == list(range(header["units"][cell])), "one row a unit"
        size = np.abs(layer["hidden_state"][0]).mean(axis=0)[orders["activity"]]
        assert (np.diff(size) <= 0).all(), "the liveliest on top"
    kept = RUNS["lstm"].trace.layer(0)["forget_gate"][0].mean(axis=0)[header["orders"]["lstm"]["half_life"]]
    assert (np.diff(kept) <= 1e-7).all(), "what is kept longest on top"


def test_of_many_units_few_stand_for_all_and_every_cell_has_its_gates_first() -> None:
    run = run_of("lstm", units=40)
    header, signals = unpack(picture({"lstm": run}, TEXT, TOKENS, say=ENGLISH))
    found = arrange(signals_of(run.trace))
    assert header["orders"]["lstm"]["few"] == found.rows.tolist()
    assert header["groups"]["lstm"] == found.groups.tolist()
    assert len(found.rows) == 32
    assert header["maps"]["lstm"] == ["forget_gate", "input_gate", "output_gate", "cell_state"]
    assert header["map_heights"]["lstm"] == {"few": 64, "all": 80}
    assert set(header["maps"]["lstm"]) < set(signals["lstm"])


def test_a_projected_hidden_state_has_fewer_units_than_the_maps_have_rows() -> None:
    run = run_of("lstm", units=9, proj_size=4)
    header, signals = unpack(picture({"lstm": run}, TEXT, TOKENS, say=ENGLISH))
    assert header["units"] == {"lstm": 9}
    assert signals["lstm"]["hidden_state"].shape[1] == 4
    assert all(sorted(order) == list(range(9)) for order in header["orders"]["lstm"].values())
