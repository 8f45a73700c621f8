"""A character model of one book, trained on all of it except its last part, with an n-gram as baseline.

The tokenizer knows the characters of the training part. Both figures are means over the known characters of the
held-out part after its first one; each is predicted from those before it in that part.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from gateviz.data.baselines.ngrams import NGram
from gateviz.data.corpora.paragraphs import is_quoted, sentence_starts, unwrapped
from gateviz.data.corpora.sources import find_data, read_text
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.errors import DataError
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Sample, Score
from gateviz.recipes.quotation import QuotationUnit
from gateviz.recipes.recipe import Figures, Recipe, TrainingRun
from gateviz.results.trace import CellName
from gateviz.training.loop import Batch, TrainPlan
from gateviz.training.scoring import bits_per_token
from gateviz.training.streams import passages, streams

UNIT = "bits per character"
SAMPLE_CHARACTERS = 300
QUOTATION_CHARACTERS = 10_000
"""In so many held-out characters the unit is looked for that knows what is quoted."""


@dataclass(frozen=True, slots=True)
class CharacterRecipe(Recipe):
    """All that decides the models of one book."""

    held_out_share: int
    """One in so many of the book's characters is held out, the last ones."""
    embedding_size: int
    hidden_size: Mapping[CellName, int]
    window: int
    """How many characters of a stream one step reads: the gradient reaches no further back."""
    ngram_orders: tuple[int, ...]
    """The baseline is the best of the n-grams of these orders."""
    num_layers: int = 1
    time_lapse: bool = False
    windows: int | None = None
    """After how many windows all streams begin anew, at beginnings of sentences; the lines of a paragraph are then
    joined. None: the text is read as it is, from one end to the other."""
    elsewhere: tuple[str, ...] = ()
    """Sentences of another book, for which the card gives the figure too."""

    @property
    def takes_snapshots(self) -> bool:
        """Whether snapshots of the training ship."""
        return self.time_lapse

    @property
    def first_snapshot(self) -> int:
        """Until then the model has not even learnt how frequent each letter is."""
        return 30

    @property
    def snapshots(self) -> int:
        """Five of them are kept: a snapshot of a book's model has as many bytes as the model."""
        return 7

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decides the weights besides the plan."""
        return {"window": self.window} | ({} if self.windows is None else {"windows": self.windows})

    def read(self, given: Path | None = None) -> str:
        """The text to train on."""
        text = read_text(find_data(self.data, given))
        return text if self.windows is None else unwrapped(text)

    def start(self, cell: CellName, data: str, *, seed: int, steps: int | None = None) -> "CharacterRun":
        """A run on the text `data`, which must be long enough to hold a part out (DataError)."""
        plan = self.checked_plan(cell, seed, steps)
        cut = len(data) * (self.held_out_share - 1) // self.held_out_share
        needed = self.held_out_share * (plan.batch_size * self.window + self.held_out_share)
        if len(data) < needed:
            raise DataError(f"the text has {len(data)} characters: {self.task} needs at least {needed}.")
        config = ModelConfig(cell, self.hidden_size[cell], self.embedding_size, self.num_layers)
        model = SequenceModel(config, CharacterTokenizer.of(data[:cut]), seed=seed)
        return CharacterRun(self, plan, seed, model, data[:cut], data[cut:])

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:  # noqa: ARG002
        """Bits per character of texts that are each read from the start; they need no answers."""
        bits = [bits_per_token(model, model.encode(text)) for text in texts]
        return float(np.average(bits, weights=[len(text) - 1 for text in texts]))


class CharacterRun(TrainingRun):
    """One training on one book."""

    recipe: CharacterRecipe

    def __init__(
        self, recipe: CharacterRecipe, plan: TrainPlan, seed: int, model: SequenceModel, training: str, held_out: str
    ) -> None:
        super().__init__(recipe, plan, seed, model)
        self.training = training
        self.held_out = held_out

    def batches(self, generator: torch.Generator) -> Iterator[Batch]:
        """Parallel streams of the training part."""
        ids, unknown = self.model.encode(self.training), self.model.tokenizer.unknown
        size, window, windows = self.plan.batch_size, self.recipe.window, self.recipe.windows
        if windows is None:
            return streams(ids, batch_size=size, window=window, unknown=unknown, generator=generator)
        return passages(
            ids,
            sentence_starts(self.training),
            batch_size=size,
            window=window,
            windows=windows,
            unknown=unknown,
            generator=generator,
        )

    def score(self) -> float:
        """Bits per character of the held-out part."""
        return bits_per_token(self.model, self.model.encode(self.held_out))

    def figures(self) -> Figures:
        """Of the model and of the best n-gram on the held-out part; its first passage is the sample."""
        model, ids = self.model, self.model.encode(self.held_out)
        on = f"the last 1/{self.recipe.held_out_share} of the text, {len(ids):,} characters"
        passage = self.held_out[:SAMPLE_CHARACTERS]
        training = model.encode(self.training)
        grams = {order: NGram.fit(training, len(model.outputs), order).bits(ids) for order in self.recipe.ngram_orders}
        best = min(grams, key=grams.__getitem__)
        details = self._elsewhere(NGram.fit(training, len(model.outputs), best)) if self.recipe.elsewhere else {}
        return Figures(
            metric=Score("character model", UNIT, self.score(), on),
            baselines=(Score(f"interpolated {best}-gram (Witten-Bell)", UNIT, grams[best], on),),
            sample=Sample((passage,), (), self.recipe.measure(model, (passage,), ())),
            details=details,
        )

    def _elsewhere(self, ngram: NGram) -> dict[str, float]:
        """The figures of model and n-gram on sentences of another book, and how well one unit knows what is quoted."""
        model, sentences = self.model, self.recipe.elsewhere
        on = f"{len(sentences)} sentences of another book"
        bits = [ngram.bits(model.encode(text)) for text in sentences]
        figures = {
            f"{UNIT} on {on}": self.recipe.measure(model, sentences, ()),
            f"interpolated {ngram.order}-gram on {on}": float(
                np.average(bits, weights=[len(text) - 1 for text in sentences])
            ),
        }
        passage = self.held_out[:QUOTATION_CHARACTERS]
        if any(is_quoted(passage)):
            unit = QuotationUnit.found(model, passage)
            figures[f"inside a quotation, balanced accuracy of one unit on {on}"] = unit.accuracy(model, sentences)
            figures["the unit that knows best what is quoted"] = float(unit.unit)
        return figures
