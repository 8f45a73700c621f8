"""The parts of each gate's sum are the products that torch's own unrolled network takes; they add up to the gate."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import gateviz
from gateviz.errors import InputError, ShapeError, SignalError

NAMES = {
    "RNN": ("preactivation",),
    "LSTM": ("input_gate", "forget_gate", "candidate", "output_gate"),
    "GRU": ("reset_gate", "update_gate", "candidate"),
}


def sigmoid(values: np.ndarray) -> np.ndarray:
    result: np.ndarray = 1 / (1 + np.exp(-values))
    return result


@pytest.mark.parametrize("seed", range(24))
def test_the_parts_add_up_to_every_gate_of_any_module(seed: int, random_case: Any) -> None:
    case = random_case(seed)
    trace = gateviz.record(case.module, case.inputs, case.initial_state)
    found = gateviz.contributions(case.module, case.inputs, case.initial_state)
    assert [(layer.index, layer.direction) for layer in found.layers] == [(x.index, x.direction) for x in trace.layers]
    for layer in trace.layers:
        sums = found.layer(layer.index, layer.direction)
        assert tuple(sums.sums) == NAMES[type(case.module).__name__]
        for name, part in sums.sums.items():
            total = part.inputs + part.bias
            if part.recurrent_bias is None:
                total += part.recurrent
            else:
                total += layer["reset_gate"] * (part.recurrent + part.recurrent_bias)
            squashed = total if name == "preactivation" else np.tanh(total) if name == "candidate" else sigmoid(total)
            np.testing.assert_allclose(squashed, layer[name], atol=1e-12)


@pytest.mark.parametrize("seed", range(12))
def test_each_part_is_one_product_of_the_unrolled_network(seed: int, random_case: Any, unroll: Any) -> None:
    case = random_case(seed)
    unrolled = unroll(case.module, case.sequences, case.initial_state)
    top = gateviz.contributions(case.module, case.inputs, case.initial_state).layer(-1)
    last = case.module.num_layers - 1
    w_ih, w_hh = (getattr(case.module, f"{name}_l{last}") for name in ("weight_ih", "weight_hh"))
    directions = ("forward", "reverse")[: 1 + case.module.bidirectional]
    for number, sequence in enumerate(case.sequences):
        below = sequence
        if last:
            steps = [unrolled.layers[last - 1, direction][number] for direction in directions]
            below = torch.cat([torch.stack([step["hidden_state"] for step in one]) for one in steps], dim=-1)
        h = torch.stack([step["hidden_state"] for step in unrolled.layers[last, "forward"][number]])
        for rows, name in enumerate(top.sums):
            part, length = top[name], len(sequence)
            own = slice(rows * case.module.hidden_size, (rows + 1) * case.module.hidden_size)
            np.testing.assert_allclose(part.inputs[number, :length], (below @ w_ih[own].T).detach(), atol=1e-12)
            expected = (h[:-1] @ w_hh[own].T).detach()  # from the second step on
            np.testing.assert_allclose(part.recurrent[number, 1:length], expected, atol=1e-12)
            assert np.isnan(part.inputs[number, length:]).all()


def test_a_grus_candidate_keeps_its_two_biases_apart_and_a_gate_sums_them() -> None:
    gru: Any = nn.GRU(2, 3)
    layer = gateviz.contributions(gru, torch.randn(4, 1, 2)).layer(0)
    b_ih, b_hh = gru.bias_ih_l0.detach().numpy(), gru.bias_hh_l0.detach().numpy()
    np.testing.assert_array_equal(layer["candidate"].bias, b_ih[6:])
    np.testing.assert_array_equal(layer["candidate"].recurrent_bias, b_hh[6:])
    np.testing.assert_array_equal(layer["update_gate"].bias, b_ih[3:6] + b_hh[3:6])
    assert layer["update_gate"].recurrent_bias is None


def test_before_the_first_step_a_zero_state_gives_nothing() -> None:
    part = gateviz.contributions(nn.LSTM(2, 3), torch.randn(4, 1, 2)).layer(0)["forget_gate"]
    assert not part.recurrent[:, 0].any()
    assert part.recurrent[:, 1:].all()


def test_what_it_hands_out_is_the_callers_own() -> None:
    lstm = nn.LSTM(2, 3)
    before = [parameter.clone() for parameter in lstm.parameters()]
    part = gateviz.contributions(lstm, torch.randn(4, 1, 2)).layer(0)["forget_gate"]
    part.bias[:] = part.inputs[:] = part.recurrent[:] = 7.0
    assert all(torch.equal(old, new) for old, new in zip(before, lstm.parameters(), strict=True))


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
def test_half_precision_is_summed_in_single(dtype: torch.dtype) -> None:
    gru = nn.GRU(2, 3).to(dtype)
    inputs = torch.randn(4, 1, 2).to(dtype)
    part = gateviz.contributions(gru, inputs).layer(0)["reset_gate"]
    assert part.inputs.dtype == part.recurrent.dtype == part.bias.dtype == np.float32
    gate = sigmoid(part.inputs + part.recurrent + part.bias)
    np.testing.assert_allclose(gate, gateviz.record(gru, inputs).layer(0)["reset_gate"].astype(np.float32), atol=2e-3)


def test_a_state_has_no_sum_and_wrong_inputs_are_refused_as_in_a_recording() -> None:
    layer = gateviz.contributions(nn.LSTM(2, 3), torch.randn(4, 1, 2)).layer(0)
    with pytest.raises(SignalError, match="'cell_state' is not a sum of this lstm: choose 'input_gate'"):
        layer["cell_state"]
    with pytest.raises(ShapeError, match="input_size"):
        gateviz.contributions(nn.LSTM(2, 3), torch.randn(4, 1, 5))


@pytest.mark.parametrize("seed", range(12))
def test_one_units_products_add_up_to_its_sum_in_any_module(seed: int, random_case: Any) -> None:
    case = random_case(seed)
    draw = np.random.default_rng(seed)
    for layer in gateviz.contributions(case.module, case.inputs, case.initial_state).layers:
        for name, part in layer.sums.items():
            step, unit = int(draw.integers(len(case.sequences[0]))), int(draw.integers(part.bias.size))
            products = layer.products(name, step, unit)
            total = part.inputs[0, step, unit] + part.bias[unit]
            factor = 1.0
            if part.recurrent_bias is not None:
                assert layer.reset is not None
                factor = layer.reset[0, step, unit]
                total += factor * part.recurrent_bias[unit]
            assert products.total == pytest.approx(total + factor * part.recurrent[0, step, unit], abs=1e-10)


def test_each_product_is_a_weight_of_the_module_times_what_it_weighs() -> None:
    torch.manual_seed(0)
    gru, x = nn.GRU(2, 3), torch.randn(4, 1, 2)
    trace = gateviz.record(gru, x).layer(0)
    products = gateviz.contributions(gru, x).layer(0).products("candidate", step=2, unit=1)
    row, r = 2 * 3 + 1, trace["reset_gate"][0, 2, 1]  # PyTorch's order is r, z, n
    w, u, b, c = (one.detach().numpy()[row] for one in gru.all_weights[0])
    seen = x[2, 0].numpy()
    named = {(one.source, one.component): one for one in products.products}
    assert list(named) == [("x", 0), ("x", 1), ("h", 0), ("h", 1), ("h", 2)]
    for k in range(2):
        assert named["x", k][2:] == pytest.approx((w[k], seen[k], 1, w[k] * seen[k]))
    for k in range(3):
        h = trace["hidden_state"][0, 1, k]
        assert named["h", k][2:] == pytest.approx((u[k], h, r, r * u[k] * h))
    assert products.bias == pytest.approx(b + r * c)
    sizes = [abs(one.product) for one in products.largest(3)]
    assert sizes == sorted((abs(one.product) for one in products.products), reverse=True)[:3]


def test_a_product_that_is_not_there_is_refused() -> None:
    layer = gateviz.contributions(nn.LSTM(2, 3), torch.randn(4, 1, 2)).layer(0)
    with pytest.raises(InputError, match="step is 4: give a whole number from 0 to 3"):
        layer.products("forget_gate", step=4, unit=0)
    with pytest.raises(InputError, match="unit is 3"):
        layer.products("forget_gate", step=0, unit=3)
    with pytest.raises(SignalError, match="'cell_state' is not a sum"):
        layer.products("cell_state", step=0, unit=0)
