"""The papers' experiments that fit a lesson, for each cell, forget bias and seed: who learns it, and how soon.

    rows = list(run(jobs(seeds=3)))
    print(summary(rows))            # or as_csv(rows)

A run ends when its figure passes the mark, or with the budget. Each has one thread of torch.
"""

import csv
import io
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, fields, replace
from multiprocessing import get_context
from statistics import median

import torch

from gateviz.errors import InputError
from gateviz.experiments.latch import latch_recipe
from gateviz.experiments.pool import worker_count
from gateviz.experiments.settings import bias_name, usual
from gateviz.experiments.sizes import sizes
from gateviz.experiments.tasks import passes, recipe_for
from gateviz.recipes.recipe import TrainingRun
from gateviz.results.arguments import choice_of, whole_number
from gateviz.results.trace import CellName

LOOK_EVERY = 25
"""Steps between two looks at the figure."""
LATCH_LENGTH, LATCH_PASS = 100, 0.99

CONFIGURATIONS: tuple[tuple[CellName, float | None], ...] = (
    ("rnn", None),
    ("gru", None),
    ("lstm", None),
    ("lstm", 1.0),
    ("lstm", 3.0),
)
"""Cells, each with the LSTM's forget bias at the start; None: as PyTorch draws it."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """One experiment, and what the papers say of it."""

    steps: int
    """The budget of a run."""
    figure: str
    """What is measured on held-out texts, and when it passes."""
    papers: str
    differs: str
    """Where this set-up is not theirs."""


EXPERIMENTS: Mapping[str, Experiment] = {
    "adding": Experiment(
        2000,
        "squared error; passes under 0.01",
        "Hochreiter and Schmidhuber 1997, experiment 4: an LSTM needs 74,000 sequences at length 100.",
        "length 40, batches of 64, Adam with clipping, one layer of 32 units without memory blocks",
    ),
    "temporal-order": Experiment(
        2000,
        "accuracy; passes at 0.99",
        "Hochreiter and Schmidhuber 1997, experiment 6a: an LSTM needs 31,390 sequences at length 100 to 110. "
        "Pascanu et al. 2013: a plain RNN with SGD fails beyond a length of about 20, and learns lengths up to 200 "
        "with clipping and a regulariser.",
        "length 60, four symbols that mean nothing, half of the batches with the signals anywhere in the first two "
        "thirds, Adam, no regulariser",
    ),
    "latch": Experiment(
        1000,
        "accuracy; passes at 0.99",
        "Hochreiter and Schmidhuber 1997, experiment 3: an LSTM needs some 30,000 to 40,000 sequences at length 100, "
        "with three numbers that tell the class.",
        "length 100 exactly, batches of 64, Adam, the class as cross-entropy",
    ),
    "copy": Experiment(
        2000,
        "symbols recalled; passes at 0.99",
        "Arjovsky et al. 2016: over gaps of 100 and more an LSTM hardly gets beyond what needs no memory.",
        "five symbols of four kinds, a gap of 10, shorter strings and gaps among the training texts",
    ),
    "counting": Experiment(
        1500,
        "longest n that is counted right; passes at 15, trained up to 10",
        "Weiss et al. 2018: an LSTM trained up to n = 100 counts to 256, a GRU fails at 39.",
        "trained up to n = 10 with 8 units; the next symbol is predicted, nothing is accepted or rejected",
    ),
}


@dataclass(frozen=True, slots=True)
class Job:
    """One run that is to be done."""

    experiment: str
    cell: CellName
    forget_bias: float | None
    seed: int
    steps: int


@dataclass(frozen=True, slots=True)
class Row:
    """What came of a run; the fields are the columns of the csv."""

    experiment: str
    cell: CellName
    forget_bias: str
    """A number, "default" as PyTorch draws it, or "" for a cell without a forget gate."""
    seed: int
    passed: bool
    steps: int
    """That it took, or the budget."""
    seconds: float
    """Of training and looking, on one core."""
    figure: float
    """On held-out texts, at the end."""


def jobs(names: Sequence[str] = tuple(EXPERIMENTS), seeds: int = 3, steps: int | None = None) -> list[Job]:
    """The runs of these experiments.

    Args:
        names: of EXPERIMENTS.
        seeds: how many, from 0 on.
        steps: instead of each experiment's own budget.

    Raises:
        InputError: an unknown experiment, or a number that is none.
    """
    whole_number("seeds", seeds, least=1, most=100)
    for name in names:
        choice_of("experiment", name, tuple(EXPERIMENTS))
    if steps is not None:
        whole_number("steps", steps, least=1)
    return [
        Job(name, cell, bias, seed, EXPERIMENTS[name].steps if steps is None else steps)
        for name in names
        for cell, bias in CONFIGURATIONS
        for seed in range(seeds)
    ]


def run(wanted: Sequence[Job], workers: int | None = None) -> Iterator[Row]:
    """Do the runs, as many at a time as the machine bears, and give each result in the order of the jobs."""
    with ProcessPoolExecutor(workers or worker_count(), get_context("spawn"), initializer=_one_thread) as executor:
        futures = [executor.submit(run_one, job) for job in wanted]
        try:
            for future in futures:
                yield future.result()
        finally:
            for future in futures:
                future.cancel()


def _one_thread() -> None:
    torch.set_num_threads(1)


def run_one(job: Job) -> Row:
    """Train until the figure passes, or the budget ends."""
    started = _started(job)
    began = time.perf_counter()
    figure, taken = started.score(), 0
    for step in started.steps():
        taken = step.step
        if taken % LOOK_EVERY == 0 or taken == job.steps:
            figure = started.score()
            if _passes(job, figure):
                break
    seconds = round(time.perf_counter() - began, 1)
    bias = bias_name(job.forget_bias) if job.cell == "lstm" else ""
    return Row(job.experiment, job.cell, bias, job.seed, _passes(job, figure), taken, seconds, round(figure, 4))


def _started(job: Job) -> TrainingRun:
    if job.experiment == "latch":
        recipe = latch_recipe(LATCH_LENGTH, job.forget_bias, job.steps, sizes("units", 16, 1, 2))
        return recipe.start(job.cell, None, seed=job.seed)
    settings = replace(usual(job.experiment), forget_bias=job.forget_bias, seed=job.seed)
    return recipe_for(settings, job.cell).start(job.cell, None, seed=job.seed, steps=job.steps)


def _passes(job: Job, figure: float) -> bool:
    return figure >= LATCH_PASS if job.experiment == "latch" else passes(usual(job.experiment), figure)


def as_csv(rows: Sequence[Row]) -> str:
    """A line for each run, with a head."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Row)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return text.getvalue()


