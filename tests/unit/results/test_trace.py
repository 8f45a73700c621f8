import copy
import dataclasses
import pickle
import subprocess
import sys

import numpy as np
import pytest
import torch
from torch import nn

import gateviz
from gateviz.errors import SignalError
from gateviz.results.trace import vector_norm


@pytest.fixture
def trace() -> gateviz.Trace:
    return gateviz.record(nn.LSTM(2, 3, num_layers=2), torch.randn(5, 1, 2))


def test_the_signals_come_in_the_order_of_the_equations(trace: gateviz.Trace) -> None:
    names = ("input_gate", "forget_gate", "candidate", "output_gate", "cell_state", "hidden_state")
    assert trace.layer(0).signals == names
    assert all(trace.layer(0)[name].shape == (1, 5, 3) for name in names)


def test_a_signal_is_an_item_and_an_attribute(trace: gateviz.Trace) -> None:
    assert trace.layer(0).forget_gate is trace.layer(0)["forget_gate"]


def test_negative_layers_count_from_the_top(trace: gateviz.Trace) -> None:
    assert trace.layer(-1) is trace.layer(1)
    assert trace.layer(-2) is trace.layer(0)


def test_layers_and_directions_that_are_not_there_get_one_sentence(trace: gateviz.Trace) -> None:
    with pytest.raises(SignalError, match="layer 2 does not exist: the module has 2"):
        trace.layer(2)
    with pytest.raises(SignalError, match="'reverse' was not recorded"):
        trace.layer(0, "reverse")
    with pytest.raises(SignalError, match="'backward' is unknown: choose 'forward' or 'reverse'"):
        trace.layer(0, "backward")  # type: ignore[arg-type]


def test_an_attribute_that_is_not_there_lists_the_signals(trace: gateviz.Trace) -> None:
    with pytest.raises(AttributeError, match="'forget' is not a signal of this lstm: choose 'input_gate'"):
        _ = trace.layer(0).forget
    assert not hasattr(trace.layer(0), "forget")


def test_a_trace_is_frozen_but_can_be_given_tokens(trace: gateviz.Trace) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        trace.tokens = ("a",)  # type: ignore[misc]
    assert dataclasses.replace(trace, tokens=tuple("abcde")).tokens == ("a", "b", "c", "d", "e")


def test_a_trace_can_be_copied_and_pickled(trace: gateviz.Trace) -> None:
    for twin in (copy.deepcopy(trace), pickle.loads(pickle.dumps(trace))):  # noqa: S301
        assert np.array_equal(twin.layer(1).candidate, trace.layer(1).candidate)


def test_a_trace_says_what_it_is_in_three_lines(trace: gateviz.Trace) -> None:
    lines = repr(trace).splitlines()
    assert len(lines) == 3
    assert "LSTM" in lines[0]
    assert "layers 2" in lines[0]
    assert "steps 5" in lines[0]
    assert "forget_gate" in lines[1]
    assert "(1, 5, 3)" in lines[2]


def test_a_trace_as_a_dictionary_names_each_array(trace: gateviz.Trace) -> None:
    assert trace.to_dict()["layers.1.forward.forget_gate"] is trace.layer(1).forget_gate


def test_a_norm_survives_squares_that_would_underflow() -> None:
    tiny = np.full((2, 4), 1e-30, dtype=np.float32)
    np.testing.assert_allclose(vector_norm(tiny), [2e-30, 2e-30], rtol=1e-6)
    assert vector_norm(np.zeros((1, 3))).tolist() == [0.0]
    assert np.isnan(vector_norm(np.full((1, 3), np.nan))).all()


def test_results_and_statistics_need_no_torch() -> None:
    code = "import sys, gateviz.results.trace, gateviz.results.statistics; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
