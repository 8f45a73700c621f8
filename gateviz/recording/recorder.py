"""Every gate of any torch recurrent module: `record(module, inputs).layer(0)["forget_gate"]`.

The fused kernels of torch hide the gates, so the module's own kernel runs first, one layer at a time, and gives every
h_t; the gates of all steps then are one matrix product away (see cells.py), or a copy where oneDNN ran (see onednn.py).
It costs about half a forward more, and little memory beside what it returns; benchmarks/RESULTS.md has the numbers.
The module is only read: mode, parameters, grads, hooks and random state stay as they are, also when something raises,
and dropout between layers is off.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from gateviz.errors import UnsupportedModuleError
from gateviz.recording import cells
from gateviz.recording.cells import CellWeights, Walk
from gateviz.recording.layouts import Layout, State, read_inputs, read_state
from gateviz.recording.onednn import lstm_run
from gateviz.recording.torch_modules import ACCEPTED, RecurrentModule, own_output, read_module
from gateviz.results.trace import Array, Direction, LayerTrace, Trace

DIRECTIONS: tuple[Direction, Direction] = ("forward", "reverse")


@dataclass(frozen=True)
class LayerRun:
    """One layer and direction of a run. Tensors are (time, batch, unit), on the CPU but for the weights."""

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
    """Every signal of every layer, direction, unit and step of module(inputs, initial_state).

    Args:
        module: An nn.RNN, nn.LSTM or nn.GRU, with any of its options; or an RNNCell, LSTMCell or GRUCell.
        inputs: What the module itself takes: a batched or unbatched Tensor, or a PackedSequence. A cell takes one
            step, (batch, feature) or (feature), and here also a loop of them: (time, batch, feature).
        initial_state: What the module itself takes; zeros when None.

    Returns:
        A Trace whose arrays are (batch, time, unit) in the module's dtype; bfloat16 comes as float32.

    Raises:
        UnsupportedModuleError: The module is none of the above.
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

    With half=False the signals of a float16 module stay in the float32 in which they are computed. With `revise`, each
    layer and direction is shown to it, with the layer's input, and the layers above read what it gives back.
    """
    with untracked():
        read = read_module(module)
        layout, rows = read_inputs(read, inputs)
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
        arguments: tuple[object, ...] = (inputs,) if initial_state is None else (inputs, initial_state)
        if revise is None and (layout.one_step or not read.steps_once):
            _check_own_forward(module, arguments, layout.as_output(rows))
    initial = (hidden,) if cell is None else (hidden, cell)
    return Run(read, layout, rows, tuple(layers), initial, tuple(torch.cat(part) for part in zip(*finals, strict=True)))


@contextmanager
def untracked() -> Iterator[None]:
    """No autograd, no autocast, and results that are ordinary tensors even within torch.inference_mode."""
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
    flat = [w for part in weights for w in (part.w_ih, part.w_hh, part.b_ih, part.b_hh, part.w_hr) if w is not None]
    options = (flat, weights[0].b_ih is not None, 1, 0.0, False, module.num_directions == 2)
    kernel = getattr(torch._VF, module.kernel)
    state = tuple(part.contiguous() for part in before) if module.cell == "lstm" else before[0].contiguous()
    with _quiet_kernel(module):
        if layout.batch_sizes is None:
            return tuple(kernel(rows, state, *options, False))
        return tuple(kernel(rows, layout.batch_sizes, state, *options))


@contextmanager
def _quiet_kernel(module: RecurrentModule) -> Iterator[None]:
    """Without the kernels' remarks on their own speed: a layer's weights out of cuDNN's block, a projected LSTM."""
    if module.device.type == "cpu" and module.state_size == module.hidden_size:
        yield  # filters are global to the process, so they are left alone wherever nothing will be said
        return
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "RNN module weights are not part of single contiguous chunk")
        warnings.filterwarnings("ignore", "LSTM with projections is not supported with oneDNN")
        yield


def _check_own_forward(module: nn.Module, arguments: tuple[object, ...], ours: Tensor | PackedSequence) -> None:
    """Refuse a subclass whose own forward gives another output than its weights do under torch's forward."""
    theirs = own_output(module, *arguments)
    if theirs is None:
        return
    expected = ours.data if isinstance(ours, PackedSequence) else ours
    given = theirs.data if isinstance(theirs, PackedSequence) else theirs
    if not isinstance(given, Tensor) or given.shape != expected.shape or not _close(given, expected):
        raise UnsupportedModuleError(
            f"{type(module).__name__} overrides forward and computes another output than torch's forward with its "
            f"weights: give the {ACCEPTED} inside the computation, or a subclass that keeps its output."
        )


