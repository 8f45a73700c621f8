"""Backpropagation through time written out: from the direct part of dL/dh_t to its total, for one layer and direction.

The factors of all steps are known before the loop, and are computed at once. So the loop over the steps has only one
small matrix product and a few element-wise products. W is W_hh, ' marks the next step that the layer took, d is a total
derivative, "pre" the pre-activation of a gate. Arrays are (time, batch, unit).

    rnn    dh = direct + dpre' W                  dpre   = dh (1 - h^2)             relu: dh where h > 0
    lstm   dh = direct + dpre' W                  dpre_o = dh tanh(c) o (1 - o)
           dc = dh o (1 - tanh(c)^2) + dc' f'     dpre_i = dc g i (1 - i)    dpre_f = dc c_{t-1} f (1 - f)
                                                  dpre_g = dc i (1 - g^2)
           (projected: dh W_hr takes the place of dh everywhere but in the first line)
    gru    dh = direct + dpre' W + dh' z'         dpre_n = dh (1 - z)(1 - n^2)   and r times that towards h_{t-1}
                                                  dpre_r = dpre_n (W_hn h_{t-1} + b_hn) r (1 - r)
                                                  dpre_z = dh (h_{t-1} - n) z (1 - z)
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from gateviz.recording.cells import CellWeights
from gateviz.recording.recorder import LayerRun
from gateviz.results.trace import Array

LSTM_NAMES = ("input_gate", "forget_gate", "candidate", "output_gate", "cell_state")
GRU_NAMES = ("reset_gate", "update_gate", "candidate", "hidden_state")
CHECK_EVERY = 16  # steps; a check whether the gradient has died out costs a third of a step


@dataclass(frozen=True)
class Backward:
    """The gradients of one layer and direction."""

    direct: Tensor  # (time, batch, state) the part of dL/dh_t that comes from the layer above or from the loss
    hidden: Tensor  # (time, batch, state) total dL/dh_t
    cell: Tensor | None  # (time, batch, hidden) total dL/dc_t of an LSTM
    inputs: Tensor  # (time, batch, input) dL/dx_t through this layer and direction
    initial_hidden: Tensor  # (batch, state) dL/dh_0
    initial_cell: Tensor | None  # (batch, hidden) dL/dc_0 of an LSTM


def backpropagate(layer: LayerRun, direct: Tensor, final_cell: Tensor | None = None) -> Backward:
    """Run the reverse recurrence of the layer's cell, on the CPU and in the dtype of `direct`, which is the signals'.

    Args:
        layer: What was run.
        direct: (time, batch, state) the direct part of dL/dh_t. What arrives at the final state belongs to its step.
        final_cell: (batch, hidden) what arrives at an LSTM's final cell state, where something went on from there.
    """
    weights = layer.weights.to(direct.dtype, direct.device)
    if layer.initial_cell is not None:
        return _lstm(layer, weights, direct, final_cell)
    return _rnn(layer, weights, direct) if layer.reset_term is None else _gru(layer, weights, direct)


def _rnn(layer: LayerRun, weights: CellWeights, direct: Tensor) -> Backward:
    pre, hidden = rnn_factors(layer, weights), direct.clone().numpy()
    recurrent = weights.w_hh.numpy()  # (hidden, hidden)
    arriving = np.zeros_like(hidden[0])  # (batch, hidden)
    for t in _living_steps(layer, hidden, (pre,)):
        hidden[t] += arriving
        pre[t] *= hidden[t]
        np.matmul(pre[t], recurrent, out=arriving)
    return Backward(direct, torch.from_numpy(hidden), None, _to_inputs(pre, weights), torch.from_numpy(arriving), None)


def rnn_factors(layer: LayerRun, weights: CellWeights) -> Array:
    """What each step multiplies by: dpre / dh as (time, batch, hidden)."""
    h = layer.signals["hidden_state"]  # (time, batch, hidden)
    # the slope of relu at nan is 1, as autograd has it
    slope = (~(h <= 0)).to(h.dtype) if weights.nonlinearity == "relu" else 1 - h * h  # (time, batch, hidden)
    return _real(layer, slope).numpy()


def _lstm(layer: LayerRun, weights: CellWeights, direct: Tensor, final_cell: Tensor | None) -> Backward:
    factors, through_output, forget = lstm_factors(layer)
    hidden, cell = direct.clone().numpy(), np.zeros_like(through_output)
    recurrent = weights.w_hh.numpy()  # (4 * hidden, state)
    projection = None if weights.w_hr is None else weights.w_hr.numpy()  # (state, hidden)
    arriving = np.zeros_like(hidden[0])
    kept = np.zeros_like(cell[0]) if final_cell is None else final_cell.clone().numpy()
    flat = _side_by_side(factors)  # (time, batch, 4 * hidden)
    for t in _living_steps(layer, hidden, (flat, cell), dead=not kept.any()):
        hidden[t] += arriving
        unprojected = hidden[t] if projection is None else hidden[t] @ projection  # (batch, hidden)
        np.multiply(unprojected, through_output[t], out=cell[t])
        cell[t] += kept
        factors[t, :, :3] *= cell[t][:, None]
        factors[t, :, 3] *= unprojected
        np.matmul(flat[t], recurrent, out=arriving)
        np.multiply(cell[t], forget[t], out=kept)
    first = torch.from_numpy(arriving), torch.from_numpy(kept)
    return Backward(direct, torch.from_numpy(hidden), torch.from_numpy(cell), _to_inputs(flat, weights), *first)


def lstm_factors(layer: LayerRun) -> tuple[Array, Array, Array]:
    """What each step multiplies by: dpre / d(c, c, c, h) as (time, batch, 4, hidden), then dh / dc, then f."""
    i, f, g, o, c = (layer.signals[name] for name in LSTM_NAMES)
    if layer.initial_cell is None:
        raise AssertionError("an LSTM's run keeps its first cell state")
    before = layer.walk.previous(c, layer.initial_cell.to(c.dtype))  # (time, batch, hidden)
    squashed = torch.tanh(c)
    factors = c.new_empty(*c.shape[:2], 4, c.shape[2])  # (time, batch, 4, hidden)
    torch.mul(g, i * (1 - i), out=factors[:, :, 0])
    torch.mul(before, f * (1 - f), out=factors[:, :, 1])
    torch.mul(i, 1 - g * g, out=factors[:, :, 2])
    torch.mul(squashed, o * (1 - o), out=factors[:, :, 3])
    through_output = o * (1 - squashed * squashed)  # (time, batch, hidden)
    return _real(layer, factors).numpy(), through_output.numpy(), f.numpy()


def _gru(layer: LayerRun, weights: CellWeights, direct: Tensor) -> Backward:
    factors, to_candidate, update = gru_factors(layer)
    hidden = direct.clone().numpy()
    recurrent = weights.w_hh.numpy()  # (3 * hidden, hidden)
    arriving, kept = np.zeros_like(hidden[0]), np.zeros_like(hidden[0])
    flat = _side_by_side(factors)  # (time, batch, 3 * hidden)
    for t in _living_steps(layer, hidden, (flat, hidden)):
        hidden[t] += arriving
        factors[t] *= hidden[t][:, None]
        np.matmul(flat[t], recurrent, out=arriving)
        np.multiply(hidden[t], update[t], out=kept)
        arriving += kept
    np.multiply(hidden, to_candidate, out=factors[:, :, 2])  # on the way to x, r does not multiply the candidate
    return Backward(direct, torch.from_numpy(hidden), None, _to_inputs(flat, weights), torch.from_numpy(arriving), None)


def gru_factors(layer: LayerRun) -> tuple[Array, Array, Array]:
    """What each step multiplies by: d(W_hh h_{t-1}) / dh as (time, batch, 3, hidden), then dpre_n / dh, then z."""
    r, z, n, h = (layer.signals[name] for name in GRU_NAMES)
    if layer.reset_term is None:
        raise AssertionError("a GRU's run keeps its reset term")
    before = layer.walk.previous(h, layer.initial_hidden.to(h.dtype))  # (time, batch, hidden)
    to_candidate = _real(layer, (1 - z) * (1 - n * n))  # (time, batch, hidden)
    factors = h.new_empty(*h.shape[:2], 3, h.shape[2])  # (time, batch, 3, hidden)
    torch.mul(to_candidate * layer.reset_term, r * (1 - r), out=factors[:, :, 0])
    torch.mul(before - n, z * (1 - z), out=factors[:, :, 1])
    torch.mul(to_candidate, r, out=factors[:, :, 2])
    return _real(layer, factors).numpy(), to_candidate.numpy(), z.numpy()


def _side_by_side(factors: Array) -> Array:
    """(time, batch, gates, hidden) -> (time, batch, gates * hidden), in the same memory."""
    return factors.reshape(*factors.shape[:2], factors.shape[2] * factors.shape[3])


def _real(layer: LayerRun, factors: Tensor) -> Tensor:
    """The factors with zeros at the padded steps, so that no gradient goes on from there."""
    if layer.walk.mask is None:
        return factors
    padded = ~layer.walk.mask.view(*layer.walk.mask.shape, *[1] * (factors.dim() - 2))
    return factors.masked_fill(padded, 0)


def _to_inputs(pre: Array, weights: CellWeights) -> Tensor:
    """dL/dx_t of all steps in one product: (time, batch, gates * hidden) -> (time, batch, input)."""
    return torch.from_numpy(pre) @ weights.w_ih


def _living_steps(layer: LayerRun, direct: Array, carries: tuple[Array, ...], *, dead: bool = True) -> Iterator[int]:
    """The steps that the gradient reaches, in its order; those that it does not reach get zeros in each of `carries`.

    Once all its numbers are below the smallest normal number of the dtype, the gradient counts as zero until the loss
    comes in again. To carry such numbers on would be slow, and would never end: the smallest denormal times 0.6 is
    rounded to itself.
    """
    steps = range(len(direct)) if layer.walk.reverse else reversed(range(len(direct)))
    arrives = np.any(direct, axis=(1, 2)).tolist()  # (time)
    smallest = np.finfo(direct.dtype).tiny
    for count, t in enumerate(steps):
        if dead and not arrives[t]:
            for carry in carries:
                carry[t] = 0
            continue
        yield t
        dead = count % CHECK_EVERY == 0 and all(np.abs(carry[t]).max(initial=0) < smallest for carry in carries)
