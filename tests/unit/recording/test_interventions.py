from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_sequence

import gateviz
from gateviz.errors import InputError, ShapeError, SignalError

KINDS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
SIGNALS = [
    ("rnn", "preactivation"),
    ("rnn", "hidden_state"),
    *(("lstm", s) for s in ("input_gate", "forget_gate", "candidate", "output_gate", "cell_state", "hidden_state")),
    *(("gru", s) for s in ("reset_gate", "update_gate", "candidate", "hidden_state")),
]


@pytest.mark.parametrize("seed", range(30))
def test_no_clamp_gives_exactly_what_record_gives(seed: int, random_case: Any) -> None:
    case = random_case(seed)
    plain = gateviz.record(case.module, case.inputs, case.initial_state)
    held = gateviz.run_with(case.module, case.inputs, [], case.initial_state)
    np.testing.assert_array_equal(held.output, plain.output)
    for ours, theirs in zip(held.layers, plain.layers, strict=True):
        for name in theirs.signals:
            np.testing.assert_array_equal(ours[name], theirs[name])


@pytest.mark.parametrize("seed", range(30))
def test_scaling_by_one_from_the_first_step_gives_the_same_network_by_the_other_path(
    seed: int, random_case: Any
) -> None:
    case = random_case(seed)
    plain = gateviz.record(case.module, case.inputs, case.initial_state)
    clamps = [
        gateviz.Clamp(name, scale=1.0, layer=layer.index, direction=layer.direction)
        for layer in plain.layers
        for name in layer.signals
    ]
    held = gateviz.run_with(case.module, case.inputs, clamps, case.initial_state)
    np.testing.assert_allclose(held.output, plain.output, rtol=1e-9, atol=1e-12)
    assert isinstance(held.final_state, type(plain.final_state))
    for ours, theirs in zip(held.final_state, plain.final_state, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)
    for ours, theirs in zip(held.layers, plain.layers, strict=True):
        for name in theirs.signals:
            np.testing.assert_allclose(ours[name], theirs[name], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("kind", "signal"), SIGNALS)
def test_a_held_signal_has_its_value_and_what_follows_obeys_the_equations(
    kind: str, signal: str, run_steps: Any
) -> None:
    module, inputs = KINDS[kind](2, 3).double(), torch.randn(6, 1, 2).double()
    plain = gateviz.record(module, inputs).layer(0)
    held = gateviz.run_with(module, inputs, [gateviz.Clamp(signal, 0.25, units=[0, 2], steps=3)]).layer(0)
    assert held[signal][0, 3, [0, 2]].tolist() == [0.25, 0.25]
    for name in plain.signals:
        np.testing.assert_array_equal(held[name][:, :3], plain[name][:, :3])  # nothing reaches back in time
    h = torch.from_numpy(held.hidden_state[0, 3])
    c = torch.from_numpy(held.cell_state[0, 3]) if kind == "lstm" else h
    with torch.no_grad():
        after = run_steps(module, "_l0", list(inputs[4:, 0]), h, c)
    for name in plain.signals:
        expected = torch.stack([step[name] for step in after])
        np.testing.assert_allclose(held[name][0, 4:], expected, rtol=1e-10)


def test_a_held_gate_is_read_by_the_equations_of_its_own_step() -> None:
    lstm = nn.LSTM(2, 3).double()
    held = gateviz.run_with(lstm, torch.randn(6, 1, 2).double(), [gateviz.Clamp("forget_gate", 0.0)]).layer(0)
    np.testing.assert_array_equal(held.cell_state, held.input_gate * held.candidate)
    np.testing.assert_allclose(held.hidden_state, held.output_gate * np.tanh(held.cell_state), rtol=1e-12)


def test_an_lstm_that_never_forgets_and_never_writes_keeps_its_first_cell_exactly() -> None:
    lstm, cell = nn.LSTM(2, 3), torch.randn(1, 1, 3)
    clamps = [gateviz.Clamp("forget_gate", 1.0), gateviz.Clamp("input_gate", 0.0)]
    held = gateviz.run_with(lstm, torch.randn(9, 1, 2), clamps, (torch.zeros(1, 1, 3), cell)).layer(0)
    assert np.array_equal(held.cell_state, np.broadcast_to(cell.numpy(), (1, 9, 3)))


def test_copying_every_state_from_another_run_gives_that_runs_output() -> None:
    gru, ours, theirs = nn.GRU(2, 3, 2), torch.randn(5, 1, 2), torch.randn(5, 1, 2)
    other = gateviz.record(gru, theirs)
    held = gateviz.run_with(gru, ours, [gateviz.Clamp("hidden_state", source=other, layer=-1)])
    np.testing.assert_array_equal(held.output, other.output)


