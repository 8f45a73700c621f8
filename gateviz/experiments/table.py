"""The papers' experiments that fit a lesson, for each cell, forget bias and seed: who learns it, and how soon.

What the papers report, and where a set-up is not theirs, stands in the catalogues of i18n. `table_runs` does the runs.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from statistics import median

from gateviz.errors import InputError
from gateviz.experiments.settings import bias_name
from gateviz.i18n.translator import DEFAULT, load
from gateviz.results.arguments import choice_of, whole_number
from gateviz.results.trace import CellName

CONFIGURATIONS: tuple[tuple[CellName, float | None], ...] = (
    ("rnn", None),
    ("gru", None),
    ("lstm", None),
    ("lstm", 1.0),
    ("lstm", 3.0),
)
"""Cells, each with the LSTM's forget bias at the start; None: as PyTorch draws it."""

EXPERIMENTS: Mapping[str, int] = {
    "adding": 2000,
    "temporal-order": 2000,
    "latch": 1000,
    "copy": 2000,
    "counting": 1500,
}
"""Experiment -> the budget of a run, in steps."""
SEEDS = 3


@dataclass(frozen=True, slots=True)
class Job:
    """One run that is to be done."""

    experiment: str
    cell: CellName
    forget_bias: float | None
    seed: int
    steps: int

    @property
    def bias(self) -> str:
        """As a row has it."""
        return bias_name(self.forget_bias) if self.cell == "lstm" else ""


@dataclass(frozen=True, slots=True)
class Table:
    """Runs that a worker of the pool does one after the other."""

    jobs: tuple[Job, ...]

    @property
    def task(self) -> str:
        """Begins the name of it in the pool."""
        return "table"

    @property
    def steps(self) -> int:
        """Of all budgets together."""
        return sum(job.steps for job in self.jobs)


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


def jobs(names: Sequence[str] = tuple(EXPERIMENTS), seeds: int = SEEDS, steps: int | None = None) -> list[Job]:
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
        Job(name, cell, bias, seed, EXPERIMENTS[name] if steps is None else steps)
        for name in names
        for cell, bias in CONFIGURATIONS
        for seed in range(seeds)
    ]


def remaining(rows: Sequence[Row], wanted: Sequence[Job]) -> list[Job]:
    """The runs that have no row yet: a whole table of one seed comes before the next seed."""
    done = {(row.experiment, row.cell, row.forget_bias, row.seed) for row in rows}
    left = [job for job in wanted if (job.experiment, job.cell, job.bias, job.seed) not in done]
    return sorted(left, key=lambda job: job.seed)


def as_csv(rows: Sequence[Row]) -> str:
    """A line for each run, with a head."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Row)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return text.getvalue()


@dataclass(frozen=True, slots=True)
class Line:
    """The runs of a cell and bias. The last three are medians: of those that passed, or of all if none did."""

    cell: CellName
    bias: str
    passed: int
    count: int
    steps: float
    seconds: float
    figure: float


def lines(rows: Sequence[Row], experiment: str) -> list[Line]:
    """A line for each cell and bias that has a row."""
    groups: dict[tuple[CellName, str], list[Row]] = {}
    for row in rows:
        if row.experiment == experiment:
            groups.setdefault((row.cell, row.forget_bias), []).append(row)
    return [_line(cell, bias, group) for (cell, bias), group in groups.items()]


def _line(cell: CellName, bias: str, rows: Sequence[Row]) -> Line:
    there = [row for row in rows if row.passed]
    told = there or rows
    steps, seconds, figure = (
        median(values) for values in zip(*((r.steps, r.seconds, r.figure) for r in told), strict=True)
    )
    return Line(cell, bias, len(there), len(rows), steps, seconds, figure)


def summary(rows: Sequence[Row]) -> str:
    """A table for a terminal: a line for each experiment, cell and bias, and what the papers report.

    Raises:
        InputError: no rows.
    """
    if not rows:
        raise InputError("there are no rows: run an experiment first.")
    say = load(DEFAULT)
    text = []
    for name in dict.fromkeys(row.experiment for row in rows):
        text += [
            f"{name}: {say(f'table.figure.{name}')}",
            f"  {'cell':5} {'bias':8} {'passed':7} {'steps':>7} {'s':>7} {'figure':>8}",
        ]
        text += [
            f"  {line.cell:5} {line.bias:8} {f'{line.passed} of {line.count}':7} "
            f"{line.steps:7.0f} {line.seconds:7.1f} {line.figure:8.3f}"
            for line in lines(rows, name)
        ]
        text += [f"  {say(f'table.papers.{name}')}", f"  {say(f'table.differs.{name}')}", ""]
    return "\n".join([*text, "steps, s and figure are medians: of the runs that passed, or of all if none did."])
