"""The derivative of a loss by every state of a recurrent module: `gradient_flow(module, inputs, loss)`.

Autograd computes only dL/d(output), which depends on the loss alone. From there the reverse recurrence of each layer
runs by hand (see backward.py). `output.retain_grad()` on a fused module would give that direct part and nothing more.
It costs about as much as the module's own backward. Nothing is written to the module, not even to its grads.
"""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from gateviz.gradients.backward import Backward, backpropagate
from gateviz.gradients.losses import Loss, output_gradient, result_dtype
from gateviz.recording.layouts import State
from gateviz.recording.recorder import LayerRun, Run, run_layers, untracked
from gateviz.results.trace import Array, GradientTrace, LayerGradient


def gradient_flow(
    module: nn.Module,
    inputs: Tensor | PackedSequence,
    loss: Loss,
    initial_state: State | None = None,
) -> GradientTrace:
    """The total derivative of the loss by every state and input, for every layer, direction, unit and step.

    A gradient above the range of its dtype is infinite; one below its smallest normal number is zero.

    Args:
        module: An nn.RNN, nn.LSTM or nn.GRU, with any of its options.
        inputs: What the module itself takes: a batched or unbatched Tensor, or a PackedSequence.
        loss: Any differentiable callable from module(inputs)[0], in that layout, to a scalar Tensor.
        initial_state: What the module itself takes; zeros when None.

    Returns:
        A GradientTrace whose arrays are (batch, time, unit) in the module's dtype, but float32 for a module of half
        precision, in which most gradients would be zero.

    Raises:
        UnsupportedModuleError: The module is none of the above.
        ShapeError: The inputs or the state do not fit the module, or the loss is not one real number.
        InputError: The loss cannot be called with the output alone, or cannot be differentiated by it.

    Example:
        >>> lstm = torch.nn.LSTM(8, 16, batch_first=True)
        >>> flow = gradient_flow(lstm, torch.randn(1, 20, 8), lambda output: output[:, -1].sum())
        >>> flow.norm("hidden_state", layer=0).shape
        (1, 20)
    """
    run = run_layers(module, inputs, initial_state, half=False)
    value, direct = output_gradient(run, loss)
    with untracked():
        backwards, below = through_layers(run, direct)
    return GradientTrace(
        cell=run.module.cell,
        num_layers=run.module.num_layers,
        num_directions=run.module.num_directions,
        lengths=run.layout.lengths,
        loss=value,
        inputs=run.layout.to_array(below.to(result_dtype(run))),
        layers=tuple(layer_gradient(run, *pair) for pair in zip(run.layers, backwards, strict=True)),
    )


def through_layers(run: Run, direct: Tensor, final: tuple[Tensor, ...] | None = None) -> tuple[list[Backward], Tensor]:
    """From dL/d(output) to the gradients of every layer, in the order of `run.layers`, and dL/dx.

    They have the dtype of `direct`. If a gradient is above its range, all are computed once more, in float64, and have
    that dtype. A gradient above that range too is inf. None is nan unless a weight, a state or `direct` is.

    Args:
        run: What was run.
        direct: dL/d(output), (time, batch, feature).
        final: dL/d(final state), if something went on from there: (layer and direction, batch, unit) of h, and of an
            LSTM's c.
    """
    if direct.dtype != result_dtype(run):
        run = replace(run, layers=tuple(map(_in_float64, run.layers)))
    with np.errstate(over="ignore", invalid="ignore"):
        backwards, below = _through_layers(run, direct, final)
    ends = [end for backward in backwards for end in (backward.initial_hidden, backward.initial_cell)]
    if all(end is None or math.isfinite(end.sum()) for end in (*ends, below)) or _holds_nan(run, direct, final):
        return backwards, below
    if direct.dtype != torch.float64:
        return through_layers(run, direct.double(), None if final is None else tuple(part.double() for part in final))
    return [_inf_for_nan(backward) for backward in backwards], below.nan_to_num(torch.inf, torch.inf, -torch.inf)


def _through_layers(run: Run, direct: Tensor, final: tuple[Tensor, ...] | None) -> tuple[list[Backward], Tensor]:
    backwards: list[Backward] = []
    for index in reversed(range(run.module.num_layers)):
        layers = [layer for layer in run.layers if layer.index == index]
        parts = direct.chunk(len(layers), dim=-1)  # (time, batch, state) each
        numbered = enumerate(zip(layers, parts, strict=True), start=index * len(layers))
        here = [_through_layer(layer, part, number, final) for number, (layer, part) in numbered]
        direct = sum((backward.inputs for backward in here[1:]), start=here[0].inputs)  # (time, batch, input)
        backwards = [*here, *backwards]
    return backwards, direct


def _through_layer(layer: LayerRun, direct: Tensor, number: int, final: tuple[Tensor, ...] | None) -> Backward:
    """One layer and direction, the `number`-th of the run."""
    if final is None:
        return backpropagate(layer, direct)
    direct = direct.clone()
    direct[0 if layer.walk.reverse else -1] += final[0][number]
    return backpropagate(layer, direct, final[1][number] if len(final) > 1 else None)


def _in_float64(layer: LayerRun) -> LayerRun:
    signals = {name: signal.double() for name, signal in layer.signals.items()}
    return replace(layer, signals=signals, reset_term=None if layer.reset_term is None else layer.reset_term.double())


def _holds_nan(run: Run, direct: Tensor, final: tuple[Tensor, ...] | None) -> bool:
    """Whether a gradient may be nan for another reason than the range of its dtype."""
    return any(bool(part.isnan().any()) for part in (direct, *(final or ()), *_weights_and_states(run)))


def _weights_and_states(run: Run) -> Iterator[Tensor]:
    """What the gradients are multiplied by."""
    for layer in run.layers:
        yield from (
            weight for weight in (layer.weights.w_ih, layer.weights.w_hh, layer.weights.w_hr) if weight is not None
        )
        if layer.weights.nonlinearity == "tanh":  # the slope of relu is 0 or 1, whatever the state
            yield from (layer.signals[name] for name in ("hidden_state", "cell_state") if name in layer.signals)


def _inf_for_nan(backward: Backward) -> Backward:
    """The gradients with inf where inf - inf or 0 * inf came out: such a gradient is above the range."""
    tensors = {name: part for name, part in vars(backward).items() if part is not None}
    return replace(
        backward, **{name: part.nan_to_num(torch.inf, torch.inf, -torch.inf) for name, part in tensors.items()}
    )


def layer_gradient(run: Run, layer: LayerRun, backward: Backward) -> LayerGradient:
    """The gradients of one layer and direction as numpy arrays, (batch, time, unit)."""

    def array(tensor: Tensor) -> Array:
        return run.layout.to_array(tensor.to(result_dtype(run)))

    return LayerGradient(
        cell=run.module.cell,
        index=layer.index,
        direction=layer.direction,
        hidden_state=array(backward.hidden),
        cell_state=None if backward.cell is None else array(backward.cell),
        direct=array(backward.direct),
    )
