"""Which way a gradient took: through the gates that keep or around them, and from which step of the loss it came.

`path_norms` costs as much as `jacobian_norms`, with three norms instead of one. `gradient_bands` runs the reverse
recurrence once for each step of the output that the loss reads. It does as many of these at a time as fit into a block
of limited size, each as one more entry of the batch.

Arrays have the module's dtype, but float32 for a module of half precision, in which most of them would be zero.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from gateviz.errors import SignalError, as_given
from gateviz.gradients.flow import through_layers
from gateviz.gradients.jacobians import BLOCK, pairs_to_array, products_of, step_jacobians
from gateviz.gradients.losses import Loss, output_gradient, result_dtype
from gateviz.gradients.matrix_norms import Order, check_order, matrix_norms
from gateviz.gradients.scaling import rescale, scale_back
from gateviz.recording.cells import Walk
from gateviz.recording.layouts import State
from gateviz.recording.recorder import LayerRun, Run, run_layers, untracked
from gateviz.results.gradient_paths import GradientBands, PathNorms
from gateviz.results.trace import Direction, one_of, pick

Differentiated = Literal["hidden_state", "cell_state", "inputs"]
Scaled = tuple[Tensor, Tensor]  # matrices (batch, s, unit, unit) and exponents (batch, s): matrices * 2^exponents


def path_norms(
    module: nn.Module,
    inputs: Tensor | PackedSequence,
    order: Order = 2,
    *,
    layer: int = 0,
    direction: Direction = "forward",
    initial_state: State | None = None,
) -> PathNorms:
    """The derivative of each cell state by each earlier one, split into the direct path and the rest.

    For an LSTM that is d c_t / d c_s, whose direct path is the product of the forget gates; for a GRU d h_t / d h_s,
    whose direct path is the product of the update gates. A plain RNN has no direct path.

    Args:
        module: What `record` takes, an LSTM or a GRU.
        inputs: What `record` takes.
        order: 2 for spectral norms, "fro" for Frobenius'.
        layer: Which layer; a negative one counts from the top.
        direction: "forward" or "reverse".
        initial_state: What the module itself takes; zeros when None.

    Raises:
        UnsupportedModuleError: As `record`.
        ShapeError: As `record`.
        SignalError: The module is a plain RNN, or there is no such order, layer or direction.

    Example:
        >>> path_norms(torch.nn.LSTM(8, 16), torch.randn(20, 1, 8)).direct_share.shape
        (1, 20, 20)
    """
    check_order(order)
    run = run_layers(module, inputs, initial_state, half=False)
    if run.module.cell == "rnn":
        raise SignalError(
            "an RNN has no direct path, every gradient passes through its weights: give an LSTM or a GRU."
        )
    with untracked():
        chosen = pick(run.layers, layer, direction, run.module.num_layers)
        steps, batch = chosen.signals["hidden_state"].shape[:2]
        norms = chosen.signals["hidden_state"].new_full((3, steps, steps, batch), float("nan"))  # total, direct, rest
        for t, s, paths in _paths(chosen):
            for kind, (matrices, exponents) in enumerate(paths):
                found = matrix_norms(matrices.flatten(0, 1), order).view(exponents.shape)  # (batch, s)
                norms[kind, t, s] = scale_back(found, exponents).T
        return PathNorms(run.module.cell, *(pairs_to_array(run, kind) for kind in norms))


def _paths(layer: LayerRun) -> Iterator[tuple[int, slice, tuple[Scaled, Scaled, Scaled]]]:
    """For each t and the steps s of a block: the whole derivative, the direct path and the rest of it."""
    is_lstm, reverse = layer.initial_cell is not None, layer.walk.reverse
    gate = layer.signals["forget_gate" if is_lstm else "update_gate"]  # (time, batch, unit)
    block, direct = -1, gate[0][:, None][:, :0]  # (batch, no s yet, unit): the diagonal of the direct path
    exponents = direct.new_zeros(direct.shape[:2], dtype=torch.int32)  # of the direct path, (batch, no s yet)
    for t, s, products, whole_exponents in products_of(step_jacobians(layer), reverse):
        start = s.stop if reverse else s.start  # stays the same throughout a block
        kept = slice(None) if start == block else slice(0)
        direct, exponents, block = direct[:, kept] * gate[t][:, None], exponents[:, kept].clone(), start
        rescale(direct, exponents, dim=(2,))
        if direct.shape[1] < products.shape[1]:  # the block grew by t itself, where the path is the identity
            direct = _grown(direct, torch.ones_like(gate[t][:, None]), reverse)
            exponents = _grown(exponents, exponents.new_zeros(len(exponents), 1), reverse)
        whole, diagonal = _cell_by_cell(layer, s, products) if is_lstm else products, torch.diag_embed(direct)
        common = torch.maximum(whole_exponents, exponents)  # of whatever is the larger
        rest = scale_back(whole, (whole_exponents - common)[..., None, None])
        rest -= scale_back(diagonal, (exponents - common)[..., None, None])
        yield t, s, ((whole, whole_exponents), (diagonal, exponents), (rest, common))


def _grown(block: Tensor, by: Tensor, reverse: bool) -> Tensor:
    """The block (batch, s, ...) with one more s, after the others, or before them when the direction is reverse."""
    return torch.cat((by, block) if reverse else (block, by), dim=1)


def _cell_by_cell(layer: LayerRun, s: slice, products: Tensor) -> Tensor:
    """The derivative d c_t / d c_s of an LSTM from its state's Jacobians: c_s also acts through h_s = o_s tanh(c_s)."""
    cell, gate = layer.signals["cell_state"][s], layer.signals["output_gate"][s]  # (s, batch, hidden)
    hidden = cell.shape[-1]
    through_h = torch.diag_embed((gate * (1 - torch.tanh(cell).square())).transpose(0, 1))  # (batch, s, hidden, hidden)
    if layer.weights.w_hr is not None:
        through_h = layer.weights.w_hr.to("cpu", cell.dtype) @ through_h  # (batch, s, state, hidden)
    by_h, by_c = products[:, :, -hidden:, :-hidden], products[:, :, -hidden:, -hidden:]
    return by_c + by_h @ through_h


