"""How a loss answers to every state of a recurrent module: `gradient_flow(module, inputs, loss).norm("hidden_state")`.

Autograd is asked only for dL/d(output), which the loss alone decides; from there the reverse recurrence of each layer
runs by hand (see backward.py). `output.retain_grad()` on a fused module would give that direct part and nothing more.
It costs about as much as the module's own backward. Nothing is written to the module, not even to its grads.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from gateviz.errors import InputError, ShapeError
from gateviz.gradients.backward import Backward, backpropagate
from gateviz.recording.layouts import State
from gateviz.recording.recorder import LayerRun, Run, run_layers, untracked
from gateviz.results.trace import Array, GradientTrace, LayerGradient

Loss = Callable[..., Tensor]


def gradient_flow(
    module: nn.Module,
    inputs: Tensor | PackedSequence,
    loss: Loss,
    initial_state: State | None = None,
) -> GradientTrace:
    """The total derivative of the loss by every state and input, for every layer, direction, unit and step.

    Args:
        module: An nn.RNN, nn.LSTM or nn.GRU, with any of its options.
        inputs: What the module itself takes: a batched or unbatched Tensor, or a PackedSequence.
        loss: Any differentiable callable from module(inputs)[0], in that layout, to a scalar Tensor.
        initial_state: What the module itself takes; zeros when None.

    Returns:
        A GradientTrace whose arrays are (batch, time, unit) in the module's dtype.

    Raises:
        UnsupportedModuleError: The module is none of the above.
        ShapeError: The inputs or the state do not fit the module, or the loss is not a scalar.

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
        inputs=run.layout.to_array(below.to(run.module.dtype)),
        layers=tuple(layer_gradient(run, *pair) for pair in zip(run.layers, backwards, strict=True)),
    )


def output_gradient(run: Run, loss: Loss) -> tuple[float, Tensor]:
    """The loss, and its gradient by the output: (time, batch, feature), on the CPU, in the dtype of the signals."""
    with torch.inference_mode(False), torch.enable_grad():
        rows = run.output.detach().requires_grad_()
        value = loss(run.layout.as_output(rows.clone()))  # a copy may be changed in place, as the module's own may
        if not isinstance(value, Tensor) or value.numel() != 1:
            given = f"shape {tuple(value.shape)}" if isinstance(value, Tensor) else f"type {type(value).__name__}"
            raise ShapeError(f"the loss has {given}: return a Tensor with one number, such as output.sum().")
        if not value.requires_grad:
            raise InputError("the loss does not depend on the output: compute it from its argument, without detaching.")
        (gradient,) = torch.autograd.grad(value.reshape(()), rows, allow_unused=True)
    gradient = torch.zeros_like(rows) if gradient is None else gradient
    return float(value.detach()), run.layout.dense(gradient).to("cpu", run.layers[0].signals["hidden_state"].dtype)


def through_layers(run: Run, direct: Tensor, final: tuple[Tensor, ...] | None = None) -> tuple[list[Backward], Tensor]:
    """From dL/d(output), (time, batch, feature), to the gradients of every layer, in their order, and dL/dx.

    Args:
        run: what was run.
        direct: dL/d(output).
        final: dL/d(final state) by whatever went on from there: (layer and direction, batch, unit) of h, and of an
            LSTM's c.
    """
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


def layer_gradient(run: Run, layer: LayerRun, backward: Backward) -> LayerGradient:
    """The gradients of one layer and direction as numpy arrays, (batch, time, unit)."""

    def array(tensor: Tensor) -> Array:
        return run.layout.to_array(tensor.to(run.module.dtype))

    return LayerGradient(
        cell=run.module.cell,
        index=layer.index,
        direction=layer.direction,
        hidden_state=array(backward.hidden),
        cell_state=None if backward.cell is None else array(backward.cell),
        direct=array(backward.direct),
    )
