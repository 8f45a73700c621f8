"""What a text is cut into, and what every tokenizer keeps: each token as typed, nothing dropped. No torch.

The texts of the tokens, joined, are the text that was typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

TokenKind = Literal["characters", "words", "numbers"]


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a text as a model reads it."""

    text: str
    """As typed: a character, a word with the blank before it, a number."""
    id: int
    """The row of the embedding that stands for it; 0 for a number."""
    known: bool
    """Whether the vocabulary has it; if not, `id` is the tokenizer's `unknown`."""


def unknown_characters(tokens: Iterable[Token]) -> tuple[str, ...]:
    """The characters that the tokenizer does not know, one by one, in the order of the text.

    An unknown token of a word tokenizer holds one unknown character, the blanks before it, and marks without a width of
    their own after it, such as the second code point of an emoji. The marks count, the blanks do not, unless the token
    has nothing else.
    """
    return tuple(character for token in tokens if not token.known for character in token.text.strip() or token.text)


@runtime_checkable
class Tokenizer(Protocol):
    """Cuts texts up. The id of an entry is its position; `unknown` stands after all of them."""

    kind: ClassVar[TokenKind]

    @property
    def entries(self) -> tuple[str, ...]:
        """What it knows: characters, words and pieces of words; or, of numbers, what each one's features are."""
        ...

    @property
    def unknown(self) -> int:
        """The id of whatever it does not know."""
        ...

    def __len__(self) -> int:
        """How many ids there are, the unknown's included; of numbers, how many features each has."""
        ...

    def encode(self, text: str) -> tuple[Any, ...]:
        """One id for each token; of numbers, one tuple of features."""
        ...

    def tokenize(self, text: str) -> tuple[Token, ...]:
        """The tokens of `text`."""
        ...
