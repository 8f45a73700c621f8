"""An interpolated character n-gram: the baseline that a recurrent model has to beat.

    ngram = NGram.fit(training_ids, symbols=69, order=5)
    ngram.bits(held_out_ids)       # mean bits per symbol

Witten and Bell's interpolation (1991), from the shortest context h to the longest:

    P(w | h) = (count(h w) + kinds(h) P(w | h')) / (count(h) + kinds(h))

where kinds(h) is how many different symbols followed h, and h' is h without its oldest symbol; the empty context is
interpolated with 1 / symbols. All of it follows from the training part: there is nothing to tune. Counting and scoring
sort n-grams that are coded as integers, so 3 million characters at order 7 take seconds; (symbols + 1) ** order must
stay under 2 ** 63.

The id `symbols` is the unknown, as in a CharacterTokenizer. It may occur in the text that is scored: a context with an
unknown symbol counts as unseen, and the unknown is never predicted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gateviz.errors import InputError

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each n-gram of one length and each context occurred in the training part, sorted by code."""

    grams: Ids
    gram_counts: Ids
    contexts: Ids
    context_counts: Ids
    context_kinds: Ids
    """How many different symbols followed the context."""

    @classmethod
    def of(cls, ids: Ids, base: int, length: int) -> "Counts":
        """Count the n-grams of `length` symbols in `ids`, which lie in 0 .. base - 1."""
        grams, gram_counts = np.unique(_codes(ids, base, length), return_counts=True)
        contexts, first, kinds = np.unique(grams // base, return_index=True, return_counts=True)
        return cls(grams, gram_counts, contexts, np.add.reduceat(gram_counts, first), kinds)


@dataclass(frozen=True, slots=True)
class NGram:
    """P(symbol | the `order` - 1 symbols before it), interpolated down to the uniform distribution."""

    symbols: int
    counts: tuple[Counts, ...]
    """One for each length from 1 to the order."""

    @classmethod
    def fit(cls, ids: Sequence[int], symbols: int, order: int) -> "NGram":
        """Count the training ids, each in 0 .. symbols - 1.

        Raises:
            InputError: fewer ids than the order, an id out of range, or (symbols + 1) ** order beyond 63 bits.
        """
        array = np.asarray(ids, dtype=np.int64)
        if not 1 <= order <= len(array) or (symbols + 1) ** order >= 2**63:
            raise InputError(f"the order is {order}: it must suit {len(array)} ids of {symbols} symbols.")
        if array.min() < 0 or array.max() >= symbols:
            raise InputError(f"the ids are {array.min()} to {array.max()}: they must lie in 0 to {symbols - 1}.")
        return cls(symbols, tuple(Counts.of(array, symbols + 1, length) for length in range(1, order + 1)))

    @property
    def order(self) -> int:
        """The length of the longest n-gram, including the predicted symbol."""
        return len(self.counts)

    def probabilities(self, ids: Sequence[int]) -> NDArray[np.float64]:
        """P(ids[t] | ids before t), (time,); the first ones have shorter contexts, and an unknown symbol has NaN."""
        base = self.symbols + 1
        array = np.asarray(ids, dtype=np.int64)
        probability = np.full(len(array), 1.0 / self.symbols)
        for length, counts in enumerate(self.counts[: len(array)], start=1):
            codes = _codes(array, base, length)
            reached = probability[length - 1 :]  # (time - length + 1,)
            kinds = _look_up(codes // base, counts.contexts, counts.context_kinds)
            total = _look_up(codes // base, counts.contexts, counts.context_counts)
            seen = _look_up(codes, counts.grams, counts.gram_counts)
            known = total > 0  # after an unseen context the probability stays that of the shorter one
            reached[known] = (seen + kinds * reached)[known] / (total + kinds)[known]
        probability[array >= self.symbols] = np.nan
        return probability

    def bits(self, ids: Sequence[int]) -> float:
        """Mean bits per known symbol of ids[1:], each given the symbols before it, as a recurrent model is scored."""
        return float(-np.nanmean(np.log2(self.probabilities(ids)[1:])))


def _codes(ids: Ids, base: int, length: int) -> Ids:
    """Each `length` neighbouring ids as one integer, oldest symbol first, (time - length + 1,)."""
    codes = np.zeros(len(ids) - length + 1, dtype=np.int64)
    for offset in range(length):
        codes = codes * base + ids[offset : offset + len(codes)]
    return codes


def _look_up(codes: Ids, keys: Ids, values: Ids) -> Ids:
    """The value of each code; 0 if it is not among the sorted keys."""
    at = np.minimum(np.searchsorted(keys, codes), len(keys) - 1)
    return np.where(keys[at] == codes, values[at], 0)
