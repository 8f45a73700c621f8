"""Which two of X and Y came, and in which order? Hochreiter and Schmidhuber's test (1997): 32 units, one-hot input.

In training the lengths vary from batch to batch, evenly in their logarithm: short texts teach what is asked, long ones
that it has to be kept. With long texts alone an LSTM learns nothing from two seeds of five; with short ones alone it
forgets in texts that are a little longer. In every other batch the two places are drawn more widely than in the test,
so that a model learns to wait and not to count; but the last third of a text never tells anything. A few of the symbols
without a meaning are shown as unknown, so that the unknown has no meaning either. The held-out texts are those of the
test.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from gateviz.data.corpora import memory_tests
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Score
from gateviz.recipes.synthetic import HELD_OUT_SEED, Examples, SyntheticRecipe, synthetic_source
from gateviz.results.trace import CELLS, CellName
from gateviz.training.loop import Batch, TrainPlan
from gateviz.training.scoring import accuracy

UNKNOWN_SHARE = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRecipe(SyntheticRecipe):
    """All that decides the models of temporal order at one length."""

    length: int
    """Of held-out texts."""
    shortest: int
    longest: int
    """Training texts have from `shortest` to `longest` symbols; the texts of a batch are equally long."""
    other_lengths: tuple[int, ...]
    """Further lengths for which the card gives the accuracy."""

    @property
    def tokenizer(self) -> CharacterTokenizer:
        """One token for each symbol."""
        return CharacterTokenizer(tuple(memory_tests.ORDER_SYMBOLS))

    @property
    def labels(self) -> tuple[str, ...]:
        """XX, XY, YX, YY."""
        return memory_tests.ORDERS

    @property
    def draw_settings(self) -> Mapping[str, str | int | float]:
        """The lengths of the training texts."""
        return {"shortest": self.shortest, "longest": self.longest}

    def config(self, cell: CellName) -> ModelConfig:
        """One-hot rows as inputs, a class as answer."""
        return ModelConfig(cell, self.hidden_size[cell], len(self.tokenizer), inputs="one-hot", answers="class")

    def draw(self, generator: np.random.Generator, count: int) -> Batch:
        """Texts of one length; in every other batch the places are drawn widely."""
        length = int(np.exp(generator.uniform(np.log(self.shortest), np.log(self.longest + 1))))
        spread = bool(generator.integers(2))
        ids, answers = memory_tests.temporal_order(generator, count, length, spread=spread)
        ids[(generator.random(ids.shape) < UNKNOWN_SHARE) & (ids < len(self.tokenizer.entries) - 2)] = (
            self.tokenizer.unknown
        )
        return Batch(torch.from_numpy(ids), torch.from_numpy(answers))

    def hold_out(self, generator: np.random.Generator, count: int) -> Examples:
        """Texts of the task's length, as in the test of 1997."""
        return _test(generator, count, self.length)

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:
        """Share of the texts, 0 .. 1, that are answered right."""
        return accuracy(model, texts, answers)

    def metric(self, value: float) -> Score:
        """Accuracy, with the texts that it was measured on."""
        on = f"{self.held_out_texts:,} texts of {self.length} symbols"
        return Score("accuracy", "accuracy", value, on, better="higher")

    def baselines(self, held: Examples) -> tuple[Score, ...]:
        """Chance: the share of the commonest answer among the held-out ones."""
        commonest = max(map(held.answers.count, memory_tests.ORDERS)) / len(held.answers)
        return (Score("always the commonest answer", "accuracy", commonest, self.metric(0).on, better="higher"),)

    def details(self, model: SequenceModel) -> Mapping[str, float]:
        """Accuracy at other lengths."""
        tests = {n: _test(np.random.default_rng(HELD_OUT_SEED), 500, n) for n in self.other_lengths}
        return {f"accuracy at length {length}": accuracy(model, *test) for length, test in tests.items()}


def _test(generator: np.random.Generator, count: int, length: int) -> Examples:
    ids, answers = memory_tests.temporal_order(generator, count, length)
    texts = tuple("".join(memory_tests.ORDER_SYMBOLS[index] for index in row) for row in ids)
    return Examples(texts, tuple(memory_tests.ORDERS[answer] for answer in answers))


_GATED = Bilingual(
    "The card has its accuracy at some lengths; how long it holds what it has read beyond them was not "
    "measured. It was never shown fewer or more than two of X and Y, and answers such texts with "
    "one of the four too.",
    "卡片给出了几种长度上的准确率；在更长的文本里能记多久，没有测过。它从未见过 X 和 Y 少于或"
    "多于两个的文本，对这样的文本也会给出四个答案之一。",
)

RECIPE = OrderRecipe(
    task="temporal-order",
    data=synthetic_source("memory_tests", "temporal order (Hochreiter and Schmidhuber 1997)"),
    plan=TrainPlan(steps=2000, batch_size=64, learning_rate=1e-2, warmup=50, clip=1.0, evaluations=10),
    hidden_size=dict.fromkeys(CELLS, 32),
    held_out_texts=1000,
    forget_bias=1.0,
    time_lapse=True,
    length=60,
    shortest=memory_tests.ORDER_SHORTEST,
    longest=100,
    other_lengths=(30, 100, 200),
    good_for=Bilingual(
        "Watching a gate latch: the state takes up each X or Y when it comes, holds it across symbols that "
        "mean nothing, and the answer after each symbol shows what is held. Type a, b, c, d with an X or Y "
        "at two places.",
        "观察门如何锁存：X 或 Y 一出现就被写入状态，穿过一长串无意义的符号仍被保留，每个符号之后的答案都显示"
        "出记住了什么。请输入 a、b、c、d，并在两处放上 X 或 Y。",
    ),
    fails_at={
        "rnn": Bilingual(
            "It did not learn the task within the budget of the other two: its answers are chance. Any text is "
            "answered with one of the four, even one with no X or Y in it.",
            "在与另外两种循环单元相同的训练预算内，它没有学会这个任务：答案等于随机猜测。任何文本都会得到四个答案之一，即"
            "使其中没有 X 或 Y。",
        ),
        "lstm": _GATED,
        "gru": _GATED,
    },
)

HUNDRED = replace(
    RECIPE,
    task="temporal-order-100",
    forget_bias=2.0,
    time_lapse=False,
    length=100,
    longest=150,
    other_lengths=(30, 60, 200),
)

EQUAL = replace(
    RECIPE,
    task="temporal-order-equal",
    hidden_size={"rnn": 67, "lstm": 32, "gru": 37},
    time_lapse=False,
    good_for=Bilingual(
        "Comparing the three cells fairly: each has about as many parameters as the LSTM of 32 units, and the same "
        "texts and budget as the trio with equal sizes.",
        "公平地比较三种循环单元：每个模型的参数量都与 32 个隐藏单元的 LSTM 大致相同，"
        "文本和训练预算也与等宽的三个模型相同。",
    ),
)
