"""The derivative of each state by earlier states, without any loss: d s_t / d s_{t-1}, and the norms of all products.

The state is h for an RNN and a GRU, h then c side by side for an LSTM. The one-step Jacobians come from the same
factors as the gradients (see backward.py), for all steps at once. With T steps and S entries in a state,
`state_jacobians` holds T S^2 numbers, and `jacobian_norms` takes T^2 S^3 multiplications over blocks of limited size.

Arrays have the module's dtype, but float32 for a module of half precision, in which most of these norms would be zero.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from gateviz.gradients.backward import gru_factors, lstm_factors, rnn_factors
from gateviz.gradients.matrix_norms import Order, check_order, norms_of_rescaled
from gateviz.gradients.scaling import rescale, scale_back
from gateviz.recording.cells import CellWeights
from gateviz.recording.layouts import State, to_numpy
from gateviz.recording.recorder import LayerRun, Run, run_layers, untracked
from gateviz.results.trace import Array, Direction, pick

BLOCK = 1 << 24  # numbers in the products that are worked on at once: 64 MiB in float32


def state_jacobians(
    module: nn.Module,
    inputs: Tensor | PackedSequence,
    initial_state: State | None = None,
    *,
    layer: int = 0,
    direction: Direction = "forward",
) -> Array:
    """The Jacobian of each step of one layer and direction: (batch, time, state, state).

    Entry [b, t, i, j] is d s_t[i] / d s'[j], where s' is the state that step t started from: s_{t-1}, or s_{t+1} when
    the direction is "reverse", or the initial state at the layer's first step. Padded steps hold NaN.

    Args:
        module: What `record` takes.
        inputs: What `record` takes.
        initial_state: What the module itself takes; zeros when None.
        layer: Which layer; a negative one counts from the top.
        direction: "forward" or "reverse".

    Raises:
        UnsupportedModuleError: As `record`.
        ShapeError: As `record`.
        SignalError: There is no such layer or direction.

    Example:
        >>> state_jacobians(torch.nn.LSTM(8, 16), torch.randn(20, 1, 8)).shape
        (1, 20, 32, 32)
    """
    run = run_layers(module, inputs, initial_state, half=False)
    with untracked():
        jacobians = step_jacobians(pick(run.layers, layer, direction, run.module.num_layers))
        return run.layout.to_array(jacobians)


def jacobian_norms(
    module: nn.Module,
    inputs: Tensor | PackedSequence,
    order: Order = 2,
    *,
    layer: int = 0,
    direction: Direction = "forward",
    initial_state: State | None = None,
) -> Array:
    """The norm of d s_t / d s_s for every pair of steps of one layer and direction: (batch, time, time).

    Entry [b, t, s] says how much a later state s_t answers to an earlier one, s_s. It is a number where s <= t, or
    where s >= t when the direction is "reverse", and NaN elsewhere and in the padding. On the diagonal it is the norm
    of the identity. What happens between the two steps never leaves the range of the dtype: each entry is the true
    norm, inf where that is above the range and 0 where it is below.

    Args:
        module: What `record` takes.
        inputs: What `record` takes.
        order: 2 for the spectral norm, the largest stretch; "fro" for Frobenius', the root of the sum of squares.
        layer: Which layer; a negative one counts from the top.
        direction: "forward" or "reverse".
        initial_state: What the module itself takes; zeros when None.

    Raises:
        UnsupportedModuleError: As `record`.
        ShapeError: As `record`.
        SignalError: There is no such order, layer or direction.

    Example:
        >>> jacobian_norms(torch.nn.GRU(8, 16), torch.randn(20, 1, 8)).shape
        (1, 20, 20)
    """
    check_order(order)
    run = run_layers(module, inputs, initial_state, half=False)
    with untracked():
        chosen = pick(run.layers, layer, direction, run.module.num_layers)
        jacobians = step_jacobians(chosen)  # (time, batch, state, state)
        norms = jacobians.new_full((len(jacobians), len(jacobians), jacobians.shape[1]), float("nan"))  # (t, s, batch)
        for t, s, products, exponents in products_of(jacobians, chosen.walk.reverse):
            found = norms_of_rescaled(products.flatten(0, 1), order).view(exponents.shape)  # (batch, s)
            norms[t, s] = scale_back(found, exponents).T
        return pairs_to_array(run, norms)


def step_jacobians(layer: LayerRun) -> Tensor:
    """The Jacobian d s_t / d s_{t-1} of every step: (time, batch, state, state)."""
    dtype = layer.signals["hidden_state"].dtype
    weights = layer.weights.to(dtype, torch.device("cpu"))
    if layer.initial_cell is not None:
        return _lstm_jacobians(layer, weights)
    if layer.reset_term is None:
        return torch.from_numpy(rnn_factors(layer, weights))[..., None] * weights.w_hh
    factors, _, update = (torch.from_numpy(array) for array in gru_factors(layer))
    return _through_gates(factors, weights.w_hh) + torch.diag_embed(update)  # (time, batch, hidden, hidden)


def _lstm_jacobians(layer: LayerRun, weights: CellWeights) -> Tensor:
    factors, through_output, forget = (torch.from_numpy(array) for array in lstm_factors(layer))
    hidden = forget.shape[-1]
    to_output = factors[:, :, 3, :, None] * weights.w_hh[3 * hidden :]  # (time, batch, hidden, state)
    c_by_h = _through_gates(factors[:, :, :3], weights.w_hh[: 3 * hidden])  # (time, batch, hidden, state)
    h_by_h = through_output[..., None] * c_by_h + to_output  # (time, batch, hidden, state), before a projection
    h_by_c = torch.diag_embed(through_output * forget)  # (time, batch, hidden, hidden), before a projection
    if weights.w_hr is not None:
        h_by_h, h_by_c = weights.w_hr @ h_by_h, weights.w_hr @ h_by_c
    by_c = torch.cat([h_by_c, torch.diag_embed(forget)], dim=-2)  # (time, batch, state + hidden, hidden)
    return torch.cat([torch.cat([h_by_h, c_by_h], dim=-2), by_c], dim=-1)


def _through_gates(factors: Tensor, recurrent: Tensor) -> Tensor:
    """The sum over the gates of diag(factor) W: (time, batch, gates, hidden) -> (time, batch, hidden, state)."""
    blocks = recurrent.chunk(factors.shape[2])  # (hidden, state) each
    total = factors[:, :, 0, :, None] * blocks[0]  # (time, batch, hidden, state)
    for gate, block in enumerate(blocks[1:], start=1):
        total.addcmul_(factors[:, :, gate, :, None], block)
    return total


def products_of(jacobians: Tensor, reverse: bool = False) -> Iterator[tuple[int, slice, Tensor, Tensor]]:
    """The Jacobian d s_t / d s_s of every pair of steps, in blocks of s.

    Yields t, the slice of s, products (batch, s, state, state) and exponents (batch, s): d s_t / d s_s is
    products * 2^exponents, so that no product leaves the range of its dtype. The products of a block lie side by side
    in memory, so that one matrix product takes all of them one step further.
    """
    steps, batch, size, _ = jacobians.shape
    width = max(1, min(steps, BLOCK // max(1, batch * size * size)))
    order = range(steps - 1, -1, -1) if reverse else range(steps)
    for first in range(0, steps, width):
        earlier = order[first : first + width]
        products = jacobians.new_zeros(batch, size, len(earlier), size)  # (batch, state of t, s, state of s)
        exponents = jacobians.new_zeros(batch, len(earlier), dtype=torch.int32)  # (batch, s)
        for count, t in enumerate(order[first:]):
            known = min(count, len(earlier))
            before = products[:, :, :known].reshape(batch, size, known * size)
            products[:, :, :known] = (jacobians[t] @ before).view(batch, size, known, size)
            rescale(products[:, :, :known], exponents[:, :known], dim=(1, 3))
            if count < len(earlier):
                products[:, :, count] = torch.eye(size, dtype=jacobians.dtype, device="cpu")
                known += 1
            low, high = min(earlier[0], earlier[known - 1]), max(earlier[0], earlier[known - 1])
            block = products[:, :, :known].transpose(1, 2), exponents[:, :known]  # (batch, s, state, state), (batch, s)
            in_order = [part.flip(1) for part in block] if reverse else block
            yield t, slice(low, high + 1), *in_order


def pairs_to_array(run: Run, pairs: Tensor) -> Array:
    """(t, s, batch) -> numpy (batch, t, s) in the caller's order, NaN where either step is padding."""
    pairs = pairs.permute(2, 0, 1)  # (batch, t, s)
    mask = run.layout.mask
    if mask is not None:
        real = mask.T  # (batch, time)
        pairs = pairs.masked_fill(~(real[:, :, None] & real[:, None, :]), float("nan"))
    return to_numpy(run.layout.unsort(pairs, dim=0))
