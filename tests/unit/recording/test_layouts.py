"""Every way in which torch takes a batch is read as it is meant; what does not fit gets a sentence."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

import gateviz
from gateviz.errors import ShapeError


@pytest.mark.parametrize(
    ("inputs", "state", "words"),
    [
        (np.zeros((4, 1, 2)), None, "ndarray"),
        (torch.zeros(4), None, r"\(4,\)"),
        (torch.zeros(4, 1, 3), None, r"\(4, 1, 3\).*time, batch, 2"),
        (torch.zeros(0, 1, 2), None, "no steps"),
        (torch.zeros(4, 1, 2, dtype=torch.int64), None, "int64.*float32"),
        (torch.zeros(4, 1, 2).double(), None, "float64.*float32"),
        (torch.zeros(4, 1, 2), torch.zeros(1, 1, 3), r"pair \(h, c\)"),
        (torch.zeros(4, 1, 2), (torch.zeros(1, 1, 3), torch.zeros(1, 1, 2)), r"\(1, 1, 2\): give \(1, 1, 3\)"),
        (torch.zeros(4, 1, 2), (torch.zeros(1, 1, 3), torch.zeros(1, 1, 3).double()), "float64"),
        (torch.zeros(4, 2), (torch.zeros(1, 1, 3), torch.zeros(1, 1, 3)), r"give \(1, 3\)"),
    ],
)
def test_inputs_that_do_not_fit_get_one_sentence(inputs: Any, state: Any, words: str) -> None:
    with pytest.raises(ShapeError, match=words):
        gateviz.record(nn.LSTM(2, 3), inputs, state)


def test_an_empty_packed_feature_axis_is_refused_too() -> None:
    packed = PackedSequence(torch.zeros(3, 4), torch.tensor([2, 1]))
    with pytest.raises(ShapeError, match=r"\(3, 4\)"):
        gateviz.record(nn.LSTM(2, 3), packed)


class Named(torch.Tensor):
    """A tensor that carries a name, as other libraries make them."""


def test_a_tensor_of_another_class_is_read_as_its_numbers() -> None:
    module, inputs = nn.LSTM(2, 3), torch.randn(4, 1, 2)
    expected = gateviz.record(module, inputs).output
    views = torch.stack([inputs, -inputs], dim=-1)
    negated = torch.view_as_complex(views).conj().imag  # torch notes the sign, and negates when the numbers are used
    assert negated.is_neg()
    for given in (inputs.as_subclass(Named), nn.Parameter(inputs), negated):
        np.testing.assert_array_equal(gateviz.record(module, given).output, expected)


def test_a_pair_of_states_may_be_a_list() -> None:
    module, inputs, h, c = nn.LSTM(2, 3), torch.randn(4, 1, 2), torch.randn(1, 1, 3), torch.randn(1, 1, 3)
    given: Any = [h, c]
    expected = gateviz.record(module, inputs, (h, c)).output
    np.testing.assert_array_equal(gateviz.record(module, inputs, given).output, expected)


@pytest.mark.parametrize("enforce_sorted", [True, False])
def test_a_packed_batch_is_the_same_whether_it_was_sorted_or_not(enforce_sorted: bool) -> None:
    module, inputs, lengths = nn.GRU(2, 3), torch.randn(4, 3, 2), torch.tensor([4, 2, 1])
    packed = pack_padded_sequence(inputs, lengths, enforce_sorted=enforce_sorted)
    trace = gateviz.record(module, packed)
    assert trace.lengths.tolist() == [4, 2, 1]
    for number, length in enumerate(lengths.tolist()):
        alone = gateviz.record(module, inputs[:length, number]).output[0]
        np.testing.assert_allclose(trace.output[number, :length], alone, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM, nn.GRU])
@pytest.mark.parametrize("options", [{}, {"bidirectional": True}, {"num_layers": 2, "batch_first": True}])
def test_a_batch_of_nothing_gives_results_of_nothing(kind: Any, options: dict[str, Any]) -> None:
    module = kind(2, 3, **options)
    inputs = torch.zeros(0, 4, 2) if module.batch_first else torch.zeros(4, 0, 2)
    trace = gateviz.record(module, inputs)
    assert trace.output.shape == (0, 4, 3 * trace.num_directions)
    held = gateviz.run_with(module, inputs, [gateviz.Clamp("hidden_state", 0.5, steps=2)])
    assert held.layer(-1)["hidden_state"].shape == (0, 4, 3)
    sums = gateviz.contributions(module, inputs).layer(0)
    assert {part.inputs.shape for part in sums.sums.values()} == {(0, 4, 3)}
    assert repr(trace)


@pytest.mark.parametrize("kind", [nn.RNNCell, nn.LSTMCell, nn.GRUCell])
def test_a_cell_takes_a_batch_of_nothing_too(kind: Any) -> None:
    assert gateviz.record(kind(2, 3), torch.zeros(0, 2)).output.shape == (0, 1, 3)
    assert gateviz.record(kind(2, 3), torch.zeros(5, 0, 2)).output.shape == (0, 5, 3)
