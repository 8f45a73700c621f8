from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from gateviz.errors import InputError, ShapeError, SignalError
from gateviz.textbook.conventions import FORMS, Form
from gateviz.textbook.conversion import convert_weights, run_form
from tests.refusals import refusal

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


KERAS_GATES = {"lstm": "ifco", "gru": "zrh"}


class KerasCell:
    """A layer of Keras written out by hand: a row vector x times W, each gate with its own matrices and two biases."""

    def __init__(self, cell: str, reset_after: bool = True) -> None:
        rng = np.random.default_rng(5)
        self.cell, self.gates, self.reset_after = cell, KERAS_GATES[cell], reset_after
        self.w, self.u = ({gate: rng.normal(size=(size, 4)) for gate in self.gates} for size in (3, 4))
        self.b, self.b_state = ({gate: rng.normal(size=4) for gate in self.gates} for _ in range(2))

    def run(self, x: np.ndarray, h: np.ndarray, c: np.ndarray) -> np.ndarray:
        states = []
        for x_t in x:
            at = {
                gate: x_t @ self.w[gate] + self.b[gate] + h @ self.u[gate] + self.b_state[gate] for gate in self.gates
            }
            sigmoid = {gate: 1 / (1 + np.exp(-sums)) for gate, sums in at.items()}
            if self.cell == "lstm":
                c = sigmoid["f"] * c + sigmoid["i"] * np.tanh(at["c"])
                h = sigmoid["o"] * np.tanh(c)
            else:
                z, r = sigmoid["z"], sigmoid["r"]
                after = r * (h @ self.u["h"] + self.b_state["h"])
                before = (r * h) @ self.u["h"] + self.b_state["h"]
                seen = after if self.reset_after else before
                h = z * h + (1 - z) * np.tanh(x_t @ self.w["h"] + self.b["h"] + seen)
            states.append(h)
        return np.array(states)

    def stored(self, kind: str) -> dict[str, np.ndarray]:
        """As Keras stores it."""
        b, b_state = (np.concatenate([part[gate] for gate in self.gates]) for part in (self.b, self.b_state))
        if kind == "cudnn":
            kernel = np.hstack([in_cudnns_memory(self.w[gate]) for gate in self.gates])
            recurrent = np.hstack([self.u[gate].T for gate in self.gates])
            return {"kernel": kernel, "recurrent_kernel": recurrent, "bias": np.concatenate([b, b_state])}
        bias = np.stack([b, b_state]) if kind == "two biases" else b + b_state
        kernel, recurrent = (np.hstack([part[gate] for gate in self.gates]) for part in (self.w, self.u))
        return {"kernel": kernel, "recurrent_kernel": recurrent, "bias": bias}


def in_cudnns_memory(matrix: np.ndarray) -> np.ndarray:
    """One gate's (input, unit) as CuDNNLSTM keeps it: the weights of one unit after the other, in the same shape."""
    inputs, units = matrix.shape
    stored = np.empty(matrix.size)
    for unit in range(units):
        for number in range(inputs):
            stored[unit * inputs + number] = matrix[number, unit]
    return stored.reshape(inputs, units)


KERAS = [  # the layer, how it is stored, whether r comes after the product, the form's name, an exact target
    ("lstm", "one bias", True, "keras", "pytorch"),
    ("lstm", "cudnn", True, "cudnn", "pytorch"),
    ("gru", "two biases", True, "keras", "pytorch"),
    ("gru", "cudnn", True, "cudnn", "pytorch"),
    ("gru", "one bias", False, "keras_reset_before", "d2l"),
]


@pytest.mark.parametrize(("cell", "kind", "after", "name", "target"), KERAS)
def test_keras_weights_of_every_kind_are_told_by_their_bias_and_run_as_keras_does(
    cell: str, kind: str, after: bool, name: str, target: str
) -> None:
    keras, (x, h, c) = KerasCell(cell, after), inputs()
    weights, expected = keras.stored(kind), keras.run(x, h, c)
    for source in ("keras", name):
        np.testing.assert_allclose(run_form(cell, weights, source, x, h, c), expected, rtol=1e-10)
        converted = convert_weights(cell, weights, source, target)
        np.testing.assert_allclose(run_form(cell, converted, target, x, h, c), expected, rtol=1e-10)
    if target == "pytorch":
        module: Any = KINDS[cell](3, 4).double()
        module.load_state_dict({f"{key}_l0": torch.from_numpy(weight) for key, weight in converted.items()})
        state = [torch.from_numpy(part)[None] for part in (h, c)]
        found = module(torch.from_numpy(x), tuple(state) if cell == "lstm" else state[0])[0]
        np.testing.assert_allclose(found.detach(), expected, rtol=1e-10)


@pytest.mark.parametrize(("cell", "kind", "after", "name", "target"), KERAS)
def test_what_goes_to_keras_and_back_is_what_it_was(cell: str, kind: str, after: bool, name: str, target: str) -> None:
    weights = KerasCell(cell, after).stored(kind)
    there = convert_weights(cell, weights, "keras", target)
    back = convert_weights(cell, there, target, name)
    assert {key: weight.shape for key, weight in back.items()} == {key: weight.shape for key, weight in weights.items()}
    for key in ("kernel", "recurrent_kernel"):
        np.testing.assert_array_equal(back[key], weights[key])


