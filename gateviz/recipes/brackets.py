"""Round and square brackets, nested up to eight deep: which one closes? 64 units, one-hot input, next symbol.

In training the lengths vary from text to text. The score is the choice between the two closing brackets, at each place
where a closing bracket comes next: the nesting decides it, so a model needs a stack. Whether a closing bracket comes
next is chance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gateviz.data.baselines.ngrams import NGram
from gateviz.data.corpora.formal_languages import BRACKETS, CLOSING, brackets, decided
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
NGRAM_SYMBOLS = 500_000
"""How many symbols an n-gram is counted on: more of them hardly change its figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BracketsRecipe(SyntheticRecipe):
    """All that decides the models of brackets up to a depth."""

    deepest: int
    length: int
    """Of held-out texts; training texts have from 2 to this many symbols."""
    other_depths: tuple[int, ...]
    """Greater depths for which the card gives the accuracy."""
    ngram_orders: tuple[int, ...]
    """The baseline is the best of the n-grams of these orders."""

    @property
    def tokenizer(self) -> CharacterTokenizer:
        """One token for each bracket."""
        return CharacterTokenizer(tuple(BRACKETS))

    @property
    def draw_settings(self) -> Mapping[str, str | int | float]:
        """The lengths of the training texts."""
        return {"shortest": 2, "longest": self.length}

    def config(self, cell: CellName) -> ModelConfig:
        """One-hot rows as inputs, the next symbol as answer."""
        return ModelConfig(cell, self.hidden_size[cell], len(self.tokenizer), inputs="one-hot")

    def draw(self, generator: np.random.Generator, count: int) -> Batch:
        """Balanced texts, half of them of the full length; each symbol after the first has to be predicted."""
        lengths = np.minimum(2 * generator.integers(1, self.length + 1, count), self.length).tolist()
        return next_tokens([self.tokenizer.encode(brackets(generator, n, self.deepest)) for n in lengths])

    def hold_out(self, generator: np.random.Generator, count: int) -> Examples:
        """Balanced texts of the full length, of which there are so many that training practically never draws one."""
        return Examples(tuple(brackets(generator, self.length, self.deepest) for _ in range(count)))

    def longer(self, generator: np.random.Generator, times: float) -> Examples:
        """Texts of more brackets, nested as deep."""
        length = 2 * round(self.length * times / 2)
        return Examples(tuple(brackets(generator, length, self.deepest) for _ in range(100)))

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:  # noqa: ARG002
        """Share of the closing brackets, 0 .. 1, whose kind the model would have chosen."""
        right = [right for _, right in chosen_brackets(model, texts)]
        return sum(right) / len(right)

    def metric(self, value: float) -> Score:
        """Accuracy of the closing brackets."""
        on = f"{self.held_out_texts:,} texts of {self.length} brackets, up to {self.deepest} deep"
        return Score("kind of the closing brackets", UNIT, value, on, better="higher")

    def baselines(self, held: Examples) -> tuple[Score, ...]:
        """The best n-gram, counted on texts drawn as in training."""
        generator = np.random.default_rng(HELD_OUT_SEED + 1)
        drawn = "".join(brackets(generator, self.length, self.deepest) for _ in range(NGRAM_SYMBOLS // self.length))
        ids = self.tokenizer.encode(drawn)
        grams = {
            order: self._ngram_right(NGram.fit(ids, len(BRACKETS), order), held.texts) for order in self.ngram_orders
        }
        best = max(grams, key=grams.__getitem__)
        on = self.metric(0).on
        return (Score(f"interpolated {best}-gram (Witten-Bell)", UNIT, grams[best], on, better="higher"),)

    def _ngram_right(self, ngram: NGram, texts: Sequence[str]) -> float:
        """Share of the closing brackets, 0 .. 1, whose kind the n-gram finds the likelier one."""
        right = []
        for text in texts[:100]:
            for place, kind in decided(text):
                context = text[max(0, place - ngram.order + 1) : place]
                odds = {k: ngram.probabilities(self.tokenizer.encode(context + k))[-1] for k in CLOSING}
                right.append(bool(odds[kind] == max(odds.values())))
        return sum(right) / len(right)

    def details(self, model: SequenceModel) -> Mapping[str, float]:
        """By the depth of the closing bracket, and in texts that are nested deeper than any training text."""
        by_depth: dict[int, list[bool]] = {}
        for depth, right in chosen_brackets(model, self.held().texts):
            by_depth.setdefault(depth, []).append(right)
        figures = {f"accuracy at depth {d}": sum(by_depth[d]) / len(by_depth[d]) for d in sorted(by_depth)}
        for depth in self.other_depths:
            generator = np.random.default_rng(HELD_OUT_SEED)
            texts = [brackets(generator, 2 * self.length, depth) for _ in range(100)]
            figures[f"accuracy in texts twice as long, up to {depth} deep"] = self.measure(model, texts, ())
        return figures


def chosen_brackets(model: SequenceModel, texts: Sequence[str]) -> list[tuple[int, bool]]:
    """For each closing bracket: how many brackets were open before it, and whether the model chose its kind."""
    columns = [model.outputs.index(kind) for kind in CLOSING]
    found: list[tuple[int, bool]] = []
    for text, scores in zip(texts, scores_of(model, texts), strict=True):
        depths = np.cumsum([-1 if symbol in CLOSING else 1 for symbol in text]).tolist()
        expected = scores[:, columns].argmax(axis=1)  # (time,)
        found += [(depths[at - 1], CLOSING[expected[at - 1]] == kind) for at, kind in decided(text)]
    return found


RECIPE = BracketsRecipe(
    task="brackets",
    data=synthetic_source("formal_languages", "brackets of two kinds (a Dyck language)"),
    plan=TrainPlan(steps=2000, batch_size=64, learning_rate=5e-3, warmup=50, clip=1.0, evaluations=5),
    hidden_size=dict.fromkeys(CELLS, 64),
    held_out_texts=300,
    deepest=8,
    length=60,
    other_depths=(12,),
    ngram_orders=(5, 7, 9, 11),
    good_for=Bilingual(
        "Watching what is open: some units keep which kind of bracket waits at which depth, and the "
        "closing bracket that is expected follows the nesting. Type round and square brackets.",
        "观察哪些括号还没有闭合：有些隐藏单元记住每一层等待的是哪种括号，预测的右括号遵循嵌套关系。请输入圆括号和方括"
        "号。",
    ),
    fails_at=dict.fromkeys(
        CELLS,
        Bilingual(
            "Whether a bracket opens or closes next is drawn by lot, so that no model can be sure of it. In "
            "texts that nest deeper or run longer than those of training it gets more closing brackets "
            "wrong; at twice the length the plain RNN loses the least, in the median of three seeds. The "
            "card has the figures.",
            "下一个括号是左还是右由抽签决定，任何模型都无法确定。嵌套更深或比训练时更长的文本中，它会弄错更多的右括号"
            "；长度加倍时，普通 RNN 错得最少（三个种子的中位数）。卡片给出了数字。",
        ),
    ),
)