def _close(given: Tensor, expected: Tensor) -> bool:
    rtol = 1e-2 if expected.dtype.itemsize < 4 else 1e-4
    return torch.allclose(given, expected, rtol=rtol, atol=rtol / 10, equal_nan=True)


def _layer(
    module: RecurrentModule, index: int, layout: Layout, rows: Tensor, before: tuple[Tensor, ...], half: bool
) -> tuple[Tensor, tuple[Tensor, ...], list[LayerRun]]:
    """One layer, both directions: its output as the kernels give it, its final state, and every signal."""
    if module.cell == "lstm":
        from_kernel = _lstm_layer(module, index, layout, rows, before)
        if from_kernel is not None:
            return from_kernel
    output, *final = _kernel(module, index, layout, rows, before)
    return output, tuple(final), list(_layer_runs(module, index, layout, (rows, output), before, half))


def _lstm_layer(
    module: RecurrentModule, index: int, layout: Layout, rows: Tensor, before: tuple[Tensor, ...]
) -> tuple[Tensor, tuple[Tensor, ...], list[LayerRun]] | None:
    """An LSTM's layer where the kernel hands its gates over."""
    layers: list[LayerRun] = []
    finals: list[tuple[Tensor, Tensor]] = []
    for number, weights in enumerate(module.weights[index]):
        walk, h, c = layout.walk(reverse=number == 1), before[0][number], before[1][number]
        run = lstm_run(weights, rows, (h, c), walk)
        if run is None:
            return None
        signals = dict(zip(cells.SIGNALS["lstm"], (*run.gates, run.cell, run.hidden), strict=True))
        layers.append(LayerRun(index, DIRECTIONS[number], weights, walk, h, c, signals, None))
        finals.append(run.final)
    outputs = [layer.signals["hidden_state"] for layer in layers]
    output = outputs[0] if len(outputs) == 1 else torch.cat(outputs, dim=-1)
    return output, tuple(torch.stack(part) for part in zip(*finals, strict=True)), layers


def _layer_runs(
    module: RecurrentModule,
    index: int,
    layout: Layout,
    rows: tuple[Tensor, Tensor],
    before: tuple[Tensor, ...],
    half: bool,
) -> Iterator[LayerRun]:
    inputs, output = (layout.dense(part) for part in rows)  # (time, batch, feature)
    for number, states in enumerate(output.chunk(module.num_directions, dim=-1)):
        weights, walk = module.weights[index][number], layout.walk(reverse=number == 1)
        start = tuple(part[number] for part in before)  # (batch, unit) each
        signals, term = _signals(module, weights, walk, inputs, states, start, half)
        cell = start[1].cpu() if module.cell == "lstm" else None
        yield LayerRun(index, DIRECTIONS[number], weights, walk, start[0].cpu(), cell, signals, term)


def _signals(
    module: RecurrentModule,
    weights: CellWeights,
    walk: Walk,
    inputs: Tensor,
    states: Tensor,
    start: tuple[Tensor, ...],
    half: bool,
) -> tuple[dict[str, Tensor], Tensor | None]:
    """Every signal of one layer and direction, in the order of the equations, and the GRU's reset term."""
    exact = torch.float32 if module.dtype.itemsize < 4 else module.dtype
    final = module.dtype if half and module.dtype == torch.float16 else exact

    def out(tensor: Tensor) -> Tensor:
        return tensor.to("cpu", final)

    weights, x, h = weights.to(exact), inputs.to(exact), states.to(exact)
    known = (weights, x, h, start[0].to(exact), walk)
    term: Tensor | None = None
    if module.cell == "lstm":
        values = [out(gate) for gate in cells.lstm_gates(*known)]
        values.append(cells.cell_states(values[0], values[1], values[2], out(start[1]), walk))
    elif module.cell == "gru":
        *values, term = (out(gate) for gate in cells.gru_gates(*known))
    else:
        values = [out(cells.rnn_preactivations(*known))]
    return dict(zip(cells.SIGNALS[module.cell], (*values, out(h)), strict=True)), term


def _outcome(module: RecurrentModule, layout: Layout, layers: list[LayerRun]) -> tuple[Tensor, tuple[Tensor, ...]]:
    """A layer's output as the kernels would give it, and its final state, from signals that were revised."""
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
