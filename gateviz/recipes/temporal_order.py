"""Which two of X and Y came, and in which order? Hochreiter and Schmidhuber's test (1997): 32 units, one-hot input.

In training the lengths vary from batch to batch, evenly in their logarithm: short texts teach what is asked, long ones
that it has to be kept. With long texts alone an LSTM learns nothing from two seeds of five; with short ones alone it
forgets in texts that are a little longer. In every other batch the two places are drawn more widely than in the test,
so that a model learns to wait and not to count.

`temporal-order` also has very short texts, one batch in four, and texts in which the two places are anywhere, the last
symbol included, so that the answer is there as soon as the second signal has come. That decides whether a plain RNN
learns the task: with these texts it does (each of five seeds), and without them, in the other two trios, it does not.

A few of the symbols without a meaning are shown as unknown, so that the unknown has no meaning
either. The held-out texts are those of the test.
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

TYPED_LENGTHS = (2, 12)
"""The shortest and the longest of the texts as people type them."""

_PLACES: tuple[memory_tests.Places, ...] = ("test", "wide", "any", "any")
TYPED = 3
"""Which of these batches has very short texts."""


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
    answers_at_once: bool
    """Whether some training texts are very short, and some end with the second signal. If not, all are as in 1997."""

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
        return {"shortest": self.shortest, "longest": self.longest, "answers_at_once": int(self.answers_at_once)}

    def config(self, cell: CellName) -> ModelConfig:
        """One-hot rows as inputs, a class as answer."""
        return ModelConfig(cell, self.hidden_size[cell], len(self.tokenizer), inputs="one-hot", answers="class")

    def draw(self, generator: np.random.Generator, count: int) -> Batch:
        """Texts of one length; if the answer has to come at once, one batch in four has very short ones."""
        length = int(np.exp(generator.uniform(np.log(self.shortest), np.log(self.longest + 1))))
        kind = int(generator.integers(4 if self.answers_at_once else 2))
        if kind == TYPED:
            length = int(generator.integers(TYPED_LENGTHS[0], TYPED_LENGTHS[1] + 1))
        places = _PLACES[kind]
        ids, answers = memory_tests.temporal_order(generator, count, length, places=places)
        ids[(generator.random(ids.shape) < UNKNOWN_SHARE) & (ids < len(self.tokenizer.entries) - 2)] = (
            self.tokenizer.unknown
        )
        return Batch(torch.from_numpy(ids), torch.from_numpy(answers))

    def hold_out(self, generator: np.random.Generator, count: int) -> Examples:
        """Texts of the task's length, as in the test of 1997."""
        return _test(generator, count, self.length)

    def longer(self, generator: np.random.Generator, times: float) -> Examples:
        """Texts of more symbols."""
        return _test(generator, 500, round(self.length * times))

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
        """Accuracy at other lengths, and in short texts that end with the second signal or after it."""
        tests = {n: _test(np.random.default_rng(HELD_OUT_SEED), 500, n) for n in self.other_lengths}
        figures = {f"accuracy at length {length}": accuracy(model, *test) for length, test in tests.items()}
        typed = _typed(np.random.default_rng(HELD_OUT_SEED), 500)
        at_once = Examples(tuple(text.rstrip("abcd") for text in typed.texts), typed.answers)
        least, most = TYPED_LENGTHS
        figures[f"accuracy on texts of {least} to {most} symbols"] = accuracy(model, *typed)
        figures["accuracy on these right after the second signal"] = accuracy(model, *at_once)
        return figures


def _test(generator: np.random.Generator, count: int, length: int, places: memory_tests.Places = "test") -> Examples:
    ids, answers = memory_tests.temporal_order(generator, count, length, places=places)
    texts = tuple("".join(memory_tests.ORDER_SYMBOLS[index] for index in row) for row in ids)
    return Examples(texts, tuple(memory_tests.ORDERS[answer] for answer in answers))


