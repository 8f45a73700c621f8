"""Sunspots: the next month's number from all numbers before it. 32 units, numbers in and out, the last tenth held out.

The series is short and noisy: a model can beat the guess "as last month" only by ignoring the noise of single months.
In training, the state is zero before each stretch of the series, and every month of it except the first ones has to be
predicted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from gateviz.data.corpora.series import (
    Reals,
    autoregression,
    one_period_ago,
    persistence,
    read_series,
    same_phase,
    strongest_period,
)
from gateviz.data.corpora.sources import DataSource, find_data
from gateviz.data.tokenizing.number_tokenizer import PLAIN, NumberTokenizer
from gateviz.errors import DataError
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Sample, Score
from gateviz.recipes.recipe import Figures, Recipe, TrainingRun
from gateviz.results.trace import CELLS, CellName
from gateviz.training.loop import Batch, TrainPlan
from gateviz.training.scoring import scores_of

UNIT = "sunspots"
"""The unit of all errors, which are root mean squares."""

SAMPLE_MONTHS = 120

AR_ORDER = 24
"""How many months the linear autoregression looks back: two years, as long as the model reads before it is asked."""

SETTLING_CYCLES, SEEN_CYCLES = 2, 6
"""Fed its own guesses, a model goes on for so many cycles before its wave is measured, and then for so many more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SunspotRecipe(Recipe):
    """All that decides the models of the series."""

    hidden_size: Mapping[CellName, int]
    held_out_share: int
    """One in so many months is held out, the last ones."""
    window: int
    """How many months a stretch has."""
    unasked: int
    """How many months at the beginning of a stretch are only read, because too little is known there to predict
    them."""
    scale: float
    """Numbers are divided by it before the model reads them."""
    period: int
    """How many months a cycle has, for the seasonal guesses."""

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decides the weights besides the plan."""
        return {"window": self.window, "unasked": self.unasked}

    def read(self, given: Path | None = None) -> Reals:
        """The values of the series."""
        return read_series(find_data(self.data, given)).values

    def start(self, cell: CellName, data: Reals, *, seed: int, steps: int | None = None) -> "SunspotRun":
        """A run on the series, which must be long enough (DataError)."""
        plan = self.checked_plan(cell, seed, steps)
        cut = len(data) * (self.held_out_share - 1) // self.held_out_share
        if cut <= max(self.window, 2 * self.period):
            least = max(self.window, 2 * self.period)
            raise DataError(f"the series has {cut} months to train on: {self.task} needs more than {least}.")
        config = ModelConfig(cell, self.hidden_size[cell], 1, inputs="numbers", answers="value", scale=self.scale)
        model = SequenceModel(config, NumberTokenizer(PLAIN), ("next_month",), seed=seed)
        return SunspotRun(self, plan, seed, model, data, cut)

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:  # noqa: ARG002
        """Root mean squared error of each number after a text's first one, given the numbers before it."""
        errors = [
            scores[:-1, 0] - np.array(model.encode(text))[1:, 0]
            for text, scores in zip(texts, scores_of(model, texts), strict=True)
        ]
        return float(np.sqrt(np.square(np.concatenate(errors)).mean()))


