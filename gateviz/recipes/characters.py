"""A character model of one book, trained on all but its last part, beside an n-gram of the same characters.

The characters of the training part are the vocabulary. Both figures are means over the known characters of the held-out
part after its first one, each predicted from those before it in that part.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from gateviz.data.baselines.ngrams import NGram
from gateviz.data.corpora.sources import find_data, read_text
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.errors import DataError
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Sample, Score
from gateviz.recipes.recipe import Figures, Recipe, Run
from gateviz.results.trace import CellName
from gateviz.training.loop import Batch, TrainPlan
from gateviz.training.scoring import bits_per_token
from gateviz.training.streams import streams

UNIT = "bits per character"
SAMPLE_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class CharacterRecipe(Recipe):
    """All that decides the models of one book."""

    held_out_share: int
    """One n-th, the last, of the book's characters is held out."""
    embedding_size: int
    hidden_size: Mapping[CellName, int]
    window: int
    """Characters a stream and step, the reach of the gradient."""
    ngram_orders: tuple[int, ...]
    """The baseline is the best of the n-grams of these orders."""
    num_layers: int = 1
    time_lapse: bool = False

    @property
    def lapses(self) -> bool:
        """Whether snapshots of the training ship."""
        return self.time_lapse

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decided the weights beside the plan."""
        return {"window": self.window}

    def read(self, given: Path | None = None) -> str:
        """The text to train on."""
        return read_text(find_data(self.data, given))

    def start(self, cell: CellName, data: str, *, seed: int, steps: int | None = None) -> "CharacterRun":
        """A run on the text `data`, which must be long enough to train on and hold a part out (DataError)."""
        plan = self.plan_of(steps)
        cut = len(data) * (self.held_out_share - 1) // self.held_out_share
        needed = self.held_out_share * (plan.batch_size * self.window + self.held_out_share)
        if len(data) < needed:
            raise DataError(f"{self.task} needs a text of at least {needed} characters, this one has {len(data)}")
        config = ModelConfig(cell, self.hidden_size[cell], self.embedding_size, self.num_layers)
        model = SequenceModel(config, CharacterTokenizer.of(data[:cut]), seed=seed)
        return CharacterRun(self, plan, seed, model, data[:cut], data[cut:])

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:  # noqa: ARG002
        """Bits per character of one text; there are no answers beside it."""
        (text,) = texts
        return bits_per_token(model, model.encode(text))


class CharacterRun(Run):
    """One training on one book."""

    def __init__(
        self, recipe: CharacterRecipe, plan: TrainPlan, seed: int, model: SequenceModel, training: str, held_out: str
    ) -> None:
        super().__init__(recipe, plan, seed, model)
        self.book = recipe
        self.training = training
        self.held_out = held_out

    def batches(self, generator: torch.Generator) -> Iterator[Batch]:
        """Parallel streams of the training part."""
        ids, unknown = self.model.encode(self.training), self.model.tokenizer.unknown
        size = self.plan.batch_size
        return streams(ids, batch_size=size, window=self.book.window, unknown=unknown, generator=generator)

    def score(self) -> float:
        """Bits per character of the held-out part."""
        return bits_per_token(self.model, self.model.encode(self.held_out))

    def figures(self) -> Figures:
        """Of model and n-gram on the held-out part, with its first passage as sample."""
        model, ids = self.model, self.model.encode(self.held_out)
        on = f"the last 1/{self.book.held_out_share} of the text, {len(ids):,} characters"
        passage = self.held_out[:SAMPLE_CHARACTERS]
        training = model.encode(self.training)
        grams = {order: NGram.fit(training, len(model.outputs), order).bits(ids) for order in self.book.ngram_orders}
        best = min(grams, key=grams.__getitem__)
        return Figures(
            metric=Score("character model", UNIT, self.score(), on),
            baselines=(Score(f"interpolated {best}-gram (Witten-Bell)", UNIT, grams[best], on),),
            sample=Sample((passage,), (), self.book.measure(model, (passage,), ())),
        )
