"""How much of each input is in each later state: by leaving it out, and by the gradient.

    changes = left_out(lstm, inputs)            # changes[t, j]: how far h_t moves if x_j is left out of the sequence
    slopes = along_inputs(lstm, inputs)         # slopes[t, j]: how fast h_t moves as x_j shrinks
    shares_of(changes)[t]                       # sums to 1: what the state after step t is made of

The second is what the first would be if the network were linear: (dh_t/dx_j) x_j. A gradient of a gradient gives it:
J^T u is linear in u, and its derivative along v is J v. Both take runs of a batch of as many sequences as there are
steps, in float64.
"""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from gateviz.errors import ShapeError
from gateviz.recording.recorder import untracked
from gateviz.results.arguments import whole_number
from gateviz.results.trace import Direction

Pairs = NDArray[np.float64]


def left_out(module: nn.RNNBase, inputs: Tensor, layer: int = 0, direction: Direction = "forward") -> Pairs:
    """How far each hidden state moves if one input is left out of the sequence.

    Args:
        module: An nn.RNN, nn.LSTM or nn.GRU without projections.
        inputs: (time, feature), one sequence.
        layer: Whose state, from 0.
        direction: Which way that layer reads.

    Returns:
        (time, source): the L2 norm of h_t minus the state of the shorter sequence after the same token. At the source
        itself that is the state of the step that is read before.

    Raises:
        ShapeError: The inputs are not one sequence.
        InputError: There is no such layer.
    """
    sequence, run = _prepared(module, inputs, layer, direction)
    steps = len(sequence)
    with untracked():
        whole = run(sequence[None])[0]  # (time, unit)
        first = whole.new_zeros(1, whole.shape[1])
        if steps == 1:
            return _norms(whole[None] - first)
        shorter = torch.stack([torch.cat((sequence[:j], sequence[j + 1 :])) for j in range(steps)])
        states = run(shorter)  # (source, time - 1, unit)
        edge = first.expand(steps, 1, -1)
        here, source = torch.arange(steps)[None], torch.arange(steps)[:, None]
        if direction == "forward":  # the state after token t is at t + 1, or at t if the source stood before it
            after, beside = torch.cat((edge, states), dim=1), here + (here < source)
        else:
            after, beside = torch.cat((states, edge), dim=1), here - (here > source).long()
        aligned = after.gather(1, beside[..., None].expand(-1, -1, whole.shape[1]))
        return _norms(aligned - whole[None])


def along_inputs(module: nn.RNNBase, inputs: Tensor, layer: int = 0, direction: Direction = "forward") -> Pairs:
    """How fast each hidden state moves as one input shrinks towards zero.

    Args:
        module: As for `left_out`.
        inputs: As for `left_out`.
        layer: Whose state, from 0.
        direction: Which way that layer reads.

    Returns:
        (time, source): the L2 norm of (dh_t/dx_j) x_j.

    Raises:
        ShapeError, InputError: As `left_out`.
    """
    sequence, run = _prepared(module, inputs, layer, direction)
    steps = len(sequence)
    with untracked(), torch.enable_grad():
        each = sequence.expand(steps, -1, -1).clone().requires_grad_()  # (source, time, feature)
        own = torch.zeros_like(each)
        own[torch.arange(steps), torch.arange(steps)] = sequence
        states = run(each)
        back = torch.zeros_like(states, requires_grad=True)
        (through,) = torch.autograd.grad(states, each, back, create_graph=True)  # linear in `back`: J^T back
        (moved,) = torch.autograd.grad(through, back, own)  # J own
        return _norms(moved)


def shares_of(pairs: Pairs) -> Pairs:
    """Each row divided by its sum; a row of zeros stays."""
    totals = pairs.sum(axis=1, keepdims=True)
    shares: Pairs = pairs / np.where(totals > 0, totals, 1)
    return shares


def _norms(moved: Tensor) -> Pairs:
    """(source, time, unit) -> (time, source)."""
    norms: Pairs = moved.norm(dim=-1).T.numpy()
    return norms


def _prepared(module: nn.RNNBase, inputs: Tensor, layer: int, direction: Direction) -> tuple[Tensor, Any]:
    """The sequence in float64, and a function from a batch to the hidden states of that layer and direction."""
    if not isinstance(inputs, Tensor) or inputs.dim() != 2 or inputs.shape[1] != module.input_size or not len(inputs):
        given = tuple(inputs.shape) if isinstance(inputs, Tensor) else type(inputs).__name__
        raise ShapeError(f"the inputs are {given}: give one sequence, (time, {module.input_size}).")
    layer = whole_number("layer", layer, 0, module.num_layers - 1)
    kind: Any = type(module)
    lower = kind(
        module.input_size, module.hidden_size, num_layers=layer + 1, bidirectional=module.bidirectional,
        bias=module.bias, batch_first=True, dtype=torch.float64,
        **({"nonlinearity": module.nonlinearity} if isinstance(module, nn.RNN) else {}),
    )  # fmt: skip
    weights = module.state_dict()
    lower.load_state_dict({name: weights[name].double().cpu() for name in lower.state_dict()})
    lower.requires_grad_(False)
    first = module.hidden_size if direction == "reverse" else 0

    def run(batch: Tensor) -> Tensor:
        output: Tensor = lower(batch)[0]
        return output[..., first : first + module.hidden_size]

    return inputs.detach().double().cpu(), run
