"""The gates and the cell state of an LSTM in float16 or bfloat16, rounded as torch's kernel rounded them.

A kernel gives c_t of the last step only, and rounding adds up over the steps: in bfloat16 a c of 150 no longer grows
by 0.4. Torch's own kernels round each operation to half precision; oneDNN works out a step in float32 and rounds c_t
at its end. The last cell state tells which kernel ran: the way that ends there, or nearest to it, is taken.
"""

from dataclasses import replace

import torch
from torch import Tensor
from torch.nn.functional import linear

from gateviz.recording.cells import KernelPass, cell_states, keep_through_padding, lstm_gates

LSTMSignals = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]  # i, f, g, o, c: (time, batch, hidden) each


def rounded_lstm(passed: KernelPass) -> LSTMSignals:
    """i, f, g, o and c in the dtype of the pass, on the CPU."""
    last = passed.end[1].to("cpu", torch.float32)  # (batch, hidden)
    ways = [_rounded_each_operation, _rounded_each_step]
    if passed.states.dtype == torch.bfloat16 and passed.walk.mask is None:
        ways.reverse()  # the likelier one first
    found: list[tuple[float, LSTMSignals]] = []
    for way in ways:
        signals = way(passed)
        found.append((float((passed.walk.last(signals[4]).float() - last).abs().sum()), signals))
        if found[-1][0] == 0:
            break
    return min(found, key=lambda pair: pair[0])[1]


def _rounded_each_operation(passed: KernelPass) -> LSTMSignals:
    weights, (hidden, cell) = passed.weights, passed.start
    from_x = _rounded_product(passed.inputs, weights.w_ih, weights.b_ih)  # (time, batch, 4 * hidden)
    from_h = _rounded_product(passed.walk.previous(passed.states, hidden), weights.w_hh, weights.b_hh)
    i, f, g, o = (from_h + from_x).cpu().chunk(4, dim=-1)
    i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
    return i, f, g, o, cell_states(i, f, g, cell.cpu(), passed.walk)


def _rounded_product(vectors: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    """W v + b, rounded once at the end: float32 is faster on a CPU than half precision, and gives the same."""
    exact = linear(vectors.float(), weight.float(), None if bias is None else bias.float())
    return exact.to(vectors.dtype)


def _rounded_each_step(passed: KernelPass) -> LSTMSignals:
    weights, walk = passed.weights, passed.walk
    if weights.b_ih is not None and weights.b_hh is not None:
        weights = replace(weights, b_ih=weights.b_ih + weights.b_hh, b_hh=None)  # oneDNN takes their rounded sum
    x, h, start = passed.inputs.float(), passed.states.float(), passed.start[0].float()
    i, f, g, o = (gate.cpu() for gate in lstm_gates(weights.to(torch.float32), x, h, start, walk))
    forget, written = keep_through_padding(f, i * g, walk)
    states, c = written.to(passed.states.dtype), passed.start[1].cpu().float()
    steps = list(zip(forget.unbind(), written.unbind(), states.unbind(), strict=True))  # (batch, hidden) each
    for keep, new, rounded in steps[:: -1 if walk.reverse else 1]:
        rounded.copy_(torch.addcmul(new, keep, c))
        c = rounded.float()
    i, f, g, o = (gate.to(states.dtype) for gate in (i, f, g, o))
    return i, f, g, o, states
