"""Every gate of any torch recurrent module: `record(module, inputs).layer(0)["forget_gate"]`.

The fused kernels of torch hide the gates. So torch's own kernel runs first, one layer at a time, and gives every h_t.
The gates of all steps then follow from one matrix product (see cells.py), or are copied if oneDNN ran (see onednn.py).
It costs about half a forward more, and little memory beside what it returns; benchmarks/RESULTS.md has the numbers.

The result is that of module(inputs) in evaluation mode: dropout between layers is off. The module is only read: mode,
parameters, grads, hooks and random state stay as they are, also after an error. A module with a forward of its own or
with hooks is also called once, to see that it computes the same (see own_call.py).
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from gateviz.recording import cells
from gateviz.recording.cells import CellWeights, KernelPass, Walk
from gateviz.recording.half_precision import rounded_lstm
from gateviz.recording.layouts import Layout, State, read_inputs, read_state
from gateviz.recording.onednn import gates_from_kernel
from gateviz.recording.overrides import has_hooks, overrides_call
from gateviz.recording.own_call import Recorded, check_own_call
from gateviz.recording.torch_modules import RecurrentModule, read_module
from gateviz.results.signals import SIGNALS
from gateviz.results.trace import Array, Direction, LayerTrace, Trace

DIRECTIONS: tuple[Direction, Direction] = ("forward", "reverse")


@dataclass(frozen=True)
class LayerRun:
    """One layer and direction of a run. Tensors are (time, batch, unit), on the CPU except for the weights."""

    index: int
    direction: Direction
    weights: CellWeights
    walk: Walk
    initial_hidden: Tensor  # (batch, state)
    initial_cell: Tensor | None  # (batch, hidden), an LSTM's
    signals: dict[str, Tensor]
    reset_term: Tensor | None  # W_hn h_{t-1} + b_hn, which a GRU's reset gate multiplies


@dataclass(frozen=True)
class Run:
    """A whole run, before it is handed out as numpy or differentiated."""

    module: RecurrentModule
    layout: Layout
    output: Tensor  # as the kernels give it: (time, batch, feature), or the rows of a PackedSequence
    layers: tuple[LayerRun, ...]
    initial: tuple[Tensor, ...]  # h, and c of an LSTM: (layer and direction, batch, unit)
    final: tuple[Tensor, ...]


Revise = Callable[[LayerRun, Tensor, Layout], LayerRun]


def record(module: nn.Module, inputs: Tensor | PackedSequence, initial_state: State | None = None) -> Trace:
    """Every signal of every layer, direction, unit and step of module(inputs, initial_state), in evaluation mode.

    Args:
        module: An nn.RNN, nn.LSTM or nn.GRU, with any of its options; or an RNNCell, LSTMCell or GRUCell. A subclass
            with a forward of its own, or a module with hooks, is called once (a cell once a step), hooks included,
            and refused if it computes something else than its weights say.
        inputs: What the module itself takes: a batched or unbatched Tensor, or a PackedSequence. A cell takes one
            step, (batch, feature) or (feature), and here also many: (time, batch, feature).
        initial_state: What the module itself takes; zeros for None.

    Returns:
        A Trace whose arrays are (batch, time, unit) in the module's dtype; bfloat16 comes as float32. The weights are
        those that the next call would use: also parametrized, pruned or normalised ones, and ones that were replaced.

    Raises:
        UnsupportedModuleError: The module is none of the above, computes something else, or has a weight that was
            computed from a parameter which has changed since, as weight drop leaves it after a training step.
        ShapeError: The inputs or the state do not fit the module.

    Example:
        >>> lstm = torch.nn.LSTM(8, 16, batch_first=True)
        >>> record(lstm, torch.randn(1, 20, 8)).layer(0)["forget_gate"].shape
        (1, 20, 16)
    """
    return to_trace(run_layers(module, inputs, initial_state))


def to_trace(run: Run) -> Trace:
    """The run as numpy arrays, (batch, time, unit)."""
    initial, final = (_state_arrays(run.layout, state) for state in (run.initial, run.final))
    layers = tuple(_layer_trace(run, layer) for layer in run.layers)
    return Trace(
        cell=run.module.cell,
        num_layers=run.module.num_layers,
        num_directions=run.module.num_directions,
        lengths=run.layout.lengths,
        output=run.layout.to_array(run.layout.dense(run.output)),
        layers=layers,
        initial_state=initial,
        final_state=final,
    )


def run_layers(
    module: nn.Module,
    inputs: Tensor | PackedSequence,
    initial_state: State | None = None,
    *,
    half: bool = True,
    revise: Revise | None = None,
) -> Run:
    """Run torch's own kernels layer by layer and compute every signal.

    Args:
        module: What `record` takes.
        inputs: What `record` takes.
        initial_state: What `record` takes.
        half: Whether the signals of a module in half precision have its dtype; if not, they are float32.
        revise: Called with each layer and direction and the layer's input; the layers above read what it returns.
            The module's own code is not run then.
    """
    with untracked():
        read = read_module(module)
        layout, first_rows = read_inputs(read, inputs)
        rows = first_rows
        hidden, cell = read_state(read, layout, initial_state)
        layers: list[LayerRun] = []
        finals: list[tuple[Tensor, ...]] = []
        for index in range(read.num_layers):
            here = slice(index * read.num_directions, (index + 1) * read.num_directions)
            before = (hidden[here],) if cell is None else (hidden[here], cell[here])
            output, final, runs = _layer(read, index, layout, rows, before, half)
            revised = runs if revise is None else [revise(layer, layout.dense(rows), layout) for layer in runs]
            if any(after is not layer for after, layer in zip(revised, runs, strict=True)):
                output, final = _outcome(read, layout, revised)
            layers += revised
            finals.append(final)
            rows = output
        initial = (hidden,) if cell is None else (hidden, cell)
        final = tuple(torch.cat(part) for part in zip(*finals, strict=True))
    if revise is None and (overrides_call(module) or has_hooks(module)):
        arguments = (inputs,) if initial_state is None else (inputs, initial_state)
        check_own_call(module, read, layout, arguments, Recorded(first_rows, rows, initial, final))
    return Run(read, layout, rows, tuple(layers), initial, final)


@contextmanager
def untracked() -> Iterator[None]:
    """No autograd and no autocast, and ordinary tensors as results, also within torch.inference_mode."""
    with ExitStack() as stack:
        if torch.is_inference_mode_enabled():
            stack.enter_context(torch.inference_mode(False))
        stack.enter_context(torch.no_grad())
        for device in ("cpu", "cuda"):
            if torch.is_autocast_enabled(device):
                stack.enter_context(torch.autocast(device, enabled=False))
        yield


def _kernel(
    module: RecurrentModule, index: int, layout: Layout, rows: Tensor, before: tuple[Tensor, ...]
) -> tuple[Tensor, ...]:
    """One layer, both directions, by torch's fused kernel: the output and the final state."""
    weights = module.weights[index]
    flat = [tensor for part in weights for tensor in part.tensors if tensor is not None]
    options = (flat, weights[0].b_ih is not None, 1, 0.0, False, module.num_directions == 2)
    kernel = getattr(torch._VF, module.kernel)
    state = tuple(part.contiguous() for part in before) if module.cell == "lstm" else before[0].contiguous()
    with _quiet_kernel(module):
        if layout.batch_sizes is None:
            return tuple(kernel(rows, state, *options, False))
        return tuple(kernel(rows, layout.batch_sizes, state, *options))


