from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence

import gateviz
from gateviz.errors import SignalError
from gateviz.results.trace import vector_norm


@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize("order", [2, "fro"])
@pytest.mark.parametrize("module", [nn.LSTM(2, 3, bidirectional=True), nn.LSTM(2, 3, bidirectional=True, proj_size=2)])
def test_the_cell_by_cell_derivative_is_autograds_and_splits_at_the_forget_gates(
    module: Any, order: Any, direction: Any, unroll: Any
) -> None:
    module, sequence = module.double(), torch.randn(5, 2).double()
    paths = gateviz.path_norms(module, sequence, order, direction=direction)
    steps = unroll(module, [sequence]).layers[0, direction][0]
    taken = list(range(5)) if direction == "forward" else list(range(4, -1, -1))
    for position, s in enumerate(taken):
        direct = np.ones(3)
        for t in taken[position:]:
            direct = direct if t == s else direct * steps[t]["forget_gate"].detach().numpy()
            whole = _jacobian(steps[t]["cell_state"], steps[s]["cell_state"])
            expected = [np.linalg.norm(m, order) for m in (whole, np.diag(direct), whole - np.diag(direct))]
            ours = [kind[0, t, s] for kind in (paths.total, paths.direct, paths.rest)]
            np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-15)
            assert paths.direct_share[0, t, s] == pytest.approx(expected[1] / (expected[1] + expected[2]))
            assert paths.direct_share[0, t, s] + paths.rest_share[0, t, s] == pytest.approx(1)
    assert np.isnan(paths.total).sum() == 10


def _jacobian(output: Tensor, by: Tensor) -> np.ndarray:
    return np.stack([torch.autograd.grad(unit, by, retain_graph=True)[0].numpy() for unit in output])


def test_the_direct_path_of_a_gru_goes_through_its_update_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    module, inputs = nn.GRU(2, 3).double(), torch.randn(6, 2, 2).double()
    monkeypatch.setattr("gateviz.gradients.jacobians.BLOCK", 2 * 9 * 2)  # two starting steps at a time
    paths, z = gateviz.path_norms(module, inputs), gateviz.record(module, inputs).layer(0).update_gate
    np.testing.assert_allclose(paths.total, gateviz.jacobian_norms(module, inputs), rtol=1e-12)
    for s in range(6):
        for t in range(s, 6):
            np.testing.assert_allclose(paths.direct[:, t, s], z[:, s + 1 : t + 1].prod(axis=1).max(axis=-1), rtol=1e-12)


def test_a_gate_that_only_keeps_leaves_nothing_to_the_rest() -> None:
    lstm: Any = nn.LSTM(2, 3).double()
    with torch.no_grad():
        for parameter in lstm.parameters():
            parameter.zero_()
        lstm.bias_ih_l0[:3], lstm.bias_ih_l0[3:6] = -1e4, 1e4
    paths = gateviz.path_norms(lstm, torch.randn(6, 1, 2).double())
    assert (paths.direct_share[0][np.tril_indices(6)] == 1).all()
    assert (paths.total[0][np.tril_indices(6)] == 1).all()


def test_a_plain_rnn_has_no_direct_path() -> None:
    with pytest.raises(SignalError, match="give an LSTM or a GRU"):
        gateviz.path_norms(nn.RNN(2, 3), torch.randn(6, 1, 2))


@pytest.mark.parametrize("seed", range(30))
def test_the_bands_add_up_to_the_total_gradient(seed: int, random_case: Any) -> None:
    case = random_case(seed)

    def loss(output: Any) -> Tensor:
        padded: Tensor = case.padded(output)
        return (padded[:, ::2].sin() ** 2).sum()

    flow = gateviz.gradient_flow(case.module, case.inputs, loss, case.initial_state)
    signals: list[Any] = ["hidden_state", "inputs", *(["cell_state"] if flow.cell == "lstm" else [])]
    for signal in signals:
        bands = gateviz.gradient_bands(case.module, case.inputs, loss, case.initial_state, signal=signal)
        total = flow.inputs if signal == "inputs" else flow.layer(0)[signal]
        assert bands.sources.tolist() == list(range(0, max(map(len, case.sequences)), 2))
        np.testing.assert_allclose(bands.contributions.sum(axis=2), total, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(bands.total, total, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(bands.bands.sum(axis=2), vector_norm(total), rtol=1e-9, atol=1e-12)


def test_each_band_is_the_gradient_of_its_own_step_alone() -> None:
    module = nn.LSTM(2, 3, 2, bidirectional=True).double()
    packed = pack_sequence([torch.randn(n, 2).double() for n in (3, 5)], enforce_sorted=False)

    def loss(output: Any, steps: Any = slice(None)) -> Tensor:
        return (pad_packed_sequence(output)[0][steps] ** 2).sum()

    bands = gateviz.gradient_bands(module, packed, loss, layer=1, direction="reverse")
    assert bands.sources.tolist() == [0, 1, 2, 3, 4]
    for source in range(5):
        alone = gateviz.gradient_flow(module, packed, lambda output, step=source: loss(output, step))
        expected = alone.layer(1, "reverse").hidden_state
        np.testing.assert_allclose(bands.contributions[:, :, source], expected, rtol=1e-9, atol=1e-14)


def test_many_sources_are_worked_on_in_blocks_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    module, inputs = nn.GRU(2, 3).double(), torch.randn(7, 1, 2).double()
    whole = gateviz.gradient_bands(module, inputs, torch.sum)
    monkeypatch.setattr("gateviz.gradients.paths.BLOCK", 8 * 7 * 3 * 2)  # two sources at a time
    blocks = gateviz.gradient_bands(module, inputs, torch.sum)
    np.testing.assert_allclose(blocks.contributions, whole.contributions, rtol=1e-12)


def test_a_loss_that_is_flat_has_no_sources() -> None:
    bands = gateviz.gradient_bands(nn.GRU(2, 3), torch.randn(4, 1, 2), lambda output: 0 * output.sum())
    assert bands.contributions.shape == (1, 4, 0, 3)
    assert not bands.total.any()


def test_a_signal_that_the_cell_lacks_lists_the_choices() -> None:
    with pytest.raises(SignalError, match="choose 'hidden_state' or 'inputs'"):
        gateviz.gradient_bands(nn.GRU(2, 3), torch.randn(4, 1, 2), torch.sum, signal="cell_state")
