"""The sum of the two marked numbers (Hochreiter and Schmidhuber 1997): 64 units, length 100, squared error.

In training the lengths vary from batch to batch. The held-out texts are as a person would type them, with two decimals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from gateviz.data.corpora import memory_tests
from gateviz.data.tokenizing.number_tokenizer import MARKED, NumberTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Score
from gateviz.recipes.synthetic import HELD_OUT_SEED, Examples, SyntheticRecipe, synthetic_source
from gateviz.results.trace import CELLS, CellName
from gateviz.training.loop import Batch, TrainPlan
from gateviz.training.scoring import mean_squared_error

UNIT = "mean squared error"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddingRecipe(SyntheticRecipe):
    """All that decides the models that add two numbers in texts of one length."""

    length: int
    shortest: int
    """Training texts have from `shortest` to `length` numbers; the texts of a batch are equally long."""
    other_lengths: tuple[int, ...]
    """Further lengths for which the card gives the error."""

    @property
    def tokenizer(self) -> NumberTokenizer:
        """One token for each number with its mark."""
        return NumberTokenizer(MARKED)

    @property
    def labels(self) -> tuple[str, ...]:
        """The name of the value that the model answers with."""
        return ("sum",)

    @property
    def draw_settings(self) -> Mapping[str, str | int | float]:
        """The lengths of the training texts."""
        return {"shortest": self.shortest, "longest": self.length}

    def config(self, cell: CellName) -> ModelConfig:
        """Numbers with marks as inputs, a value as answer."""
        return ModelConfig(cell, self.hidden_size[cell], len(self.tokenizer), inputs="numbers", answers="value")

    def draw(self, generator: np.random.Generator, count: int) -> Batch:
        """Texts of one length; the sum is asked for at the last number."""
        length = int(generator.integers(self.shortest, self.length + 1))
        numbers, sums = memory_tests.adding(generator, count, length)
        targets = torch.full((count, length), torch.nan)
        targets[:, -1] = torch.from_numpy(sums)
        return Batch(torch.from_numpy(numbers), targets)

    def hold_out(self, generator: np.random.Generator, count: int) -> Examples:
        """Texts of the task's length."""
        return _test(generator, count, self.length)

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:
        """Mean squared error of the answer after the last number."""
        return mean_squared_error(model, texts, [float(answer) for answer in answers])

    def metric(self, value: float) -> Score:
        """Squared error, with its unit."""
        return Score("error of the sum", UNIT, value, f"{self.held_out_texts:,} texts of {self.length} numbers")

    def baselines(self, held: Examples) -> tuple[Score, ...]:
        """The error of always answering 1, the mean of all sums: in theory, and on these texts."""
        sums = np.array([float(answer) for answer in held.answers])
        here, theory = float(np.square(sums - 1).mean()), 2 * uniform_variance()
        return (
            Score("variance of the sum of two uniform numbers", UNIT, theory, "all texts there are"),
            Score("always 1", UNIT, here, self.metric(0).on),
        )

    def details(self, model: SequenceModel) -> Mapping[str, float]:
        """Error at other lengths."""
        tests = {n: _test(np.random.default_rng(HELD_OUT_SEED), 500, n) for n in self.other_lengths}
        return {f"{UNIT} at length {length}": self.measure(model, *test) for length, test in tests.items()}


def uniform_variance() -> float:
    """The variance of a number drawn evenly from 0 to 1: the mean of its square minus the square of its mean."""
    return 1 / 3 - (1 / 2) ** 2


def _test(generator: np.random.Generator, count: int, length: int) -> Examples:
    numbers, _ = memory_tests.adding(generator, count, length)
    numbers[:, :, 0] = numbers[:, :, 0].round(2)  # the sum is that of the typed decimals
    sums = (numbers[:, :, 0] * numbers[:, :, 1]).sum(axis=1)
    writer = NumberTokenizer(MARKED)
    return Examples(tuple(writer.text(row.tolist()) for row in numbers), tuple(f"{value:.2f}" for value in sums))


_GATED = Bilingual(
    "It was shown two marked numbers from 0 to 1, one in each half, and no others: a third mark, a "
    "negative number or one above 1 is added less exactly. The error grows in texts longer than those "
    "of training; the card has it at other lengths.",
    "它只见过两个带标记的、0 到 1 之间的数，前后两半各一个：第三个标记、负数或大于 1 的数加得不那么准"
    "。文本比训练时更长时误差变大；卡片给出了其他长度上的误差。",
)

RECIPE = AddingRecipe(
    task="adding",
    data=synthetic_source("memory_tests", "the adding problem (Hochreiter and Schmidhuber 1997)"),
    plan=TrainPlan(steps=2000, batch_size=64, learning_rate=5e-3, warmup=50, clip=1.0, evaluations=10),
    hidden_size=dict.fromkeys(CELLS, 64),
    held_out_texts=1000,
    length=100,
    shortest=20,
    other_lengths=(4, 30, 200, 400),
    good_for=Bilingual(
        "Watching a gate let two numbers in and keep a hundred out: after each number the answer is the "
        "sum of what was marked. Type numbers from 0 to 1 with spaces between them and a star after two of "
        "them.",
        "观察门如何放进两个数而挡住其余的数：每读入一个数之后，答案都是已标记的数之和。请输入用空格隔开的 0 到"
        " 1 之间的数，并在其中两个数后面加星号。",
    ),
    fails_at={
        "rnn": Bilingual(
            "At the length of the task it learned no more than to say about 1, the mean of all sums.",
            "在任务的长度上，它只学会了回答 1 左右，也就是所有和的平均值。",
        ),
        "lstm": _GATED,
        "gru": _GATED,
    },
)
