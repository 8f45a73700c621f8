"""The card of a model that a person has trained: what it was trained for, with which settings, and how good it is."""

import os
import platform

import torch

from gateviz.experiments.settings import Settings
from gateviz.i18n.bilingual import Bilingual
from gateviz.pretrained.cards import ModelCard, Sample, Score
from gateviz.recipes.characters import UNIT as CHARACTERS
from gateviz.recipes.characters import CharacterRun
from gateviz.recipes.fact_keeping import UNIT as FACTS
from gateviz.recipes.fact_keeping import FactRun
from gateviz.recipes.recipe import TrainingRun, rounded
from gateviz.recipes.synthetic import SAMPLE_TEXTS, SyntheticRun

WORDS = Bilingual(
    "Trained on the page Train, with the settings that this card has under recipe.",
    "在“训练”页面上训练而成，设置写在本卡片的 recipe 一栏。",
)
LIMITS = Bilingual(
    "It had the budget of a lesson; the figure says how far it came.",
    "训练预算只有一堂课那么多；学到什么程度，见卡片上的数字。",
)


def card_of(run: TrainingRun, name: str, settings: Settings, steps: int, seconds: float) -> ModelCard:
    """The card of a run's model as it is now, as the model of the task `name`.

    The weights are first rounded to half precision, as the file has them.

    Args:
        run: what was trained.
        name: of the task below which the model is kept.
        settings: of the training.
        steps: how many it took.
        seconds: its own wall time.
    """
    model = run.model
    model.half().float()
    system = f"{platform.system()} {platform.machine()}"
    return ModelCard(
        task=name,
        config=model.config,
        tokens=model.tokenizer.kind,
        vocabulary=model.tokenizer.entries,
        labels=model.labels,
        data=run.recipe.data,
        recipe={"page": "Train", **settings.as_card()},
        seed=settings.seed,
        steps=steps,
        seconds=round(seconds, 1),
        machine=f"{os.cpu_count()} cores, 1 of them used, {system}, torch {torch.__version__}",
        metric=rounded(metric_of(run)),
        baselines=(),
        details={},
        sample=_sample(run),
        parameters=sum(parameter.numel() for parameter in model.parameters()),
        good_for=WORDS,
        fails_at=LIMITS,
        precision="float16",
    )


def metric_of(run: TrainingRun) -> Score:
    """The held-out figure of the model as it is now."""
    if isinstance(run, SyntheticRun):
        return run.recipe.metric(run.score())
    if isinstance(run, FactRun):
        return Score("classifier", FACTS, run.score(), f"{len(run.tests.texts):,} texts", better="higher")
    held = run.held_out if isinstance(run, CharacterRun) else ""
    return Score("character model", CHARACTERS, run.score(), f"the last {len(held):,} characters of the text")


def _sample(run: TrainingRun) -> Sample:
    """A few held-out texts, and the figure on them."""
    texts: tuple[str, ...]
    answers: tuple[str, ...] = ()
    if isinstance(run, SyntheticRun):
        texts, answers = run.held.texts[:SAMPLE_TEXTS], run.held.answers[:SAMPLE_TEXTS]
    elif isinstance(run, FactRun):
        few = run.tests.texts[:: -(-len(run.tests.texts) // SAMPLE_TEXTS)]
        texts, answers = tuple(text.text for text in few), tuple(text.language for text in few)
    else:
        texts = (run.held_out[:300],) if isinstance(run, CharacterRun) else ()
    return Sample(texts, answers, round(run.recipe.measure(run.model, texts, answers), 4))
