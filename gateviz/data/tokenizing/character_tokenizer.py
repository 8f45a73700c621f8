"""Characters and their ids: one token per Unicode code point, nothing dropped. Costs nothing to import (no torch).

    vocabulary = CharacterTokenizer.of("the time machine")
    vocabulary.encode("them")      # (11, 4, 3, 8)
    vocabulary.tokenize("e☃")      # (Token('e', 3, known=True), Token('☃', 10, known=False))

A character that the vocabulary lacks keeps its place and its spelling and gets the one id `unknown`, which stands after
all others: ids below it are also the columns of a model's output, which has no column for the unknown.
"""

from dataclasses import dataclass, field
from typing import ClassVar

from gateviz.data.tokenizing.tokens import Token, TokenKind
from gateviz.data.tokenizing.typed_text import check_text


@dataclass(frozen=True, slots=True)
class CharacterTokenizer:
    """Distinct characters; the id of each is its position."""

    kind: ClassVar[TokenKind] = "characters"

    characters: tuple[str, ...]
    _ids: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the characters.

        Raises:
            ValueError: an entry is not one code point, or occurs twice, or there is none.
        """
        ids = {character: i for i, character in enumerate(self.characters)}
        if not ids or len(ids) != len(self.characters) or any(len(c) != 1 for c in self.characters):
            raise ValueError(f"a vocabulary needs distinct single characters, got {self.characters!r}")
        object.__setattr__(self, "_ids", ids)

    @classmethod
    def of(cls, text: str) -> "CharacterTokenizer":
        """The characters of `text`, in the order of their code points."""
        return cls(tuple(sorted(set(text))))

    @property
    def entries(self) -> tuple[str, ...]:
        """The characters."""
        return self.characters

    def __len__(self) -> int:
        """How many ids there are, the unknown's included."""
        return len(self.characters) + 1

    @property
    def unknown(self) -> int:
        """The id of every character that the vocabulary lacks."""
        return len(self.characters)

    def encode(self, text: str) -> tuple[int, ...]:
        """One id for each code point of `text`."""
        return tuple(self._ids.get(character, self.unknown) for character in check_text(text))

    def tokenize(self, text: str) -> tuple[Token, ...]:
        """One token for each code point of `text`, so that the texts joined give `text` back."""
        ids = self.encode(text)
        return tuple(Token(character, i, i != self.unknown) for character, i in zip(text, ids, strict=True))