def gradient_bands(
    module: nn.Module,
    inputs: Tensor | PackedSequence,
    loss: Loss,
    initial_state: State | None = None,
    *,
    signal: Differentiated = "hidden_state",
    layer: int = 0,
    direction: Direction = "forward",
) -> GradientBands:
    """`gradient_flow` of one signal, split by the step of the output that the loss read.

    A gradient is linear in dL/d(output), so the part of each step is sent back alone, through all layers.

    Args:
        module: What `record` takes.
        inputs: What `record` takes.
        loss: What `gradient_flow` takes.
        initial_state: What the module itself takes; zeros when None.
        signal: "hidden_state", an LSTM's "cell_state", or "inputs".
        layer: Which layer; a negative one counts from the top. Without meaning for the inputs.
        direction: "forward" or "reverse". Without meaning for the inputs.

    Raises:
        UnsupportedModuleError: As `record`.
        ShapeError: As `gradient_flow`.
        InputError: As `gradient_flow`.
        SignalError: There is no such signal, layer or direction.

    Example:
        >>> gradient_bands(torch.nn.GRU(8, 16), torch.randn(20, 1, 8), torch.sum).bands.shape
        (1, 20, 20)
    """
    run = run_layers(module, inputs, initial_state, half=False)
    choices = ("hidden_state", "cell_state", "inputs") if run.module.cell == "lstm" else ("hidden_state", "inputs")
    if not (isinstance(signal, str) and signal in choices):
        raise SignalError(f"{as_given(signal)} is not a signal of this {run.module.cell}: choose {one_of(choices)}.")
    _, gradient = output_gradient(run, loss)
    with untracked():
        position = run.layers.index(pick(run.layers, layer, direction, run.module.num_layers))
        sources = gradient.flatten(1).any(dim=1).nonzero()[:, 0]  # (source)
        parts = [_sent_back(run, gradient, some, signal, position) for some in _blocks(run, sources)]
        contributions = torch.cat(parts, dim=2)  # (time, batch, source, unit)
        total = contributions.sum(dim=2)  # (time, batch, unit)
        if (lost := total.isnan()).any():
            total[lost & ~contributions.isnan().any(dim=2)] = torch.inf  # inf - inf: above every range
        arrays = [run.layout.to_array(part.to(result_dtype(run))) for part in (contributions, total)]
    return GradientBands(signal, np.asarray(sources), *arrays)


def _blocks(run: Run, sources: Tensor) -> list[Tensor]:
    """The sources, so many at a time that a layer's factors stay within the limit; one empty block if none."""
    states = run.layers[0].signals["hidden_state"]
    width = max(1, BLOCK // max(1, 8 * states.numel()))
    return list(torch.tensor_split(sources, list(range(width, len(sources), width))))


def _sent_back(run: Run, gradient: Tensor, sources: Tensor, signal: Differentiated, position: int) -> Tensor:
    """What each source contributes: (time, batch, source, unit)."""
    count, (steps, batch) = len(sources), gradient.shape[:2]
    alone = gradient.new_zeros(steps, count, *gradient.shape[1:])  # (time, source, batch, feature)
    alone[sources, torch.arange(count, device="cpu")] = gradient[sources]
    many = replace(run, layers=tuple(_repeated(layer, count) for layer in run.layers))
    backwards, inputs = through_layers(many, alone.flatten(1, 2))
    chosen = {"hidden_state": backwards[position].hidden, "cell_state": backwards[position].cell, "inputs": inputs}[
        signal
    ]
    if chosen is None:
        raise AssertionError("only an LSTM is asked for its cell state")
    return chosen.view(steps, count, batch, chosen.shape[-1]).transpose(1, 2)


def _repeated(layer: LayerRun, count: int) -> LayerRun:
    """The layer with its batch repeated, once for each source."""
    mask = layer.walk.mask
    return replace(
        layer,
        walk=Walk(layer.walk.reverse, None if mask is None else mask.repeat(1, count)),
        initial_hidden=layer.initial_hidden.repeat(count, 1),
        initial_cell=None if layer.initial_cell is None else layer.initial_cell.repeat(count, 1),
        signals={name: signal.repeat(1, count, 1) for name, signal in layer.signals.items()},
        reset_term=None if layer.reset_term is None else layer.reset_term.repeat(1, count, 1),
    )
