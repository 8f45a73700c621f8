"""Written dates, English and Chinese, to ISO: an encoder and a decoder of 128 units without attention.

Dates are drawn one by one, each in one of many formats (`gateviz.data.corpora.dates`). A tenth of all dates is held
out, in every format. A batch has texts of similar lengths, so that it has little padding.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from gateviz.data.corpora.dates import FORMATS, draw_written
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.encoder_decoder import END, EncoderDecoder
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Sample, Score
from gateviz.recipes.recipe import Figures, Recipe, TrainingRun
from gateviz.recipes.synthetic import HELD_OUT_SEED, SAMPLE_TEXTS, refuse_file, synthetic_source
from gateviz.results.trace import CELLS, CellName
from gateviz.training.loop import Batch, TrainPlan

UNIT = "accuracy"
LABELS = (*"0123456789-", END)
POOLED_BATCHES = 20
ALPHABET_TEXTS = 20_000

Written = tuple[str, str, str]
"""A written date, its ISO form, and the name of its format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesRecipe(Recipe):
    """All that decides the models that read written dates."""

    hidden_size: Mapping[CellName, int]
    embedding_size: int
    held_out_texts: int

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decides the weights besides the plan."""
        return {"pooled_batches": POOLED_BATCHES}

    def read(self, given: Path | None = None) -> None:
        """Nothing is read: the dates are drawn.

        Raises:
            DataError: a file is given.
        """
        refuse_file(self.task, given)

    def start(self, cell: CellName, data: None, *, seed: int, steps: int | None = None) -> "DatesRun":  # noqa: ARG002
        """A run that has not begun."""
        plan = self.checked_plan(cell, seed, steps)
        config = ModelConfig(cell, self.hidden_size[cell], self.embedding_size, answers="text")
        model = EncoderDecoder(config, alphabet(), LABELS, seed=seed)
        return DatesRun(self, plan, seed, model)

    def held(self) -> list[Written]:
        """Written dates that training never draws."""
        generator = np.random.default_rng(HELD_OUT_SEED)
        return [draw_written(generator, held_out=True) for _ in range(self.held_out_texts)]

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:
        """Share of the texts, 0 .. 1, for which every character of the answer is right.

        Raises:
            InputError: a model that does not answer with a text.
        """
        written = model.write_all(texts)
        return sum(map(str.__eq__, written, answers)) / len(texts)


class DatesRun(TrainingRun):
    """One training on written dates."""

    recipe: DatesRecipe

    def __init__(self, recipe: DatesRecipe, plan: TrainPlan, seed: int, model: EncoderDecoder) -> None:
        super().__init__(recipe, plan, seed, model)
        self.held = recipe.held()

    def batches(self, generator: torch.Generator) -> Iterator[Batch]:
        """Endless batches of new dates, each with texts of similar lengths."""
        drawn = np.random.default_rng(int(torch.randint(2**62, (), generator=generator)))
        size = self.plan.batch_size
        while True:
            pool = [draw_written(drawn, held_out=False) for _ in range(size * POOLED_BATCHES)]
            pool.sort(key=lambda written: len(written[0]))
            for number in drawn.permutation(POOLED_BATCHES).tolist():
                yield self.batch(pool[number * size : (number + 1) * size])

    def batch(self, dates: Sequence[Written]) -> Batch:
        """These dates, padded, with what the decoder reads and what it has to predict."""
        read = [torch.tensor(self.model.encode(text)) for text, _, _ in dates]
        asked = torch.tensor([[*map(LABELS.index, iso), len(LABELS) - 1] for _, iso, _ in dates])  # (batch, 11)
        return Batch(
            inputs=torch.nn.utils.rnn.pad_sequence(read, batch_first=True),
            targets=asked,
            lengths=torch.tensor([len(ids) for ids in read]),
            written=asked.roll(1, dims=1),  # the end mark, which stands for the start, then all but the last
        )

    def score(self) -> float:
        """Share of the held-out dates that are right, 0 .. 1."""
        return self.recipe.measure(self.model, [text for text, _, _ in self.held], [iso for _, iso, _ in self.held])

    def figures(self) -> Figures:
        """Of the model on all held-out dates, and by format."""
        details = {
            f"accuracy, {style}": self.recipe.measure(self.model, texts, isos)
            for style in FORMATS
            for texts, isos in [tuple(zip(*((text, iso) for text, iso, one in self.held if one == style), strict=True))]
        }
        texts, isos = (tuple(written[part] for written in self.held[:SAMPLE_TEXTS]) for part in (0, 1))
        on = f"{len(self.held):,} written dates, none of which was trained on in any format"
        return Figures(
            metric=Score("dates right in every character", UNIT, self.score(), on, better="higher"),
            baselines=(),
            sample=Sample(texts, isos, self.recipe.measure(self.model, texts, isos)),
            details=details,
        )


def alphabet() -> CharacterTokenizer:
    """The tokenizer of the characters that occur in written dates."""
    generator = np.random.default_rng(HELD_OUT_SEED)
    return CharacterTokenizer.of("".join(draw_written(generator, held_out=False)[0] for _ in range(ALPHABET_TEXTS)))


_GATED = Bilingual(
    "Whatever is typed, it writes a date, also for a text that has none or a day that does not exist; misspelt months, "
    "years in words or of two figures and formats other than those of the card were never shown to it. With slashes it "
    "was shown no day that could be a month, and with dots the day stands first.",
    "无论输入什么，它都会写出一个日期，即使文本里没有日期，或这一天并不存在；拼错的月份、用英文单词或两位数字"
    "写的年份，以及卡片之外的格式，它从未见过。用斜线时，它没有见过可能被当作月份的日；用点时，日在最前面。",
)

RECIPE = DatesRecipe(
    task="dates",
    data=synthetic_source("dates", "written dates, English and Chinese"),
    plan=TrainPlan(
        steps=6000, batch_size=64, learning_rate=3e-3, warmup=100, clip=1.0, evaluations=10, unknown_share=0.005
    ),
    hidden_size=dict.fromkeys(CELLS, 128),
    embedding_size=32,
    held_out_texts=2000,
    good_for=Bilingual(
        "Watching a text being read into one state and written out of it: where day, month and year are "
        "told apart, and which units carry them over to the decoder. Type a date in words or figures, in "
        "English or Chinese.",
        "观察一段文字如何被读进一个状态，再从这个状态写出来：日、月、年在哪里被区分，又由哪些隐藏单元带到解码器。请用"
        "文字或数字输入一个英文或中文日期。",
    ),
    fails_at={
        "rnn": Bilingual(
            "It did not learn the task within the budget of the other two: it writes dates, hardly ever the right one.",
            "在与另外两种循环单元相同的训练预算内，它没有学会这个任务：它写出的是日期，但几乎从来不对。",
        ),
        "lstm": _GATED,
        "gru": _GATED,
    },
)
