"""Quatrains of the Tang dynasty: four clauses of five characters or of seven, two layers of 256 units.

One quatrain in twenty is held out. The model learns from the other quatrains, and from stanzas of four clauses of
longer poems in the same two metres, but from no poem that repeats a clause of a held-out one. The n-gram is counted on
the same text. The state is zero before each poem. Before a poem stands a start mark with its form and its rhyme, one
that leaves both open, or none, as when a person types a poem. Told nothing, a model rhymes one quatrain in twenty: two
characters of a poem do not pay for a state that is kept over two clauses. Told its rhyme, it is surprised less at each
end of a couplet.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from gateviz.data.baselines.ngrams import NGram
from gateviz.data.corpora.quatrains import (
    CLAUSES,
    END,
    FORMS,
    MARKS,
    RHYMES,
    START,
    Form,
    Poems,
    is_well_formed,
    repeats,
    rhyme_of,
    start_mark,
    verse_of,
)
from gateviz.data.corpora.rhymes import GROUPS
from gateviz.data.corpora.sources import DataSource, find_data, read_text
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.errors import DataError
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.gate_biases import set_gate_bias
from gateviz.models.poems import sampled_quatrains, well_formed_share
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import Sample, Score
from gateviz.recipes.recipe import Figures, Recipe, TrainingRun
from gateviz.results.trace import CellName
from gateviz.training.cooccurrence import cooccurrence_embedding
from gateviz.training.loop import IGNORED, Batch, TrainPlan

UNIT = "perplexity per character"
SAMPLES = 1000
TEMPERATURE = 0.8
KEEPING_GATES: Mapping[CellName, str] = {"lstm": "forget_gate", "gru": "update_gate"}
QUOTED = 40
"""How many held-out poems the card quotes."""


@dataclass(frozen=True, slots=True)
class PoemRecipe(Recipe):
    """All that decides the models of a collection of poems."""

    held_out_share: int
    """One in so many quatrains is held out."""
    vocabulary_size: int
    """How many entries the tokenizer has: the marks and the commonest characters."""
    embedding_size: int
    hidden_size: int
    num_layers: int
    quatrain_share: float
    """Share of the poems of a batch that are quatrains, 0 .. 1; the others are stanzas of longer poems."""
    unmarked_share: float
    """Share of the poems of a batch without a start mark, 0 .. 1."""
    open_share: float
    """Share of those with the open start mark, 0 .. 1, beside the ones that do not rhyme. The others are told form and
    rhyme."""
    rhyme_size: int
    """How many components of the embedding start from the ends of couplets, the others from neighbours."""
    head_scale: float
    embedding_scale: float
    """Root mean square of the embedding at the start, which is computed from the neighbours in the training text."""
    rhyme_weight: float
    """How much the last character of a couplet counts in the loss, 1 any other."""
    keeping_bias: float
    """What the biases of the gate that keeps the state sum up to at the start."""
    short_first: tuple[tuple[int, int], ...]
    """(clauses, step): before that training step, poems have so many clauses, the last ones."""
    ngram_orders: tuple[int, ...]

    @property
    def settings(self) -> Mapping[str, str | int | float]:
        """What decides the weights besides the plan."""
        names = (
            "held_out_share",
            "quatrain_share",
            "unmarked_share",
            "open_share",
            "rhyme_weight",
            "rhyme_size",
            "embedding_scale",
            "head_scale",
        )
        gates = " and ".join(f"{cell} {gate.replace('_', ' ')}" for cell, gate in KEEPING_GATES.items())
        start = (
            "embedding and head from neighbours and from ends of couplets, head bias from frequencies in the training "
            f"text, biases of {gates} {self.keeping_bias:g}, else PyTorch's defaults"
        )
        return {
            "initialisation": start,
            **{name: getattr(self, name) for name in names},
            "short_first": "; ".join(
                f"{clauses} of {CLAUSES} clauses before step {step}" for clauses, step in self.short_first
            ),
            "rhymes": " ".join(GROUPS.values()),
        }

    def read(self, given: Path | None = None) -> Poems:
        """The poems to train on, and those that are held out."""
        return Poems.of(read_text(find_data(self.data, given)).splitlines(), share=self.held_out_share)

    def start(self, cell: CellName, data: Poems, *, seed: int, steps: int | None = None) -> "PoemRun":
        """A run on poems; each of their parts must have poems of both forms (DataError)."""
        plan = self.checked_plan(cell, seed, steps)
        for name, poems in (("training", data.quatrains), ("longer", data.stanzas), ("held-out", data.held_out)):
            if {verse_of(poem) for poem in poems} != set(FORMS):
                raise DataError(
                    f"there are {len(poems)} {name} poems: {self.task} needs some with clauses of 5 characters and "
                    "some with clauses of 7, one poem on each line."
                )
        config = ModelConfig(cell, self.hidden_size, self.embedding_size, self.num_layers)
        model = SequenceModel(config, self._tokenizer(data), seed=seed)
        if cell in KEEPING_GATES:
            set_gate_bias(model.recurrent, KEEPING_GATES[cell], self.keeping_bias)
        run = PoemRun(self, plan, seed, model, data)
        run.begin_from_counts()
        return run

    def _tokenizer(self, poems: Poems) -> CharacterTokenizer:
        """The tokenizer of the start marks, the end, and the commonest characters."""
        characters, counts = np.unique(list("".join(poems.quatrains + poems.stanzas)), return_counts=True)
        own = (END, *map(start_mark, FORMS), *RHYMES)
        ordered = characters[np.argsort(-counts, kind="stable")]
        common = ordered[~np.isin(ordered, own)][: self.vocabulary_size - len(own)]
        return CharacterTokenizer((*own, *sorted(common.tolist())))

    def measure(self, model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:  # noqa: ARG002
        """Perplexity of the poems, each from its first character to its end, after the open start mark."""
        return float(np.exp(poem_losses(model, texts).mean()))


class PoemRun(TrainingRun):
    """One training on one collection of poems."""

    recipe: PoemRecipe

    def __init__(self, recipe: PoemRecipe, plan: TrainPlan, seed: int, model: SequenceModel, poems: Poems) -> None:
        super().__init__(recipe, plan, seed, model)
        self.poems = poems
        both = (("quatrain", poems.quatrains), ("stanza", poems.stanzas))
        self.rows: dict[tuple[str, Form], Tensor] = {
            (kind, form): _rows(model, [poem for poem in kept if verse_of(poem) == form], _told(form))
            for kind, kept in both
            for form in FORMS
        }
        """(poems, time): form, rhyme or the open mark, poem and end."""

    def begin_from_counts(self) -> None:
        """Start with close embeddings for characters that have similar neighbours, and with each character's frequency.

        After 900 steps from this start, the LSTM had a perplexity of 114 on other held-out quatrains; from PyTorch's
        own start it had 266.
        """
        model = self.model
        assert model.embedding is not None  # noqa: S101  # by the recipe's config
        recipe, symbols = self.recipe, len(model.tokenizer)
        near = {1: 1.0, 2: 0.5, 3: 0.5, 4: 0.5}
        texts: list[tuple[Tensor, dict[int, float]]] = []
        ends: list[tuple[Tensor, dict[int, float]]] = []
        for (_, form), rows in self.rows.items():
            poems, couplet = rows[:, 2:], 2 * (form + 1)
            texts.append((poems, {**near, form + 1: 1.0}))  # the last: the same place of the next clause
            ends.append((poems[:, couplet - 2 :: couplet], {1: 1.0}))
        generator = torch.Generator().manual_seed(self.seed)
        sizes = ((texts, model.config.embedding_size - recipe.rhyme_size), (ends, recipe.rhyme_size))
        start = torch.cat([cooccurrence_embedding(of, symbols, size, generator) for of, size in sizes], dim=1)
        seen = torch.cat([rows[:, 2:].flatten() for rows in self.rows.values()])
        counts = torch.bincount(seen, minlength=len(model.tokenizer))[: len(model.outputs)] + 1.0
        with torch.no_grad():
            model.embedding.weight.copy_(start * self.recipe.embedding_scale)
            model.head.weight[:, : start.shape[1]] = start[: len(model.outputs)] * self.recipe.head_scale
            model.head.bias.copy_((counts / counts.sum()).log())

    def batches(self, generator: torch.Generator) -> Iterator[Batch]:
        """Endless batches of whole poems of one form; each form is as frequent as among the quatrains."""
        pools = {key: _endless(rows, generator) for key, rows in self.rows.items()}
        sevens = sum(verse_of(poem) == 7 for poem in self.poems.quatrains) / len(self.poems.quatrains)
        for step in count():
            form: Form = 7 if torch.rand((), generator=generator) < sevens else 5
            kinds = torch.rand(self.plan.batch_size, generator=generator) < self.recipe.quatrain_share
            rows = [next(pools["quatrain" if quatrain else "stanza", form]) for quatrain in kinds.tolist()]
            clauses = next((few for few, until in self.recipe.short_first if step < until), CLAUSES)
            yield self._batch(shortened(torch.stack(rows), clauses, form), generator)

    def _batch(self, rows: Tensor, generator: torch.Generator) -> Batch:
        """Inputs and targets of poems between a start mark, or none, and the end, (batch, time)."""
        recipe, (opened, unknown) = self.recipe, (self.model.encode(START)[0], self.model.tokenizer.unknown)
        texts = []
        for row, drawn in zip(rows, torch.rand(len(rows), generator=generator).tolist(), strict=True):
            if drawn < recipe.unmarked_share:
                texts.append(row[2:])
            elif drawn < recipe.unmarked_share + recipe.open_share or row[1] == opened:
                texts.append(torch.cat((row.new_tensor([opened]), row[2:])))
            else:
                texts.append(row)
        padded = pad_sequence(texts, batch_first=True, padding_value=IGNORED)
        inputs, targets = padded[:, :-1], padded[:, 1:]
        ends = targets[:, 1:] == self.model.encode(MARKS[-1])[0]  # of couplets: their mark comes next
        weights = torch.ones(targets.shape)
        weights[:, :-1][ends] = recipe.rhyme_weight
        targets = targets.masked_fill(targets == unknown, IGNORED)
        return Batch(inputs.clamp(min=0), targets, weights=weights)

    def score(self) -> float:
        """Perplexity of the held-out quatrains."""
        return self.recipe.measure(self.model, self.poems.held_out, ())

    def figures(self) -> Figures:
        """Of the model and of n-grams on the held-out quatrains, with and without marks; and of sampled poems."""
        model, held_out = self.model, self.poems.held_out
        on = f"{len(held_out)} held-out quatrains, marks and ends included"
        losses, grams = poem_losses(model, held_out), self._ngrams()
        plain = _is_plain(model, held_out)
        details = {
            "perplexity of the characters alone, without marks and ends": np.exp(losses[plain].mean()),
            **{
                f"{order}-gram, perplexity of the characters alone": np.exp(gram[plain].mean())
                for order, gram in grams.items()
            },
            f"well formed of {SAMPLES} quatrains sampled at temperature {TEMPERATURE}": well_formed_share(
                model, SAMPLES, temperature=TEMPERATURE, seed=self.seed
            ),
            **{name: share for form in FORMS for name, share in self._told(form).items()},
        }
        quoted = held_out[:: max(1, len(held_out) // QUOTED)][:QUOTED]
        return Figures(
            metric=Score("character model", UNIT, float(np.exp(losses.mean())), on),
            baselines=tuple(
                Score(f"interpolated {order}-gram (Witten-Bell)", UNIT, float(np.exp(gram.mean())), on)
                for order, gram in grams.items()
            ),
            sample=Sample(quoted, (), self.recipe.measure(model, quoted, ())),
            details={name: float(value) for name, value in details.items()},
        )

    def _told(self, form: Form) -> dict[str, float]:
        """How the model keeps form and rhyme when it is asked for a form, and how often it repeats a character."""
        texts = sampled_quatrains(self.model, SAMPLES, temperature=TEMPERATURE, seed=self.seed, form=form)
        whole = [(rhyme, poem) for rhyme, poem in texts if is_well_formed(poem, form)]
        written = [poem for _, poem in whole]
        real = [poem for poem in self.poems.held_out if verse_of(poem) == form]
        of = f"{form} a clause"
        return {
            f"the same, asked for {of}": len(whole) / SAMPLES,
            f"of these in the rhyme that it names before, {of}": sum(r == rhyme_of(poem) for r, poem in whole)
            / max(1, len(whole)),
            f"of these in some rhyme, {of}": _share(written, rhymes),
            f"real ones in some rhyme, {of}": _share(real, rhymes),
            f"of these with two or more repeated characters, {of}": _share(written, repeats_much),
            f"real ones with two or more repeated characters, {of}": _share(real, repeats_much),
        }

    def _ngrams(self) -> dict[int, np.ndarray]:
        """Order -> -log P (nats) of each known character of the held-out quatrains, as `poem_losses` gives the model's.

        To both, an unknown character is one more symbol of the contexts, which never has to be predicted.
        """
        model, size = self.model, len(self.model.tokenizer)
        training = model.encode(START + END.join((*self.poems.quatrains, *self.poems.stanzas, "")))
        result = {}
        for order in self.recipe.ngram_orders:
            gram = NGram.fit(training, size, order)
            rows = [
                (ids, gram.probabilities(ids)) for ids in (model.encode(START + p + END) for p in self.poems.held_out)
            ]
            result[order] = -np.log(np.concatenate([p[1:][np.array(ids[1:]) < size - 1] for ids, p in rows]))
        return result


def poem_losses(model: SequenceModel, poems: Sequence[str]) -> np.ndarray:
    """-log p (nats) of each known character of each poem and of its end, after the open start mark."""
    lengths = [len(poem) for poem in poems]
    losses: list[np.ndarray] = [np.empty(0)] * len(poems)
    for length in sorted(set(lengths)):
        places = [place for place, own in enumerate(lengths) if own == length]
        rows = _rows(model, [poems[place] for place in places]).to(model.head.weight.device)  # (batch, time)
        with torch.no_grad():
            scores, _ = model(rows[:, :-1])
        targets = rows[:, 1:].masked_fill(rows[:, 1:] == model.tokenizer.unknown, IGNORED)
        found = functional.cross_entropy(scores.flatten(0, 1), targets.flatten(), reduction="none").view(targets.shape)
        for place, loss, target in zip(places, found.cpu().numpy(), targets.cpu().numpy(), strict=True):
            losses[place] = loss[target != IGNORED]
    return np.concatenate(losses).astype(np.float64)


def rhymes(poem: str) -> bool:
    """Whether a quatrain rhymes in the level tone."""
    return rhyme_of(poem) is not None


def repeats_much(poem: str) -> bool:
    """Whether two characters of a poem or more stand in it before."""
    return repeats(poem) > 1


def _share(poems: Sequence[str], holds: Callable[[str], bool]) -> float:
    """Share of the poems of which it holds, 0 .. 1; 0 of none."""
    return sum(map(holds, poems)) / max(1, len(poems))


def _is_plain(model: SequenceModel, poems: Sequence[str]) -> np.ndarray:
    """For each number of `poem_losses`, whether its character is neither a mark nor the end."""
    known = set(model.outputs)
    return np.array([c.isalpha() for poem in poems for c in poem + END if c in known])


def _told(form: Form) -> Callable[[str], str]:
    """What says before a poem which form and rhyme it has; the open mark stands for no rhyme."""
    return lambda poem: start_mark(form) + (rhyme_of(poem) or START)


def _rows(model: SequenceModel, poems: Sequence[str], start: Callable[[str], str] = lambda _: START) -> Tensor:
    """The ids of poems of one length with their start and their end, (batch, time)."""
    return torch.tensor([model.encode(start(poem) + poem + END) for poem in poems])


def shortened(rows: Tensor, clauses: int, form: Form) -> Tensor:
    """Rows of poems between a start of two ids and an end, with the last few of their four clauses alone."""
    return torch.cat((rows[:, :2], rows[:, -1 - clauses * (form + 1) :]), dim=1)


def _endless(rows: Tensor, generator: torch.Generator) -> Iterator[Tensor]:
    """The rows in random order, again and again, each time in a new order."""
    while True:
        yield from rows[torch.randperm(len(rows), generator=generator)]


_LIMITS = Bilingual(
    "Characters beyond the 3,200 commonest are unknown to it, as are other scripts and modern words; nobody taught it "
    "tones, and the four clauses share a mood rather than a thought. Left to itself it repeats characters more often "
    "than poets do; where it writes in the app, a character comes again only at once. The card has the figures.",
    "最常用的约 3200 字以外的字、其他文字和现代词语它都不认识；没有人教它平仄；四句之间有意境相近之处，却少有连贯的意"
    "思。任它自己写，重复的字比诗人的多；在应用里写诗时，一个字只能紧接着重复，如“夜夜”。数字见卡片。",
)

RECIPE = PoemRecipe(
    task="tang",
    data=DataSource(
        file="tang_poems.txt.gz",
        name="Complete Tang Poems, in simplified characters, a poem a line",
        author="poets of the Tang dynasty; edition (c) 2016 JackeyGao",
        licence="poems in the public domain, edition MIT",
        source="https://github.com/chinese-poetry/chinese-poetry",
    ),
    held_out_share=20,
    vocabulary_size=3200,
    embedding_size=96,
    hidden_size=224,
    num_layers=2,
    quatrain_share=0.4,
    unmarked_share=0.2,
    open_share=0.15,
    rhyme_size=24,
    head_scale=0.15,
    embedding_scale=0.3,
    keeping_bias=1.0,
    short_first=((1, 300), (2, 600)),
    rhyme_weight=2.5,
    ngram_orders=(3, 2),
    plan=TrainPlan(
        steps=5000,
        batch_size=32,
        learning_rate=1e-2,
        warmup=100,
        dropout_in=0.1,
        dropout_out=0.2,
        clip=1.0,
        unknown_share=0.003,
        evaluations=10,
        precision="bfloat16",
    ),
    good_for=Bilingual(
        "Watching a network count to five or seven and place the marks, in two layers; and keep a rhyme, which it "
        "names before it begins, until the ends of the second and the fourth clause. Going on with a first line, and "
        "acrostics.",
        "观察网络怎样数到五或七、怎样安放标点，以及上下两层的分工；观察它怎样记住动笔之前报出的韵，直到第二句和第四句的末"
        "尾。可以续写首句，写藏头诗。",
    ),
    fails_at={
        "rnn": Bilingual(
            "It does not keep the rhyme that it names, loses count more often than the other two, and guesses the next "
            f"character no better than a trigram. {_LIMITS.en}",
            f"它记不住自己报出的韵，比另外两种更容易数错字数，对下一个字的猜测也不比三元语法好。{_LIMITS.zh}",
        ),
        "lstm": _LIMITS,
        "gru": _LIMITS,
    },
)
