"""A model that puts a text into a class, many to one, beside naive Bayes on the same tokens.

The data are three files side by side, `label<TAB>text` a line: to train on, to choose settings on, and to measure on. A
run is scored on the second while it trains; the third is read for the card alone. Where texts are few, a recipe whose
settings are chosen learns from the second file too (`learns_all`), and is then scored on the third.

Two kinds of noise keep a model that is larger than its data from learning them by heart, and make it read what no
training text had: tokens that are hidden, and known words that are now and then read in pieces, as an unknown one is.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import torch
from torch import Tensor

from gateviz.data.baselines.naive_bayes import NaiveBayes
from gateviz.data.corpora.everyday_sentences import Typed, is_typed
from gateviz.data.corpora.sources import find_data, read_text
from gateviz.data.tokenizing.tokens import Tokenizer
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.errors import DataError
from gateviz.models.config import ModelConfig, Pooling
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Sample, Score
from gateviz.recipes.recipe import Figures, Recipe, Run
from gateviz.results.trace import CellName
from gateviz.training.loop import Batch, TrainPlan, TrainStep
from gateviz.training.scoring import accuracy

UNIT = "accuracy"
SAMPLE_TEXTS = 12


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts and the label of each."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a classifier is trained on, what settings are chosen on, what it is measured on."""

    training: Texts
    development: Texts
    """Or the test texts, for a recipe that learns from these."""
    test: Texts