def test_a_clamp_below_changes_the_layers_above_and_none_below() -> None:
    module, inputs = nn.LSTM(2, 3, 3), torch.randn(5, 1, 2)
    plain = gateviz.record(module, inputs)
    held = gateviz.run_with(module, inputs, [gateviz.Clamp("output_gate", 0.0, layer=1)])
    np.testing.assert_array_equal(held.layer(0).hidden_state, plain.layer(0).hidden_state)
    assert not held.layer(1).hidden_state.any()
    expected = gateviz.record(_top(module), torch.zeros(5, 1, 3))
    np.testing.assert_allclose(held.output, expected.output, rtol=1e-6)


def _top(module: nn.LSTM) -> nn.LSTM:
    top = nn.LSTM(3, 3)
    top.load_state_dict({f"{name[:-1]}0": value for name, value in module.state_dict().items() if name.endswith("l2")})
    return top


@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_a_packed_batch_is_held_as_each_of_its_sequences_would_be_alone(direction: Any) -> None:
    module = nn.LSTM(2, 3, bidirectional=True).double()
    sequences = [torch.randn(n, 2).double() for n in (3, 6, 4)]
    other = gateviz.record(module, pack_sequence([s.flip(1) for s in sequences], enforce_sorted=False))
    clamps = [
        gateviz.Clamp("cell_state", source=other, direction=direction, steps=1),
        gateviz.Clamp("forget_gate", scale=0.5, direction=direction),
    ]
    together = gateviz.run_with(module, pack_sequence(sequences, enforce_sorted=False), clamps)
    for number, sequence in enumerate(sequences):
        n, alone = len(sequence), gateviz.record(module, sequence.flip(1))
        alone_clamps = [gateviz.Clamp("cell_state", source=alone, direction=direction, steps=1), clamps[1]]
        expected = gateviz.run_with(module, sequence, alone_clamps)
        np.testing.assert_allclose(together.output[number, :n], expected.output[0], rtol=1e-10)
        assert np.isnan(together.output[number, n:]).all()
        for ours, theirs in zip(together.final_state, expected.final_state, strict=True):
            np.testing.assert_allclose(ours[:, number], theirs[:, 0], rtol=1e-10)


def test_a_value_may_be_an_array_over_batch_time_and_unit() -> None:
    gru, inputs = nn.GRU(2, 3, batch_first=True), torch.randn(2, 5, 2)
    value = np.linspace(0, 1, 30, dtype=np.float32).reshape(2, 5, 3)
    held = gateviz.run_with(gru, inputs, [gateviz.Clamp("update_gate", value)])
    np.testing.assert_array_equal(held.layer(0).update_gate, value)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_can_be_held_too(dtype: torch.dtype) -> None:
    module, inputs = nn.LSTM(2, 3).to(dtype), torch.randn(4, 1, 2).to(dtype)
    held = gateviz.run_with(module, inputs, [gateviz.Clamp("forget_gate", 0.5)])
    assert (held.layer(0).forget_gate == 0.5).all()
    assert held.output.dtype == gateviz.record(module, inputs).output.dtype


def test_the_module_is_left_as_it_was() -> None:
    module = nn.GRU(2, 3, 2, dropout=0.5)
    before, random_state = {k: v.clone() for k, v in module.state_dict().items()}, torch.get_rng_state()
    gateviz.run_with(module, torch.randn(4, 1, 2, generator=torch.Generator()), [gateviz.Clamp("candidate", 0.0)])
    assert module.training
    assert torch.equal(torch.get_rng_state(), random_state)
    assert all(torch.equal(before[name], value) for name, value in module.state_dict().items())


def test_a_clamp_that_cannot_be_says_so_in_one_sentence() -> None:
    module, inputs = nn.GRU(2, 3), torch.randn(4, 1, 2)

    def run(clamp: gateviz.Clamp, x: Tensor = inputs) -> None:
        gateviz.run_with(module, x, [clamp])

    with pytest.raises(SignalError, match=r"'forget_gate'.*choose 'reset_gate'"):
        run(gateviz.Clamp("forget_gate", 1.0))
    with pytest.raises(SignalError, match="layer 1 does not exist"):
        run(gateviz.Clamp("candidate", 1.0, layer=1))
    with pytest.raises(SignalError, match="unit 3 does not exist: choose from 0 to 2"):
        run(gateviz.Clamp("candidate", 1.0, units=3))
    with pytest.raises(SignalError, match=r"step \[0, 9\] does not exist"):
        run(gateviz.Clamp("candidate", 1.0, steps=[0, 9]))
    with pytest.raises(ShapeError, match=r"\(7,\).*\(1, 4, 3\)"):
        run(gateviz.Clamp("candidate", np.zeros(7)))
    with pytest.raises(ShapeError, match=r"\(1, 2, 3\).*\(1, 4, 3\)"):
        run(gateviz.Clamp("candidate", source=gateviz.record(module, inputs[:2])))
    with pytest.raises(InputError, match="value and scale"):
        gateviz.Clamp("candidate", 1.0, scale=2.0)
    with pytest.raises(InputError, match="none of them"):
        gateviz.Clamp("candidate")
