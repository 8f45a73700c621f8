"""A character model of one book, trained on all but its last part, beside an n-gram of the same characters.

    run = recipe.start("lstm", text, seed=0)
    for step in run.steps(): ...
    card = run.card()                 # held-out figures of the model and of the n-gram, computed here

The characters of the training part are the vocabulary. Both figures are means over the known characters of the held-out
part after its first one, each predicted from those before it in that part.
"""

import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch

from gateviz import cards
from gateviz.data.corpora import DataSource, find_data, read_text
from gateviz.data.ngrams import NGram
from gateviz.data.vocabulary import Vocabulary
from gateviz.errors import DataError
from gateviz.models import ModelConfig, SequenceModel
from gateviz.trace import CellName
from gateviz.training import TrainPlan, TrainStep, bits_per_character, train

UNIT = "bits per character"
SAMPLE_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class CharacterRecipe:
    """All that decides the models of one book; the three cells of a trio share it."""

    task: str
    data: DataSource
    held_out_share: int
    """One n-th, the last, of the book's characters is held out."""
    embedding_size: int
    hidden_size: int
    num_layers: int
    plan: TrainPlan
    ngram_order: int
    good_for: cards.Words
    fails_at: Mapping[CellName, cards.Words]

    def read(self, given: Path | None = None) -> str:
        """The text to train on, from `given` or where training texts are looked for.

        Raises:
            DataError: the file is missing, which says where to get it, or not UTF-8 text.
        """
        return read_text(find_data(self.data, given))

    def start(self, cell: CellName, text: str, *, seed: int, steps: int | None = None) -> "CharacterRun":
        """A run that has not begun, with the recipe's number of steps or another.

        Raises:
            DataError: a text too short to train on and hold a part out.
        """
        plan = self.plan if steps is None else replace(self.plan, steps=steps)
        cut = len(text) * (self.held_out_share - 1) // self.held_out_share
        needed = self.held_out_share * (plan.batch_size * plan.window + self.held_out_share)
        if len(text) < needed:
            raise DataError(f"{self.task} needs a text of at least {needed} characters, this one has {len(text)}")
        vocabulary = Vocabulary.of(text[:cut])
        config = ModelConfig(cell, self.embedding_size, self.hidden_size, self.num_layers)
        model = SequenceModel(config, vocabulary, seed=seed)
        return CharacterRun(self, plan, seed, text[:cut], text[cut:], model)


class CharacterRun:
    """One training of one model by a recipe."""

    def __init__(
        self, recipe: CharacterRecipe, plan: TrainPlan, seed: int, training: str, held_out: str, model: SequenceModel
    ) -> None:
        self.recipe = recipe
        self.plan = plan
        self.seed = seed
        self.training = training
        self.held_out = held_out
        self.model = model
        self.seconds = 0.0

    def steps(self) -> Iterator[TrainStep]:
        """Train the model, a step at a time."""
        ids = self.model.encode(self.training)
        for step in train(self.model, ids, self.plan, seed=self.seed, held_out=self.model.encode(self.held_out)):
            self.seconds = step.seconds
            yield step

    def card(self) -> cards.ModelCard:
        """The card of the model as it is now, with the figures of model and n-gram on the held-out part."""
        recipe, model, ids = self.recipe, self.model, self.model.encode(self.held_out)
        on = f"the last 1/{recipe.held_out_share} of the text, {len(ids):,} characters"
        passage = self.held_out[:SAMPLE_CHARACTERS]
        ngram = NGram.fit(model.encode(self.training), len(model.outputs), recipe.ngram_order)
        return cards.ModelCard(
            task=recipe.task,
            config=model.config,
            vocabulary="".join(model.outputs),
            data=recipe.data,
            recipe=self._settings(),
            seed=self.seed,
            steps=self.plan.steps,
            seconds=round(self.seconds, 1),
            machine=_machine(),
            metric=cards.Score("character model", UNIT, round(bits_per_character(model, ids), 4), on),
            baseline=cards.Score(
                f"interpolated {recipe.ngram_order}-gram (Witten-Bell)", UNIT, round(ngram.bits(ids), 4), on
            ),
            sample=cards.Sample(passage, round(bits_per_character(model, model.encode(passage)), 4)),
            parameters=sum(parameter.numel() for parameter in model.parameters()),
            good_for=recipe.good_for,
            fails_at=recipe.fails_at[model.cell],
        )

    def _settings(self) -> dict[str, str | int | float]:
        """Everything that decided the weights, for the card."""
        command = f"gateviz train {self.recipe.task} --cell {self.model.cell} --seed {self.seed}"
        if self.plan.steps != self.recipe.plan.steps:
            command += f" --steps {self.plan.steps}"
        return {
            "command": command,
            "initialisation": "PyTorch's defaults from the seed, the LSTM's forget bias included",
            "optimizer": "Adam, warm-up, then a cosine to zero; gradient clipped by norm",
            **asdict(self.plan),
        }


def _machine() -> str:
    """What the wall time was measured on."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {torch.get_num_threads()} of them used, {system}, torch {torch.__version__}"
