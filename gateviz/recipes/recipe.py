"""What every recipe is: a task's data, budget and words; and a training run by it, from the first step to the card.

    run = recipe.start("lstm", recipe.read(), seed=0)
    for step in run.steps(): ...
    card = run.card()                 # the figures of the model and of its baselines on held-out data, computed here

A recipe of a new kind derives from both classes: `Recipe` says how data are read and how an answer is measured,
`TrainingRun` where the batches come from and what the figures are.
"""

import os
import platform
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from gateviz.data.corpora.sources import DataSource
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.initialisation import MAX_SEED
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained import cards
from gateviz.recipes.gate_figures import rounded_figures
from gateviz.results.arguments import choice_of, whole_number
from gateviz.results.trace import CELLS, CellName
from gateviz.training.loop import Batch, TrainPlan, TrainStep, train


@dataclass(frozen=True, slots=True)
class Figures:
    """How good the model of a run is on held-out data."""

    metric: cards.Score
    baselines: tuple[cards.Score, ...]
    sample: cards.Sample
    details: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipe(ABC):
    """All that decides the models of one task. The three cells of a trio share it."""

    task: str
    data: DataSource
    plan: TrainPlan
    good_for: Bilingual
    fails_at: Mapping[CellName, Bilingual]

    @abstractmethod
    def read(self, given: Path | None = None) -> Any:
        """The data to train on, from the path `given` or from where training texts lie; a synthetic task has none.

        Raises:
            DataError: the file is missing (the sentence says where to get it), malformed, or not needed.
        """

    @abstractmethod
    def start(self, cell: CellName, data: Any, *, seed: int, steps: int | None = None) -> "TrainingRun":
        """A run that has not begun, with the recipe's number of steps or another.

        Args:
            cell: the architecture.
            data: what `read` gave.
            seed: of the weights, the batches and the dropout.
            steps: instead of the plan's.

        Raises:
            InputError: an unknown cell, or a seed or number of steps out of range.
            DataError: not enough data to train on and hold a part out.
        """

    def checked_plan(self, cell: CellName, seed: int, steps: int | None) -> TrainPlan:
        """The arguments of `start` are checked here: the plan, with its own number of steps or another.

        Raises:
            InputError: as `start`.
        """
        choice_of("cell", cell, CELLS)
        whole_number("seed", seed, least=0, most=MAX_SEED)
        return self.plan if steps is None else replace(self.plan, steps=whole_number("steps", steps, least=1))

    @abstractmethod
    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:
        """The card's figure, in the metric's unit, of a model of this task on some texts."""

    @property
    def takes_snapshots(self) -> bool:
        """Whether the model ships with snapshots of its training."""
        return False

    @property
    def first_snapshot(self) -> int:
        """The earliest training step after 0 that a snapshot is worth its bytes at."""
        return 1

    @property
    def snapshots(self) -> int:
        """How many snapshots are spread over the training; those before `first_snapshot` are then left out."""
        return cards.SNAPSHOTS

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decides the weights besides the plan, for the card."""
        return {}


class TrainingRun(ABC):
    """One training of one model by a recipe."""

    def __init__(self, recipe: Recipe, plan: TrainPlan, seed: int, model: SequenceModel) -> None:
        self.recipe = recipe
        self.plan = plan
        self.seed = seed
        self.model = model
        self.seconds = 0.0
        self.snapshots: dict[int, dict[str, Tensor]] = {}

    @abstractmethod
    def batches(self, generator: torch.Generator) -> Iterator[Batch]:
        """Endless batches; everything in them that is random comes from `generator`."""

    @abstractmethod
    def score(self) -> float:
        """The held-out figure of the model as it is now."""

    @abstractmethod
    def figures(self) -> Figures:
        """All figures of the model as it is now, for the card."""

    def steps(self) -> Iterator[TrainStep]:
        """Train the model, step by step. After the last step it has its final weights."""
        due = due_snapshots(self.recipe, self.plan.steps)
        self._keep(0, due)
        generator = torch.Generator().manual_seed(self.seed)
        for step in train(self.model, self.batches(generator), self.plan, generator=generator, evaluate=self.score):
            self.seconds = step.seconds
            self._keep(step.step, due)
            yield step

    def _keep(self, step: int, due: frozenset[int]) -> None:
        if step in due:
            self.snapshots[step] = {name: tensor.half() for name, tensor in self.model.state_dict().items()}

    def card(self) -> cards.ModelCard:
        """The card of the model as it is now. Its weights are first rounded to half precision, as its file has them."""
        recipe, model = self.recipe, self.model
        model.half().float()
        figures = self.figures()
        return cards.ModelCard(
            task=recipe.task,
            config=model.config,
            tokens=model.tokenizer.kind,
            vocabulary=model.tokenizer.entries,
            labels=model.labels,
            data=recipe.data,
            recipe=self._settings(),
            seed=self.seed,
            steps=self.plan.steps,
            seconds=round(self.seconds, 1),
            machine=_machine(),
            metric=rounded(figures.metric),
            baselines=tuple(map(rounded, figures.baselines)),
            details={name: round(value, 4) for name, value in figures.details.items()}
            | rounded_figures(model, figures.sample.texts),
            sample=replace(figures.sample, value=round(figures.sample.value, 4)),
            parameters=sum(parameter.numel() for parameter in model.parameters()),
            good_for=recipe.good_for,
            fails_at=recipe.fails_at[model.cell],
            precision="float16",
        )

    def _settings(self) -> dict[str, str | int | float]:
        """The command and everything else that decides the weights, for the card."""
        command = f"gateviz train {self.recipe.task} --cell {self.model.cell} --seed {self.seed}"
        if self.plan.steps != self.recipe.plan.steps:
            command += f" --steps {self.plan.steps}"
        return {
            "command": command,
            "initialisation": "PyTorch's defaults from the seed, the LSTM's forget bias included",
            "optimizer": "Adam, warm-up, then a cosine to zero; gradient clipped by norm",
            **asdict(self.plan),
            **self.recipe.settings,
        }


def due_snapshots(recipe: Recipe, steps: int) -> frozenset[int]:
    """After which steps of a training the recipe takes snapshots."""
    if not recipe.takes_snapshots:
        return frozenset()
    return snapshot_steps(steps, recipe.first_snapshot, recipe.snapshots)


def snapshot_steps(steps: int, first: int = 1, count: int = cards.SNAPSHOTS) -> frozenset[int]:
    """After which steps snapshots are taken: 0, and from 1 to `steps` evenly in the logarithm of the step.

    Args:
        steps: of the training.
        first: those between 0 and this step are left out.
        count: how many there are with those that are left out, 3 at least.
    """
    rest = count - 1
    even = {round(steps ** (index / (rest - 1))) for index in range(rest)}
    return frozenset({0, steps, *(step for step in even if step >= first)})


def rounded(score: cards.Score) -> cards.Score:
    """The score with four decimals, as a card has it."""
    return replace(score, value=round(score.value, 4))


def _machine() -> str:
    """The machine that the wall time was measured on."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {torch.get_num_threads()} of them used, {system}, torch {torch.__version__}"
