"""A model that puts a text into a class, many to one, with naive Bayes on the same tokens as baseline.

The data are three files in one folder, with `label<TAB>text` on each line: training, development and test texts. A run
is scored on the development texts while it trains; the test texts are read only for the card.

A model that is trained until it is right is too sure of itself. So its scores are divided by one temperature at the
end (Guo et al. 2017), the one that makes the development texts the most probable: answers stay, probabilities fall.

Two kinds of noise keep a model that is larger than its data from learning the texts by heart, and prepare it for words
that no training text has: some tokens are hidden, and some known words are spelled by subwords, as unknown words are.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import torch
from torch import Tensor

from gateviz.data.baselines.naive_bayes import NaiveBayes
from gateviz.data.corpora.everyday_sentences import is_everyday
from gateviz.data.corpora.sources import find_data, read_text
from gateviz.data.corpora.typed_in_class import ByClass
from gateviz.data.tokenizing.tokens import Tokenizer
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.errors import DataError
from gateviz.models.config import ModelConfig, Pooling
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Sample, Score
from gateviz.recipes.recipe import Figures, Recipe, TrainingRun
from gateviz.results.trace import CellName
from gateviz.training.calibration import calibration_error, set_temperature
from gateviz.training.loop import Batch, TrainPlan, TrainStep
from gateviz.training.scoring import accuracy

UNIT = "accuracy"
BAYES = "naive Bayes, tokens and pairs of tokens"
SAMPLE_TEXTS = 12


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts and the label of each."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The texts that a classifier is trained on, that its settings are chosen on, and that it is measured on."""

    training: Texts
    development: Texts
    test: Texts


