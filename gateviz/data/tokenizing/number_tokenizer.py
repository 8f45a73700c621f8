"""NumberTokenizer: numbers with spaces between them, such as "0.53 0.21* 0.94 0.07*"; a star marks a number.

    numbers = NumberTokenizer(MARKED)
    numbers.encode("0.53 0.21*")        # ((0.53, 0.0), (0.21, 1.0))
    numbers.tokenize("0.53 0.21*")      # (Token('0.53 ', 0, known=True), Token('0.21*', 0, known=True))
    numbers.text([[0.53, 0.0], [0.21, 1.0]])        # "0.53 0.21*"

A word that is no number is refused by name, because leaving it out would shift the others. It needs no torch.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from gateviz.data.tokenizing.tokens import Token, TokenKind
from gateviz.data.tokenizing.typed_text import check_text
from gateviz.errors import InputError, TextError, as_given

PLAIN = ("number",)
MARKED = ("number", "mark")

LARGEST = 1e9
"""The largest number that may be typed: float32 keeps its digits, and its square is still finite."""

_WORD = re.compile(r"\s*\S+\s*")
_NUMBER = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)(\*?)")
_SHOWN_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class NumberTokenizer:
    """Reads numbers, with or without marks."""

    entries: tuple[str, ...]
    """The names of each number's features: ("number",), or ("number", "mark") if a star after a number has a meaning.
    If it has none, a star is refused."""

    kind: ClassVar[TokenKind] = "numbers"

    def __post_init__(self) -> None:
        """Refuse other features.

        Raises:
            InputError: the entries are neither of the two.
        """
        if self.entries not in (PLAIN, MARKED):
            raise InputError(f"the entries are {as_given(self.entries)}: give {PLAIN} or {MARKED}.")

    def __len__(self) -> int:
        """How many features a model reads at a step."""
        return len(self.entries)

    @property
    def marks(self) -> bool:
        """Whether a star after a number has a meaning."""
        return self.entries == MARKED

    @property
    def example(self) -> str:
        """A text that it reads."""
        return "0.53 0.21* 0.94 0.07*" if self.marks else "58.0 62.6 70.0"

    @property
    def unknown(self) -> int:
        """An id that no number has: what is no number is refused, never read as unknown."""
        return len(self)

    def tokenize(self, text: str) -> tuple[Token, ...]:
        """One token for each number, with the spaces after it; the first token also has those before it.

        The texts of the tokens joined give `text` back.

        Raises:
            TextError: a word that is not a number, or no number at all.
        """
        words = _WORD.findall(check_text(text))
        self._read(words)
        return tuple(Token(word, 0, known=True) for word in words)

    def encode(self, text: str) -> tuple[tuple[float, ...], ...]:
        """The features of each number, (time, features): its value, and 1.0 if it is marked, else 0.0.

        Raises:
            TextError: a word that is not a number, or no number at all.
        """
        read = self._read(_WORD.findall(check_text(text)))
        return tuple((value, float(marked))[: len(self)] for value, marked in read)

    def text(self, numbers: Iterable[Sequence[float]], decimals: int = 2) -> str:
        """What a person would type for these features, (time, features), with that many decimals."""
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
            raise TextError(
                f"word {position}, {shown!r}, is not a number: "
                f"type numbers with spaces between them, as in {self.example}.",
                code="error.not_a_number",
                word=shown,
                position=position,
                example=self.example,
            )
        return value, bool(match[2])
