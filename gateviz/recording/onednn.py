"""The gates of an LSTM as oneDNN's kernel leaves them in its workspace.

On a CPU in float32 an nn.LSTM runs on oneDNN. In training it keeps every gate for its backward pass: i, f, g, o side
by side, one padded row for each step and sequence. No document describes that layout, so what is read is compared
with the kernel's states each time; None tells the caller to use the equations. A gate that is read costs one copy.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gateviz.recording.cells import CellWeights, Walk, cell_states, empty

WORKSPACE = 1 << 24  # bytes: the workspace is larger than the gates, so a long run goes in parts
CHECKED = 8  # steps, evenly spread, at which the output is compared


@dataclass(frozen=True)
class KeptByKernel:
    """One layer and direction as the kernel left it, in the order of the input: (time, batch, hidden) each."""

    gates: tuple[Tensor, ...]  # i, f, g, o
    cell: Tensor
    hidden: Tensor
    final: tuple[Tensor, Tensor]  # h and c after the last step: (batch, hidden)


def gates_from_kernel(
    weights: CellWeights, inputs: Tensor, start: tuple[Tensor, Tensor], walk: Walk
) -> KeptByKernel | None:
    """Run one LSTM layer and direction over (time, batch, input); None if oneDNN does not give its gates."""
    if not _runs_on_onednn(weights, inputs, walk):
        return None
    steps, batch = inputs.shape[:2]
    hidden = weights.w_hh.shape[1]
    gates, states = empty(steps, batch, 4 * hidden), empty(steps, batch, hidden)
    state = start
    bytes_a_step = 64 * batch * hidden
    length = max(16, min(WORKSPACE // bytes_a_step, max(512, steps // 4)))
    for first in range(0, steps, length):
        # a reverse layer reads its input from the end: the part is reversed before the kernel and after it
        part = slice(max(0, steps - first - length), steps - first) if walk.reverse else slice(first, first + length)
        output, part_gates, state = _part(weights, inputs[part].flip(0) if walk.reverse else inputs[part], state)
        if part_gates is None:
            return None
        gates[part] = part_gates.flip(0) if walk.reverse else part_gates
        states[part] = output.flip(0) if walk.reverse else output
    i, f, g, o = gates.chunk(4, dim=-1)
    kept = KeptByKernel((i, f, g, o), cell_states(i, f, g, start[1], walk), states, state)
    return kept if _agrees(kept, walk) else None


def _runs_on_onednn(weights: CellWeights, inputs: Tensor, walk: Walk) -> bool:
    """Whether PyTorch runs this layer on oneDNN and lets us ask for its workspace."""
    return (
        walk.mask is None
        and weights.w_hr is None
        and inputs.numel() > 0
        and inputs.dtype == torch.float32
        and inputs.device.type == "cpu"
        and not (inputs.is_inference() or weights.w_hh.is_inference())
        and hasattr(torch, "mkldnn_rnn_layer")
        and bool(torch._C._has_mkldnn)
        and bool(torch._C._get_mkldnn_enabled())
    )


def _part(
    weights: CellWeights, inputs: Tensor, state: tuple[Tensor, Tensor]
) -> tuple[Tensor, Tensor | None, tuple[Tensor, Tensor]]:
    """Some steps: the output, the gates as a view into the workspace, and the state after them."""
    steps, batch, _ = inputs.shape
    hidden = weights.w_hh.shape[1]
    zeros = weights.w_hh.new_zeros(4 * hidden)
    biases = [zeros if bias is None else bias for bias in (weights.b_ih, weights.b_hh)]
    lstm = 2  # oneDNN's number of the cell
    kernel: Any = torch.mkldnn_rnn_layer
    # the kernel ignores strides: it would read a strided tensor in the wrong order, without a word
    inputs, *others = (part.contiguous() for part in (inputs, weights.w_ih, weights.w_hh, *biases, *state))
    options: tuple[Any, ...] = (False, [], lstm, hidden, 1, True, False, False, True)  # the last: as in training
    try:
        with torch.enable_grad():  # only then does the kernel run as in training
            output, h, c, workspace = kernel(inputs.detach().requires_grad_(), *others, *options)
    except (RuntimeError, TypeError):  # another build's kernel, or another version's arguments
        return inputs, None, state
    after = (h.detach().view(batch, hidden), c.detach().view(batch, hidden))
    if workspace is None or workspace.dtype != torch.uint8:
        return output.detach(), None, after
    numbers = workspace.detach().view(torch.float32)
    row = _row_length(4 * hidden)
    if numbers.numel() < steps * batch * row:
        return output.detach(), None, after
    rows = numbers[: steps * batch * row].view(steps, batch, row)
    return output.detach(), rows[..., : 4 * hidden], after


def _row_length(numbers: int) -> int:
    """How many numbers lie between the starts of two rows: whole cache lines, but never a multiple of 256."""
    line = 16
    rounded = -(-numbers // line) * line
    return rounded + line if rounded % 256 == 0 else rounded


def _agrees(kept: KeptByKernel, walk: Walk) -> bool:
    """Whether the gates give the kernel's own final cell state, and its output at steps spread over the run."""
    spread = slice(None, None, -(-len(kept.cell) // CHECKED))
    o, c, h = (tensor.numpy()[spread] for tensor in (kept.gates[3], kept.cell, kept.hidden))  # (step, batch, hidden)
    last, expected = walk.last(kept.cell).numpy(), kept.final[1].numpy()
    same_cell = np.abs(last - expected).max() <= 1e-4 * (1 + np.abs(expected).max())
    return bool(same_cell and np.abs(o * np.tanh(c) - h).max() <= 1e-4)  # False also where something is NaN
