"""Two recurrent modules in a row, as an encoder and its decoder: the second starts from the first one's final state.

    chain = Chain(encoder, read, decoder, written)      # each module with its own inputs
    chain.record().layer(0)["hidden_state"]             # (batch, time of both, unit): one picture, one time axis
    chain.contributions()[1].layer(0)["forget_gate"]    # the sum inside a gate of the second module, and its own bias
    chain.gradient_flow(loss)                           # the loss is of the decoder's output; it reaches the encoder

The modules have the same cell, layers and sizes, one direction, and their inputs the same width and no padding.
"""

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn

from gateviz.gradients.flow import Loss, layer_gradient, output_gradient, through_layers
from gateviz.recording.gate_sums import GateSums, gate_sums_of
from gateviz.recording.layouts import State
from gateviz.recording.recorder import Run, run_layers, to_trace, untracked
from gateviz.results.trace import Array, GradientTrace, LayerGradient, LayerTrace, Trace


@dataclass(frozen=True)
class Chain:
    """Two modules and what each of them reads."""

    first: nn.Module
    first_inputs: Tensor
    """(batch, time, feature), or as the first module takes it."""
    second: nn.Module
    second_inputs: Tensor
    """(batch, time, feature), or as the second module takes it."""

    def record(self) -> Trace:
        """Every signal of every step of both, the second module's steps after the first one's.

        The output, too, is that of both; the initial state is the first module's, the final one the second's.

        Raises:
            UnsupportedModuleError: a module that is not recurrent.
            ShapeError: inputs that do not fit, or modules that do not fit each other.
        """
        first, second = map(to_trace, self._run(half=True))
        layers = tuple(
            LayerTrace(
                one.cell, one.index, one.direction, {name: _joined(one[name], two[name]) for name in one.signals}
            )
            for one, two in zip(first.layers, second.layers, strict=True)
        )
        return replace(
            first,
            lengths=first.lengths + second.lengths,
            output=_joined(first.output, second.output),
            layers=layers,
            final_state=second.final_state,
        )

    def contributions(self) -> tuple[GateSums, GateSums]:
        """What each gate sums up, of the first module and of the second: their steps are apart, as their biases are.

        Raises:
            UnsupportedModuleError, ShapeError: as `record`.
        """
        first, second = self._run(half=False)
        return gate_sums_of(first, self.first_inputs), gate_sums_of(second, self.second_inputs)

    def gradient_flow(self, loss: Loss) -> GradientTrace:
        """The total derivative of a loss of the second module's output by every state and input of both.

        Args:
            loss: any differentiable callable from the second module's output to a scalar Tensor.

        Raises:
            UnsupportedModuleError, ShapeError, InputError: as `gateviz.gradient_flow`.
        """
        runs = self._run(half=False)
        value, direct = output_gradient(runs[1], loss)
        with untracked():
            later, later_inputs = through_layers(runs[1], direct)
            parts = [torch.stack([backward.initial_hidden for backward in later])]
            cells = [backward.initial_cell for backward in later if backward.initial_cell is not None]
            final = (*parts, torch.stack(cells)) if cells else tuple(parts)
            nothing = torch.zeros_like(runs[0].layout.dense(runs[0].output)).to(direct.dtype)
            earlier, earlier_inputs = through_layers(runs[0], nothing, final)
        pairs = zip(
            *(
                [layer_gradient(run, *pair) for pair in zip(run.layers, backwards, strict=True)]
                for run, backwards in zip(runs, (earlier, later), strict=True)
            ),
            strict=True,
        )
        inputs = [
            run.layout.to_array(below.to(run.module.dtype))
            for run, below in zip(runs, (earlier_inputs, later_inputs), strict=True)
        ]
        return GradientTrace(
            cell=runs[0].module.cell,
            num_layers=runs[0].module.num_layers,
            num_directions=runs[0].module.num_directions,
            lengths=runs[0].layout.lengths + runs[1].layout.lengths,
            loss=value,
            inputs=_joined(*inputs),
            layers=tuple(_joined_gradient(one, two) for one, two in pairs),
        )

    def _run(self, *, half: bool) -> tuple[Run, Run]:
        """Both runs, the state handed over."""
        first = run_layers(self.first, self.first_inputs, half=half)
        state: State = first.final[0] if len(first.final) == 1 else (first.final[0], first.final[1])
        return first, run_layers(self.second, self.second_inputs, state, half=half)


def _joined(one: Array, two: Array) -> Array:
    """(batch, time, unit) after (batch, time, unit)."""
    both: Array = np.concatenate((one, two), axis=1)
    return both


def _joined_gradient(one: LayerGradient, two: LayerGradient) -> LayerGradient:
    cells = None if one.cell_state is None or two.cell_state is None else _joined(one.cell_state, two.cell_state)
    hidden, direct = _joined(one.hidden_state, two.hidden_state), _joined(one.direct, two.direct)
    return LayerGradient(one.cell, one.index, one.direction, hidden, cells, direct)
