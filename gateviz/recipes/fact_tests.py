"""What models that keep a fact are measured on: texts of each kind and length, other wordings, and their gates.

    tests = FactTests.drawn(HometownTexts(ENGLISH, held_out_passages), distances=(4, 80), count=60)
    tests.accuracy(model)                # share of the texts of all kinds and distances that are answered right
    tests.details(model, "word")         # {"hold": 1.0, ..., "over 80 words": 0.99, ..., "legibility: ...": 0.87}

The texts are the same for every run: they are drawn by a seed of their own, with passages that training never sees.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gateviz.data.corpora.hometown import Hometown, HometownTexts, Kind, Story
from gateviz.data.corpora.hometown_wordings import Wordings
from gateviz.models.sequence_model import SequenceModel
from gateviz.recipes.legibility import legibility
from gateviz.training.scoring import accuracy

SEED = 20260101

UNTRAINED_ROUNDS, UNTRAINED_WORDS = 5, 20
"""Each text in other words is asked so many times for each country, with passages of so many words."""

STORIES, STORY_WORDS = 24, 12
"""The gates are judged on so many texts, with passages of so many words."""

LEGIBILITY: Mapping[str, str] = {
    "shuts": "keeping gates that shut at a correction",
    "keeps": "keeping gates open over passages and decoy",
    "ignores": "1 less the decoy's change of the state, in the correction's",
    "waits": "input gates shut over passages and decoy",
}
"""What a card calls the shares of `legibility`."""


@dataclass(frozen=True, slots=True)
class FactTests:
    """The texts."""

    wordings: Wordings
    held: Mapping[tuple[Kind, int], Sequence[Hometown]]
    """(kind, words between fact and question) -> texts."""
    untrained: Mapping[str, Sequence[Hometown]]
    """Name -> texts in words that are not trained on."""
    stories: Sequence[Story]

    @classmethod
    def drawn(cls, texts: HometownTexts, distances: Sequence[int], count: int) -> "FactTests":
        """Draw the texts, `count` of each kind at each distance."""
        generator = np.random.default_rng(SEED)
        held = {
            (kind, words): [texts.of_kind(generator, kind, words) for _ in range(count)]
            for kind in Kind
            for words in distances
        }
        untrained = {
            name: [text for _ in range(UNTRAINED_ROUNDS) for text in texts.untrained(generator, name, UNTRAINED_WORDS)]
            for name in texts.wordings.untrained
        }
        return cls(texts.wordings, held, untrained, [texts.story(generator, STORY_WORDS) for _ in range(STORIES)])

    @property
    def texts(self) -> list[Hometown]:
        """Those of all kinds and distances."""
        return [text for group in self.held.values() for text in group]

    def accuracy(self, model: SequenceModel) -> float:
        """Share of `texts` that the model answers right."""
        return _right(model, self.texts)

    def details(self, model: SequenceModel, piece: str) -> dict[str, float]:
        """Accuracy by kind, by distance, by kind at the greatest distance and in other words; then the legibility.

        Args:
            model: of any cell; an RNN has no legibility.
            piece: what a word is called: word or character.
        """
        far = max(words for _, words in self.held)
        groups: dict[str, list[Hometown]] = {}
        for (kind, words), texts in self.held.items():
            groups.setdefault(f"{kind}", []).extend(texts)
            groups.setdefault(f"over {words} {piece}s", []).extend(texts)
            if words == far:
                groups[f"{kind}, over {far} {piece}s"] = list(texts)
        figures = {name: _right(model, groups[name]) for name in sorted(groups, key=_order)}
        figures |= {f"not trained on: {name}": _right(model, texts) for name, texts in self.untrained.items()}
        shares = {} if model.cell == "rnn" else legibility(model, self.stories)
        return figures | {f"legibility: {LEGIBILITY[name]}": share for name, share in shares.items()}

    def countries_named(self) -> dict[str, float]:
        """The accuracy of answering with the first country or language that a text names, and with the last."""
        named = [(languages_named(text.text, self.wordings), text.language) for text in self.texts]
        return {
            "the first country named": sum(names[0] == language for names, language in named) / len(named),
            "the last country named": sum(names[-1] == language for names, language in named) / len(named),
        }


def languages_named(text: str, wordings: Wordings) -> list[str]:
    """The languages of the countries that a text names, and those that it names themselves, in their order."""
    known = {**{name: name for name in wordings.languages.values()}, **wordings.languages}
    longest_first = sorted(known, key=len, reverse=True)  # 西班牙语 before 西班牙
    return [known[name] for name in re.findall("|".join(longest_first), text)]


def _right(model: SequenceModel, texts: Sequence[Hometown]) -> float:
    return accuracy(model, [text.text for text in texts], [text.language for text in texts])


def _order(name: str) -> tuple[int, int]:
    """Kinds, then distances from short to long, then kinds at the greatest distance."""
    words = re.search(r"\d+", name)
    return ("over" in name) + ("," in name), int(words.group()) if words else 0
