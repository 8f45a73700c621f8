"""A language model of words that knows which verb agrees, as in "the keys to the cabinet are".

A part of its sentences are the good ones of Marvin and Linzen (never the bad ones), the others come from a small
grammar, which has more words and constructions. Whole frames, and pairs of a noun and a verb, are held out of both
parts (`data/corpora/agreement_pairs.py`). A pair counts as right if the model gives the whole good sentence, including
the full stop, the higher probability.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import torch

from gateviz.data.baselines.ngrams import NGram
from gateviz.data.corpora import agreement_pairs, grammar
from gateviz.data.corpora.sources import DataSource, find_data, read_text
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.errors import DataError
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Sample, Score
from gateviz.recipes.recipe import Figures, Recipe, TrainingRun
from gateviz.results.trace import CellName
from gateviz.training.loop import IGNORED, Batch, TrainPlan
from gateviz.training.scoring import log_probabilities

UNIT = "pairs right"
STOP = " ."
"""The end of every sentence."""
TRIGRAM_SENTENCES = 20_000
"""How many sentences the trigram is counted on."""


@dataclass(frozen=True, slots=True)
class AgreementRecipe(Recipe):
    """All that decides the models of agreement."""

    hidden_size: int
    embedding_size: int
    grammar_share: float
    """Share of the training sentences that come from the grammar."""
    others_share: float
    """Share of the words other than verbs that have to be predicted. Most of them are chance: all of them together
    would hide what the verbs teach."""

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decides the weights besides the plan."""
        return {"grammar_share": self.grammar_share, "others_share": self.others_share}

    def read(self, given: Path | None = None) -> tuple[agreement_pairs.Pair, ...]:
        """The pairs of the file."""
        return agreement_pairs.read_pairs(read_text(find_data(self.data, given)))

    def start(self, cell: CellName, data: Any, *, seed: int, steps: int | None = None) -> "AgreementRun":
        """A run on the pairs `data`; some of them must be held out and some not (DataError)."""
        plan = self.checked_plan(cell, seed, steps)
        training, held_out = agreement_pairs.split(data)
        if not training or not held_out:
            raise DataError(f"there are {len(data)} pairs: {self.task} needs some to train on and some to hold out.")
        sentences = tuple(pair.good + STOP for pair in training)
        vocabulary = WordTokenizer.of((*sentences, *grammar.lexicon()), least=1)
        model = SequenceModel(ModelConfig(cell, self.hidden_size, self.embedding_size), vocabulary, seed=seed)
        return AgreementRun(self, plan, seed, model, sentences, held_out)

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:
        """Share of the pairs, 0 .. 1, in which the model prefers the sentence of `answers` to that of `texts`."""
        return share_right(preferences(model, answers, texts))


def preferences(model: SequenceModel, good: Sequence[str], bad: Sequence[str]) -> list[bool]:
    """For each pair, whether the good sentence is the likelier one. The sentences come without their full stops."""
    scores = log_probabilities(model, [sentence + STOP for sentence in (*good, *bad)])
    return [right > wrong for right, wrong in zip(scores[: len(good)], scores[len(good) :], strict=True)]


def share_right(preferred: Sequence[bool]) -> float:
    """Share of the pairs, 0 .. 1, in which the good sentence is preferred."""
    return sum(preferred) / len(preferred)


