"""The equations of the three cells in PyTorch's gate order: for all steps of a layer at once, and step by step.

Once every h_t is known, one matrix product over [x_t, h_{t-1}] gives the pre-activations of all steps. Only the LSTM's
c_t = f_t c_{t-1} + i_t g_t still needs a loop over the steps, element by element. Tensors are (time, batch, unit).

    rnn    h = tanh(W_ih x + W_hh h' + b)                                   or relu
    lstm   i, f, o = sigmoid(...)   g = tanh(...)   c = f c' + i g   h = o tanh(c)   (projected: h = W_hr (o tanh(c)))
    gru    r, z = sigmoid(...)   n = tanh(W_in x + b_in + r (W_hn h' + b_hn))   h = (1 - z) n + z h'
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gateviz.results.signals import SUMMED
from gateviz.results.trace import Array

Hold = Callable[[str, Tensor], Tensor]

_NUMPY_DTYPES = {torch.float16: np.float16, torch.float32: np.float32, torch.float64: np.float64}


@dataclass(frozen=True)
class CellWeights:
    """The weights of one layer and direction, as PyTorch stacks them: the rows of each gate in the order of SUMMED."""

    w_ih: Tensor  # (gates * hidden, input)
    w_hh: Tensor  # (gates * hidden, state)
    b_ih: Tensor | None  # (gates * hidden)
    b_hh: Tensor | None  # (gates * hidden)
    w_hr: Tensor | None  # (state, hidden), the projection of an LSTM that has one
    nonlinearity: str = "tanh"  # of a plain RNN: "tanh" or "relu"

    @property
    def tensors(self) -> tuple[Tensor | None, ...]:
        """The weights in the order in which torch's kernels take them."""
        return (self.w_ih, self.w_hh, self.b_ih, self.b_hh, self.w_hr)

    def to(self, dtype: torch.dtype, device: torch.device | None = None) -> "CellWeights":
        """The same weights in another dtype, and on another device if one is given."""
        weights = {name: weight for name, weight in vars(self).items() if isinstance(weight, Tensor)}
        moved: dict[str, Any] = {name: weight.to(dtype=dtype, device=device) for name, weight in weights.items()}
        return replace(self, **moved)


@dataclass(frozen=True)
class Walk:
    """The order in which one direction visits the steps of a batch."""

    reverse: bool
    mask: Tensor | None  # (time, batch) on the CPU, False in the padding of a packed batch; None without padding

    def previous(self, states: Tensor, initial: Tensor) -> Tensor:
        """s_{t-1} for every t: (time, batch, unit) and (batch, unit) -> (time, batch, unit)."""
        if not self.reverse:
            return torch.cat([initial[None], states[:-1]])  # (time, batch, unit)
        before = torch.cat([states[1:], initial[None]])  # (time, batch, unit)
        if self.mask is not None:
            starts = ~self.mask[1:].to(states.device)  # a reverse layer starts a sequence after its padding
            before[:-1] = torch.where(starts[..., None], initial, before[:-1])
        return before

    def last(self, states: Tensor) -> Tensor:
        """The state after each sequence's last step: (time, batch, unit) -> (batch, unit)."""
        if self.reverse or self.mask is None:
            return states[0 if self.reverse else -1]
        lengths = self.mask.sum(dim=0)  # (batch)
        return states[lengths - 1, torch.arange(len(lengths), device=lengths.device)]


@dataclass(frozen=True)
class KernelPass:
    """What torch's kernel was given for one layer and direction, and what it gave."""

    weights: CellWeights
    walk: Walk
    inputs: Tensor  # x_t of all steps: (time, batch, input)
    states: Tensor  # h_t of all steps: (time, batch, state)
    start: tuple[Tensor, ...]  # h, and c of an LSTM, before the first step: (batch, unit) each
    end: tuple[Tensor, ...]  # the same after the last step


def empty(*shape: int, dtype: torch.dtype = torch.float32) -> Tensor:
    """Memory on the CPU for a result. It comes from numpy, whose large arrays are faster to fill: huge pages."""
    return torch.from_numpy(np.empty(shape, dtype=_NUMPY_DTYPES[dtype]))


