"""Passages of any length from a text: what stands between two sentences that matter. No torch."""

import re
from dataclasses import dataclass

import numpy as np

_QUOTE = re.compile(r"(?<!\w)'|'(?!\w)")


@dataclass(frozen=True, slots=True)
class Passages:
    """The pieces of a text, words or characters, in their order.

    `Passages.of_words("The fire burned brightly, and the soft radiance").draw(generator, 3)` is one of six, such as
    "burned brightly, and".
    """

    pieces: tuple[str, ...]
    space: str
    """What stands between two pieces."""

    @classmethod
    def of_words(cls, text: str) -> "Passages":
        """Words with the marks at them; the text once as it is and once with 'these quotes' as "those"."""
        return cls(tuple(text.split() + _QUOTE.sub('"', text).split()), " ")

    @classmethod
    def of_characters(cls, text: str) -> "Passages":
        """Characters; what stands between two lines becomes a comma where the first has no mark at its end."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return cls(tuple("".join(line + "，" * line[-1].isalnum() for line in lines)), "")

    def draw(self, generator: np.random.Generator, length: int) -> str:
        """So many pieces from a random place on.

        Args:
            generator: what the place is drawn from.
            length: from 0 to the number of pieces.
        """
        start = int(generator.integers(0, len(self.pieces) - length + 1))
        return self.space.join(self.pieces[start : start + length])