@contextmanager
def _quiet_kernel(module: RecurrentModule) -> Iterator[None]:
    """Silence what the kernels say about their speed: weights outside cuDNN's block, an LSTM with a projection."""
    if module.device.type == "cpu" and module.state_size == module.hidden_size:
        yield  # nothing will be said, and filters are global to the process: leave them alone
        return
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "RNN module weights are not part of single contiguous chunk")
        warnings.filterwarnings("ignore", "LSTM with projections is not supported with oneDNN")
        yield


def _layer(
    module: RecurrentModule, index: int, layout: Layout, rows: Tensor, before: tuple[Tensor, ...], half: bool
) -> tuple[Tensor, tuple[Tensor, ...], list[LayerRun]]:
    """One layer, both directions: its output as the kernels give it, its final state, and every signal."""
    if module.cell == "lstm":
        from_kernel = _lstm_layer(module, index, layout, rows, before)
        if from_kernel is not None:
            return from_kernel
    output, *final = _kernel(module, index, layout, rows, before)
    inputs, both = layout.dense(rows), layout.dense(output).chunk(module.num_directions, dim=-1)
    layers: list[LayerRun] = []
    for number, states in enumerate(both):
        start, end = (tuple(part[number] for part in ends) for ends in (before, final))  # (batch, unit) each
        walk = layout.walk(reverse=number == 1)
        passed = KernelPass(module.weights[index][number], walk, inputs, states, start, end)
        signals, term = _signals(module, passed, half)
        on_cpu = [part.cpu() for part in start]
        cell = on_cpu[1] if module.cell == "lstm" else None
        layers.append(LayerRun(index, DIRECTIONS[number], passed.weights, walk, on_cpu[0], cell, signals, term))
    return output, tuple(final), layers


