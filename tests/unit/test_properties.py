"""What must hold for any module and any input, over shapes and options that hypothesis draws."""

from typing import Any

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_sequence

import gateviz

KINDS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
common = settings(max_examples=40, deadline=None, derandomize=True)


@st.composite
def runs(draw: st.DrawFn, bidirectional: bool | None = None) -> tuple[Any, torch.Tensor]:
    """A float64 module with batch_first=False, and inputs (time, batch, feature) of a moderate size."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    features, hidden, layers = draw(st.integers(1, 4)), draw(st.integers(1, 5)), draw(st.integers(1, 3))
    both = draw(st.booleans()) if bidirectional is None else bidirectional
    options: dict[str, Any] = {"bias": draw(st.booleans()), "bidirectional": both}
    if kind == "lstm" and hidden > 1 and draw(st.booleans()):
        options["proj_size"] = draw(st.integers(1, hidden - 1))
    generator = torch.Generator().manual_seed(draw(st.integers(0, 2**20)))
    module = KINDS[kind](features, hidden, layers, **options).double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(draw(st.sampled_from([0.3, 1.0, 3.0])) * torch.randn(parameter.shape, generator=generator))
    shape = (draw(st.integers(1, 7)), draw(st.integers(1, 3)), features)
    return module, torch.randn(shape, generator=generator, dtype=torch.float64)


@common
@given(runs())
def test_the_recorded_arrays_obey_their_equations(run: tuple[Any, torch.Tensor]) -> None:
    trace = gateviz.record(*run)
    for layer in trace.layers:
        back = slice(None, None, -1 if layer.direction == "reverse" else 1)
        signals = {name: layer[name][:, back] for name in layer.signals}  # in the order in which the layer took them
        if trace.cell == "lstm":
            f, i, g, c = (signals[name] for name in ("forget_gate", "input_gate", "candidate", "cell_state"))
            before = np.concatenate([np.zeros_like(c[:, :1]), c[:, :-1]], axis=1)
            np.testing.assert_array_equal(c, f * before + i * g)
            if not run[0].proj_size:
                np.testing.assert_allclose(signals["hidden_state"], signals["output_gate"] * np.tanh(c), atol=1e-13)
        if trace.cell == "gru":
            z, n, h = (signals[name] for name in ("update_gate", "candidate", "hidden_state"))
            before = np.concatenate([np.zeros_like(h[:, :1]), h[:, :-1]], axis=1)
            np.testing.assert_allclose(h, (1 - z) * n + z * before, atol=1e-13)


@common
@given(runs())
def test_gates_lie_between_zero_and_one_and_states_have_the_batchs_shape(run: tuple[Any, torch.Tensor]) -> None:
    module, inputs = run
    trace = gateviz.record(module, inputs)
    for layer in trace.layers:
        for name in layer.signals:
            assert layer[name].shape[:2] == (inputs.shape[1], inputs.shape[0])
            assert not name.endswith("gate") or ((layer[name] >= 0) & (layer[name] <= 1)).all()


@common
@given(runs(bidirectional=True))
def test_reversing_time_swaps_the_directions_of_the_first_layer(run: tuple[Any, torch.Tensor]) -> None:
    module, inputs = run
    swapped = type(module)(module.input_size, module.hidden_size, **_options(module)).double()
    state = {name: weight for name, weight in module.state_dict().items() if "_l0" in name}
    other = {_other_way(name): weight for name, weight in state.items()}
    swapped.load_state_dict(other)
    ours, theirs = gateviz.record(module, inputs), gateviz.record(swapped, inputs.flip(0))
    for name in ours.layer(0).signals:
        np.testing.assert_allclose(
            ours.layer(0, "reverse")[name], theirs.layer(0, "forward")[name][:, ::-1], rtol=1e-10, atol=1e-13
        )


def _options(module: Any) -> dict[str, Any]:
    options = {"bias": module.bias, "bidirectional": True}
    return {**options, "proj_size": module.proj_size} if module.proj_size else options


def _other_way(name: str) -> str:
    return name.removesuffix("_reverse") if name.endswith("_reverse") else f"{name}_reverse"


@common
@given(runs(), st.randoms(use_true_random=False))
def test_the_order_of_the_batch_does_not_matter(run: tuple[Any, torch.Tensor], random: Any) -> None:
    module, inputs = run
    order = random.sample(range(inputs.shape[1]), inputs.shape[1])

    def loss(output: torch.Tensor) -> torch.Tensor:
        return (output**2).sum()

    ours, theirs = gateviz.record(module, inputs), gateviz.record(module, inputs[:, order])
    np.testing.assert_allclose(theirs.output, ours.output[order], rtol=1e-10, atol=1e-13)
    ours_flow, theirs_flow = (gateviz.gradient_flow(module, x, loss) for x in (inputs, inputs[:, order]))
    np.testing.assert_allclose(theirs_flow.inputs, ours_flow.inputs[order], rtol=1e-9, atol=1e-12)


@common
@given(runs(), st.data())
def test_a_packed_batch_is_each_of_its_sequences_alone(run: tuple[Any, torch.Tensor], data: st.DataObject) -> None:
    module, inputs = run
    lengths = [data.draw(st.integers(1, inputs.shape[0])) for _ in range(inputs.shape[1])]
    sequences = [inputs[:n, b] for b, n in enumerate(lengths)]
    together = gateviz.record(module, pack_sequence(sequences, enforce_sorted=False))
    assert together.lengths.tolist() == lengths
    for b, sequence in enumerate(sequences):
        alone = gateviz.record(module, sequence)
        for ours, theirs in zip(together.layers, alone.layers, strict=True):
            for name in theirs.signals:
                np.testing.assert_allclose(ours[name][b, : lengths[b]], theirs[name][0], rtol=1e-10, atol=1e-12)
                assert np.isnan(ours[name][b, lengths[b] :]).all()


@common
@given(runs(), st.floats(-3, 3))
def test_the_gradient_is_linear_in_the_loss(run: tuple[Any, torch.Tensor], factor: float) -> None:
    module, inputs = run
    first = gateviz.gradient_flow(module, inputs, lambda output: output[0].sum())
    last = gateviz.gradient_flow(module, inputs, lambda output: output[-1].sum())
    both = gateviz.gradient_flow(module, inputs, lambda output: output[0].sum() + factor * output[-1].sum())
    np.testing.assert_allclose(both.inputs, first.inputs + factor * last.inputs, rtol=1e-8, atol=1e-10)


@common
@given(runs())
def test_what_is_read_later_changes_nothing_before_it(run: tuple[Any, torch.Tensor]) -> None:
    module, inputs = run
    changed = torch.cat([inputs[:-1], inputs[-1:] + 1])
    ours, theirs = gateviz.record(module, inputs).layer(0), gateviz.record(module, changed).layer(0)
    for name in ours.signals:
        np.testing.assert_allclose(theirs[name][:, :-1], ours[name][:, :-1], rtol=1e-10, atol=1e-13)
