from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from gateviz.errors import InputError, ShapeError, SignalError
from gateviz.textbook.conventions import FORMS
from gateviz.textbook.conversion import convert_weights, run_form

KINDS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
PAIRS = [(a, b) for a in FORMS for b in FORMS if a.cell == b.cell]


def torch_module(cell: str) -> tuple[Any, dict[str, np.ndarray]]:
    module = KINDS[cell](3, 4).double()
    return module, {name.removesuffix("_l0"): weight.numpy() for name, weight in module.state_dict().items()}


def inputs() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    return rng.normal(size=(9, 3)), rng.normal(size=4), rng.normal(size=4)


@pytest.mark.parametrize("cell", KINDS)
def test_the_pytorch_form_runs_as_torch_does(cell: str) -> None:
    module, weights = torch_module(cell)
    x, h, c = inputs()
    state = [torch.from_numpy(part)[None] for part in (h, c)]
    expected = module(torch.from_numpy(x), tuple(state) if cell == "lstm" else state[0])[0]
    np.testing.assert_allclose(run_form(cell, weights, "pytorch", x, h, c), expected.detach(), rtol=1e-12)


@pytest.mark.parametrize(("a", "b"), PAIRS, ids=lambda form: f"{form.cell}-{form.name}")
def test_converted_weights_give_the_same_states_wherever_r_is_in_the_same_place(a: Any, b: Any) -> None:
    _, start = torch_module(a.cell)
    weights = convert_weights(a.cell, start, "pytorch", a.name, exact=False)
    x, h, c = inputs()
    if a.reset != b.reset:
        with pytest.raises(InputError, match="which no weights can make equal"):
            convert_weights(a.cell, weights, a.name, b.name)
        return
    converted = convert_weights(a.cell, weights, a.name, b.name)
    ours = run_form(a.cell, weights, a.name, x, h, c)
    np.testing.assert_allclose(run_form(b.cell, converted, b.name, x, h, c), ours, rtol=1e-12)
    there_and_back = convert_weights(a.cell, converted, b.name, a.name)
    np.testing.assert_allclose(run_form(a.cell, there_and_back, a.name, x, h, c), ours, rtol=1e-12)


def test_r_before_or_after_the_product_is_another_network() -> None:
    _, weights = torch_module("gru")
    x, h, _ = inputs()
    moved = convert_weights("gru", weights, "pytorch", "d2l", exact=False)
    difference = np.abs(run_form("gru", moved, "d2l", x, h) - run_form("gru", weights, "pytorch", x, h))
    assert 0.01 < difference.max() < 1


def test_chungs_update_gate_is_one_minus_chos() -> None:
    _, start = torch_module("gru")
    cho = convert_weights("gru", start, "pytorch", "d2l", exact=False)
    chung = convert_weights("gru", cho, "d2l", "chung")
    np.testing.assert_array_equal(chung["W_z"], -cho["W_xz"].T)
    np.testing.assert_array_equal(chung["W_r"], cho["W_xr"].T)


def test_keras_stores_z_before_r_and_keeps_both_biases() -> None:
    _, weights = torch_module("gru")
    keras = convert_weights("gru", weights, "pytorch", "keras")
    assert (keras["kernel"].shape, keras["recurrent_kernel"].shape, keras["bias"].shape) == ((3, 12), (4, 12), (2, 12))
    np.testing.assert_array_equal(keras["kernel"][:, :4].T, weights["weight_ih"][4:8])


def test_the_lstm_of_d2l_is_written_by_hand_with_row_vectors() -> None:
    _, weights = torch_module("lstm")
    d2l = convert_weights("lstm", weights, "pytorch", "d2l")
    x, h, c = inputs()

    def gate(symbol: str) -> np.ndarray:
        return np.asarray(x[0] @ d2l[f"W_x{symbol}"] + h @ d2l[f"W_h{symbol}"] + d2l[f"b_{symbol}"])

    i, f, o = (1 / (1 + np.exp(-gate(symbol))) for symbol in "ifo")
    expected = o * np.tanh(f * c + i * np.tanh(gate("c")))
    np.testing.assert_allclose(run_form("lstm", weights, "pytorch", x, h, c)[0], expected, rtol=1e-12)


def test_weights_without_biases_are_read_as_zero() -> None:
    _, weights = torch_module("lstm")
    bare = {name: weight for name, weight in weights.items() if "bias" not in name}
    assert not convert_weights("lstm", bare, "pytorch", "keras")["bias"].any()


def test_names_that_do_not_belong_get_one_sentence() -> None:
    _, weights = torch_module("gru")
    with pytest.raises(ShapeError, match="the keras form has kernel, recurrent_kernel, bias"):
        convert_weights("gru", weights, "keras", "pytorch")
    with pytest.raises(SignalError, match="'gru, tensorflow': choose"):
        convert_weights("gru", weights, "pytorch", "tensorflow")
