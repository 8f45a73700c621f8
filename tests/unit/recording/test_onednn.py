from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import gateviz
from gateviz.recording import onednn


@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize(("time", "batch", "hidden"), [(1, 1, 1), (40, 3, 5), (70, 2, 64), (300, 1, 16), (5, 2, 128)])
def test_both_ways_to_the_gates_agree_and_the_output_is_the_modules_own(
    time: int, batch: int, hidden: int, bias: bool, bidirectional: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = nn.LSTM(3, hidden, 2, bias=bias, bidirectional=bidirectional)
    inputs = torch.randn(time, batch, 3)
    monkeypatch.setattr(onednn, "WORKSPACE", 64 * batch * hidden * 20)  # twenty steps at a time
    by_kernel = gateviz.record(module, inputs)
    monkeypatch.setattr(onednn, "_runs_on_onednn", lambda *_: False)
    by_equations = gateviz.record(module, inputs)
    expected = module(inputs)[0].detach().transpose(0, 1)
    np.testing.assert_allclose(by_kernel.output, expected, rtol=1e-5, atol=1e-6)
    for ours, theirs in zip(by_kernel.layers, by_equations.layers, strict=True):
        for name in theirs.signals:
            np.testing.assert_allclose(ours[name], theirs[name], rtol=1e-4, atol=2e-6)


@pytest.mark.parametrize("batch_first", [False, True])
@pytest.mark.parametrize("bias", [False, True])
def test_inputs_states_and_weights_may_be_strided_in_any_way(batch_first: bool, bias: bool) -> None:
    module: Any = nn.LSTM(3, 4, bias=bias, bidirectional=True, batch_first=batch_first)
    for name, weight in list(module.named_parameters()):
        if weight.dim() == 2:
            setattr(module, name, nn.Parameter(weight.detach().T.contiguous().T))
    inputs = torch.randn(3, 6, 5).permute(2, 1, 0)  # (5, 6, 3), neither axis dense
    batch = 5 if batch_first else 6
    h, c = (torch.randn(batch, 4, 2).permute(2, 0, 1) for _ in range(2))
    ours = gateviz.record(module, inputs, (h, c))
    output, final = module(inputs.contiguous(), (h.contiguous(), c.contiguous()))
    expected = output.detach() if batch_first else output.detach().transpose(0, 1)
    np.testing.assert_allclose(ours.output, expected, rtol=1e-5, atol=1e-6)
    for mine, theirs in zip(ours.final_state, final, strict=True):
        np.testing.assert_allclose(mine, theirs.detach(), rtol=1e-5, atol=1e-6)


@pytest.mark.skipif(not torch._C._has_mkldnn, reason="this build of torch has no oneDNN")
def test_a_layout_that_is_not_what_it_was_is_noticed_and_the_equations_step_in(monkeypatch: pytest.MonkeyPatch) -> None:
    module, inputs, verdicts = nn.LSTM(3, 40), torch.randn(30, 2, 3), []
    agrees, row_length = onednn._agrees, onednn._row_length

    def watched(*arguments: Any) -> bool:
        verdicts.append(agrees(*arguments))
        return verdicts[-1]

    monkeypatch.setattr(onednn, "_agrees", watched)
    plain = gateviz.record(module, inputs).layer(0)
    monkeypatch.setattr(onednn, "_row_length", lambda numbers: row_length(numbers) + 1)
    shifted = gateviz.record(module, inputs).layer(0)
    assert verdicts == [True, False]
    for name in plain.signals:
        np.testing.assert_allclose(shifted[name], plain[name], rtol=1e-4, atol=2e-6)


def test_a_build_whose_kernel_refuses_is_served_by_the_equations(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise RuntimeError("no such kernel here")

    monkeypatch.setattr(torch, "mkldnn_rnn_layer", refuse)
    module, inputs = nn.LSTM(3, 4), torch.randn(6, 1, 3)
    expected = module(inputs)[0].detach()[:, 0]
    np.testing.assert_allclose(gateviz.record(module, inputs).output[0], expected, rtol=1e-6)


def test_nan_in_the_input_is_recorded_as_nan() -> None:
    inputs = torch.randn(6, 1, 3)
    inputs[3] = float("nan")
    layer = gateviz.record(nn.LSTM(3, 4), inputs).layer(0)
    assert np.isfinite(layer.forget_gate[0, :3]).all()
    assert np.isnan(layer.forget_gate[0, 3:]).all()
