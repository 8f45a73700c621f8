"""The gates and the cell state of an LSTM in float16 or bfloat16, rounded as torch's kernel rounded them.

A kernel gives c_t of the last step only, and rounding adds up over the steps: in bfloat16 a c of 150 no longer grows
by 0.4. Torch's own kernels round each operation to half precision; oneDNN works out a step in float32 and rounds c_t
at its end. Both are computed here, and the last cell state tells which kernel ran.
"""

from dataclasses import replace

import torch
from torch import Tensor
from torch.nn.functional import linear

from gateviz.recording.cells import KernelPass, cell_states, lstm_gates

LSTMSignals = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]  # i, f, g, o, c: (time, batch, hidden) each


def rounded_lstm(passed: KernelPass) -> LSTMSignals:
    """i, f, g, o and c in the dtype of the pass, on the CPU."""
    last = passed.end[1].to("cpu", torch.float32)  # (batch, hidden)

    def distance(signals: LSTMSignals) -> float:
        return float((passed.walk.last(signals[4]).float() - last).abs().sum())

    return min(_rounded_each_operation(passed), _rounded_each_step(passed), key=distance)


def _rounded_each_operation(passed: KernelPass) -> LSTMSignals:
    weights, (hidden, cell) = passed.weights, passed.start
    from_x = linear(passed.inputs, weights.w_ih, weights.b_ih)  # (time, batch, 4 * hidden)
    from_h = linear(passed.walk.previous(passed.states, hidden), weights.w_hh, weights.b_hh)
    i, f, g, o = (from_h + from_x).cpu().chunk(4, dim=-1)
    i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
    return i, f, g, o, cell_states(i, f, g, cell.cpu(), passed.walk)


def _rounded_each_step(passed: KernelPass) -> LSTMSignals:
    weights, walk = passed.weights, passed.walk
    if weights.b_ih is not None and weights.b_hh is not None:
        weights = replace(weights, b_ih=weights.b_ih + weights.b_hh, b_hh=None)  # oneDNN takes their rounded sum
    x, h, start = passed.inputs.float(), passed.states.float(), passed.start[0].float()
    i, f, g, o = (gate.cpu() for gate in lstm_gates(weights.to(torch.float32), x, h, start, walk))
    c, written = passed.start[1].cpu(), i * g
    states = torch.empty_like(written, dtype=c.dtype)
    for t in range(len(states))[:: -1 if walk.reverse else 1]:
        new = (f[t] * c.float() + written[t]).to(c.dtype)  # (batch, hidden)
        c = states[t] = new if walk.mask is None else torch.where(walk.mask[t][:, None], new, c)
    i, f, g, o = (gate.to(c.dtype) for gate in (i, f, g, o))
    return i, f, g, o, states
