"""Numbers as a person types them, separated by blanks: "0.53 0.21* 0.94 0.07*", where a star marks a number.

    numbers = NumberTokenizer(MARKED)
    numbers.encode("0.53 0.21*")        # ((0.53, 0.0), (0.21, 1.0))
    numbers.tokenize("0.53 0.21*")      # (Token('0.53 ', 0, known=True), Token('0.21*', 0, known=True))
    numbers.text([[0.53, 0.0], [0.21, 1.0]])        # "0.53 0.21*"

Costs nothing to import (no torch). A word that is no number is refused, by name: leaving it out would shift the others.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from gateviz.data.tokenizing.tokens import Token, TokenKind
from gateviz.data.tokenizing.typed_text import check_text
from gateviz.errors import TextError

PLAIN = ("number",)
MARKED = ("number", "mark")

LARGEST = 1e9
"""No number typed may be larger: float32 keeps its digits, and squares of it are still finite."""

_WORD = re.compile(r"\s*\S+\s*")
_NUMBER = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)(\*?)")
_SHOWN_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class NumberTokenizer:
    """Reads numbers, with or without marks."""

    entries: tuple[str, ...]
    """What the figures of each number are: ("number",), or ("number", "mark") where a star after one means something;
    where it does not, it is refused."""

    kind: ClassVar[TokenKind] = "numbers"

    def __post_init__(self) -> None:
        """Refuse other figures.

        Raises:
            ValueError: the entries are neither of the two.
        """
        if self.entries not in (PLAIN, MARKED):
            raise ValueError(f"numbers have the entries {PLAIN} or {MARKED}, got {self.entries}")

    def __len__(self) -> int:
        """How many figures a model reads at a step."""
        return len(self.entries)

    @property
    def marks(self) -> bool:
        """Whether a star means something."""
        return self.entries == MARKED

    @property
    def unknown(self) -> int:
        """An id that no number has: a word that is none is refused instead."""
        return len(self)

    def tokenize(self, text: str) -> tuple[Token, ...]:
        """One token a number, with the blanks after it (the first also with those before): joined they give `text`.

        Raises:
            TextError: a word that is not a number, or no number at all.
        """
        words = _WORD.findall(check_text(text))
        self._read(words)
        return tuple(Token(word, 0, known=True) for word in words)

    def encode(self, text: str) -> tuple[tuple[float, ...], ...]:
        """The figures of each number, (time, entries): its value, and 1.0 where it is marked, else 0.0.

        Raises:
            TextError: a word that is not a number, or no number at all.
        """
        read = self._read(_WORD.findall(check_text(text)))
        return tuple((value, float(marked))[: len(self)] for value, marked in read)

    def text(self, numbers: Iterable[Sequence[float]], decimals: int = 2) -> str:
        """What a person would type for these figures, (time, entries), with that many decimals."""
        return " ".join(f"{row[0]:.{decimals}f}" + "*" * (self.marks and row[1] > 0) for row in numbers)

    def _read(self, words: Sequence[str]) -> list[tuple[float, bool]]:
        if not words:
            raise TextError("the text is empty: type at least one number.", code="error.no_number")
        return [self._number(word.strip(), position) for position, word in enumerate(words, start=1)]

    def _number(self, word: str, position: int) -> tuple[float, bool]:
        match = _NUMBER.fullmatch(word)
        value = float(match[1]) if match else math.inf
        if match is None or abs(value) > LARGEST or (match[2] and not self.marks):
            shown = word if len(word) <= _SHOWN_CHARACTERS else word[:_SHOWN_CHARACTERS] + "…"
            example = "0.53 0.21* 0.94 0.07*" if self.marks else "58.0 62.6 70.0"
            raise TextError(
                f"word {position}, {shown!r}, is not a number: type numbers with blanks between them, as in {example}.",
                code="error.not_a_number",
                word=shown,
                position=position,
                example=example,
            )
        return value, bool(match[2])
