"""An encoder and its decoder as one, against torch's own forward and autograd on both of them unrolled."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence

from gateviz.gradients.chains import Chain
from gateviz.results.trace import CELLS, CellName
from tests.refusals import refusal
from tests.unit.unrolled import Unrolled

KINDS: dict[str, Any] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


def chain(cell: str, *, layers: int = 2, batch: int = 3) -> Chain:
    torch.manual_seed(1)
    first, second = (KINDS[cell](4, 6, layers, batch_first=True).double() for _ in range(2))
    return Chain(first, torch.randn(batch, 7, 4).double(), second, torch.randn(batch, 5, 4).double())


def loss(output: Any) -> Any:
    return output[:, 3].square().sum()


@pytest.mark.parametrize("cell", CELLS)
def test_the_second_module_goes_on_from_the_state_of_the_first(cell: str) -> None:
    pair = chain(cell)
    trace = pair.record()
    read, state = pair.first(pair.first_inputs)
    written, final = pair.second(pair.second_inputs, state)
    assert trace.output == pytest.approx(torch.cat((read, written), dim=1).detach().numpy(), abs=1e-9)
    assert trace.layer(1)["hidden_state"] == pytest.approx(trace.output)
    assert trace.lengths.tolist() == [12, 12, 12]
    ends = trace.final_state if isinstance(trace.final_state, tuple) else (trace.final_state,)
    for ours, theirs in zip(ends, final if isinstance(final, tuple) else (final,), strict=True):
        assert ours == pytest.approx(theirs.detach().numpy(), abs=1e-9)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 2])
def test_a_loss_at_one_step_of_the_decoder_reaches_every_state_of_both(cell: str, layers: int, unroll: Any) -> None:
    pair = chain(cell, layers=layers)
    flow = pair.gradient_flow(loss)
    sequences: list[tuple[Unrolled, Unrolled]] = []
    for row in range(3):
        read: Unrolled = unroll(pair.first, [pair.first_inputs[row]])
        ends = [read.layers[layer, "forward"][0][-1] for layer in range(layers)]
        h = torch.stack([end["hidden_state"] for end in ends])[:, None]
        c = torch.stack([end["cell_state"] for end in ends])[:, None] if cell == "lstm" else None
        sequences.append((read, unroll(pair.second, [pair.second_inputs[row]], h if c is None else (h, c))))
    total = loss(torch.cat([written.padded_output() for _, written in sequences]))
    total.backward()
    assert flow.loss == pytest.approx(total.item())
    for layer in range(layers):
        for name in ("hidden_state", "cell_state")[: 1 + (cell == "lstm")]:
            expected = np.concatenate(
                [np.concatenate([part.gradient(layer, "forward", name) for part in both], axis=1) for both in sequences]
            )
            assert flow.layer(layer)[name] == pytest.approx(expected, rel=1e-6, abs=1e-12)
            assert (np.abs(expected[:, :11]).max(axis=-1) > 0).all()  # and it is no empty agreement
    inputs = np.concatenate([np.concatenate([part.input_gradient() for part in both], axis=1) for both in sequences])
    assert flow.inputs == pytest.approx(inputs, rel=1e-6, abs=1e-12)


NAMES = {
    "rnn": ("preactivation",),
    "lstm": ("input_gate", "forget_gate", "candidate", "output_gate"),
    "gru": ("reset_gate", "update_gate", "candidate"),
}


@pytest.mark.parametrize("cell", CELLS)
def test_every_gates_sum_is_of_the_weights_of_the_module_that_it_is_in(cell: CellName) -> None:
    pair = chain(cell)
    states = pair.record().layer(1)["hidden_state"]  # (batch, 7 + 5, unit)
    before = np.concatenate((np.zeros_like(states[:, :1]), states[:, :-1]), axis=1)
    below = pair.record().layer(0)["hidden_state"]
    for found, module, steps in zip(
        pair.contributions(), (pair.first, pair.second), (slice(7), slice(7, 12)), strict=True
    ):
        w_ih, w_hh, b_ih, b_hh = (
            getattr(module, f"{name}_l1").detach().numpy() for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        for number, name in enumerate(NAMES[cell]):
            own, part = slice(6 * number, 6 * number + 6), found.layer(1)[name]
            assert part.inputs == pytest.approx(below[:, steps] @ w_ih[own].T, abs=1e-12)
            assert part.recurrent == pytest.approx(before[:, steps] @ w_hh[own].T, abs=1e-12)
            apart = (cell, name) == ("gru", "candidate")
            assert part.bias == pytest.approx(b_ih[own] if apart else b_ih[own] + b_hh[own])
            assert (part.recurrent_bias is not None) == apart


def other_module(change: str) -> tuple[Any, torch.Tensor]:
    """A second module and its inputs that fit `chain("gru")` but for one thing."""
    sizes = {"input_size": (5, 6, 2), "hidden_size": (4, 5, 2), "num_layers": (4, 6, 1)}.get(change, (4, 6, 2))
    kind = nn.LSTM if change == "cell" else nn.GRU
    module = kind(*sizes, batch_first=True, bidirectional=change == "num_directions")
    inputs = torch.randn(4 if change == "sequences" else 3, 5, sizes[0])
    return (module, inputs) if change == "dtype" else (module.double(), inputs.double())


@pytest.mark.parametrize(
    "change", ["cell", "input_size", "hidden_size", "num_layers", "num_directions", "dtype", "sequences"]
)
def test_modules_that_do_not_fit_each_other_are_refused(change: str) -> None:
    pair = chain("gru")
    wrong = Chain(pair.first, pair.first_inputs, *other_module(change))
    for call in (wrong.record, wrong.contributions, lambda: wrong.gradient_flow(loss)):
        assert change in refusal(call)


def test_a_chain_takes_neither_padding_nor_two_directions_nor_a_cell() -> None:
    pair = chain("gru")
    packed: Any = pack_sequence([torch.randn(n, 4).double() for n in (5, 3, 2)])
    assert "PackedSequence" in refusal(Chain(pair.first, pair.first_inputs, pair.second, packed).record)
    both = nn.GRU(4, 6, 2, batch_first=True, bidirectional=True).double()
    assert "bidirectional" in refusal(Chain(both, pair.first_inputs, both, pair.second_inputs).record)
    cell, x = nn.GRUCell(4, 6).double(), torch.randn(3, 4).double()
    assert "is a cell" in refusal(Chain(cell, x, cell, x).record)
    refusal(Chain(nn.Linear(4, 6), pair.first_inputs, pair.second, pair.second_inputs).record)
    refusal(pair.gradient_flow, "text")


@pytest.mark.parametrize("cell", CELLS)
def test_a_chain_of_one_sequence_without_a_batch_axis_is_that_sequence(cell: str) -> None:
    pair = chain(cell, batch=1)
    alone = Chain(pair.first, pair.first_inputs[0], pair.second, pair.second_inputs[0])
    np.testing.assert_allclose(alone.record().output, pair.record().output, atol=1e-12)
    flow = pair.gradient_flow(lambda output: output.square().sum())
    np.testing.assert_allclose(
        alone.gradient_flow(lambda output: output.square().sum()).inputs, flow.inputs, atol=1e-12
    )


@pytest.mark.parametrize("cell", CELLS)
def test_a_gradient_that_explodes_on_its_way_to_the_encoder_is_infinite_and_never_nan(cell: str) -> None:
    torch.manual_seed(0)
    first, second = (KINDS[cell](3, 4, bias=False) for _ in range(2))
    with torch.no_grad():
        for module in (first, second):
            module.weight_hh_l0.mul_(200)
    flow = Chain(first, torch.zeros(40, 1, 3), second, torch.zeros(30, 1, 3)).gradient_flow(lambda out: out[-1].sum())
    norms = flow.norm("hidden_state")[0]
    assert not np.isnan(norms).any()
    assert np.isinf(norms[0])
    assert np.isfinite(norms[-5:]).all()
    assert (np.diff(np.isinf(norms).astype(int)) <= 0).all(), "infinite from some step back to the first"