class SunspotRun(TrainingRun):
    """One training on the series."""

    recipe: SunspotRecipe

    def __init__(
        self, recipe: SunspotRecipe, plan: TrainPlan, seed: int, model: SequenceModel, values: Reals, cut: int
    ) -> None:
        super().__init__(recipe, plan, seed, model)
        self.values = values
        self.cut = cut

    def batches(self, generator: torch.Generator) -> Iterator[Batch]:
        """Endless batches of stretches of the training part, which begin anywhere."""
        training, window = torch.tensor(self.values[: self.cut], dtype=torch.float32), self.recipe.window
        while True:
            first = torch.randint(self.cut - window, (self.plan.batch_size,), generator=generator)
            stretch = training[first[:, None] + torch.arange(window + 1)]  # (batch, window + 1)
            targets = stretch[:, 1:].clone()
            targets[:, : self.recipe.unasked] = torch.nan
            yield Batch(stretch[:, :-1, None], targets)

    def guesses(self) -> Reals:
        """The model's guess for each held-out month, given all months before it."""
        with torch.no_grad():
            scores, _ = self.model(torch.tensor(self.values[None, :-1, None], dtype=torch.float32))
        guesses: Reals = scores[0, self.cut - 1 :, 0].double().numpy()
        return guesses

    def error(self, guesses: Reals) -> float:
        """Root mean squared error of the guesses at the held-out months."""
        return float(np.sqrt(np.square(guesses - self.values[self.cut :]).mean()))

    def score(self) -> float:
        """The model's error at the held-out months."""
        return self.error(self.guesses())

    def figures(self) -> Figures:
        """Of the model, and of the guesses that need no model."""
        on = f"the last 1/{self.recipe.held_out_share} of the series, {len(self.values) - self.cut} months"
        values, cut, period = self.values, self.cut, self.recipe.period
        plain = {
            f"linear autoregression on {AR_ORDER} months": autoregression(values, cut, AR_ORDER),
            "persistence: as last month": persistence(values, cut),
            f"seasonal guess: as {period} months ago": one_period_ago(values, cut, period),
            f"seasonal guess: the mean of all months of the same phase, period {period}": same_phase(
                values, cut, period
            ),
        }
        text = NumberTokenizer(PLAIN).text(values[cut : cut + SAMPLE_MONTHS, None].tolist(), decimals=1)
        return Figures(
            metric=Score("root mean squared error, one month ahead", UNIT, self.score(), on),
            baselines=tuple(Score(name, UNIT, self.error(guesses), on) for name, guesses in plain.items()),
            sample=Sample((text,), (), self.recipe.measure(self.model, (text,), ())),
            details={
                "mean absolute error": float(np.abs(self.guesses() - values[cut:]).mean()),
                "mean absolute error of persistence": float(np.abs(persistence(values, cut) - values[cut:]).mean()),
                **self.own_wave(),
            },
        )

    def own_wave(self) -> dict[str, float]:
        """What the model does when it goes on from the end of the training part, fed its own guesses."""
        settling, seen = (cycles * self.recipe.period for cycles in (SETTLING_CYCLES, SEEN_CYCLES))
        with torch.no_grad():
            scores, state = self.model(torch.tensor(self.values[None, : self.cut, None], dtype=torch.float32))
            guesses = [scores[:, -1:]]  # (1, 1, 1) each
            for _ in range(settling + seen - 1):
                scores, state = self.model(guesses[-1], state)
                guesses.append(scores)
        wave = torch.cat(guesses, dim=1)[0, settling:, 0].double().numpy()
        return {
            "fed its own guesses: period in months": strongest_period(wave),
            "fed its own guesses: from lowest to highest": float(wave.max() - wave.min()),
            "fed its own guesses: lowest": max(0.0, float(wave.min())),
        }


_GOES_ON = Bilingual(
    "Fed its own guesses it goes on with a cycle of about eleven years, but a regular one, lower than many real ones; "
    "the card has its period and height.",
    "若用自己的预测继续往下推，它会一直保持约十一年的周期，但这个周期很规则，也比许多真实的周期低；卡片给出了它的长度"
    "和高度。",
)
_SETTLES = Bilingual(
    "Fed its own guesses it settles at a mean after a few cycles; the card has what is left of the wave.",
    "若用自己的预测继续往下推，几个周期之后它就停在平均值上；卡片给出了还剩下多大的波动。",
)


def _fails(own: Bilingual) -> Bilingual:
    """What a cell does with its own guesses, and where all of them fail."""
    return Bilingual(
        f"One month ahead it is about as good as a linear autoregression on {AR_ORDER} months, which the card has "
        f"beside it. {own.en} Its first guesses in a text are poor, for it knows nothing before the text, and it puts "
        "cycles higher than those before 1960 too low.",
        f"提前一个月的预测，它与 {AR_ORDER} 个月的线性自回归差不多，卡片把两者并列。{own.zh}对一段文本开头的预测较差，"
        "因为它不知道之前的情况；比 1960 年以前更高的周期，它会预测得偏低。",
    )


RECIPE = SunspotRecipe(
    task="sunspots",
    data=DataSource(
        file="sunspots_monthly.csv",
        name="monthly sunspot numbers, 1749 to 1983",
        author="D. F. Andrews and A. M. Herzberg, Data (1985)",
        licence="published facts",
        source="the book's table, as Andrews and Herzberg 1985 give it",
    ),
    plan=TrainPlan(
        steps=600, batch_size=32, learning_rate=3e-3, warmup=50, clip=1.0, evaluations=10, weight_decay=0.01
    ),
    hidden_size=dict.fromkeys(CELLS, 32),
    held_out_share=10,
    window=128,
    unasked=24,
    scale=100.0,
    period=131,
    good_for=Bilingual(
        "Watching real numbers go through gates: the eleven years' rise and fall in slow units, the noise "
        "of single months in fast ones. Type monthly sunspot numbers with spaces between them.",
        "观察实数如何穿过各个门：慢的隐藏单元里是十一年的起落，快的里是单月的噪声。请输入用空格隔开的每月太阳黑子数。",
    ),
    fails_at={
        "rnn": _fails(_SETTLES),
        "lstm": _fails(_GOES_ON),
        "gru": _fails(_GOES_ON),
    },
)