@dataclass(frozen=True, slots=True)
class ClassificationRecipe(Recipe):
    """All that decides the classifiers of one corpus."""

    development: str
    """The name of the file with the texts that settings were chosen on; it lies in the folder of `data`."""
    test: str
    """The name of the file with the texts that the card's figures are of, in the same folder."""
    labels: Mapping[str, str]
    """The label in the file -> the name of the class, in the order of the outputs."""
    tokenizer: Callable[[Sequence[str]], Tokenizer]
    """Makes the tokenizer from the training texts."""
    hidden_size: int
    embedding_size: int
    bidirectional: bool
    pooling: Pooling = "last"
    embedding_scale: float = 0.1
    """PyTorch's standard normal embeddings are multiplied by it at the start: at their full size, the embeddings of
    rare words would stay noise."""
    split_share: float = 0.0
    """Share of the known words that training spells by subwords, 0 .. 1."""
    rephrased: Callable[[str, random.Random], str] | None = None
    """Gives another wording of a training text."""
    averaged_share: float = 0.0
    """The final weights are the mean of those after each of the last steps; this is their share of all steps, 0 ..
    1."""
    generated: Callable[[random.Random], tuple[str, str]] | None = None
    """Generates a text of a kind that the training texts lack, and the name of its class."""
    generated_share: float = 0.0
    """Share of the training texts that generated texts replace, 0 .. 1."""
    generated_first: int = 0
    """How many steps at the start read only generated texts: a model learns what "not" does from plain sentences, or
    not at all."""
    by_length: bool = False
    """Whether the texts of a batch have similar lengths: if lengths differ much, that halves the padded length."""
    everyday: ByClass = field(default_factory=dict)
    """Class -> sentences of another source, for which the card gives the accuracy."""
    typed: ByClass = field(default_factory=dict)
    """Class -> phrases as a class types them, likewise."""

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decides the weights besides the plan."""
        return {
            "initialisation": f"PyTorch's defaults from the seed, embeddings times {self.embedding_scale}",
            "split_share": self.split_share,
            "generated_share": self.generated_share,
            "generated_first": self.generated_first,
            "by_length": int(self.by_length),
            "averaged_share": self.averaged_share,
        }

    def read(self, given: Path | None = None) -> Corpus:
        """The three files; the second and the third lie in the folder of the first.

        Raises:
            DataError: a file is missing, or has a line that is not a known label, a tab and a text.
        """
        first = find_data(self.data, given)
        paths = (first, first.with_name(self.development), first.with_name(self.test))
        return Corpus(*(self._texts(path) for path in paths))

    def _texts(self, path: Path) -> Texts:
        rows = [line.split("\t", 1) for line in read_text(path).splitlines()]
        for number, row in enumerate(rows, start=1):
            if len(row) != 2 or row[0] not in self.labels or not row[1].strip():
                raise DataError(f"{path}, line {number}: give one of {', '.join(self.labels)}, a tab and a text.")
        return Texts(tuple(text for _, text in rows), tuple(self.labels[label] for label, _ in rows))

    def start(self, cell: CellName, data: Corpus, *, seed: int, steps: int | None = None) -> "ClassificationRun":
        """A run on the corpus; each of its parts must have texts (DataError)."""
        plan = self.checked_plan(cell, seed, steps)
        if not all((data.training.texts, data.development.texts, data.test.texts)):
            raise DataError(f"one of the three files has no texts: {self.task} needs texts in each of them.")
        config = ModelConfig(
            cell,
            self.hidden_size,
            self.embedding_size,
            bidirectional=self.bidirectional,
            answers="class",
            pooling=self.pooling,
        )
        model = SequenceModel(config, self.tokenizer(data.training.texts), tuple(self.labels.values()), seed=seed)
        if model.embedding is not None:
            with torch.no_grad():
                model.embedding.weight.mul_(self.embedding_scale)
        return ClassificationRun(self, plan, seed, model, data)

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:
        """Share of the texts, 0 .. 1, that are put into the right class."""
        return accuracy(model, texts, answers)


class ClassificationRun(TrainingRun):
    """One training on one corpus."""

    recipe: ClassificationRecipe

    def __init__(
        self, recipe: ClassificationRecipe, plan: TrainPlan, seed: int, model: SequenceModel, corpus: Corpus
    ) -> None:
        super().__init__(recipe, plan, seed, model)
        self.corpus = corpus
        self._encode = cache(model.encode)

    def batches(self, generator: torch.Generator) -> Iterator[Batch]:
        """Endless batches of the training texts, in a new order for each pass."""
        texts, size = self.corpus.training.texts, self.plan.batch_size
        classes = torch.tensor([self.model.labels.index(label) for label in self.corpus.training.labels])
        for _ in range(self.recipe.generated_first):
            yield self._batch([""] * size, torch.zeros(size, dtype=torch.long), 1.0, generator)
        while True:
            for chosen in self._order(generator):
                read = [texts[index] for index in chosen.tolist()]
                yield self._batch(read, classes[chosen], self.recipe.generated_share, generator)

    def _order(self, generator: torch.Generator) -> Iterator[Tensor]:
        """The positions of each batch's texts, for one pass; by length, ten batches are sorted before they are cut."""
        texts, size = self.corpus.training.texts, self.plan.batch_size
        if not self.recipe.by_length:
            yield from torch.split(torch.randperm(len(texts), generator=generator), size)
            return
        lengths = torch.tensor([len(self._encode(text)) for text in texts])
        for drawn in torch.split(torch.randperm(len(texts), generator=generator), 10 * size):
            batches = torch.split(drawn[lengths[drawn].argsort(stable=True)], size)
            for place in torch.randperm(len(batches), generator=generator).tolist():
                yield batches[place]

    def _batch(self, texts: list[str], answers: Tensor, generated_share: float, generator: torch.Generator) -> Batch:
        """The texts with their noise, some of them replaced by generated ones."""
        if self.recipe.generated is not None:
            for place in (torch.rand(len(texts), generator=generator) < generated_share).nonzero():
                texts[place], label = self.recipe.generated(_text_generator(generator))
                answers[place] = self.model.labels.index(label)
        ids = [self._noisy(text, generator) for text in texts]
        lengths = torch.tensor([len(text) for text in ids])
        return Batch(torch.nn.utils.rnn.pad_sequence(ids, batch_first=True), answers, lengths)

    def steps(self) -> Iterator[TrainStep]:
        """Train the model. The last step has the mean of the weights and the temperature, and the score with them."""
        sums = {name: torch.zeros_like(parameter) for name, parameter in self.model.named_parameters()}
        count = 0
        for step in super().steps():
            if step.step == self.plan.steps or step.step > self.plan.steps * (1 - self.recipe.averaged_share):
                count += 1
                for name, parameter in self.model.named_parameters():
                    sums[name] += parameter.detach()
            if step.step < self.plan.steps:
                yield step
                continue
            self.model.load_state_dict({name: total / count for name, total in sums.items()})
            set_temperature(self.model, self.corpus.development.texts, self.corpus.development.labels)
            yield replace(step, held_out=self.score())

    def _noisy(self, text: str, generator: torch.Generator) -> Tensor:
        """The ids of a training text, reworded and with some words spelled by subwords, (time,)."""
        if self.recipe.rephrased is not None:
            text = self.recipe.rephrased(text, _text_generator(generator))
        ids = self._encode(text)
        tokenizer = self.model.tokenizer
        if not self.recipe.split_share or not isinstance(tokenizer, WordTokenizer):
            return torch.tensor(ids)
        spelled = (torch.rand(len(ids), generator=generator) < self.recipe.split_share).tolist()
        return torch.tensor(
            [
                subword
                for i, is_spelled in zip(ids, spelled, strict=True)
                for subword in (tokenizer.subwords_of(i) if is_spelled else (i,))
            ]
        )

    def score(self) -> float:
        """Accuracy on the development texts."""
        return self.recipe.measure(self.model, self.corpus.development.texts, self.corpus.development.labels)

    def figures(self) -> Figures:
        """Of the model and of naive Bayes on the test texts; a few of them are the sample.

        Naive Bayes counts the same texts, with the generated ones in the same share.
        """
        recipe, model, test = self.recipe, self.model, self.corpus.test
        on = f"{len(test.texts):,} texts of {recipe.test}, held out"
        bayes = self._bayes()
        rival = _bayes_accuracy(bayes, model, test.texts, test.labels)
        chosen = range(0, len(test.texts), -(-len(test.texts) // SAMPLE_TEXTS))
        texts, labels = tuple(test.texts[i] for i in chosen), tuple(test.labels[i] for i in chosen)
        return Figures(
            metric=Score("classifier", UNIT, recipe.measure(model, test.texts, test.labels), on, better="higher"),
            baselines=(Score(BAYES, UNIT, rival, on, better="higher"),),
            sample=Sample(texts, labels, recipe.measure(model, texts, labels)),
            details={label: recipe.measure(model, *_of_label(test, label)) for label in sorted(set(test.labels))}
            | {"calibration error on these texts": calibration_error(model, test.texts, test.labels)}
            | self._elsewhere(bayes),
        )

    def _bayes(self) -> NaiveBayes:
        recipe, model, training = self.recipe, self.model, self.corpus.training
        drawn: list[tuple[str, str]] = []
        if recipe.generated is not None and recipe.generated_share < 1:
            count = round(len(training.texts) * recipe.generated_share / (1 - recipe.generated_share))
            generator = random.Random(0)  # noqa: S311
            drawn = [recipe.generated(generator) for _ in range(count)]
        texts = [*training.texts, *(text for text, _ in drawn)]
        labels = [*training.labels, *(label for _, label in drawn)]
        return NaiveBayes.fit([model.encode(text) for text in texts], [model.labels.index(label) for label in labels])

    def _elsewhere(self, bayes: NaiveBayes) -> dict[str, float]:
        """What the model and naive Bayes make of sentences of another source, and of phrases as a class types them."""
        figures: dict[str, float] = {}
        for sentences, name in (
            (self.recipe.everyday, "{} sentences of another source"),
            (self.recipe.typed, "{} phrases as a class types them"),
        ):
            pairs = [(text, label) for label, texts in sentences.items() for text in texts]
            if pairs:
                texts, labels = zip(*pairs, strict=True)
                on = name.format(len(pairs))
                figures[f"{UNIT} on {on}"] = self.recipe.measure(self.model, texts, labels)
                figures[f"naive Bayes on {on}"] = _bayes_accuracy(bayes, self.model, texts, labels)
                figures[f"calibration error on {on}"] = calibration_error(self.model, texts, labels)
        return figures


def unseen(draw: Callable[[random.Random], tuple[str, str]], generator: random.Random) -> tuple[str, str]:
    """What `draw` gives, but no text that models are measured on."""
    text, label = draw(generator)
    while is_everyday(text):
        text, label = draw(generator)
    return text, label


def with_class_name(draw: Callable[[random.Random], tuple[str, int]], generator: random.Random) -> tuple[str, str]:
    """The same, with +1 as "positive" and -1 as "negative"."""

    def named(generator: random.Random) -> tuple[str, str]:
        text, sign = draw(generator)
        return text, "positive" if sign > 0 else "negative"

    return unseen(named, generator)


def _bayes_accuracy(bayes: NaiveBayes, model: SequenceModel, texts: Sequence[str], labels: Sequence[str]) -> float:
    return bayes.accuracy([model.encode(text) for text in texts], [model.labels.index(label) for label in labels])


def _text_generator(generator: torch.Generator) -> random.Random:
    """A generator for texts, seeded from the one that everything else is drawn from."""
    return random.Random(int(torch.randint(2**31, (), generator=generator)))  # noqa: S311


def _of_label(texts: Texts, label: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts of one class, and the name of the class for each."""
    chosen = tuple(text for text, own in zip(texts.texts, texts.labels, strict=True) if own == label)
    return chosen, (label,) * len(chosen)
