"""Written dates, English and Chinese, to ISO: an encoder and a decoder of 128 units without attention.

Dates are drawn one by one, each in one of many formats (`gateviz.data.corpora.dates`). A tenth of all dates is held
out, in every format. One text in four is no date (`gateviz.data.corpora.no_dates`): it is answered with `NO_ANSWER`. A
batch has texts of similar lengths, so that it has little padding.
"""

import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from gateviz.data.corpora import typed_in_class
from gateviz.data.corpora.dates import FORMATS, draw_written
from gateviz.data.corpora.no_dates import NO_DATE, draw_no_date
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.encoder_decoder import END, EncoderDecoder
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Sample, Score
from gateviz.recipes.recipe import Figures, Recipe, TrainingRun
from gateviz.recipes.synthetic import HELD_OUT_SEED, SAMPLE_TEXTS, refuse_file, synthetic_source
from gateviz.results.trace import CELLS, CellName
from gateviz.training.loop import IGNORED, Batch, TrainPlan

UNIT = "accuracy"
NO_ANSWER = "?"
"""What is written for a text that is no date."""
LABELS = (*"0123456789-", NO_ANSWER, END)
POOLED_BATCHES = 20
ALPHABET_TEXTS = 20_000

Written = tuple[str, str, str]
"""A text, the right answer (the date in ISO form or NO_ANSWER), and the name of the format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesRecipe(Recipe):
    """All that decides the models that read written dates."""

    hidden_size: Mapping[CellName, int]
    embedding_size: int
    held_out_texts: int
    no_dates_share: float
    """Share of the texts that are no date."""

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decides the weights besides the plan."""
        return {"pooled_batches": POOLED_BATCHES, "no_dates_share": self.no_dates_share}

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
        """Texts that training never draws."""
        generator = np.random.default_rng(HELD_OUT_SEED)
        return [self.draw(generator, held_out=True) for _ in range(self.held_out_texts)]

    def draw(self, generator: np.random.Generator, *, held_out: bool) -> Written:
        """A date, or a text that is none."""
        while True:
            if generator.random() < self.no_dates_share:
                written = draw_no_date(generator, held_out=held_out), NO_ANSWER, NO_DATE
            else:
                written = draw_written(generator, held_out=held_out)
            if written[0] not in typed_in_class.DATES:
                return written

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
            pool = [self.recipe.draw(drawn, held_out=False) for _ in range(size * POOLED_BATCHES)]
            pool.sort(key=lambda written: len(written[0]))
            for number in drawn.permutation(POOLED_BATCHES).tolist():
                yield self.batch(pool[number * size : (number + 1) * size])

    def batch(self, dates: Sequence[Written]) -> Batch:
        """These texts, padded, with what the decoder reads and what it has to predict."""
        read = [torch.tensor(self.model.encode(text)) for text, _, _ in dates]
        end = len(LABELS) - 1
        answers = [torch.tensor([*map(LABELS.index, answer), end]) for _, answer, _ in dates]
        pad = torch.nn.utils.rnn.pad_sequence
        return Batch(
            inputs=pad(read, batch_first=True),
            targets=pad(answers, batch_first=True, padding_value=IGNORED),
            lengths=torch.tensor([len(ids) for ids in read]),
            written=pad([ids.roll(1) for ids in answers], batch_first=True, padding_value=end),
        )  # the decoder reads the end mark, which stands for the start, then all but the last

    def score(self) -> float:
        """Share of the held-out dates that are right, 0 .. 1."""
        return self.recipe.measure(self.model, [text for text, _, _ in self.held], [iso for _, iso, _ in self.held])

    def figures(self) -> Figures:
        """Of the model on all held-out texts, by format, and on what a class types."""
        details = {
            f"accuracy, {style}": self.recipe.measure(self.model, texts, isos)
            for style in (*FORMATS, NO_DATE)
            for texts, isos in [tuple(zip(*((text, iso) for text, iso, one in self.held if one == style), strict=True))]
        }
        typed = {text: answer or NO_ANSWER for text, answer in typed_in_class.DATES.items()}
        details[f"{UNIT} on {len(typed)} texts as a class types them"] = self.recipe.measure(
            self.model, tuple(typed), tuple(typed.values())
        )
        texts, isos = (tuple(written[part] for written in self.held[:SAMPLE_TEXTS]) for part in (0, 1))
        on = f"{len(self.held):,} texts: dates that were not trained on in any format, and texts that are no date"
        return Figures(
            metric=Score("answers right in every character", UNIT, self.score(), on, better="higher"),
            baselines=(),
            sample=Sample(texts, isos, self.recipe.measure(self.model, texts, isos)),
            details=details,
        )


def alphabet() -> CharacterTokenizer:
    """The tokenizer of the characters of written dates, and of all that an English keyboard has."""
    generator = np.random.default_rng(HELD_OUT_SEED)
    written = "".join(draw_written(generator, held_out=False)[0] for _ in range(ALPHABET_TEXTS))
    return CharacterTokenizer.of(written + string.ascii_letters + string.digits + string.punctuation)


_GATED = Bilingual(
    "Misspelt months, years in words, a date among many other words and formats other than those of the card were "
    "never shown to it: it then writes ? or a wrong date. Where the day could be the month, it takes the month first "
    "with slashes (03/04/21 is 4 March) and the day first with dots and hyphens; a year of two figures lies from 1969 "
    "to 2068. The card has its accuracy by format.",
    "拼错的月份、用英文单词写的年份、夹在许多词里的日期，以及卡片之外的格式，它从未见过：这时它会写 ? 或写错日期。日和"
    "月分不清时，用斜线则月在前（03/04/21 是 3 月 4 日），用点或连字符则日在前；两位数字的年份在 1969 到 2068 之间。卡"
    "片给出了各种格式的准确率。",
)

RECIPE = DatesRecipe(
    task="dates",
    data=synthetic_source("dates", "written dates, English and Chinese"),
    plan=TrainPlan(
        steps=8000, batch_size=64, learning_rate=3e-3, warmup=100, clip=1.0, evaluations=10, unknown_share=0.005
    ),
    hidden_size=dict.fromkeys(CELLS, 128),
    embedding_size=32,
    held_out_texts=2000,
    no_dates_share=0.25,
    good_for=Bilingual(
        "Watching a text being read into one state and written out of it: where day, month and year are "
        "told apart, and which units carry them over to the decoder. Type a date in words or figures, in "
        "English or Chinese. What is no date, or a day that does not exist, is answered with a question mark.",
        "观察一段文字如何被读进一个状态，再从这个状态写出来：日、月、年在哪里被区分，又由哪些隐藏单元带到解码器。请用"
        "文字或数字输入一个英文或中文日期。不是日期的文本，或并不存在的一天，会得到一个问号。",
    ),
    fails_at={
        "rnn": Bilingual(
            "It did not learn the task within the budget of the other two: its dates are hardly ever the right "
            "ones. The card has its accuracy by format.",
            "在与另外两种循环单元相同的训练预算内，它没有学会这个任务：它写出的日期几乎从来不对。卡片给出了各种"
            "格式的准确率。",
        ),
        "lstm": _GATED,
        "gru": _GATED,
    },
)
