"""A language model of words that knows which verb agrees, as in "the keys to the cabinet are".

A part of its sentences are the good ones of Marvin and Linzen (never the bad ones), the others come from a grammar,
which has more words and constructions. Whole frames, and pairs of a noun and a verb, are held out of both parts
(`data/corpora/agreement_pairs.py`). A pair counts as right if the model gives the whole good sentence, including the
full stop, the higher probability.

A word that it does not know is read in parts, most of them letters. So that it knows such a word by its form, some of
the known words are spelled so in training, too. What is spelled never has to be predicted, so that a model guesses
whole words only.
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
from gateviz.data.corpora import agreement_pairs, grammar, typed_in_class
from gateviz.data.corpora.sources import DataSource, find_data, read_text
from gateviz.data.tokenizing.word_tokenizer import CONTINUED, WordTokenizer
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
TYPED = tuple(tuple(line.split(" | ")) for line in typed_in_class.AGREEMENT)
"""The beginning of a sentence, the verb that agrees, and the one that does not."""
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
    embedding_scale: float
    """PyTorch's standard normal embeddings are multiplied by it at the start."""
    ending_scale: float
    """Size of what the embeddings of words with the same last letter have in common at the start. A thousand nouns are
    each seen a few hundred times: with nothing in common, number would have to be learnt for each of them anew."""
    spelled_share: float
    """Share of the words that training spells in parts, as an unknown word is."""
    others_share: float
    """Share of the words other than verbs that have to be predicted. Most of them are chance: all of them together
    would hide what the verbs teach."""

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decides the weights besides the plan."""
        names = ("grammar_share", "spelled_share", "others_share")
        start = f"PyTorch's defaults from the seed, embeddings times {self.embedding_scale}"
        start += f" plus {self.ending_scale} times a random vector for each last letter"
        return {"initialisation": start, **{name: getattr(self, name) for name in names}}

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
        self._begin_alike(model, seed)
        return AgreementRun(self, plan, seed, model, sentences, held_out)

    def _begin_alike(self, model: SequenceModel, seed: int) -> None:
        """Let the embeddings of words that end alike start alike."""
        assert model.embedding is not None  # noqa: S101  # by the config
        letters = sorted({entry[-1] for entry in model.tokenizer.entries})
        vectors = torch.randn(len(letters), self.embedding_size, generator=torch.Generator().manual_seed(seed))
        endings = vectors[[letters.index(entry[-1]) for entry in model.tokenizer.entries]]
        with torch.no_grad():
            model.embedding.weight.mul_(self.embedding_scale)
            model.embedding.weight[: len(endings)] += self.ending_scale * endings

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


def typed_figures(model: SequenceModel) -> dict[str, float]:
    """Of the beginnings that a class types, the share after which the verb that agrees is likelier than the other."""
    chosen = [log_probabilities(model, [f"{start} {verb}"])[0] for start, *verbs in TYPED for verb in verbs]
    right = [good > bad for good, bad in zip(chosen[::2], chosen[1::2], strict=True)]
    return {f"{UNIT} on {len(TYPED)} beginnings as a class types them": share_right(right)}


def is_whole(entry: str) -> bool:
    """Whether an entry of the vocabulary is a word or the full stop, no letter or part of a word."""
    return entry in ("a", "i", STOP.strip()) or (len(entry) > 1 and not entry.startswith(CONTINUED))


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
        vocabulary = WordTokenizer(model.tokenizer.entries)
        self.sentences = sentences
        self.held_out = held_out
        self._word_ids = cache(model.encode)
        self._letters = cache(vocabulary.subwords_of)
        self._is_whole = torch.tensor([is_whole(entry) for entry in model.outputs] + [False])  # the unknown is none

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
        drawn = random.Random(int(torch.randint(2**31, (), generator=generator)))  # noqa: S311
        sentences = self.drawn(drawn)
        unknown = self.model.tokenizer.unknown
        verbs = torch.tensor(sorted({self._word_ids(form)[0] for form in agreement_pairs.VERB_FORMS}))
        while True:
            ids = [torch.tensor(self._spelled(next(sentences), drawn)) for _ in range(self.plan.batch_size)]
            padded = torch.nn.utils.rnn.pad_sequence(ids, batch_first=True, padding_value=unknown)  # (batch, time + 1)
            targets = padded[:, 1:]
            asked = torch.isin(targets, verbs)
            asked |= torch.rand(targets.shape, generator=generator) < self.recipe.others_share
            yield Batch(padded[:, :-1], targets.masked_fill(~(asked & self._is_whole[targets]), IGNORED))

    def _ids(self, sentence: str) -> list[int]:
        """What `model.encode` gives for words with spaces between, but faster: each word is tokenized only once."""
        return [i for word in sentence.split() for i in self._word_ids(word)]

    def _spelled(self, sentence: str, generator: random.Random) -> list[int]:
        """The ids of a sentence in which some words are spelled in parts."""
        share = self.recipe.spelled_share
        return [
            letter for i in self._ids(sentence) for letter in (self._letters(i) if generator.random() < share else (i,))
        ]

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
            details={name: share_right(groups[name]) for name in sorted(groups)} | typed_figures(self.model),
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
    "It knows no meaning, and of grammar little more than number. It guesses only whole words that it knows; a word "
    "that it does not know is read in parts, and an s at its end is taken for a plural. Far from the subject it "
    "errs more often. The card has the share that is right on beginnings of sentences as a class types them.",
    "它不懂意思，语法上也只懂得单复数。它只会猜自己认识的完整单词；不认识的单词拆成几部分来读，词尾的 s 会被当作复数。"
    "离主语越远越容易出错。卡片给出了在课堂上会输入的句子开头上答对的比例。",
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
    grammar_share=0.8,
    embedding_scale=0.1,
    ending_scale=0.3,
    spelled_share=0.1,
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
        precision="bfloat16",
    ),
    good_for=Bilingual(
        "English sentences in which something stands between subject and verb: watching a unit carry the subject's "
        "number across it to the verb.",
        "主语和动词之间隔着其他成分的英文句子：观察某个隐藏单元怎样把主语的单复数一直带到动词。",
    ),
    fails_at=dict.fromkeys(("rnn", "lstm", "gru"), _FAILS),
)
