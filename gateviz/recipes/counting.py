"""a^n b^n with n up to 10: how far does the counter count? Ten units (Gers and Schmidhuber 2001, Weiss et al. 2018).

The first b decides everything that follows: as many b as there were a, then the full stop. Every n above 10 is held
out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from gateviz.data.corpora.formal_languages import COUNTED_SYMBOLS, counted
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Score
from gateviz.recipes.synthetic import Examples, SyntheticRecipe, next_tokens, synthetic_source
from gateviz.results.trace import CELLS, CellName
from gateviz.training.loop import Batch, TrainPlan
from gateviz.training.scoring import scores_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingRecipe(SyntheticRecipe):
    """All that decides the models that count."""

    longest: int
    """The longest n in training; `held_out_texts` is the longest n in the test."""

    @property
    def tokenizer(self) -> CharacterTokenizer:
        """One token for each symbol."""
        return CharacterTokenizer(tuple(COUNTED_SYMBOLS))

    def config(self, cell: CellName) -> ModelConfig:
        """One-hot rows as inputs, the next symbol as answer."""
        return ModelConfig(cell, self.hidden_size[cell], len(self.tokenizer), inputs="one-hot")

    def draw(self, generator: np.random.Generator, count: int) -> Batch:
        """Texts with each n equally often; each symbol after the first has to be predicted."""
        lengths = generator.integers(1, self.longest + 1, count).tolist()
        return next_tokens([self.tokenizer.encode(counted(n)) for n in lengths])

    def hold_out(self, generator: np.random.Generator, count: int) -> Examples:  # noqa: ARG002
        """Every n from 1 on, because a model can count to n only if it can count to all smaller ones too."""
        return Examples(tuple(counted(n) for n in range(1, count + 1)))

    def longer(self, generator: np.random.Generator, times: float) -> Examples:
        """Every n up to a greater one."""
        return self.hold_out(generator, round(self.longest * times))

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:  # noqa: ARG002
        """The largest n for which this text and all shorter ones are right; 0 if not even the shortest is."""
        ordered = sorted(texts, key=len)
        right = takewhile(lambda pair: pair[1], zip(ordered, are_counted(model, ordered), strict=True))
        return float(max((text.count("b") for text, _ in right), default=0))

    def metric(self, value: float) -> Score:
        """The longest n that is right."""
        on = f"n from 1 to {self.held_out_texts}, of which those up to {self.longest} were trained on"
        return Score("longest n right, and all shorter ones", "longest n", value, on, better="higher")


def are_counted(model: SequenceModel, texts: Sequence[str]) -> list[bool]:
    """For each text, whether the model predicts every symbol after the first b from what stands before it."""
    right = []
    for text, scores in zip(texts, scores_of(model, texts), strict=True):
        decided = text[text.index("b") + 1 :]
        best = scores[-len(decided) - 1 : -1].argmax(axis=-1)
        right.append("".join(model.outputs[index] for index in best) == decided)
    return right


RECIPE = CountingRecipe(
    task="counting",
    data=synthetic_source("formal_languages", "a^n b^n"),
    plan=TrainPlan(steps=1500, batch_size=32, learning_rate=1e-2, warmup=50, clip=1.0, evaluations=10),
    hidden_size=dict.fromkeys(CELLS, 10),
    forget_bias=3.0,
    held_out_texts=100,
    longest=10,
    good_for=Bilingual(
        "Watching a counter: some units climb with every a and fall with every b, and at zero the full "
        "stop is expected. Type a few a and as many b.",
        "观察计数器：有些隐藏单元随每个 a 上升、随每个 b 下降，归零时预测句号。请输入若干个 a 和同样多的 b。",
    ),
    fails_at={
        "rnn": Bilingual(
            "Its state is squashed into -1 to 1 anew at every step: it tells apart the numbers that it was trained on, "
            "and no more. The card has the longest n that it gets right.",
            "状态在每一步都被重新压缩到 -1 和 1 之间：它只能区分训练过的那些数，不能再多。卡片给出了它答对的最大 n。",
        ),
        "lstm": Bilingual(
            "Its cell state counts on beyond what it was trained on, but not without end: the steps are not "
            "exactly alike, and the difference adds up. The card has the longest n that it gets right.",
            "它的记忆元能数到训练范围之外，但不是没有止境：每一步并不完全相等，误差会累积。卡片给出了它答对的最大 n。",
        ),
        "gru": Bilingual(
            "Its state is bounded by -1 and 1, so that it counts as far as it was trained and hardly further. "
            "The card has the longest n that it gets right.",
            "它的状态限制在 -1 和 1 之间，因此只能数到训练过的范围，几乎不能再远。卡片给出了它答对的最大 n。",
        ),
    },
)
