"""Two recurrent modules in a row, such as an encoder and its decoder: the second starts from the first's final state.

    chain = Chain(encoder, read, decoder, written)      # each module with its own inputs
    chain.record().layer(0)["hidden_state"]             # (batch, time of both, unit): one picture, one time axis
    chain.contributions()[1].layer(0)["forget_gate"]    # the sum inside a gate of the second module
    chain.gradient_flow(loss)                           # of a loss of the decoder's output, back into the encoder

Both modules have the same cell, the same layers and sizes, and one direction. Neither input is padded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn

from gateviz.errors import ShapeError
from gateviz.gradients.flow import layer_gradient, through_layers
from gateviz.gradients.losses import Loss, output_gradient, result_dtype
from gateviz.recording.gate_sums import GateSums, gate_sums_of
from gateviz.recording.interventions import Clamp, held_run
from gateviz.recording.layouts import Layout, State, read_inputs
from gateviz.recording.recorder import Run, to_trace, untracked
from gateviz.recording.torch_modules import RecurrentModule, read_module
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

    def record(self, clamps: Sequence[Clamp] = (), later_clamps: Sequence[Clamp] = ()) -> Trace:
        """Every signal of every step of both, the second module's steps after the first's.

        The output is that of both, too. The initial state is the first module's, the final state the second's.

        Args:
            clamps: What is held in the first module, as `gateviz.run_with` takes it.
            later_clamps: What is held in the second, whose steps count from its own first.

        Raises:
            UnsupportedModuleError: As `gateviz.record`.
            ShapeError: The inputs do not fit a module, or the modules do not fit each other.
            SignalError, InputError: As `gateviz.run_with`.
        """
        first, second = map(to_trace, self._run(clamps, later_clamps, half=True))
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

    def contributions(
        self, clamps: Sequence[Clamp] = (), later_clamps: Sequence[Clamp] = ()
    ) -> tuple[GateSums, GateSums]:
        """What each gate adds up, of the first module and of the second. Each has biases of its own.

        Args:
            clamps: As `record`.
            later_clamps: As `record`.

        Raises:
            UnsupportedModuleError, ShapeError, SignalError, InputError: As `record`.
        """
        first, second = self._run(clamps, later_clamps, half=False)
        return gate_sums_of(first, self.first_inputs), gate_sums_of(second, self.second_inputs)

    def gradient_flow(self, loss: Loss) -> GradientTrace:
        """The total derivative of a loss of the second module's output by every state and input of both.

        Args:
            loss: Any differentiable callable from the second module's output to a scalar Tensor.

        Returns:
            A GradientTrace with the second module's steps after the first's.

        Raises:
            UnsupportedModuleError, ShapeError: As `record`.
            ShapeError, InputError: As `gateviz.gradient_flow`, if the loss is not one number or has no gradient.
        """
        runs = self._run(half=False)
        value, direct = output_gradient(runs[1], loss)
        with untracked():
            later, later_inputs = through_layers(runs[1], direct)
            parts = [torch.stack([backward.initial_hidden for backward in later])]
            cells = [backward.initial_cell for backward in later if backward.initial_cell is not None]
            final = (*parts, torch.stack(cells)) if cells else tuple(parts)
            nothing = torch.zeros_like(runs[0].layout.dense(runs[0].output)).to("cpu", parts[0].dtype)
            earlier, earlier_inputs = through_layers(runs[0], nothing, final)
        pairs = zip(
            *(
                [layer_gradient(run, *pair) for pair in zip(run.layers, backwards, strict=True)]
                for run, backwards in zip(runs, (earlier, later), strict=True)
            ),
            strict=True,
        )
        inputs = [
            run.layout.to_array(below.to(result_dtype(run)))
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

    def _run(self, clamps: Sequence[Clamp] = (), later_clamps: Sequence[Clamp] = (), *, half: bool) -> tuple[Run, Run]:
        """Both runs. The second starts from the final state of the first."""
        modules = read_module(self.first), read_module(self.second)
        _check_same_kind(*modules)
        layouts = read_inputs(modules[0], self.first_inputs)[0], read_inputs(modules[1], self.second_inputs)[0]
        _check_same_batch(*layouts)
        first = held_run(self.first, self.first_inputs, clamps, half=half)
        parts = first.final if layouts[1].batched else tuple(part[:, 0] for part in first.final)
        state: State = parts[0] if len(parts) == 1 else (parts[0], parts[1])
        return first, held_run(self.second, self.second_inputs, later_clamps, state, half=half)


def _check_same_kind(first: RecurrentModule, second: RecurrentModule) -> None:
    for name in ("cell", "num_layers", "num_directions", "input_size", "hidden_size", "state_size", "dtype", "device"):
        one, other = getattr(first, name), getattr(second, name)
        if one != other:
            raise ShapeError(f"the modules of a chain have the {name} {one} and {other}: give two with the same.")
    if first.num_directions == 2 or first.steps_once or second.steps_once:
        raise ShapeError(
            "a module of a chain is a cell or bidirectional: give an nn.RNN, nn.LSTM or nn.GRU that is not."
        )


def _check_same_batch(first: Layout, second: Layout) -> None:
    if first.packed is not None or second.packed is not None:
        raise ShapeError("an input of a chain is a PackedSequence: give two Tensors without padding.")
    if (first.batch, first.batched) != (second.batch, second.batched):
        raise ShapeError(
            f"the inputs of a chain hold {first.batch} and {second.batch} sequences: give as many in both."
        )


def _joined(one: Array, two: Array) -> Array:
    """(batch, time, unit) after (batch, time, unit)."""
    both: Array = np.concatenate((one, two), axis=1)
    return both


def _joined_gradient(one: LayerGradient, two: LayerGradient) -> LayerGradient:
    cells = None if one.cell_state is None or two.cell_state is None else _joined(one.cell_state, two.cell_state)
    hidden, direct = _joined(one.hidden_state, two.hidden_state), _joined(one.direct, two.direct)
    return LayerGradient(one.cell, one.index, one.direction, hidden, cells, direct)