def _typed(generator: np.random.Generator, count: int) -> Examples:
    """Short texts of all lengths, with the two signals anywhere."""
    least, most = TYPED_LENGTHS
    parts = [_test(generator, -(-count // (most - least + 1)), length, "any") for length in range(least, most + 1)]
    return Examples(*(sum(group, ()) for group in zip(*parts, strict=True)))


_FAILS = Bilingual(
    "The card has its accuracy at some lengths; how long it holds what it has read beyond them was not "
    "measured. It was never shown fewer or more than two of X and Y, and answers such texts with "
    "one of the four too.",
    "卡片给出了几种长度上的准确率；在更长的文本里能记多久，没有测过。它从未见过 X 和 Y 少于或"
    "多于两个的文本，对这样的文本也会给出四个答案之一。",
)
_GATED_LATE = Bilingual(
    "In all its training texts at least a third of the symbols came after the second signal: right after that signal, "
    "and in short texts such as aXbY, its answer is often wrong; the card says how often. It was never shown fewer or "
    "more than two of X and Y, and answers such texts with one of the four too.",
    "在它的训练文本里，第二个信号之后至少还有三分之一的符号：在第二个信号刚出现时，以及在 aXbY 这样的短文本里，它"
    "常常答错，卡片给出了比例。它从未见过 X 和 Y 少于或多于两个的文本，对这样的文本也会给出四个答案之一。",
)
_LATE: dict[CellName, Bilingual] = {
    "rnn": Bilingual(
        "It did not learn the task within the budget of the other two: its answers are chance. It could: the RNN of "
        "temporal-order learnt it, from training texts of which some are short. Any text is answered with one of the "
        "four, even one with no X or Y in it.",
        "在与另外两种循环单元相同的训练预算内，它没有学会这个任务：答案等于随机猜测。它本可以学会：temporal-order 的 "
        "RNN 的训练文本里有短文本，就学会了。任何文本都会得到四个答案之一，即使其中没有 X 或 Y。",
    ),
    "lstm": _GATED_LATE,
    "gru": _GATED_LATE,
}
_LATE_GOOD_FOR = Bilingual(
    "Watching who learns to keep two signals from long texts alone, as in the test of 1997: the gated cells do, the "
    "plain RNN does not. Type a, b, c, d with an X or Y at two places.",
    "观察只用长文本训练时（如 1997 年的测试），谁能学会记住两个信号：带门的循环单元能，普通 RNN 不能。请输入 "
    "a、b、c、d，并在两处放上 X 或 Y。",
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
    other_lengths=(30, 200),
    answers_at_once=True,
    good_for=Bilingual(
        "Watching a gate latch: the state takes up each X or Y when it comes, holds it across symbols that "
        "mean nothing, and the answer after each symbol shows what is held. Type a, b, c, d with an X or Y "
        "at two places.",
        "观察门如何锁存：X 或 Y 一出现就被写入状态，穿过一长串无意义的符号仍被保留，每个符号之后的答案都显示"
        "出记住了什么。请输入 a、b、c、d，并在两处放上 X 或 Y。",
    ),
    fails_at=dict.fromkeys(CELLS, _FAILS),
)

HUNDRED = replace(
    RECIPE,
    task="temporal-order-100",
    forget_bias=2.0,
    time_lapse=False,
    length=100,
    longest=150,
    other_lengths=(30, 60),
    answers_at_once=False,
    good_for=_LATE_GOOD_FOR,
    fails_at=_LATE,
)

EQUAL = replace(
    HUNDRED,
    task="temporal-order-equal",
    hidden_size={"rnn": 67, "lstm": 32, "gru": 37},
    forget_bias=1.0,
    length=60,
    longest=100,
    other_lengths=(30, 200),
    good_for=Bilingual(
        "Comparing the three cells fairly: each has about as many parameters as the LSTM of 32 units, and the same "
        "texts and budget. The texts are long ones alone, as in temporal-order-100.",
        "公平地比较三种循环单元：每个模型的参数量都与 32 个隐藏单元的 LSTM 大致相同，文本和训练预算也相同。与 "
        "temporal-order-100 一样，只用长文本训练。",
    ),
)
