"""What every recipe is: a task's data, budget and words; and a run of it, from first step to card.

    run = recipe.start("lstm", recipe.read(), seed=0)
    for step in run.steps(): ...
    card = run.card()                 # the figures of the model and of its baselines on held-out data, computed here

A recipe of a new kind derives from both: `Recipe` says how data are read and how an answer is measured, `Run` where its
batches come from and what its figures are.
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
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained import cards
from gateviz.results.trace import CellName
from gateviz.training.loop import Batch, TrainPlan, TrainStep, train


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run is worth, on held-out data."""

    metric: cards.Score
    baselines: tuple[cards.Score, ...]
    sample: cards.Sample
    details: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipe(ABC):
    """All that decides the models of one task; the three cells of a trio share it."""

    task: str
    data: DataSource
    plan: TrainPlan
    good_for: Bilingual
    fails_at: Mapping[CellName, Bilingual]

    @abstractmethod
    def read(self, given: Path | None = None) -> Any:
        """The data to train on, from `given` or where training texts are looked for; a made task needs none.

        Raises:
            DataError: the file is missing, which says where to get it, or malformed.
        """

    @abstractmethod
    def start(self, cell: CellName, data: Any, *, seed: int, steps: int | None = None) -> "Run":
        """A run that has not begun, with the recipe's number of steps or another.

        Args:
            cell: the architecture.
            data: what `read` gave.
            seed: of the weights, the batches and the dropout.
            steps: instead of the plan's.

        Raises:
            DataError: not enough data to train on and hold a part out.
        """

    @abstractmethod
    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:
        """The card's figure of any model of this task on some texts, as for the card's sample."""

    @property
    def lapses(self) -> bool:
        """Whether snapshots of the training ship, as a time lapse."""
        return False

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decided the weights beside the plan, for the card."""
        return {}

    def plan_of(self, steps: int | None) -> TrainPlan:
        """The plan, with its own number of steps or another."""
        return self.plan if steps is None else replace(self.plan, steps=steps)


class Run(ABC):
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
        """Endless batches; all that is drawn for them comes from `generator`."""

    @abstractmethod
    def score(self) -> float:
        """The held-out figure of the model as it is."""

    @abstractmethod
    def figures(self) -> Figures:
        """Everything that the card says of the model as it is."""

    def steps(self) -> Iterator[TrainStep]:
        """Train the model, a step at a time; after the last its weights are those that will be loaded."""
        due = snapshot_steps(self.plan.steps) if self.recipe.lapses else frozenset()
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
        """The card of the model as it is now, which is first rounded to the numbers that a file of it holds."""
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
            details={name: round(value, 4) for name, value in figures.details.items()},
            sample=replace(figures.sample, value=round(figures.sample.value, 4)),
            parameters=sum(parameter.numel() for parameter in model.parameters()),
            good_for=recipe.good_for,
            fails_at=recipe.fails_at[model.cell],
            precision="float16",
        )

    def _settings(self) -> dict[str, str | int | float]:
        """Everything that decided the weights, for the card."""
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


def snapshot_steps(steps: int) -> frozenset[int]:
    """After which steps a time lapse takes its pictures: the start, and 1 .. `steps` evenly in the log of the step."""
    rest = cards.SNAPSHOTS - 1
    return frozenset({0, *(round(steps ** (index / (rest - 1))) for index in range(rest))})


def rounded(score: cards.Score) -> cards.Score:
    """The score as a card has it."""
    return replace(score, value=round(score.value, 4))


def _machine() -> str:
    """What the wall time was measured on."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {torch.get_num_threads()} of them used, {system}, torch {torch.__version__}"
