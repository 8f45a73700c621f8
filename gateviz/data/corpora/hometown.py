"""Texts in which somebody says where they grew up, and what they speak: made by seed, filled up with passages.

    maker = HometownTexts(ENGLISH, passages)
    maker.of_kind(np.random.default_rng(0), Kind.IGNORE, words=8)
    # Hometown("I grew up in Japan. of the fire We once travelled to Italy. and his usually pale I speak fluent",
    #          "Japanese", Kind.IGNORE)

A text states a fact; a passage of any length follows; the text ends with a question, which the language answers. A
decoy names another country or language and changes nothing. A correction states another fact, and only that one
counts. No torch.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gateviz.data.corpora.hometown_wordings import Wordings
from gateviz.data.corpora.passages import Passages

DECOYS, CORRECTIONS, OPENINGS = 0.5, 0.2, 0.2
"""Shares of the texts to train on that have a decoy, a correction, a passage before the fact."""

OPENING = 8
"""The most words of that passage."""

PLAIN = 0.5
"""Share of the facts and questions that are in the first wording whatever the others."""


class Kind(StrEnum):
    """What a memory has to do to answer a text."""

    HOLD = "hold"
    """Keep the fact."""
    IGNORE = "ignore"
    """Keep it while a decoy passes."""
    OVERWRITE = "overwrite"
    """Give it up for the correction."""


@dataclass(frozen=True, slots=True)
class Hometown:
    """A text and the language that is right at its end."""

    text: str
    language: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Story:
    """A text with all three kinds in it, in its parts: what each gate does is measured on it."""

    fact: str
    first: str
    """A passage."""
    decoy: str
    second: str
    """Another passage."""
    correction: str
    last: str
    """A third passage, and the question."""

    @property
    def parts(self) -> tuple[str, ...]:
        """In the order in which they are read; joined they are the text."""
        return (self.fact, self.first, self.decoy, self.second, self.correction, self.last)


@dataclass(frozen=True, slots=True)
class HometownTexts:
    """Draws texts in one language."""

    wordings: Wordings
    passages: Passages

    def draw(self, generator: np.random.Generator, words: int) -> Hometown:
        """A text to train on, with so many words (in Chinese characters) of passages after the fact that counts.

        Before the fact there may be a few, before a correction as many again, and any part may hold a decoy.
        """
        decoy, correction, opening = generator.random(3) < (DECOYS, CORRECTIONS, OPENINGS)
        first, before = (int(generator.integers(0, most + 1)) for most in (OPENING, words))
        parts = [first if opening else 0, *([before] if correction else []), words]
        place = int(generator.integers(0, len(parts))) if decoy else None
        return self._compose(generator, parts, place)

    def of_kind(self, generator: np.random.Generator, kind: Kind, words: int) -> Hometown:
        """A text to measure on: nothing before the fact, and a question at the end.

        Args:
            generator: what everything is drawn from.
            kind: with a decoy after the fact, with a correction half as many words after it, or with neither.
            words: of passages between the fact that counts and the question.
        """
        parts = [0, *([words // 2] if kind is Kind.OVERWRITE else []), words]
        return self._compose(generator, parts, 1 if kind is Kind.IGNORE else None)

    def untrained(self, generator: np.random.Generator, name: str, words: int) -> list[Hometown]:
        """A text of `wordings.untrained` for each country, with a passage of so many words."""
        kind = Kind.OVERWRITE if "correction" in name else Kind.IGNORE if "decoy" in name else Kind.HOLD
        found = []
        for country, language in self.wordings.languages.items():
            rest = [other for other in self.wordings.languages if other != country]
            other, third = (rest[index] for index in generator.permutation(len(rest))[:2])
            passage = self.passages.draw(generator, words) + self.wordings.marks[0]
            template = self.wordings.untrained[name]
            text = template.format(right=country, other=other, third=third, passage=passage)
            found.append(Hometown(text, language, kind))
        return found

    def story(self, generator: np.random.Generator, words: int) -> Story:
        """Fact, decoy, correction and question in their plain wordings, with so many words of passage after each."""
        wordings, space, stop = self.wordings, self.wordings.space, self.wordings.marks[0]
        chosen = generator.permutation(len(wordings.languages))
        countries = [tuple(wordings.languages)[index] for index in chosen[:3]]
        plain = (wordings.facts[0], wordings.decoys[0], wordings.corrections[0])
        fact, decoy, correction = (said.format(name) + stop for said, name in zip(plain, countries, strict=True))
        first, second, third = (space + self.passages.draw(generator, words) + stop for _ in range(3))
        return Story(fact, first, space + decoy, second, space + correction, third + space + wordings.questions[0])

    def _compose(self, generator: np.random.Generator, parts: list[int], decoy: int | None) -> Hometown:
        """A passage of each length in `parts`, a fact after the first one, a correction after the second of three."""
        chosen = generator.permutation(len(self.wordings.languages))
        countries = [tuple(self.wordings.languages)[index] for index in chosen[:3]]
        statements = [self._one(generator, self.wordings.facts, plain=True)]
        if len(parts) == 3:
            statements.append(self._one(generator, self.wordings.corrections))
        said = []
        for index, length in enumerate(parts):
            if index:
                said.append(self._sentence(generator, statements[index - 1], countries[index]))
            said += self._passage(generator, length, countries[0] if index == decoy else None)
        said.append(self._one(generator, self.wordings.questions, plain=True))
        kind = Kind.OVERWRITE if len(parts) == 3 else Kind.HOLD if decoy is None else Kind.IGNORE
        text = self.wordings.space.join(filter(None, said))
        return Hometown(text, self.wordings.languages[countries[len(parts) - 1]], kind)

    def _passage(self, generator: np.random.Generator, length: int, decoy: str | None) -> list[str]:
        """A passage, as it stands in the book or as a sentence, with a decoy of that country somewhere in it."""
        if decoy is None:
            return [self._ended(generator, self.passages.draw(generator, length))]
        before = int(generator.integers(0, length + 1))
        sentence = self._sentence(generator, self._one(generator, self.wordings.decoys), decoy)
        halves = [self._ended(generator, self.passages.draw(generator, size)) for size in (before, length - before)]
        return [halves[0], sentence, halves[1]]

    def _ended(self, generator: np.random.Generator, passage: str) -> str:
        """Every other passage ends with a full stop, if it has no mark there."""
        bare = passage != "" and passage[-1].isalnum() and generator.random() < 0.5
        return passage + self.wordings.marks[0] if bare else passage

    def _sentence(self, generator: np.random.Generator, wording: str, country: str) -> str:
        return wording.format(country, language=self.wordings.languages[country]) + self._one(
            generator, self.wordings.marks
        )

    def _one(self, generator: np.random.Generator, of: tuple[str, ...], *, plain: bool = False) -> str:
        if plain and generator.random() < PLAIN:
            return of[0]
        return of[int(generator.integers(0, len(of)))]