class AgreementRun(TrainingRun):
    """One training on the sentences."""

    recipe: AgreementRecipe

    def __init__(
        self,
        recipe: AgreementRecipe,
        plan: TrainPlan,
        seed: int,
        model: SequenceModel,
        sentences: Sequence[str],
        held_out: Sequence[agreement_pairs.Pair],
    ) -> None:
        super().__init__(recipe, plan, seed, model)
        self.sentences = sentences
        self.held_out = held_out
        self._word_ids = cache(model.encode)

    def drawn(self, generator: random.Random) -> Iterator[str]:
        """Endless training sentences, from the pairs and from the grammar; none belongs to what is held out."""
        while True:
            if generator.random() >= self.recipe.grammar_share:
                yield generator.choice(self.sentences)
                continue
            while agreement_pairs.held_out(sentence := grammar.sentence(generator)) is not None:
                pass
            yield sentence + STOP

    def batches(self, generator: torch.Generator) -> Iterator[Batch]:
        """Whole sentences; the verbs, and some of the other words, have to be predicted."""
        sentences = self.drawn(random.Random(int(torch.randint(2**31, (), generator=generator))))  # noqa: S311
        unknown = self.model.tokenizer.unknown
        verbs = torch.tensor(sorted({self._word_ids(form)[0] for form in agreement_pairs.VERB_FORMS}))
        while True:
            ids = [torch.tensor(self._ids(next(sentences))) for _ in range(self.plan.batch_size)]
            padded = torch.nn.utils.rnn.pad_sequence(ids, batch_first=True, padding_value=unknown)  # (batch, time + 1)
            targets = padded[:, 1:]
            asked = torch.isin(targets, verbs)
            asked |= torch.rand(targets.shape, generator=generator) < self.recipe.others_share
            yield Batch(padded[:, :-1], targets.masked_fill(~asked | (targets == unknown), IGNORED))

    def _ids(self, sentence: str) -> list[int]:
        """What `model.encode` gives for words with spaces between, but faster: each word is tokenized only once."""
        return [i for word in sentence.split() for i in self._word_ids(word)]

    def score(self) -> float:
        """Share of right pairs, 0 .. 1, among every tenth held-out pair."""
        some = self.held_out[::10]
        return share_right(preferences(self.model, [pair.good for pair in some], [pair.bad for pair in some]))

    def figures(self) -> Figures:
        """Overall, for each construction and each reason to hold out; the baselines are a trigram and a coin."""
        pairs = self.held_out
        on = f"{len(pairs):,} held-out pairs: new frames, and nouns with new verbs"
        right = preferences(self.model, [pair.good for pair in pairs], [pair.bad for pair in pairs])
        groups = defaultdict(list)
        for pair, preferred in zip(pairs, right, strict=True):
            groups[pair.construction].append(preferred)
            groups[str(pair.held_out)].append(preferred)
            if "sing" in pair.case and "plur" in pair.case:
                groups["nouns of both numbers"].append(preferred)
        chosen = pairs[:: -(-len(pairs) // 24)]
        texts, answers = tuple(pair.bad for pair in chosen), tuple(pair.good for pair in chosen)
        return Figures(
            metric=Score("language model of words", UNIT, share_right(right), on, better="higher"),
            baselines=(
                Score("interpolated trigram of words (Witten-Bell)", UNIT, self._trigram(), on, better="higher"),
                Score("a coin", UNIT, sum(1 / len((pair.good, pair.bad)) for pair in pairs) / len(pairs), on, "higher"),
            ),
            sample=Sample(texts, answers, self.recipe.measure(self.model, texts, answers)),
            details={name: share_right(groups[name]) for name in sorted(groups)},
        )

    def _trigram(self) -> float:
        """Share of the held-out pairs that a trigram gets right, counted on sentences of the same two sources."""
        sentences, encode = self.drawn(random.Random(self.seed)), self.model.encode  # noqa: S311
        ids = [i for _ in range(TRIGRAM_SENTENCES) for i in self._ids(next(sentences))]
        ngram = NGram.fit(ids, len(self.model.outputs), order=3)
        good, bad = (
            [ngram.bits(encode(sentence + STOP)) * len(encode(sentence)) for sentence in sentences]
            for sentences in ([pair.good for pair in self.held_out], [pair.bad for pair in self.held_out])
        )
        return share_right([right < wrong for right, wrong in zip(good, bad, strict=True)])


_FAILS = Bilingual(
    "It knows no meaning, and of grammar little more than number. In pairs of another source about one in ten goes "
    'wrong, most of them with words that it does not know ("the colorless green idea sleeps furiously") or far from '
    "the subject.",
    "它不懂意思，语法上也只懂得单复数。换成别处的句对，大约十个会错一个，多半含有它不认识的词（如 "
    "the colorless green idea sleeps furiously），或者动词离主语太远。",
)

RECIPE = AgreementRecipe(
    task="agreement",
    data=DataSource(
        file="agreement_marvin_linzen.tsv",
        name="LM_syneval, subject-verb agreement, beside sentences of a grammar made by seed",
        author="Rebecca Marvin and Tal Linzen 2018",
        licence="MIT",
        source="https://github.com/BeckyMarvin/LM_syneval",
    ),
    hidden_size=128,
    embedding_size=64,
    grammar_share=0.75,
    others_share=0.15,
    plan=TrainPlan(
        steps=2400,
        batch_size=64,
        learning_rate=4e-3,
        warmup=100,
        clip=1.0,
        evaluations=4,
        dropout_in=0.1,
        dropout_out=0.2,
    ),
    good_for=Bilingual(
        "English sentences in which something stands between subject and verb: watching a unit carry the subject's "
        "number across it to the verb.",
        "主语和动词之间隔着其他成分的英文句子：观察某个隐藏单元怎样把主语的单复数一直带到动词。",
    ),
    fails_at=dict.fromkeys(("rnn", "lstm", "gru"), _FAILS),
)
