"""Two sequences and noise: the latch of Bengio et al. (1994) as Hochreiter and Schmidhuber (1997) test it, 3b.

A sequence is of one of two classes. The first numbers tell which: they are 1 or -1 with noise. All others are noise
around 0, and tell nothing. The class is asked for at the end. No model of it ships: it is an experiment of the table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from gateviz.data.corpora.memory_tests import Ids, Reals
from gateviz.data.tokenizing.number_tokenizer import PLAIN, NumberTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Score
from gateviz.recipes.synthetic import Examples, SyntheticRecipe, synthetic_source
from gateviz.results.trace import CELLS, CellName
from gateviz.training.loop import Batch, TrainPlan
from gateviz.training.scoring import accuracy

TELLING = 3
"""How many numbers at the beginning tell the class."""
VARIANCE = 0.2
"""Of the noise."""
CLASSES = ("down", "up")


@dataclass(frozen=True, slots=True, kw_only=True)
class LatchRecipe(SyntheticRecipe):
    """All that decides the models that keep one bit through noise."""

    length: int

    @property
    def tokenizer(self) -> NumberTokenizer:
        """One token for each number."""
        return NumberTokenizer(PLAIN)

    @property
    def labels(self) -> tuple[str, ...]:
        """The two classes."""
        return CLASSES

    def config(self, cell: CellName) -> ModelConfig:
        """Numbers as inputs, a class as answer."""
        return ModelConfig(cell, self.hidden_size[cell], len(self.tokenizer), inputs="numbers", answers="class")

    def draw(self, generator: np.random.Generator, count: int) -> Batch:
        """Sequences of the task's length."""
        numbers, classes = self._drawn(generator, count, self.length)
        return Batch(torch.from_numpy(numbers), torch.from_numpy(classes))

    def _drawn(self, generator: np.random.Generator, count: int, length: int) -> tuple[Reals, Ids]:
        """Numbers, (count, length, 1), and classes, (count,)."""
        classes = generator.integers(0, 2, count)
        numbers = (VARIANCE**0.5 * generator.standard_normal((count, length))).astype(np.float32)
        numbers[:, :TELLING] += (2 * classes - 1)[:, None]
        return numbers[:, :, None], classes

    def hold_out(self, generator: np.random.Generator, count: int) -> Examples:
        """Sequences of the task's length, with two decimals."""
        return self._written(generator, count, self.length)

    def longer(self, generator: np.random.Generator, times: float) -> Examples:
        """Sequences that many times as long."""
        return self._written(generator, 100, round(times * self.length))

    def _written(self, generator: np.random.Generator, count: int, length: int) -> Examples:
        numbers, classes = self._drawn(generator, count, length)
        texts = tuple(self.tokenizer.text(row.tolist()) for row in numbers)
        return Examples(texts, tuple(CLASSES[index] for index in classes))

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:
        """Share of the sequences, 0 .. 1, whose class is right."""
        return accuracy(model, texts, answers)

    def metric(self, value: float) -> Score:
        """Accuracy."""
        on = f"{self.held_out_texts:,} sequences of {self.length} numbers"
        return Score("accuracy", "accuracy", value, on, better="higher")


def latch_recipe(
    length: int, forget_bias: float | None, steps: int, hidden_size: Mapping[CellName, int]
) -> LatchRecipe:
    """The recipe at one length."""
    words = Bilingual("Keeping one bit through noise.", "在噪声中保住一个比特。")
    return LatchRecipe(
        task="latch",
        data=synthetic_source("latch", "two sequences with noise (Bengio et al. 1994)"),
        plan=TrainPlan(steps=steps, batch_size=64, learning_rate=0.01, warmup=20, clip=1.0, evaluations=0),
        good_for=words,
        fails_at=dict.fromkeys(CELLS, words),
        hidden_size=hidden_size,
        held_out_texts=200,
        forget_bias=forget_bias,
        length=length,
    )
