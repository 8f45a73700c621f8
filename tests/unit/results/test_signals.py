"""What is said once of the signals holds for what is recorded."""

import pytest
import torch
from torch import nn

import gateviz
from gateviz.results.signals import GATES, KEEPS, SIGNALS, STATES, SUMMED
from gateviz.results.trace import CELLS, CellName

MODULES = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


@pytest.mark.parametrize("cell", CELLS)
def test_a_recording_has_these_signals_in_this_order(cell: CellName) -> None:
    layer = gateviz.record(MODULES[cell](2, 3), torch.randn(4, 1, 2)).layer(0)
    assert layer.signals == SIGNALS[cell]
    assert all(((layer[name] > 0) & (layer[name] < 1)).all() for name in GATES & set(layer.signals))


@pytest.mark.parametrize("cell", CELLS)
def test_those_with_a_sum_are_the_rows_of_the_weights_and_all_but_the_states(cell: CellName) -> None:
    module = MODULES[cell](2, 3)
    assert len(SUMMED[cell]) * 3 == len(module.weight_hh_l0)
    assert tuple(gateviz.contributions(module, torch.randn(4, 1, 2)).layer(0).sums) == SUMMED[cell]
    assert set(SUMMED[cell]) | STATES >= set(SIGNALS[cell])
    assert not set(SUMMED[cell]) & STATES


@pytest.mark.parametrize("cell", KEEPS)
def test_a_gate_that_keeps_leaves_the_state_as_it_was_where_it_is_one(cell: CellName) -> None:
    state = "cell_state" if cell == "lstm" else "hidden_state"
    shut = [gateviz.Clamp("input_gate", 0.0)] if cell == "lstm" else []
    start = torch.randn(1, 1, 3)
    given = (torch.zeros(1, 1, 3), start) if cell == "lstm" else start
    held = gateviz.run_with(MODULES[cell](2, 3), torch.randn(4, 1, 2), [gateviz.Clamp(KEEPS[cell], 1.0), *shut], given)
    assert (held.layer(0)[state] == start.numpy()).all()
    assert KEEPS[cell] in GATES


def test_no_signal_is_a_gate_and_a_state() -> None:
    assert not GATES & STATES
    assert {name for names in SIGNALS.values() for name in names} - GATES - STATES == {"preactivation", "candidate"}
