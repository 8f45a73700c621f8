"""Repeat five symbols after a gap of twenty dots; there are four different symbols. 64 units, one-hot input.

In training the number of symbols and the length of the gap vary from batch to batch. One in eight of the strings of
five symbols, chosen by a checksum, is never trained on: those are held out. Only the symbols of the recall have to be
predicted.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gateviz.data.corpora import memory_tests
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Score
from gateviz.recipes.synthetic import HELD_OUT_SEED, Examples, SyntheticRecipe, next_tokens, synthetic_source
from gateviz.results.trace import CELLS, CellName
from gateviz.training.loop import Batch, TrainPlan
from gateviz.training.scoring import scores_of

UNIT = "accuracy"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyingRecipe(SyntheticRecipe):
    """All that decides the models that copy symbols across a gap."""

    symbols: int
    gap: int
    other_gaps: tuple[int, ...]
    """Further gaps for which the card gives the accuracy."""

    @property
    def tokenizer(self) -> CharacterTokenizer:
        """One token for each symbol."""
        return CharacterTokenizer(tuple(memory_tests.COPY_ALPHABET))

    def config(self, cell: CellName) -> ModelConfig:
        """One-hot rows as inputs, the next symbol as answer, which is asked for from the sign of recall on."""
        asked_after = memory_tests.RECALL
        return ModelConfig(cell, self.hidden_size[cell], len(self.tokenizer), inputs="one-hot", asked_after=asked_after)

    def draw(self, generator: np.random.Generator, count: int) -> Batch:
        """Texts with up to the task's number of symbols and up to its gap; only the recall has to be predicted."""
        symbols, gap = generator.integers(1, self.symbols + 1), generator.integers(0, self.gap + 1)
        symbols = max(symbols, generator.integers(1, self.symbols + 1))  # long ones more often
        ids, _ = memory_tests.copying(generator, count * 2, int(symbols), int(gap))
        said = [bytes(row[:symbols].astype(np.uint8)) for row in ids]
        kept = [row for row, string in zip(ids.tolist(), said, strict=True) if not self.is_held_out(string)][:count]
        width = ids.shape[1]
        return next_tokens(kept, [range(width - int(symbols), width)] * len(kept))

    def is_held_out(self, said: bytes) -> bool:
        """Whether a string is never trained on; only strings of the task's full length can be."""
        return len(said) == self.symbols and zlib.crc32(said) % 8 == 0

    def hold_out(self, generator: np.random.Generator, count: int) -> Examples:
        """Texts with strings that training leaves out, across the task's gap."""
        return Examples(self._test(generator, count, self.gap))

    def _test(self, generator: np.random.Generator, count: int, gap: int) -> tuple[str, ...]:
        ids, said = memory_tests.copying(generator, count * 16, self.symbols, gap)
        rows = [row for row, string in zip(ids, said, strict=True) if self.is_held_out(bytes(string.astype(np.uint8)))]
        return tuple("".join(memory_tests.COPY_ALPHABET[index] for index in row) for row in rows[:count])

    def longer(self, generator: np.random.Generator, times: float) -> Examples:
        """Texts with a longer gap."""
        return Examples(self._test(generator, 100, round(self.gap * times)))

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:  # noqa: ARG002
        """Share of the symbols to recall, 0 .. 1, that the model predicts from what stands before them."""
        right = [symbol == guess for pair in recalled(model, texts) for symbol, guess in zip(*pair, strict=True)]
        return sum(right) / len(right)

    def metric(self, value: float) -> Score:
        """Accuracy of the recall."""
        on = f"{self.held_out_texts:,} strings of {self.symbols} that were not trained on, gap {self.gap}"
        return Score("symbols recalled", UNIT, value, on, better="higher")

    def baselines(self, held: Examples) -> tuple[Score, ...]:
        """Chance: always the commonest symbol of the held-out ones."""
        said = "".join(text[-self.symbols :] for text in held.texts)
        chance = max(map(said.count, memory_tests.COPY_SYMBOLS)) / len(said)
        return (Score("always the commonest symbol", UNIT, chance, self.metric(0).on, better="higher"),)

    def details(self, model: SequenceModel) -> Mapping[str, float]:
        """The share of texts with all symbols right, and the accuracy across other gaps."""
        whole = [guess == said for said, guess in recalled(model, self.held().texts)]
        tests = {gap: self._test(np.random.default_rng(HELD_OUT_SEED), 100, gap) for gap in self.other_gaps}
        return {
            "all five right": sum(whole) / len(whole),
            **{f"accuracy at gap {gap}": self.measure(model, texts, ()) for gap, texts in tests.items()},
        }


def recalled(model: SequenceModel, texts: Sequence[str]) -> list[tuple[str, str]]:
    """For each text the symbols to recall, and those that the model predicts, each from what stands before it."""
    pairs = []
    for text, scores in zip(texts, scores_of(model, texts), strict=True):
        said = text[text.index(memory_tests.RECALL) + 1 :]
        best = scores[-len(said) - 1 : -1].argmax(axis=-1)
        pairs.append((said, "".join(model.outputs[index] for index in best)))
    return pairs


_GATED = Bilingual(
    "Before the sign > nothing was asked of it, and what it expects there means nothing. More than "
    "five symbols, or a gap much longer than twenty, were never shown to it; the card has the recall "
    "across other gaps.",
    "在 > 号之前没有对它提过问题，那里的预测没有意义。它从未见过多于五个的符号，也没见过远长于二十的空隙；"
    "卡片给出了其他空隙上的回忆准确率。",
)

RECIPE = CopyingRecipe(
    task="copy",
    data=synthetic_source("memory_tests", "the copying task (Hochreiter and Schmidhuber 1997; Arjovsky et al. 2016)"),
    plan=TrainPlan(steps=4000, batch_size=64, learning_rate=5e-3, warmup=50, clip=1.0, evaluations=5),
    hidden_size=dict.fromkeys(CELLS, 64),
    held_out_texts=500,
    forget_bias=1.0,
    symbols=5,
    gap=20,
    other_gaps=(0, 10, 50),
    good_for=Bilingual(
        "Watching a state hold five symbols across a gap, and give them back one by one. Type up to five "
        "of a, b, c, d, then dots, then the sign >, then the symbols again: the guess after > and after "
        "each symbol is what is recalled.",
        "观察状态如何带着五个符号穿过空隙，再逐个交还。请输入至多五个 a、b、c、d，然后是若干个点，然后是 >"
        " 号，再输入这些符号：> 号以及其后每个符号之后的预测就是它的回忆。",
    ),
    fails_at={
        "rnn": Bilingual(
            "Within the budget of the other two it recalls little more than chance. Before the sign > nothing "
            "was asked of it, and what it expects there means nothing.",
            "在与另外两种循环单元相同的训练预算内，它的回忆只比随机略好。在 > 号之前没有对它提过问题，"
            "那里的预测没有意义。",
        ),
        "lstm": _GATED,
        "gru": _GATED,
    },
)
