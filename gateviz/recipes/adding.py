"""The sum of the marked numbers so far (Hochreiter and Schmidhuber 1997): 64 units, length 100, squared error.

In training the lengths vary from batch to batch, evenly in their logarithm, and the sum so far is asked for after every
number. With the sum asked for at the end alone, as in 1997, a model guesses the final sum from the start, and what it
says on the way means nothing. Half of the batches have two marked numbers, one in each half, the others from none to
four anywhere. The held-out texts have two, as in 1997, and two decimals, as a person would type them.
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
        """Texts of one length; the sum so far is asked for after every number."""
        length = int(np.exp(generator.uniform(np.log(self.shortest), np.log(self.length + 1))))
        marks: memory_tests.Marks = "two" if generator.integers(2) else "any"
        numbers, sums = memory_tests.adding(generator, count, length, marks=marks)
        return Batch(torch.from_numpy(numbers), torch.from_numpy(sums))

    def hold_out(self, generator: np.random.Generator, count: int) -> Examples:
        """Texts of the task's length."""
        return _test(generator, count, self.length)

    def longer(self, generator: np.random.Generator, times: float) -> Examples:
        """Texts of more numbers."""
        return _test(generator, 500, round(self.length * times))

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
        """Error at other lengths, after every number, with other numbers of marks, and before the first mark."""
        tests = {n: _test(np.random.default_rng(HELD_OUT_SEED), 500, n) for n in self.other_lengths}
        figures = {f"{UNIT} at length {length}": self.measure(model, *test) for length, test in tests.items()}
        numbers, sums = memory_tests.adding(np.random.default_rng(HELD_OUT_SEED), 500, self.length, marks="any")
        with torch.no_grad():
            said = model(torch.from_numpy(numbers))[0][..., 0].numpy()
        error, marked = np.square(said - sums), numbers[..., 1].cumsum(axis=1)  # (text, number) each
        figures[f"{UNIT} of the sum so far, after every number"] = float(error.mean())
        for many in range(memory_tests.MOST_MARKS + 1):
            figures[f"{UNIT} after {many} marked numbers"] = float(error[marked == many].mean())
        figures["mean answer before the first mark"] = float(np.abs(said[marked == 0]).mean())
        return figures


def uniform_variance() -> float:
    """The variance of a number drawn evenly from 0 to 1: the mean of its square minus the square of its mean."""
    return 1 / 3 - (1 / 2) ** 2


def _test(generator: np.random.Generator, count: int, length: int) -> Examples:
    numbers, _ = memory_tests.adding(generator, count, length)
    numbers[:, :, 0] = numbers[:, :, 0].round(2)  # the sum is that of the typed decimals
    sums = (numbers[:, :, 0] * numbers[:, :, 1]).sum(axis=1)  # (text,)
    writer = NumberTokenizer(MARKED)
    return Examples(tuple(writer.text(row.tolist()) for row in numbers), tuple(f"{value:.2f}" for value in sums))


_GATED = Bilingual(
    "It was shown up to four marked numbers from 0 to 1: a fifth mark, a negative number or one above 1 is added less "
    "exactly. The error grows with the marks and in texts longer than those of training; the card has both.",
    "它最多见过四个带标记的、0 到 1 之间的数：第五个标记、负数或大于 1 的数加得不那么准。标记越多，或者文本比训练时更"
    "长，误差越大；两者都写在卡片里。",
)

RECIPE = AddingRecipe(
    task="adding",
    data=synthetic_source("memory_tests", "the adding problem (Hochreiter and Schmidhuber 1997)"),
    plan=TrainPlan(steps=4000, batch_size=64, learning_rate=5e-3, warmup=50, clip=1.0, evaluations=10),
    hidden_size=dict.fromkeys(CELLS, 64),
    held_out_texts=1000,
    length=100,
    shortest=2,
    other_lengths=(4, 30, 400),
    good_for=Bilingual(
        "Watching a gate let a few numbers in and keep a hundred out: after each number the answer is the sum of what "
        "was marked so far. Type numbers from 0 to 1 with spaces between them and a star after up to four of them.",
        "观察门如何放进几个数而挡住其余的数：每读入一个数之后，答案都是到此为止已标记的数之和。请输入用空格隔开的 0 到 "
        "1 之间的数，并在其中至多四个数后面加星号。",
    ),
    fails_at={
        "rnn": Bilingual(
            "Its answer follows the marks, but only roughly: within the budget of the other two its error stays many "
            "times theirs, and it drifts where nothing is marked. The card has the errors.",
            "它的答案会随标记变化，但只是大致如此：在与另外两种循环单元相同的训练预算内，它的误差仍是它们的许多倍，"
            "没有标记的地方答案也会漂移。误差写在卡片里。",
        ),
        "lstm": _GATED,
        "gru": _GATED,
    },
)