def test_a_cudnn_block_is_turned_as_keras_own_loader_turns_it() -> None:
    """CuDNNLSTM -> LSTM of this 2 x 3 block, worked out from the reshape that Keras 2 does when it loads weights."""
    block, turned = np.array([[0.0, 3, 1], [4, 2, 5]]), np.array([[0.0, 1, 2], [3, 4, 5]])
    np.testing.assert_array_equal(in_cudnns_memory(turned), block)
    weights = {"kernel": np.hstack([block] * 4), "recurrent_kernel": np.zeros((3, 12)), "bias": np.zeros(24)}
    np.testing.assert_array_equal(convert_weights("lstm", weights, "keras", "keras")["kernel"][:, :3], turned)


@pytest.mark.parametrize("target", ["pytorch", "keras", "cudnn"])
def test_a_gru_with_r_before_the_product_is_not_made_one_with_r_after_it(target: str) -> None:
    weights = KerasCell("gru", reset_after=False).stored("one bias")
    assert "keras_reset_before applies r before" in refusal(convert_weights, "gru", weights, "keras", target)


def test_keras_weights_without_a_bias_are_those_of_the_default_layer() -> None:
    weights = KerasCell("gru").stored("two biases")
    bare = {name: weight for name, weight in weights.items() if name != "bias"}
    x, h, _ = inputs()
    with_zeros = {**weights, "bias": np.zeros((2, 12))}
    np.testing.assert_array_equal(run_form("gru", bare, "keras", x, h), run_form("gru", with_zeros, "keras", x, h))
    assert (run_form("gru", bare, "keras", x, h) != run_form("gru", bare, "keras_reset_before", x, h)).any()


def stored_in(known: Form) -> dict[str, np.ndarray]:
    return convert_weights(known.cell, torch_module(known.cell)[1], "pytorch", known.name, exact=False)


def wrong_arrays(right: np.ndarray, free: int | None = None) -> list[Any]:
    """Of the same numbers: an axis too long, too short, missing or too many; and what is no array of real numbers.

    The free axis may have any length.
    """
    axes = [axis for axis in range(right.ndim) if axis != free]
    longer = [np.concatenate([right, right.take([0], axis)], axis) for axis in axes]
    shorter = [right.take(range(right.shape[axis] - 1), axis) for axis in axes]
    return [*longer, *shorter, right[None], right[0], right.astype(complex), right.astype(str), None, "text", {}]


@pytest.mark.parametrize("known", FORMS, ids=lambda known: f"{known.cell}-{known.name}")
def test_weights_of_a_wrong_shape_or_name_are_refused_in_every_form(known: Form) -> None:
    right, (x, h, c) = stored_in(known), inputs()
    one_input = sum(not name.startswith("b") for name in right) == 2  # then its width may be any
    wrong: list[Any] = [{**right, "other": x}, {**right, 3: x}, {}, None, list(right.values()), "weights"]
    for name, array in right.items():
        free = array.shape.index(3) if one_input and 3 in array.shape else None
        others = wrong_arrays(array, free)
        if array.shape == (2, 12):
            others = [other for other in others if np.shape(other) != (12,)]  # that is GRU(reset_after=False)
        wrong += [{**right, name: other} for other in others]
        if not name.startswith("b"):
            wrong.append({other: right[other] for other in right if other != name})
    for weights in wrong:
        refusal(convert_weights, known.cell, weights, known.name, "pytorch", exact=False)
        refusal(run_form, known.cell, weights, known.name, x, h, c)


@pytest.mark.parametrize("known", FORMS, ids=lambda known: f"{known.cell}-{known.name}")
def test_a_sequence_or_a_state_of_a_wrong_shape_is_refused_in_every_form(known: Form) -> None:
    right, (x, h, c) = stored_in(known), inputs()
    for wrong in wrong_arrays(x, free=0):
        assert refusal(run_form, known.cell, right, known.name, wrong, h, c).startswith("x ")
    for wrong in wrong_arrays(h):
        assert refusal(run_form, known.cell, right, known.name, x, wrong, c).startswith("h ")
    for wrong in wrong_arrays(c):
        if wrong is not None:
            assert refusal(run_form, known.cell, right, known.name, x, h, wrong).startswith("c ")
    assert run_form(known.cell, right, known.name, x[:0], h).shape == (0, 4)


@pytest.mark.parametrize("wrong", [None, 3, "", "LSTM", "lstm\nlstm", ["lstm"], np.array(["lstm", "gru"]), nn.LSTM])
def test_a_form_that_is_not_there_lists_those_that_are(wrong: Any) -> None:
    weights = torch_module("lstm")[1]
    for cell, source, target in ((wrong, "pytorch", "keras"), ("lstm", wrong, "keras"), ("lstm", "pytorch", wrong)):
        assert "'lstm, pytorch'" in refusal(convert_weights, cell, weights, source, target)


def test_whole_numbers_and_half_precision_convert_to_float64() -> None:
    for kind in ("int8", "bool", "float16", "float32"):
        weights = {name: (weight > 0).astype(kind) for name, weight in torch_module("lstm")[1].items()}
        assert {weight.dtype for weight in convert_weights("lstm", weights, "pytorch", "keras").values()} == {
            np.dtype(float)
        }