def _lstm_layer(
    module: RecurrentModule, index: int, layout: Layout, rows: Tensor, before: tuple[Tensor, ...]
) -> tuple[Tensor, tuple[Tensor, ...], list[LayerRun]] | None:
    """An LSTM's layer whose gates come from the kernel; None if the kernel does not give them."""
    layers: list[LayerRun] = []
    finals: list[tuple[Tensor, Tensor]] = []
    for number, weights in enumerate(module.weights[index]):
        walk, h, c = layout.walk(reverse=number == 1), before[0][number], before[1][number]
        kept = gates_from_kernel(weights, rows, (h, c), walk)
        if kept is None:
            return None
        signals = dict(zip(SIGNALS["lstm"], (*kept.gates, kept.cell, kept.hidden), strict=True))
        layers.append(LayerRun(index, DIRECTIONS[number], weights, walk, h, c, signals, None))
        finals.append(kept.final)
    outputs = [layer.signals["hidden_state"] for layer in layers]
    output = outputs[0] if len(outputs) == 1 else torch.cat(outputs, dim=-1)
    return output, tuple(torch.stack(part) for part in zip(*finals, strict=True)), layers


def _signals(module: RecurrentModule, passed: KernelPass, half: bool) -> tuple[dict[str, Tensor], Tensor | None]:
    """Every signal of one layer and direction, in the order of the equations, and the GRU's reset term."""
    exact = torch.float32 if module.dtype.itemsize < 4 else module.dtype
    final = module.dtype if half else exact

    def out(tensor: Tensor) -> Tensor:
        return tensor.to("cpu", final)

    weights, walk = passed.weights.to(exact), passed.walk
    x, h, start = passed.inputs.to(exact), passed.states.to(exact), passed.start[0].to(exact)
    term: Tensor | None = None
    if module.cell == "lstm" and module.dtype == exact:
        i, f, g, o = (out(gate) for gate in cells.lstm_gates(weights, x, h, start, walk))
        values = [i, f, g, o, cells.cell_states(i, f, g, out(passed.start[1]), walk)]
    elif module.cell == "lstm":
        *gates, c = rounded_lstm(passed)
        values = [out(part) for part in (*(gates if half else cells.lstm_gates(weights, x, h, start, walk)), c)]
    elif module.cell == "gru":
        *values, term = (out(gate) for gate in cells.gru_gates(weights, x, h, start, walk))
    else:
        values = [out(cells.rnn_preactivations(weights, x, h, start, walk))]
    return dict(zip(SIGNALS[module.cell], (*values, out(h)), strict=True)), term


def _outcome(module: RecurrentModule, layout: Layout, layers: list[LayerRun]) -> tuple[Tensor, tuple[Tensor, ...]]:
    """The output and the final state of a layer whose signals were revised, as the kernels would give them."""
    hidden = torch.cat([layer.signals["hidden_state"] for layer in layers], dim=-1)  # (time, batch, feature)
    output = layout.flat(hidden).to(module.device, module.dtype)
    names = ("hidden_state", "cell_state") if module.cell == "lstm" else ("hidden_state",)
    final = [torch.stack([layer.walk.last(layer.signals[name]) for layer in layers]) for name in names]
    return output, tuple(part.to(module.device, module.dtype) for part in final)


def _layer_trace(run: Run, layer: LayerRun) -> LayerTrace:
    arrays = {name: run.layout.to_array(signal) for name, signal in layer.signals.items()}
    return LayerTrace(run.module.cell, layer.index, layer.direction, arrays)


def _state_arrays(layout: Layout, parts: tuple[Tensor, ...]) -> Array | tuple[Array, Array]:
    arrays = [layout.state_to_array(part) for part in parts]
    return arrays[0] if len(arrays) == 1 else (arrays[0], arrays[1])
