"""A model that keeps one fact over any text: where somebody grew up, and so what they speak.

Texts are made by seed (`data/corpora/hometown.py`) and filled up with passages of a book, whose last tenth is held out.
The class is scored at the last word only. The lengths of the passages vary from batch to batch, evenly in their
logarithm: the short texts show what is asked, the long ones that it has to be kept. What the passages say means
nothing, so that a few hundred words are enough to know; all others are one unknown word, and some of the known ones
are shown as unknown, so that any text can stand there.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch

from gateviz.data.baselines.naive_bayes import NaiveBayes
from gateviz.data.corpora.hometown import CORRECTIONS, DECOYS, OPENINGS, Hometown, HometownTexts
from gateviz.data.corpora.hometown_wordings import Wordings
from gateviz.data.corpora.passages import Passages
from gateviz.data.corpora.sources import find_data, read_text
from gateviz.data.tokenizing.tokens import Tokenizer
from gateviz.errors import DataError
from gateviz.models.config import ModelConfig
from gateviz.models.gate_biases import set_gate_bias
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Sample, Score
from gateviz.recipes.fact_tests import SEED, FactTests
from gateviz.recipes.recipe import Figures, Recipe, TrainingRun
from gateviz.results.trace import CellName
from gateviz.training.loop import Batch, TrainPlan
from gateviz.training.scoring import accuracy

UNIT = "accuracy"
SAMPLE_TEXTS = 12
BAYES_TEXTS = 6000
"""How many generated texts naive Bayes counts."""

_CHUNK = re.compile(r"\s*\S+")
"""A word with the space before it. No token goes across two of them, so that the ids of each can be kept."""


@dataclass(frozen=True, slots=True)
class Books:
    """What passages are drawn from."""

    training: Passages
    held_out: Passages


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRecipe(Recipe):
    """All that decides the models of one language."""

    wordings: Wordings
    passages: Callable[[str], Passages]
    """The pieces of a text."""
    texts_of: Callable[[str], str] = str
    """What of the data file is text."""
    tokenizer: Callable[[Sequence[str], int], Tokenizer]
    """From pieces, the commonest so many tokens; all of the wordings' tokens are known too."""
    piece: str
    """What a piece is called: word or character."""
    hidden_size: int
    embedding_size: int
    known: int
    """How many different tokens of the book are known."""
    longest: int
    """Pieces of the longest passage to train on."""
    unknown_share: float
    """The highest share of a text's passages that is shown as unknown; each text draws its own share below it."""
    distances: tuple[int, ...]
    """Pieces between fact and question in the held-out texts."""
    held_out_texts: int
    """Of each kind at each distance."""
    held_out_share: int = 10
    """One n-th, the last, of the book is held out."""
    gate_biases: Mapping[CellName, Mapping[str, float]]
    """What the biases of a gate sum up to at the start."""
    seeds_tried: int
    """The seed of what ships is, of so many, the one whose LSTM shuts the most forget gates at a correction."""
    least: float
    """The accuracy that the LSTM and the GRU of each of these seeds reach."""

    @property
    def takes_snapshots(self) -> bool:
        """A time lapse ships."""
        return True

    @property
    def first_snapshot(self) -> int:
        """Until then the warm-up has changed nothing that can be seen."""
        return 10

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decided the weights beside the plan."""
        biases = "; ".join(
            f"{cell} {gate.replace('_', ' ')} {total:g}"
            for cell, gates in self.gate_biases.items()
            for gate, total in gates.items()
        )
        return {
            "initialisation": f"PyTorch's defaults from the seed, but for the biases: {biases}",
            "known": self.known,
            "longest": self.longest,
            "unknown_share": self.unknown_share,
            "decoys": DECOYS,
            "corrections": CORRECTIONS,
            "openings": OPENINGS,
            "seed_chosen": f"of {self.seeds_tried}, the one whose LSTM shuts the most forget gates at a correction; "
            f"the LSTM and the GRU of each of them are right in at least {self.least:.0%} of the held-out texts",
        }

    @property
    def labels(self) -> tuple[str, ...]:
        """The languages."""
        return tuple(self.wordings.languages.values())

    def read(self, given: Path | None = None) -> Books:
        """The book, cut in two."""
        text = self.texts_of(read_text(find_data(self.data, given)))
        cut = len(text) * (self.held_out_share - 1) // self.held_out_share
        books = Books(self.passages(text[:cut]), self.passages(text[cut:]))
        for part, needed in ((books.training, self.longest), (books.held_out, max(self.distances))):
            if len(part.pieces) < needed:
                raise DataError(f"{self.task} needs {needed} {self.piece}s in each part, one has {len(part.pieces)}")
        return books

    def start(self, cell: CellName, data: Books, *, seed: int, steps: int | None = None) -> "FactRun":
        """A run on the book."""
        plan = self.checked_plan(cell, seed, steps)
        config = ModelConfig(cell, self.hidden_size, self.embedding_size, answers="class")
        tokenizer = self.tokenizer(data.training.pieces, self.known)
        model = SequenceModel(config, tokenizer, self.labels, seed=seed)
        for gate, bias in self.gate_biases.get(cell, {}).items():
            set_gate_bias(model.recurrent, gate, bias)
        return FactRun(self, plan, seed, model, data)

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:
        """Share of the texts that are answered right at their end."""
        return accuracy(model, texts, answers)


class FactRun(TrainingRun):
    """One training in one language."""

    recipe: FactRecipe

    def __init__(self, recipe: FactRecipe, plan: TrainPlan, seed: int, model: SequenceModel, books: Books) -> None:
        super().__init__(recipe, plan, seed, model)
        self.texts = HometownTexts(recipe.wordings, books.training)
        held_out = HometownTexts(recipe.wordings, books.held_out)
        self.tests = FactTests.drawn(held_out, recipe.distances, recipe.held_out_texts)
        self._encode = cache(model.encode)
        said = {i for sentence in recipe.wordings.sentences for i in self._ids(sentence)}
        self._fillers = torch.tensor([i not in said for i in range(len(model.tokenizer))])

    def batches(self, generator: torch.Generator) -> Iterator[Batch]:
        """Texts drawn anew for every step, those of a batch with passages of one length."""
        drawn = np.random.default_rng(int(torch.randint(2**62, (), generator=generator)))
        while True:
            words = int(np.exp(drawn.uniform(0, np.log(self.recipe.longest + 2)))) - 1
            yield self._batch([self.texts.draw(drawn, words) for _ in range(self.plan.batch_size)], drawn)

    def _batch(self, texts: Sequence[Hometown], generator: np.random.Generator) -> Batch:
        ids = [torch.tensor(self._ids(text.text)) for text in texts]
        inputs = torch.nn.utils.rnn.pad_sequence(ids, batch_first=True)  # (batch, time)
        share = torch.from_numpy(generator.uniform(0, self.recipe.unknown_share, (len(texts), 1)))
        hidden = torch.from_numpy(generator.random(inputs.shape)) < share
        inputs = inputs.masked_fill(hidden & self._fillers[inputs], self.model.tokenizer.unknown)
        targets = torch.tensor([self.model.labels.index(text.language) for text in texts])
        return Batch(inputs, targets, torch.tensor([len(row) for row in ids]))

    def _ids(self, text: str) -> list[int]:
        return [i for chunk in _CHUNK.findall(text) for i in self._encode(chunk)]

    def score(self) -> float:
        """Accuracy on the held-out texts of all kinds and distances."""
        return self.tests.accuracy(self.model)

    def figures(self) -> Figures:
        """Of model and baselines on the held-out texts, with a few of them as sample."""
        recipe, texts = self.recipe, self.tests.texts
        on = f"{len(texts):,} texts with passages of the last 1/{recipe.held_out_share} of the book"
        few = texts[:: -(-len(texts) // SAMPLE_TEXTS)]
        sample, answers = tuple(text.text for text in few), tuple(text.language for text in few)
        baselines = {"naive Bayes, tokens and pairs of tokens": self._bayes(), **self.tests.countries_named()}
        return Figures(
            metric=Score("classifier", UNIT, self.score(), on, better="higher"),
            baselines=tuple(Score(name, UNIT, value, on, better="higher") for name, value in baselines.items()),
            sample=Sample(sample, answers, recipe.measure(self.model, sample, answers)),
            details=self.tests.details(self.model, recipe.piece),
        )

    def _bayes(self) -> float:
        """The accuracy of naive Bayes on the same texts."""
        generator = np.random.default_rng(SEED)
        lengths = generator.integers(0, self.recipe.longest + 1, BAYES_TEXTS).tolist()
        bayes = NaiveBayes.fit(*self._counted([self.texts.draw(generator, length) for length in lengths]))
        return bayes.accuracy(*self._counted(self.tests.texts))

    def _counted(self, texts: Sequence[Hometown]) -> tuple[list[list[int]], list[int]]:
        """The ids of texts, and the class of each."""
        return [self._ids(text.text) for text in texts], [self.model.labels.index(text.language) for text in texts]