def rnn_preactivations(weights: CellWeights, inputs: Tensor, states: Tensor, initial: Tensor, walk: Walk) -> Tensor:
    """W_ih x_t + b_ih + W_hh h_{t-1} + b_hh of all steps: (time, batch, gates * hidden), gates side by side."""
    sums = _product(weights.w_ih, _sum(weights.b_ih, weights.b_hh), inputs)  # (time, batch, gates * hidden)
    _add_recurrent(sums, weights.w_hh, states, initial, walk)
    return sums


def lstm_gates(weights: CellWeights, inputs: Tensor, states: Tensor, initial: Tensor, walk: Walk) -> tuple[Tensor, ...]:
    """i, f, g, o of all steps, each a (time, batch, hidden) view into one block of memory."""
    gates = rnn_preactivations(weights, inputs, states, initial, walk)  # (time, batch, 4 * hidden)
    i, f, g, o = gates.chunk(4, dim=-1)  # (time, batch, hidden) each
    hidden = i.shape[-1]
    gates[..., : 2 * hidden].sigmoid_()
    g.tanh_()
    o.sigmoid_()
    return i, f, g, o


def gru_gates(weights: CellWeights, inputs: Tensor, states: Tensor, initial: Tensor, walk: Walk) -> tuple[Tensor, ...]:
    """r, z, n of all steps, views into one block, and the term W_hn h_{t-1} + b_hn that r multiplies."""
    hidden = weights.w_hh.shape[1]
    bias = weights.b_ih
    if weights.b_ih is not None and weights.b_hh is not None:
        bias = weights.b_ih.clone()
        bias[: 2 * hidden] += weights.b_hh[: 2 * hidden]  # b_hn stays out: r multiplies it
    gates = _product(weights.w_ih, bias, inputs)  # (time, batch, 3 * hidden)
    r, z, n = gates.chunk(3, dim=-1)  # (time, batch, hidden) each
    _add_recurrent(gates[..., : 2 * hidden], weights.w_hh[: 2 * hidden], states, initial, walk)
    gates[..., : 2 * hidden].sigmoid_()
    term = n.new_zeros(n.shape)  # (time, batch, hidden)
    if weights.b_hh is not None:
        term += weights.b_hh[2 * hidden :]
    _add_recurrent(term, weights.w_hh[2 * hidden :], states, initial, walk)
    n.addcmul_(r, term).tanh_()
    return r, z, n, term


def cell_states(i: Tensor, f: Tensor, g: Tensor, initial: Tensor, walk: Walk) -> Tensor:
    """c_t = f_t c_{t-1} + i_t g_t: (time, batch, hidden).

    The loop makes two calls a step and rounds after each operation to the dtype of the gates, as torch's kernels do in
    half precision. So the equation holds to the last bit on the recorded arrays.
    """
    states = i * g if i.dtype == torch.bfloat16 else torch.mul(i, g, out=empty(*i.shape, dtype=i.dtype))
    forget, states = keep_through_padding(f, states, walk)
    if i.dtype == torch.bfloat16:
        _add_kept_in_torch(forget, states, initial, range(len(states))[:: -1 if walk.reverse else 1])
    else:
        order = slice(None, None, -1 if walk.reverse else 1)
        _add_kept(forget.numpy()[order], states.numpy()[order], initial.numpy())
    return states


def keep_through_padding(forget: Tensor, written: Tensor, walk: Walk) -> tuple[Tensor, Tensor]:
    """f_t and i_t g_t, but 1 and 0 in the padding that a reverse layer meets first: the initial state stays."""
    if not walk.reverse or walk.mask is None:
        return forget, written
    real = walk.mask[..., None]  # (time, batch, 1)
    return torch.where(real, forget, 1), torch.where(real, written, 0)


def _add_kept(forget: Array, states: Array, state: Array) -> None:
    """Add f_t c_{t-1} to the i_t g_t of each step, in place."""
    kept = np.empty_like(state)
    for keep, new in zip(forget, states, strict=True):
        np.multiply(keep, state, out=kept)
        np.add(new, kept, out=new)
        state = new


def _add_kept_in_torch(forget: Tensor, states: Tensor, state: Tensor, order: range) -> None:
    """The same in bfloat16, which numpy lacks."""
    for t in order:
        state = states[t].add_(forget[t] * state)


