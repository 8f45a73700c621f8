"""How the gradients decay from the step of the loss, for one network; kept for all sessions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gateviz.app.computed import models, readings
from gateviz.app.computed.kept import kept
from gateviz.app.state.session import Weights
from gateviz.models.view import View
from gateviz.results.trace import CellName


@dataclass(frozen=True)
class Decay:
    """How one network's gradients decay from the loss step back.

    Attributes:
        hidden_state: (loss step + 1,) L2 norm of dL/dh_t, total derivative. Only a classifier has a reverse layer, and
            the loss at a step is that of its answer to the text up to there.
        cell_state: the same of dL/dc_t; None for a cell other than the LSTM.
        inputs: (time,) L2 norm of dL/dx_t; zero after the loss step.
        loss: in nats.
    """

    hidden_state: NDArray[np.float64]
    cell_state: NDArray[np.float64] | None
    inputs: NDArray[np.float64]
    loss: float


def decay(view: View, cell: CellName, *, step: int, weights: Weights = "trained") -> Decay:
    """Gradients of the loss at one step, in float64: the curves span more decades than float32 has.

    Args:
        view: the network, the text, and the layer and direction to look at.
        cell: which architecture.
        step: of the loss, from 0.
        weights: the trained network, or an untrained one of its shape.
    """
    one = View(view.task, (cell,), view.text, view.layer, view.direction, training_step=view.training_step)
    return _decay(one, step, weights)


@kept
def _decay(view: View, step: int, weights: Weights) -> Decay:
    (cell,) = view.cells
    flow = readings.reading_by(models.in_double(view, cell, weights), view).gradients(step)
    names = ("hidden_state", "cell_state") if cell == "lstm" else ("hidden_state",)
    norms = {name: flow.norm(name, view.layer, view.direction)[0][: step + 1] for name in names}
    inputs = np.zeros(len(readings.trace(view, cell).tokens_of(0)))
    inputs[: len(flow.inputs[0])] = flow.norm("inputs")[0]
    return Decay(norms["hidden_state"], norms.get("cell_state"), inputs, flow.loss)
