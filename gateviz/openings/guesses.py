"""The next token: where a cell is surprised most, and the longest stretch that it knows by heart."""

from itertools import groupby

import numpy as np

from gateviz.openings.sight import Seen, Sight, chance, compose, number, visible
from gateviz.results.answers import Expectation
from gateviz.results.opening import Part
from gateviz.results.trace import Array, CellName

KNOWN = 0.1
"""Bits: a token that surprises less was known."""
STRETCH = 3
"""So many known tokens are a stretch."""


def seen(sight: Sight) -> Seen:
    """The greatest surprise, and what surprises least; without surprises, the guess at the end."""
    cell = sight.first
    found = sight.of_kind(Expectation)[cell]
    surprise = found.surprise
    if not np.isfinite(surprise).any():
        last = sight.last
        parts = compose(
            sight.say("opening.guesses"),
            token=sight.token(last), cell=sight.name(cell), guess=_guess(found, last),
            chance=chance(float(found.probabilities[last, 0])),
        )  # fmt: skip
        return Seen(last, None, parts)
    step = int(np.nanargmax(surprise))
    is_right = found.guesses[step][0] == found.came[step]
    parts = compose(
        sight.say("opening.surprised_though_right" if is_right else "opening.surprised"),
        read=_read(sight, step), cell=sight.name(cell), guess=_guess(found, step),
        chance=chance(float(found.probabilities[step, 0])), came=sight.token(step + 1),
        bits=number(float(surprise[step]), 1),
    )  # fmt: skip
    return Seen(step, None, [*parts, *_known(sight, cell, surprise, besides=step)])


def _guess(found: Expectation, step: int) -> Part:
    return Part(visible(found.guesses[step][0]))


def _read(sight: Sight, step: int) -> Part:
    """The token at a step; of a word that is read by letters, all of it that has been read, also at the space after."""
    tokens = [token.text for token in sight.tokens]
    first = step
    while first > 0 and _is_letter(tokens[first - 1]) and (_is_letter(tokens[first]) or tokens[first] == " "):
        first -= 1
    return sight.words(first, step, at=step)


def _is_letter(token: str) -> bool:
    return len(token) == 1 and token.isascii() and token.isalnum()


def _known(sight: Sight, cell: CellName, surprise: Array, *, besides: int) -> list[Part]:
    """The longest stretch of tokens that were known; else the token that surprised least."""
    known = np.nan_to_num(surprise, nan=np.inf) < KNOWN
    runs = [[step for step, _ in run] for is_known, run in groupby(enumerate(known), lambda at: at[1]) if is_known]
    longest = max(runs, key=len, default=[])
    if len(longest) >= STRETCH:
        first, last = longest[0] + 1, longest[-1] + 1  # what came
        count, pieces = sight.pieces(len(longest))
        return compose(
            sight.say("opening.known_stretch"),
            stretch=sight.words(first, last, at=first), count=count, pieces=pieces,
            bits=number(float(surprise[longest].sum()), 2), cell=sight.name(cell),
        )  # fmt: skip
    least = int(np.nanargmin(surprise))
    if least == besides:
        return []
    return compose(
        sight.say("opening.least_surprised"),
        token=sight.token(least + 1), read=sight.token(least), bits=number(float(surprise[least]), 2),
    )  # fmt: skip
