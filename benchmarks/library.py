"""What the library costs, beside the code that people write without it. About three minutes, two threads."""

import math
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

import gateviz
from benchmarks.memory import SHAPE
from benchmarks.rivals import cell_of, later_states, lstm_loop, unrolled_gradients
from benchmarks.timing import medians

GRID = ((60, 1, 128), (500, 1, 128), (2000, 1, 256), (100, 64, 256))  # time, batch, hidden; input half of hidden
KINDS = (nn.LSTM, nn.GRU)


@dataclass(frozen=True)
class Row:
    """One line of the table: two durations or two sizes as text, their ratio, and the ratio that we want."""

    what: str
    where: str
    ours: str
    theirs: str
    ratio: float
    reach: str = ""


def build(kind: type[nn.LSTM] | type[nn.GRU], time: int, batch: int, hidden: int) -> tuple[nn.LSTM | nn.GRU, Tensor]:
    """A module at PyTorch's default initialisation, and its inputs, by a fixed seed."""
    torch.manual_seed(0)
    return kind(hidden // 2, hidden), torch.randn(time, batch, hidden // 2)


def last_step(output: Tensor) -> Tensor:
    """The loss of the gradient rows."""
    return output[-1].sum()


def record_rows() -> Iterator[Row]:
    """`record` against the module's own forward, and against a loop that keeps its gates."""
    for kind in KINDS:
        ratios = []
        for shape in GRID:
            module, inputs = build(kind, *shape)

            def fused(module: nn.LSTM | nn.GRU = module, inputs: Tensor = inputs) -> Tensor:
                with torch.no_grad():
                    output: Tensor = module(inputs)[0]
                    return output

            def ours(module: nn.LSTM | nn.GRU = module, inputs: Tensor = inputs) -> gateviz.Trace:
                return gateviz.record(module, inputs)

            np.testing.assert_allclose(ours().output, fused().transpose(0, 1), rtol=1e-5, atol=1e-6)
            mine, theirs = medians(ours, fused)
            ratios.append(mine / theirs)
            yield Row(f"record, {kind.__name__} / fused forward", str(shape), ms(mine), ms(theirs), mine / theirs)
            if isinstance(module, nn.LSTM) and shape[1] == 1:
                yield loop_row(module, inputs, shape)
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        yield Row(f"record, {kind.__name__} / fused forward", "geometric mean", "", "", mean, "at most 1.6")


def loop_row(module: nn.LSTM, inputs: Tensor, shape: tuple[int, int, int]) -> Row:
    """`record` against the loop, at batch 1."""

    def loop() -> dict[str, list[Tensor]]:
        with torch.no_grad():
            return lstm_loop(module, inputs)

    layer, kept = gateviz.record(module, inputs).layer(0), loop()
    for name in layer.signals:
        np.testing.assert_allclose(layer[name], torch.stack(kept[name]).transpose(0, 1), rtol=1e-4, atol=1e-5)
    mine, theirs = medians(lambda: gateviz.record(module, inputs), loop)
    return Row("LSTMCell loop / record", str(shape), ms(mine), ms(theirs), theirs / mine, "at least 4")


def gradient_rows() -> Iterator[Row]:
    """`gradient_flow` against the fused module's forward and backward, and against autograd on the unrolled cell."""
    for kind in KINDS:
        ratios = []
        for shape in GRID:
            module, inputs = build(kind, *shape)

            def fused(module: nn.LSTM | nn.GRU = module, inputs: Tensor = inputs) -> tuple[Tensor, ...]:
                x = inputs.detach().requires_grad_()
                return torch.autograd.grad(last_step(module(x)[0]), [x, *module.parameters()])

            def ours(module: nn.LSTM | nn.GRU = module, inputs: Tensor = inputs) -> gateviz.GradientTrace:
                return gateviz.gradient_flow(module, inputs, last_step)

            np.testing.assert_allclose(ours().inputs, fused()[0].transpose(0, 1), rtol=1e-3, atol=1e-6)
            mine, theirs = medians(ours, fused)
            ratios.append(mine / theirs)
            what = f"gradient_flow, {kind.__name__} / fused forward and backward"
            yield Row(what, str(shape), ms(mine), ms(theirs), mine / theirs)
            if shape[0] >= 200:
                yield unrolled_row(module, inputs, shape)
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        yield Row(what, "geometric mean", "", "", mean, "at most 2")


def unrolled_row(module: nn.LSTM | nn.GRU, inputs: Tensor, shape: tuple[int, int, int]) -> Row:
    """`gradient_flow` against autograd on the unrolled cell."""
    cell = cell_of(module)
    ours = gateviz.gradient_flow(module, inputs, last_step).layer(0).hidden_state
    np.testing.assert_allclose(ours[0], torch.cat(unrolled_gradients(cell, inputs)), rtol=1e-2, atol=1e-6)
    mine, theirs = medians(
        lambda: gateviz.gradient_flow(module, inputs, last_step), lambda: unrolled_gradients(cell, inputs)
    )
    what = f"autograd on an unrolled {type(cell).__name__} / gradient_flow"
    return Row(what, str(shape), ms(mine), ms(theirs), theirs / mine, "at least 5")


def jacobian_row(kind: type[nn.LSTM] | type[nn.GRU]) -> Row:
    """`jacobian_norms` against jacrev from a few starting steps, scaled up to all of them."""
    time, hidden = 100, 64
    module, inputs = build(kind, time, 1, hidden)
    cell, layer = cell_of(module), gateviz.record(module, inputs).layer(0)
    names = ("hidden_state", "cell_state") if kind is nn.LSTM else ("hidden_state",)
    states = torch.from_numpy(np.concatenate([layer[name][0] for name in names], axis=-1))  # (time, state)
    starts = range(time // 8, time, time // 4)  # the middles of four equal parts; their mean is taken for all steps

    def jacrev(s: int) -> Tensor:
        jacobians: Tensor = torch.func.jacrev(later_states(cell, inputs[s + 1 :, 0]), chunk_size=128)(states[s])
        return jacobians.detach()

    norms = gateviz.jacobian_norms(module, inputs)[0]
    for s in starts:
        np.testing.assert_allclose(norms[s + 1 :, s], np.linalg.norm(jacrev(s), 2, axis=(1, 2)), rtol=1e-3)
    sides = [partial(jacrev, s) for s in starts]
    mine, *theirs = medians(lambda: gateviz.jacobian_norms(module, inputs), *sides, seconds=0, least=2)
    scaled = sum(theirs) * (time - 1) / len(theirs)
    what = f"jacrev from every step (scaled up from {len(theirs)} steps) / jacobian_norms, {kind.__name__}"
    return Row(what, f"time {time}, hidden {hidden}", ms(mine), ms(scaled), scaled / mine, "at least 20")


def jacobian_rows() -> Iterator[Row]:
    """Both cells."""
    yield from map(jacobian_row, KINDS)


def scaling_row(kind: type[nn.LSTM] | type[nn.GRU]) -> Row:
    """`record` on 2,000 steps and on 20,000."""
    module, inputs = build(kind, 20_000, 1, 128)
    short, long = medians(lambda: gateviz.record(module, inputs[:2000]), lambda: gateviz.record(module, inputs))
    what = f"record, {kind.__name__}: time 20,000 / time 2,000"
    return Row(what, "hidden 128", ms(long), ms(short), long / short, "at most 11")


def scaling_rows() -> Iterator[Row]:
    """Both cells."""
    yield from map(scaling_row, KINDS)


def memory_rows() -> Iterator[Row]:
    """The peak of `record` against the bytes of its arrays."""
    if not Path("/proc/self/clear_refs").exists():
        return
    done = subprocess.run([sys.executable, "-m", "benchmarks.memory"], capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        kind, *sizes = line.split()
        peak, arrays = (int(size) / 2**20 for size in sizes)
        what = f"memory of record, {kind}: peak / arrays"
        yield Row(what, str(SHAPE), f"{peak:.0f} MiB", f"{arrays:.0f} MiB", peak / arrays, "at most 1.5")


def ms(seconds: float) -> str:
    """Milliseconds, as the table shows them."""
    return f"{seconds * 1e3:,.2f} ms"


def lines() -> Iterator[str]:
    """The section of RESULTS.md, line by line."""
    torch.set_num_threads(2)
    yield f"Two threads; Python {platform.python_version()}, torch {torch.__version__}, numpy {np.__version__}."
    yield "Shapes are (time, batch, hidden); float32, one layer. Medians of interleaved runs, equality asserted first."
    yield ""
    yield "| what | where | gateviz | the other | ratio | reach |"
    yield "|---|---|---|---|---|---|"
    for rows in (record_rows, gradient_rows, jacobian_rows, scaling_rows, memory_rows):
        for row in rows():
            yield f"| {row.what} | {row.where} | {row.ours} | {row.theirs} | {row.ratio:.2f} | {row.reach} |"
