"""The gradient that reaches furthest back: of all losses of the last hidden state the one that the first moves most.

A loss L = v h_T with a unit vector v has the gradient v dh_T/dh_t at step t. For the v that is chosen here its norm at
the first step is the spectral norm of dh_T/dh_1, so no loss of h_T has a larger one there. Everything is found on a log
scale: no number leaves the range of float64, however long the sequence is.
"""

from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor, nn

from gateviz.gradients.backward import lstm_factors, rnn_factors
from gateviz.gradients.jacobians import step_jacobians
from gateviz.recording.recorder import run_layers, untracked
from gateviz.results.trace import Array


@dataclass(frozen=True, eq=False)
class FurthestGradient:
    """Its norms, for one sequence."""

    direction: Array = field(repr=False)
    """(unit,) the unit vector v; its sign is arbitrary."""
    hidden_state: Array = field(repr=False)
    """(time,) log10 of the norm of dL/dh_t, the total derivative: 0 at the last step; -inf where nothing arrives."""
    cell_state: Array | None = field(repr=False)
    """(time,) the same of an LSTM's dL/dc_t."""
    slope: Array | None = field(repr=False)
    """(time,) the mean over the units of an RNN's slope at each step, 1 - h_t^2, or with relu the share of the units
    above 0. It is what saturation takes from the theory, in which the slope is 1."""


def furthest_gradient(module: nn.Module, inputs: Tensor) -> FurthestGradient:
    """Find that gradient for the first sequence of a batch, in a module of one layer and one direction.

    Args:
        module: What `gateviz.record` takes.
        inputs: What the module takes.

    Raises:
        UnsupportedModuleError, ShapeError: As `gateviz.record`.

    Example:
        >>> furthest_gradient(torch.nn.GRU(8, 16), torch.randn(20, 1, 8)).hidden_state.shape
        (20,)
    """
    run = run_layers(module, inputs, None, half=False)
    with untracked():
        layer = run.layers[0]
        size = layer.signals["hidden_state"].shape[-1]
        jacobians = step_jacobians(layer)[:, 0].double()  # (time, state, state)
        through = None if layer.initial_cell is None else torch.from_numpy(lstm_factors(layer)[1])[:, 0].double()
        direction = _direction(jacobians, size)
        logs = np.full((2, len(jacobians)), -np.inf)
        for t, vector, scale in _back(
            jacobians, torch.nn.functional.pad(direction, (0, jacobians.shape[-1] - size))[None]
        ):
            by_h, by_c = vector[0, :size], vector[0, size:]
            logs[0, t] = _log(by_h) + scale
            if through is not None:  # c_t also acts through h_t = o_t tanh(c_t)
                logs[1, t] = _log(by_c + by_h * through[t]) + scale
        slope = None
        if layer.initial_cell is None and layer.reset_term is None:
            slope = rnn_factors(layer, layer.weights.to(torch.float64, torch.device("cpu")))[:, 0].mean(axis=-1)
    return FurthestGradient(direction.numpy(), logs[0], None if through is None else logs[1], slope)


def _direction(jacobians: Tensor, size: int) -> Tensor:
    """The left singular vector of dh_T/dh_1 with the largest singular value."""
    every = torch.eye(jacobians.shape[-1], dtype=torch.float64, device="cpu")[:size]  # (unit, state)
    for _, product, _ in _back(jacobians, every):
        every = product
    direction: Tensor = torch.linalg.svd(every[:, :size]).U[:, 0]
    return direction


def _back(jacobians: Tensor, rows: Tensor) -> list[tuple[int, Tensor, float]]:
    """For each step from the last, rows d s_T/d s_t as (t, rows, log10 of what the rows are to be multiplied by)."""
    found, scale = [(len(jacobians) - 1, rows, 0.0)], 0.0
    for t in range(len(jacobians) - 1, 0, -1):
        rows = rows @ jacobians[t]
        largest = float(rows.abs().max())
        if 0 < largest < float("inf"):
            rows, scale = rows / largest, scale + float(np.log10(largest))
        found.append((t - 1, rows, scale))
    return found


def _log(vector: Tensor) -> float:
    with np.errstate(divide="ignore"):
        return float(np.log10(float(vector.norm())))