def input_terms(weights: CellWeights, inputs: Tensor) -> Tensor:
    """W_ih x_t + b_ih of all steps: (time, batch, input) -> (time, batch, gates * hidden)."""
    return _product(weights.w_ih, weights.b_ih, inputs)


def _product(weight: Tensor, bias: Tensor | None, vectors: Tensor) -> Tensor:
    """W v + b of all vectors: (..., unit) -> (..., row)."""
    rows = vectors.reshape(-1, vectors.shape[-1])
    out = empty(len(rows), len(weight), dtype=weight.dtype) if weight.device.type == "cpu" else None
    sums = torch.mm(rows, weight.T, out=out) if bias is None else torch.addmm(bias, rows, weight.T, out=out)
    return sums.view(*vectors.shape[:-1], len(weight))


def _add_recurrent(sums: Tensor, weight: Tensor, states: Tensor, initial: Tensor, walk: Walk) -> None:
    """Add W h_{t-1} of all steps to (time, batch, row), in place. It copies the states only if there is padding."""
    if walk.mask is not None:
        _add_product(sums, weight, walk.previous(states, initial))
        return
    later, earlier, first = (sums[:-1], states[1:], -1) if walk.reverse else (sums[1:], states[:-1], 0)
    _add_product(later, weight, earlier)
    _add_product(sums[first], weight, initial)


def _add_product(sums: Tensor, weight: Tensor, vectors: Tensor) -> None:
    rows = sums.flatten(0, -2) if sums.dim() > 2 else sums  # a view, although its rows do not follow each other
    rows.addmm_(vectors.reshape(-1, vectors.shape[-1]), weight.T)


def _sum(first: Tensor | None, second: Tensor | None) -> Tensor | None:
    return first if second is None or first is None else first + second


def step(weights: CellWeights, from_x: Tensor, state: tuple[Tensor, ...], hold: Hold) -> dict[str, Tensor]:
    """Every signal of one step, each passed through `hold` before the next equation reads it.

    Args:
        weights: The weights of the layer and direction; the number of their rows tells the cell.
        from_x: W_ih x_t + b_ih: (batch, gates * hidden).
        state: h_{t-1}, and c_{t-1} of an LSTM: (batch, unit) each.
        hold: Called with each signal's name and values (batch, unit). The step goes on with what it returns.
    """
    from_h = _product(weights.w_hh, weights.b_hh, state[0])  # (batch, gates * hidden)
    if len(state) == 2:
        return _lstm_step(weights, from_x + from_h, state[1], hold)
    if len(weights.w_hh) == weights.w_hh.shape[1]:
        preactivation = hold("preactivation", from_x + from_h)
        squash = torch.relu if weights.nonlinearity == "relu" else torch.tanh
        return {"preactivation": preactivation, "hidden_state": hold("hidden_state", squash(preactivation))}
    return _gru_step(from_x, from_h, state[0], hold)


def _lstm_step(weights: CellWeights, preactivation: Tensor, c: Tensor, hold: Hold) -> dict[str, Tensor]:
    squashes = (torch.sigmoid, torch.sigmoid, torch.tanh, torch.sigmoid)
    parts = zip(SUMMED["lstm"], squashes, preactivation.chunk(4, dim=-1), strict=True)
    gates = {name: hold(name, squash(part)) for name, squash, part in parts}
    i, f, g, o = gates.values()  # (batch, hidden) each
    c = hold("cell_state", f * c + i * g)
    h = o * torch.tanh(c)
    return {
        **gates,
        "cell_state": c,
        "hidden_state": hold("hidden_state", h if weights.w_hr is None else h @ weights.w_hr.T),
    }


def _gru_step(from_x: Tensor, from_h: Tensor, h: Tensor, hold: Hold) -> dict[str, Tensor]:
    (x_r, x_z, x_n), (h_r, h_z, h_n) = from_x.chunk(3, dim=-1), from_h.chunk(3, dim=-1)  # (batch, hidden) each
    r = hold("reset_gate", torch.sigmoid(x_r + h_r))
    z = hold("update_gate", torch.sigmoid(x_z + h_z))
    n = hold("candidate", torch.tanh(x_n + r * h_n))
    return {
        "reset_gate": r,
        "update_gate": z,
        "candidate": n,
        "hidden_state": hold("hidden_state", (1 - z) * n + z * h),
    }
