"""Pairs of sentences that differ in one verb's number, and a split in which the held-out ones are truly new. No torch.

    pairs = read_pairs(text)                          # construction, case, good and bad sentence
    training, held_out = split(pairs)

The sentences of Marvin and Linzen (2018) come from templates: to hold out single sentences would leave almost the same
ones in. So whole frames are held out, one in ten: a frame is a sentence with each of its words in either number ("the
author that the guards like laughs", "the authors that the guard likes laugh", ...). One pair of a noun and a verb in
twenty is held out too, and never stands in a training sentence. A checksum chooses, so the split is the same anywhere.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gateviz.data.corpora import grammar
from gateviz.data.corpora.lexicon import PEOPLE, THINGS
from gateviz.errors import DataError

_HEADER = "construction\tcase\tgood\tbad"
_FRAMES, _COMBINATIONS = 10, 20

_BE = ("is", "are", "was", "were", "isn't", "aren't", "wasn't", "weren't")
_BASES = {grammar.inflected(word): word for word in (*PEOPLE, *THINGS, *grammar.VERBS)}
_BASES |= {word: word for word in (*PEOPLE, *THINGS, *grammar.VERBS)} | dict.fromkeys(_BE, "be")
VERB_FORMS = (*grammar.VERBS, *map(grammar.inflected, grammar.VERBS), "is", "are", "was", "were", "am", "do", "does")
"""The words whose form shows singular or plural."""

_NOUNS = frozenset((*PEOPLE, *THINGS))
_VERBS = frozenset((*grammar.VERBS, "be"))


class HeldOut(StrEnum):
    """Why a sentence is held out."""

    FRAME = "new frame"
    COMBINATION = "new noun and verb"


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, and the same sentence with one verb in the wrong number."""

    construction: str
    """The name of the template, which says what stands between subject and verb."""
    case: str
    """The numbers of its nouns."""
    good: str
    bad: str

    @property
    def held_out(self) -> HeldOut | None:
        """Why the pair is held out; None if it is trained on."""
        return held_out(self.good)


def read_pairs(text: str) -> tuple[Pair, ...]:
    """The pairs of a file: a header, then construction, case, good and bad sentence between tabs.

    Raises:
        DataError: another header, another number of fields, or a pair of sentences that do not differ in one word.
    """
    header, *lines = text.splitlines() or [""]
    if header != _HEADER:
        raise DataError(f"the file of pairs begins with {header[:80]!r}: it should begin with {_HEADER!r}.")
    return tuple(_pair(line, number) for number, line in enumerate(lines, start=2))


def _pair(line: str, number: int) -> Pair:
    fields = line.split("\t")
    if len(fields) == 4:
        good, bad = fields[2].split(), fields[3].split()
        if len(good) == len(bad) and sum(a != b for a, b in zip(good, bad, strict=True)) == 1:
            return Pair(*fields)
    raise DataError(
        f"line {number} of the file of pairs is {line[:80]!r}: give a construction, a case and two sentences that "
        "differ in one word, with tabs between."
    )


def held_out(sentence: str) -> HeldOut | None:
    """Why a sentence may not be trained on; None if it may."""
    bases = [_BASES.get(word, word) for word in sentence.split()]
    verbs = {word for word in bases if word in _VERBS}
    nouns = {word for word in bases if word in _NOUNS}
    if any(_chosen(f"{noun} {verb}", _COMBINATIONS) for noun in nouns for verb in verbs):
        return HeldOut.COMBINATION
    return HeldOut.FRAME if _chosen(" ".join(bases), _FRAMES) else None


def split(pairs: Iterable[Pair]) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """The pairs to train on and those held out, both in the order of the file."""
    both = tuple(pairs)
    return tuple(p for p in both if p.held_out is None), tuple(p for p in both if p.held_out is not None)


def _chosen(key: str, share: int) -> bool:
    """Whether the key belongs to the one in `share` that a checksum chooses."""
    return zlib.crc32(key.encode()) % share == 0
