"""Synthetic tasks: their texts are generated from a seed, and the held-out ones from a seed of their own.

All models of a task have the same held-out texts, whatever their seed, so that their figures can be compared. Either
the text itself says what would be right, or it has an answer beside it: see the file of each task.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from gateviz.data.corpora.sources import DataSource
from gateviz.data.tokenizing.tokens import Tokenizer
from gateviz.errors import DataError
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Sample, Score
from gateviz.recipes.recipe import Figures, Recipe, TrainingRun
from gateviz.results.trace import CellName
from gateviz.training.loop import IGNORED, Batch, TrainPlan

HELD_OUT_SEED = 20260101
"""The seed of all held-out texts, whatever the seed of the run."""

SAMPLE_TEXTS = 16

TIMES_THE_LENGTH = (1.0, 1.5, 2.0)
"""The card of every task says how good the model is in texts so many times as long as those of the task."""


class Examples(NamedTuple):
    """Texts and the right answer to each."""

    texts: tuple[str, ...]
    answers: tuple[str, ...] = ()
    """Empty if the texts themselves say what is right."""


def synthetic_source(module: str, name: str) -> DataSource:
    """The source of data that a module of gateviz generates."""
    return DataSource(file="", name=name, author="gateviz", licence="MIT", source=f"gateviz/data/corpora/{module}.py")


def refuse_file(task: str, given: Path | None) -> None:
    """Refuse a data file for a task whose texts are generated.

    Raises:
        DataError: a file is given.
    """
    if given is not None:
        raise DataError(f"{given} is not needed: the texts of {task} are generated from a seed, so leave out the file.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticRecipe(Recipe):
    """All that decides the models of one synthetic task."""

    hidden_size: Mapping[CellName, int]
    held_out_texts: int
    forget_bias: float | None = None
    """The SUM of the LSTM's two forget biases at the start; None: as PyTorch draws them."""
    time_lapse: bool = False

    @property
    @abstractmethod
    def tokenizer(self) -> Tokenizer:
        """What cuts the texts into tokens."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the model's answers, unless it answers with the next token."""
        return ()

    @abstractmethod
    def config(self, cell: CellName) -> ModelConfig:
        """The shape of the model of that cell."""

    @abstractmethod
    def draw(self, generator: np.random.Generator, count: int) -> Batch:
        """A batch of so many texts to train on."""

    @abstractmethod
    def hold_out(self, generator: np.random.Generator, count: int) -> Examples:
        """So many texts that training never sees, and their answers."""

    @abstractmethod
    def longer(self, generator: np.random.Generator, times: float) -> Examples:
        """Texts so many times as long as those of the task, and their answers."""

    @abstractmethod
    def metric(self, value: float) -> Score:
        """The card's figure, with its name and unit."""

    def baselines(self, held: Examples) -> tuple[Score, ...]:  # noqa: ARG002
        """Figures to compare the model's with, on the same texts."""
        return ()

    def details(self, model: SequenceModel) -> Mapping[str, float]:  # noqa: ARG002
        """Further figures for the card."""
        return {}

    @property
    def takes_snapshots(self) -> bool:
        """Whether the model ships with snapshots of its training."""
        return self.time_lapse

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decides the weights besides the plan."""
        if self.forget_bias is None:
            return self.draw_settings
        start = f"PyTorch's defaults from the seed; the LSTM's forget bias is {self.forget_bias:g}"
        return {**self.draw_settings, "initialisation": start}

    @property
    def draw_settings(self) -> Mapping[str, str | int | float]:
        """How the training texts are drawn, such as their lengths."""
        return {}

    def read(self, given: Path | None = None) -> None:
        """Nothing is read: the texts are generated.

        Raises:
            DataError: a file is given.
        """
        refuse_file(self.task, given)

    def held(self) -> Examples:
        """The task's held-out texts and answers."""
        return self.hold_out(np.random.default_rng(HELD_OUT_SEED), self.held_out_texts)

    def start(self, cell: CellName, data: None, *, seed: int, steps: int | None = None) -> "SyntheticRun":  # noqa: ARG002
        """A run that has not begun."""
        plan = self.checked_plan(cell, seed, steps)
        bias = self.forget_bias if cell == "lstm" else None
        model = SequenceModel(self.config(cell), self.tokenizer, self.labels, seed=seed, forget_bias=bias)
        return SyntheticRun(self, plan, seed, model)


class SyntheticRun(TrainingRun):
    """One training on a synthetic task."""

    recipe: SyntheticRecipe

    def __init__(self, recipe: SyntheticRecipe, plan: TrainPlan, seed: int, model: SequenceModel) -> None:
        super().__init__(recipe, plan, seed, model)
        self.held = recipe.held()

    def batches(self, generator: torch.Generator) -> Iterator[Batch]:
        """Endless batches of new texts."""
        drawn = np.random.default_rng(int(torch.randint(2**62, (), generator=generator)))
        while True:
            yield self.recipe.draw(drawn, self.plan.batch_size)

    def score(self) -> float:
        """The card's figure of the model as it is now."""
        return self.recipe.measure(self.model, *self.held)

    def figures(self) -> Figures:
        """All figures of the model as it is now, for the card."""
        texts, answers = self.held.texts[:SAMPLE_TEXTS], self.held.answers[:SAMPLE_TEXTS]
        metric = self.recipe.metric(self.score())
        lengths = {
            f"{metric.unit} at {times:g} times the length": self.recipe.measure(
                self.model, *self.recipe.longer(np.random.default_rng(HELD_OUT_SEED), times)
            )
            for times in TIMES_THE_LENGTH
        }
        return Figures(
            metric=metric,
            baselines=self.recipe.baselines(self.held),
            sample=Sample(texts, answers, self.recipe.measure(self.model, texts, answers)),
            details={**lengths, **self.recipe.details(self.model)},
        )


def next_tokens(texts: Sequence[Sequence[int]], asked: Sequence[range] | None = None) -> Batch:
    """A batch of whole texts whose tokens have to be predicted: all after the first, or only those at `asked`.

    Args:
        texts: the ids of each text, two at least.
        asked: for each text the positions, from 0, of the tokens that have to be predicted from those before.
    """
    width = max(map(len, texts)) - 1
    inputs = torch.zeros(len(texts), width, dtype=torch.long)
    targets = torch.full((len(texts), width), IGNORED)
    for row, ids in enumerate(texts):
        inputs[row, : len(ids) - 1] = torch.tensor(ids[:-1])
        places = range(1, len(ids)) if asked is None else asked[row]
        targets[row, places.start - 1 : places.stop - 1] = torch.tensor(ids[places.start : places.stop])
    return Batch(inputs, targets)
