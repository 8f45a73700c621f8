"""CharacterTokenizer: one token for each Unicode code point. Nothing is dropped. It needs no torch.

    tokenizer = CharacterTokenizer.of("the time machine")
    tokenizer.encode("them")      # (11, 4, 3, 8)
    tokenizer.tokenize("e☃")      # (Token('e', 3, known=True), Token('☃', 10, known=False))

A character that is no entry keeps its place and its spelling, and gets the id `unknown`, which comes after all others.
The ids below it are also the columns of a model's output, so that output has no column for the unknown.
"""

from dataclasses import dataclass, field
from typing import ClassVar

from gateviz.data.tokenizing.tokens import Token, TokenKind, check_entries
from gateviz.data.tokenizing.typed_text import check_text
from gateviz.errors import InputError, as_given


@dataclass(frozen=True, slots=True)
class CharacterTokenizer:
    """Distinct characters; the id of a character is its position."""

    kind: ClassVar[TokenKind] = "characters"

    characters: tuple[str, ...]
    _ids: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the characters.

        Raises:
            InputError: an entry is not one code point, or occurs twice, or there is none.
        """
        check_entries(self.characters)
        if any(len(character) != 1 for character in self.characters):
            raise InputError(f"the entries are {as_given(self.characters)}: give single characters.")
        object.__setattr__(self, "_ids", {character: i for i, character in enumerate(self.characters)})

    @classmethod
    def of(cls, text: str) -> "CharacterTokenizer":
        """The characters of `text`, in the order of their code points."""
        return cls(tuple(sorted(set(check_text(text)))))

    @property
    def entries(self) -> tuple[str, ...]:
        """The characters."""
        return self.characters

    def __len__(self) -> int:
        """How many ids there are, including the unknown's."""
        return len(self.characters) + 1

    @property
    def unknown(self) -> int:
        """The id of every character that is no entry."""
        return len(self.characters)

    def encode(self, text: str) -> tuple[int, ...]:
        """One id for each code point of `text`."""
        return tuple(self._ids.get(character, self.unknown) for character in check_text(text))

    def tokenize(self, text: str) -> tuple[Token, ...]:
        """One token for each code point of `text`, so that the texts joined give `text` back."""
        ids = self.encode(text)
        return tuple(Token(character, i, i != self.unknown) for character, i in zip(text, ids, strict=True))
