import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from gateviz.textbook import scratch
from gateviz.textbook.cell import Cell
from tests.refusals import refusal

CELLS = [(scratch.RNN, nn.RNN), (scratch.LSTM, nn.LSTM), (scratch.GRU, nn.GRU)]
NAMES = {"W_x": "weight_ih_l0", "W_h": "weight_hh_l0", "b_x": "bias_ih_l0", "b_h": "bias_hh_l0"}


@pytest.mark.parametrize(("ours", "theirs"), CELLS)
def test_states_and_the_gradient_of_every_weight_equal_torchs(ours: Any, theirs: Any) -> None:
    module, x = theirs(3, 5).double(), torch.randn(12, 3).double().requires_grad_()
    start = [torch.randn(1, 5).double() for _ in range(2 if theirs is nn.LSTM else 1)]
    output, _ = module(x, tuple(start) if theirs is nn.LSTM else start[0])
    output.retain_grad()
    (output**3).sum().backward()
    weights = {name: getattr(module, torch_name).detach().numpy() for name, torch_name in NAMES.items()}
    cell = ours(weights)
    states = cell.forward(x.detach().numpy(), *(part[0].numpy() for part in start))
    np.testing.assert_allclose(states, output.detach(), rtol=1e-12)
    gradients = cell.backward(output.grad.numpy())
    for name, torch_name in NAMES.items():
        np.testing.assert_allclose(gradients[name], getattr(module, torch_name).grad, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(gradients["x"], x.grad, rtol=1e-10, atol=1e-14)  # type: ignore[arg-type]


KINDS = ("int8", "int64", "uint8", "bool", "float16", "float32", "float64", "longdouble", "list", "tensor")


def ones_and_zeros(*shape: int) -> np.ndarray:
    """Numbers that every kind of array can hold."""
    return np.random.default_rng(sum(shape)).integers(2, size=shape).astype(float)


def as_kind(kind: str, array: np.ndarray) -> Any:
    if kind == "list":
        return array.astype(int).tolist()
    return torch.from_numpy(array).to(torch.int32) if kind == "tensor" else array.astype(kind)


def plain_weights(cell: type[Cell], kind: str = "float64") -> dict[str, Any]:
    shapes = {
        "W_x": (5 * cell.gates, 3),
        "W_h": (5 * cell.gates, 5),
        "b_x": (5 * cell.gates,),
        "b_h": (5 * cell.gates,),
    }
    return {name: as_kind(kind, ones_and_zeros(*shape)) for name, shape in shapes.items()}


@pytest.mark.parametrize("ours", [ours for ours, _ in CELLS])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("of", ["x", "states", "d_h", "weights", "everything"])
def test_numbers_of_every_kind_give_the_results_of_the_same_numbers_in_float64(ours: Any, kind: str, of: str) -> None:
    x, d_h = ones_and_zeros(7, 3), ones_and_zeros(7, 5)
    states = [ones_and_zeros(5) for _ in range(2 if ours is scratch.LSTM else 1)]
    expected = ours(plain_weights(ours))
    hidden, gradients = expected.forward(x, *states), expected.backward(d_h)

    def given(part: str, array: np.ndarray) -> Any:
        return as_kind(kind, array) if of in (part, "everything") else array

    cell = ours(plain_weights(ours, kind) if of in ("weights", "everything") else plain_weights(ours))
    found = cell.forward(given("x", x), *(given("states", state) for state in states))
    np.testing.assert_array_equal(found, hidden, strict=True)
    for name, gradient in cell.backward(given("d_h", d_h)).items():
        assert gradient.dtype == np.float64
        np.testing.assert_array_equal(gradient, gradients[name], strict=True)


@pytest.mark.parametrize(("ours", "theirs"), CELLS)
def test_the_gradient_of_one_hot_rows_of_whole_numbers_is_torchs(ours: Any, theirs: Any) -> None:
    module, one_hot = theirs(3, 5).double(), np.eye(3, dtype=int)[[0, 2, 1, 1]]
    x = torch.tensor(one_hot, dtype=torch.float64, requires_grad=True)
    module(x)[0].sum().backward()
    cell = ours({name: getattr(module, torch_name).detach().numpy() for name, torch_name in NAMES.items()})
    cell.forward(one_hot, *([np.zeros(5, dtype=int)] * (2 if theirs is nn.LSTM else 1)))
    np.testing.assert_allclose(cell.backward(np.ones((4, 5), dtype=int))["x"], x.grad, rtol=1e-10)  # type: ignore[arg-type]


@pytest.mark.parametrize("ours", [ours for ours, _ in CELLS])
def test_a_sequence_of_no_steps_has_no_states_and_no_gradient(ours: Any) -> None:
    cell = ours(plain_weights(ours))
    states = cell.forward(np.zeros((0, 3)), *([np.zeros(5)] * (2 if ours is scratch.LSTM else 1)))
    assert states.shape == (0, 5)
    assert not any(gradient.any() for gradient in cell.backward(np.zeros((0, 5))).values())


@pytest.mark.parametrize("ours", [ours for ours, _ in CELLS])
def test_weights_that_are_trained_in_place_are_the_ones_that_count(ours: Any) -> None:
    weights = plain_weights(ours, "float32")
    cell, states = ours(weights), [np.zeros(5)] * (2 if ours is scratch.LSTM else 1)
    before = cell.forward(np.ones((4, 3)), *states)
    weights["b_x"] -= np.float32(0.5)
    assert (cell.forward(np.ones((4, 3)), *states) != before).any()


NOT_AN_ARRAY: list[Any] = [None, "text", {"a": 1}, [[1], [1, 2]], np.array(["a"]), np.array([1j]), np.array([None])]
WRONG: dict[str, list[Any]] = {
    "x": [*NOT_AN_ARRAY, 1.0, np.zeros(3), np.zeros((4, 2)), np.zeros((1, 4, 3))],
    "h": [*NOT_AN_ARRAY, 1.0, np.zeros(4), np.zeros((1, 5))],
    "c": [*NOT_AN_ARRAY, 1.0, np.zeros(4), np.zeros((1, 5))],
    "d_h": [*NOT_AN_ARRAY, 1.0, np.zeros(5), np.zeros((3, 5)), np.zeros((4, 4)), np.zeros((1, 4, 5))],
    "W_x": [*NOT_AN_ARRAY, np.zeros((4, 3)), np.zeros(3)],
    "W_h": [*NOT_AN_ARRAY, np.zeros((5, 4)), np.zeros(5)],
    "b_x": [*NOT_AN_ARRAY, np.zeros((1, 5)), np.zeros(4), 0.0],
    "b_h": [*NOT_AN_ARRAY, np.zeros((1, 5)), np.zeros(4), 0.0],
}


@pytest.mark.parametrize("ours", [ours for ours, _ in CELLS])
@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_what_does_not_fit_is_named_in_one_sentence(ours: Any, name: str, value: Any) -> None:
    if name == "c" and ours is not scratch.LSTM:
        return
    weights, given = plain_weights(ours), {"x": np.zeros((4, 3)), "h": np.zeros(5), "d_h": np.zeros((4, 5))}
    if ours is scratch.LSTM:
        given["c"] = np.zeros(5)
    (weights if name in weights else given)[name] = value

    def run() -> None:
        cell = ours(weights)
        cell.forward(*(given[part] for part in ("x", "h", "c") if part in given))
        cell.backward(given["d_h"])

    assert refusal(run).startswith(f"{name} ")


@pytest.mark.parametrize("ours", [ours for ours, _ in CELLS])
@pytest.mark.parametrize("weights", [None, [np.zeros((5, 3))], {}, {"W_x": np.zeros((5, 3))}, {1: 2}])
def test_weights_that_are_missing_are_listed(ours: Any, weights: Any) -> None:
    assert "W_x, W_h, b_x, b_h" in refusal(lambda: ours(weights))


@pytest.mark.parametrize("ours", [ours for ours, _ in CELLS])
def test_backward_before_forward_is_refused(ours: Any) -> None:
    assert "call forward first" in refusal(lambda: ours(plain_weights(ours)).backward(np.zeros((4, 5))))


@pytest.mark.parametrize(
    "call",
    [
        *(lambda value=value: scratch.sigmoid(value) for value in (None, "a", [1j])),
        *(lambda value=value: scratch.clip({"a": value}, 1.0) for value in NOT_AN_ARRAY),
        *(lambda value=value: scratch.clip(value, 1.0) for value in (None, [np.ones(2)], 3)),
        *(lambda limit=limit: scratch.clip({"a": np.ones(2)}, limit) for limit in (None, "1", -1, np.nan, [1.0], 1j)),
        *(
            lambda size=size: scratch.random_weights(size, 3, 5, np.random.default_rng(0))
            for size in (0, 1.5, "1", None)
        ),
        *(
            lambda size=size: scratch.random_weights(1, size, 5, np.random.default_rng(0))
            for size in (0, -3, True, [3])
        ),
        *(lambda size=size: scratch.random_weights(1, 3, size, np.random.default_rng(0)) for size in (0, -5, 2.0, "5")),
        *(lambda rng=rng: scratch.random_weights(1, 3, 5, rng) for rng in (None, 0, np.random)),
    ],
)
def test_the_other_functions_refuse_what_they_cannot_use(call: Callable[[], object]) -> None:
    refusal(call)


def test_clipping_takes_whole_numbers_and_half_precision() -> None:
    gradients = {"a": np.array([300, 0], dtype=np.int16), "b": np.array([400.0], dtype=np.float16)}  # 300^2 > 2^15
    clipped = scratch.clip(gradients, 50)
    np.testing.assert_allclose(clipped["a"], [30, 0], rtol=1e-6)
    np.testing.assert_allclose(clipped["b"], [40], rtol=1e-6)


@pytest.mark.parametrize(("ours", "_"), CELLS)
def test_each_cell_fits_on_a_page(ours: Any, _: Any) -> None:
    assert len(inspect.getsource(ours).splitlines()) < 60


def test_clipping_shortens_all_gradients_by_one_factor_as_torch_does() -> None:
    gradients = {"a": np.array([3.0, 0.0]), "b": np.array([[0.0], [4.0]])}
    parameters = [nn.Parameter(torch.zeros(2)), nn.Parameter(torch.zeros(2, 1))]
    for parameter, gradient in zip(parameters, gradients.values(), strict=True):
        parameter.grad = torch.tensor(gradient, dtype=torch.float32)
    torch.nn.utils.clip_grad_norm_(parameters, 1.0)
    for parameter, clipped in zip(parameters, scratch.clip(gradients, 1.0).values(), strict=True):
        np.testing.assert_allclose(clipped, parameter.grad, rtol=1e-6)  # type: ignore[arg-type]
    assert np.array_equal(scratch.clip(gradients, 9.0)["a"], gradients["a"])


def test_sigmoid_stays_finite_far_out() -> None:
    assert scratch.sigmoid(np.array([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]


def test_a_network_written_by_hand_learns_to_remember_its_first_input() -> None:
    rng = np.random.default_rng(0)
    lstm = scratch.LSTM(scratch.random_weights(4, 1, 8, rng))
    x = rng.choice([-1.0, 1.0], size=(32, 6, 1))
    losses = []
    for _ in range(150):
        loss, sums = 0.0, {name: np.zeros_like(weight) for name, weight in lstm.weights.items()}
        for sequence in x:
            error = lstm.forward(sequence, np.zeros(8), np.zeros(8))[-1, 0] - 0.5 * sequence[0, 0]
            d_h = np.zeros((6, 8))
            d_h[-1, 0] = 2 * error / len(x)
            gradients = lstm.backward(d_h)
            loss += error**2 / len(x)
            sums = {name: total + gradients[name] for name, total in sums.items()}
        losses.append(loss)
        for name, step in scratch.clip(sums, 1.0).items():
            lstm.weights[name] -= 2.0 * step
    assert losses[-1] < 0.2 * losses[0]