@dataclass(frozen=True, slots=True)
class ClassificationRecipe(Recipe):
    """All that decides the classifiers of one corpus."""

    development: str
    """The name of the file, beside that of `data`, which settings were chosen on."""
    test: str
    """Likewise the file that the card's figures are of."""
    labels: Mapping[str, str]
    """The label in the file -> the name of the class, in the order of the outputs."""
    tokenizer: Callable[[Sequence[str]], Tokenizer]
    """The vocabulary of the training texts."""
    hidden_size: int
    embedding_size: int
    bidirectional: bool
    pooling: Pooling = "last"
    embedding_scale: float = 0.1
    """What PyTorch's standard normal embeddings are multiplied by at the start: at their full size the words that
    training seldom meets stay noise."""
    split_share: float = 0.0
    """Share of the known words that are read in pieces in training."""
    rephrased: Callable[[str, random.Random], str] | None = None
    """Another way to say a training text."""
    averaged_share: float = 0.0
    """The model is the mean of its weights after each of the last steps, this share of all."""
    made: Callable[[random.Random], tuple[str, str]] | None = None
    """Draws a text and the name of its class, of a kind that the training texts lack."""
    made_share: float = 0.0
    """Share of the training texts in whose place a made one stands."""
    made_first: int = 0
    """Steps at the start that read made texts alone: what "not" does is learnt from plain sentences or not at all."""
    by_length: bool = False
    """Whether the texts of a batch are about as long: where lengths differ much, that halves the steps of a batch."""
    learns_all: bool = False
    """Whether it learns from the texts that settings were chosen on, too."""
    typed: Typed = field(default_factory=dict)
    """Class -> sentences of another source, which the card tells the accuracy on."""

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decided the weights beside the plan."""
        return {
            "initialisation": f"PyTorch's defaults from the seed, embeddings times {self.embedding_scale}",
            "split_share": self.split_share,
            "made_share": self.made_share,
            "made_first": self.made_first,
            "by_length": int(self.by_length),
            "averaged_share": self.averaged_share,
            "texts": f"{self.data.file} and {self.development}" if self.learns_all else self.data.file,
        }

    def read(self, given: Path | None = None) -> Corpus:
        """The three files; the second and third lie beside the first.

        Raises:
            DataError: one is missing or has a line that is not a known label, a tab and a text.
        """
        first = find_data(self.data, given)
        paths = (first, first.with_name(self.development), first.with_name(self.test))
        return Corpus(*(self._texts(path) for path in paths))

    def _texts(self, path: Path) -> Texts:
        rows = [line.split("\t", 1) for line in read_text(path).splitlines()]
        for number, row in enumerate(rows, start=1):
            if len(row) != 2 or row[0] not in self.labels or not row[1].strip():
                raise DataError(f"line {number} of {path} is not one of {', '.join(self.labels)}, a tab and a text")
        return Texts(tuple(text for _, text in rows), tuple(self.labels[label] for label, _ in rows))

    def start(self, cell: CellName, data: Corpus, *, seed: int, steps: int | None = None) -> "ClassificationRun":
        """A run on the corpus."""
        if not all((data.training.texts, data.development.texts, data.test.texts)):
            raise DataError(f"{self.task} needs texts in each of its three files, one at least has none")
        config = ModelConfig(
            cell,
            self.hidden_size,
            self.embedding_size,
            bidirectional=self.bidirectional,
            answers="class",
            pooling=self.pooling,
        )
        if self.learns_all:
            both = (data.training, data.development)
            training = Texts(sum((part.texts for part in both), ()), sum((part.labels for part in both), ()))
            data = Corpus(training, data.test, data.test)
        vocabulary = self.tokenizer(data.training.texts)
        model = SequenceModel(config, vocabulary, tuple(self.labels.values()), seed=seed)
        if model.embedding is not None:
            with torch.no_grad():
                model.embedding.weight.mul_(self.embedding_scale)
        return ClassificationRun(self, self.plan_of(steps), seed, model, data)

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:
        """Share of the texts that are put into the class that is right."""
        return accuracy(model, texts, answers)


class ClassificationRun(Run):
    """One training on one corpus."""

    def __init__(
        self, recipe: ClassificationRecipe, plan: TrainPlan, seed: int, model: SequenceModel, corpus: Corpus
    ) -> None:
        super().__init__(recipe, plan, seed, model)
        self.choices = recipe
        self.corpus = corpus
        self._encode = cache(model.encode)

    def batches(self, generator: torch.Generator) -> Iterator[Batch]:
        """The training texts, in a new order each time they have all been read."""
        texts, size = self.corpus.training.texts, self.plan.batch_size
        classes = torch.tensor([self.model.labels.index(label) for label in self.corpus.training.labels])
        for _ in range(self.choices.made_first):
            yield self._batch([""] * size, torch.zeros(size, dtype=torch.long), 1.0, generator)
        while True:
            for chosen in self._order(generator):
                read = [texts[index] for index in chosen.tolist()]
                yield self._batch(read, classes[chosen], self.choices.made_share, generator)

    def _order(self, generator: torch.Generator) -> Iterator[Tensor]:
        """The places of the texts of each batch; by length, the likest of ten batches' texts stand together."""
        texts, size = self.corpus.training.texts, self.plan.batch_size
        if not self.choices.by_length:
            yield from torch.split(torch.randperm(len(texts), generator=generator), size)
            return
        lengths = torch.tensor([len(self._encode(text)) for text in texts])
        for drawn in torch.split(torch.randperm(len(texts), generator=generator), 10 * size):
            batches = torch.split(drawn[lengths[drawn].argsort(stable=True)], size)
            for place in torch.randperm(len(batches), generator=generator).tolist():
                yield batches[place]

    def _batch(self, texts: list[str], answers: Tensor, made_share: float, generator: torch.Generator) -> Batch:
        """The texts with their noise and in the place of a share of them made ones."""
        if self.choices.made is not None:
            for place in (torch.rand(len(texts), generator=generator) < made_share).nonzero():
                texts[place], label = self.choices.made(_drawing(generator))
                answers[place] = self.model.labels.index(label)
        ids = [self._noisy(text, generator) for text in texts]
        lengths = torch.tensor([len(text) for text in ids])
        return Batch(torch.nn.utils.rnn.pad_sequence(ids, batch_first=True), answers, lengths)

    def steps(self) -> Iterator[TrainStep]:
        """Train the model; if the recipe averages, the last step's weights and score are those of the mean."""
        share = self.choices.averaged_share
        if not share:
            yield from super().steps()
            return
        sums = {name: torch.zeros_like(parameter) for name, parameter in self.model.named_parameters()}
        count = 0
        for step in super().steps():
            if step.step == self.plan.steps or step.step > self.plan.steps * (1 - share):
                count += 1
                for name, parameter in self.model.named_parameters():
                    sums[name] += parameter.detach()
            if step.step < self.plan.steps:
                yield step
                continue
            self.model.load_state_dict({name: total / count for name, total in sums.items()})
            yield replace(step, held_out=self.score())

    def _noisy(self, text: str, generator: torch.Generator) -> Tensor:
        """The ids of a training text, rephrased and partly spelled, (time,)."""
        if self.choices.rephrased is not None:
            text = self.choices.rephrased(text, _drawing(generator))
        ids = self._encode(text)
        vocabulary = self.model.tokenizer
        if not self.choices.split_share or not isinstance(vocabulary, WordTokenizer):
            return torch.tensor(ids)
        spelled = (torch.rand(len(ids), generator=generator) < self.choices.split_share).tolist()
        return torch.tensor(
            [
                piece
                for i, split in zip(ids, spelled, strict=True)
                for piece in (vocabulary.spelled(i) if split else (i,))
            ]
        )

    def score(self) -> float:
        """Accuracy on the texts that the training is watched on."""
        return self.choices.measure(self.model, self.corpus.development.texts, self.corpus.development.labels)

    def figures(self) -> Figures:
        """Of model and naive Bayes on the test texts, with a few of them as sample."""
        recipe, model, test = self.choices, self.model, self.corpus.test
        on = f"{len(test.texts):,} texts of {recipe.test}, held out"
        training = [model.encode(text) for text in self.corpus.training.texts]
        index = model.labels.index
        bayes = NaiveBayes.fit(training, [index(label) for label in self.corpus.training.labels])
        rival = bayes.accuracy([model.encode(text) for text in test.texts], [index(label) for label in test.labels])
        chosen = range(0, len(test.texts), -(-len(test.texts) // SAMPLE_TEXTS))
        texts, labels = tuple(test.texts[i] for i in chosen), tuple(test.labels[i] for i in chosen)
        return Figures(
            metric=Score("classifier", UNIT, recipe.measure(model, test.texts, test.labels), on, better="higher"),
            baselines=(Score("naive Bayes, tokens and pairs of tokens", UNIT, rival, on, better="higher"),),
            sample=Sample(texts, labels, recipe.measure(model, texts, labels)),
            details={label: recipe.measure(model, *_of_label(test, label)) for label in sorted(set(test.labels))}
            | self._elsewhere(),
        )

    def _elsewhere(self) -> dict[str, float]:
        """The accuracy on sentences of another source, if the recipe has any."""
        typed = [(text, label) for label, texts in self.choices.typed.items() for text in texts]
        if not typed:
            return {}
        texts, labels = zip(*typed, strict=True)
        return {f"{UNIT} on {len(typed)} sentences of another source": self.choices.measure(self.model, texts, labels)}


def judged(draw: Callable[[random.Random], tuple[str, int]], generator: random.Random) -> tuple[str, str]:
    """What `draw` gives, +1 as "positive" and -1 as "negative", but never a sentence that models are measured on."""
    text, sign = draw(generator)
    while is_typed(text):
        text, sign = draw(generator)
    return text, "positive" if sign > 0 else "negative"


def _drawing(generator: torch.Generator) -> random.Random:
    """What draws texts, seeded by what draws everything else."""
    return random.Random(int(torch.randint(2**31, (), generator=generator)))  # noqa: S311


def _of_label(texts: Texts, label: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts of one class, and its name for each."""
    chosen = tuple(text for text, own in zip(texts.texts, texts.labels, strict=True) if own == label)
    return chosen, (label,) * len(chosen)
