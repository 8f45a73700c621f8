"""What a film shows of a model is what the model does: gates, gradients and answers against torch itself."""

import base64
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from gateviz.experiments.film import frame_of, frame_steps, loss_at_end, loss_step
from gateviz.experiments.settings import usual
from gateviz.experiments.shipped import shipped_film
from gateviz.experiments.tasks import Probe, data_for, probe_for, recipe_for
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.files import load_pretrained, load_snapshot
from gateviz.pretrained.folder import find_card
from gateviz.results.trace import CELLS, CellName

TASKS = ("hometown", "adding", "counting")


def unrolled(model: SequenceModel, probe: Probe) -> tuple[float, list[float]]:
    """Loss and |dL/dh_t|, by a cell that torch runs step by step and that autograd goes back through."""
    recurrent: Any = model.recurrent
    cell: Any = {nn.RNN: nn.RNNCell, nn.LSTM: nn.LSTMCell, nn.GRU: nn.GRUCell}[type(recurrent)](
        recurrent.input_size, recurrent.hidden_size
    ).double()
    cell.load_state_dict({name.removesuffix("_l0"): weight for name, weight in recurrent.state_dict().items()})
    inputs, loss = loss_at_end(model, probe)
    state: Any = torch.zeros(1, recurrent.hidden_size, dtype=torch.float64)
    state = (state, state) if isinstance(cell, nn.LSTMCell) else state
    hidden = []
    for row in inputs[0]:
        state = cell(row[None], state)
        hidden.append(state[0] if isinstance(state, tuple) else state)
        hidden[-1].retain_grad()
    value = loss(torch.stack(hidden, dim=1))
    value.backward()
    norms = [0.0 if each.grad is None else float(each.grad.norm()) for each in hidden]
    return value.item(), norms


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("cell", CELLS)
def test_gradients_and_loss_are_those_of_autograd(task: str, cell: CellName) -> None:
    settings = usual(task)
    model = recipe_for(settings, cell).start(cell, data_for(settings), seed=1).model
    probe = probe_for(settings)
    loss, norms = unrolled(model.clone().double(), probe)
    frame = frame_of(model, probe)
    assert frame["here"] == pytest.approx(loss)
    assert loss_step(model, probe) == max(step for step, norm in enumerate(norms) if norm > 0)
    np.testing.assert_allclose(frame["gradients"]["hidden_state"], norms, rtol=1e-5, atol=1e-300)
    assert ("cell_state" in frame["gradients"]) is (cell == "lstm")


@pytest.mark.parametrize("cell", CELLS)
def test_the_maps_are_the_traces_values_in_256_levels(cell: CellName) -> None:
    model, probe = load_pretrained("hometown", cell), probe_for(usual("hometown"))
    frame = frame_of(model, probe)
    layer = model.trace(probe.text).layer(0)
    for name, text in frame["maps"].items():
        sent = np.frombuffer(base64.b64decode(text), np.uint8).reshape(layer[name].shape[2], layer[name].shape[1]) / 255
        shown = sent.T if name.endswith("_gate") else sent.T * 2 - 1
        np.testing.assert_allclose(shown, layer[name][0], atol=1 / 255)


def test_saturation_the_turn_and_the_answer_are_counted_in_the_trace() -> None:
    model, probe = load_pretrained("hometown", "lstm"), probe_for(usual("hometown"))
    frame = frame_of(model, probe)
    forget = model.trace(probe.text).layer(0).forget_gate[0]
    assert frame["saturation"]["forget_gate"] == pytest.approx([(forget < 0.1).mean(), (forget > 0.9).mean()])
    step, share = frame["turn"]
    assert share == pytest.approx((forget < 0.1).mean(axis=1)[1:].max())
    assert share == pytest.approx((forget[step] < 0.1).mean())
    odds = np.exp(model.logits(probe.text)[-1].astype(np.float64))
    assert frame["share"] == pytest.approx(odds[model.labels.index("Spanish")] / odds.sum())
    assert frame["here"] == pytest.approx(-np.log(frame["share"]), rel=1e-4)
    assert (frame["answer"], frame["right"]) == ("Spanish", True)


def test_frames_are_dense_at_the_start_and_have_both_ends() -> None:
    steps = frame_steps(1000)
    assert (steps[0], steps[-1]) == (0, 1000)
    assert list(steps) == sorted(set(steps))
    gaps = np.diff(np.sqrt(steps))
    assert gaps[20:].max() < 1.2 * gaps[20:].min(), "even in the root"
    assert frame_steps(1) == (0, 1)


def test_the_shipped_film_has_a_frame_for_each_snapshot_and_the_figures_of_the_models() -> None:
    header, frames = shipped_film("hometown")
    card = find_card("hometown", "lstm")
    assert card.timelapse is not None
    assert tuple(frame["step"] for frame in frames) == card.timelapse.steps
    assert "".join(header["tokens"]) == probe_for(usual("hometown")).text
    assert frames[-1]["cells"]["lstm"]["score"] == pytest.approx(card.sample.value, abs=1e-4)
    early = load_snapshot("hometown", "gru", card.timelapse.steps[3])
    assert frames[3]["cells"]["gru"] | frame_of(early, probe_for(usual("hometown"))) == frames[3]["cells"]["gru"]


def test_a_task_without_snapshots_has_a_film_of_its_trained_models() -> None:
    _, frames = shipped_film("counting")
    assert [frame["step"] for frame in frames] == [find_card("counting", "lstm").steps]