def summary(rows: Sequence[Row]) -> str:
    """A table for a terminal: a line for each experiment, cell and bias, and what the papers report.

    Raises:
        InputError: no rows.
    """
    if not rows:
        raise InputError("there are no rows: run an experiment first.")
    lines = []
    for name in dict.fromkeys(row.experiment for row in rows):
        experiment = EXPERIMENTS[name]
        lines += [
            f"{name}: {experiment.figure}",
            f"  {'cell':5} {'bias':8} {'passed':7} {'steps':>7} {'s':>7} {'figure':>8}",
        ]
        groups: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            if row.experiment == name:
                groups.setdefault((row.cell, row.forget_bias), []).append(row)
        lines += [_line(cell, bias, group) for (cell, bias), group in groups.items()]
        lines += [f"  {experiment.papers}", f"  Here: {experiment.differs}.", ""]
    return "\n".join([*lines, "steps, s and figure are medians: of the runs that passed, or of all if none did."])


def _line(cell: str, bias: str, rows: Sequence[Row]) -> str:
    there = [row for row in rows if row.passed]
    told = there or rows
    steps, seconds, figure = (
        median(values) for values in zip(*((r.steps, r.seconds, r.figure) for r in told), strict=True)
    )
    passed = f"{len(there)} of {len(rows)}"
    return f"  {cell:5} {bias:8} {passed:7} {steps:7.0f} {seconds:7.1f} {figure:8.3f}"
