"""Token and Tokenizer: what a text is cut into, and what cuts it. They need no torch.

No tokenizer drops anything: the texts of the tokens joined are the text that was typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

from gateviz.errors import InputError, as_given

TokenKind = Literal["characters", "words", "numbers"]


@dataclass(frozen=True, slots=True)
class Token:
    """One part of a text as a model reads it."""

    text: str
    """As typed: a character, a word with the spaces before it, or a number with the spaces after it."""
    id: int
    """The row of the embedding that belongs to it; 0 for a number."""
    known: bool
    """Whether the tokenizer has an entry for it; if not, `id` is the tokenizer's `unknown`."""


def check_entries(entries: object) -> None:
    """Refuse what cannot be the entries of a tokenizer.

    Raises:
        InputError: no tuple of str, an empty one, or an entry that occurs twice.
    """
    given = entries if isinstance(entries, tuple) else ()
    if not all(isinstance(entry, str) for entry in given) or not 0 < len(given) == len(set(given)):
        raise InputError(f"the entries are {as_given(entries)}: give a tuple of distinct str, one at least.")


def unknown_parts(tokens: Iterable[Token]) -> tuple[str, ...]:
    """What the tokenizer does not know, in the order of the text: characters one by one, or whole words.

    An unknown token of a word tokenizer is a whole word, or one character with the marks that belong to it, such as the
    second code point of an emoji; spaces may stand around it. Each mark counts as a character. Spaces do not count,
    unless the token has nothing else.
    """
    unknown = [token.text.strip() or token.text for token in tokens if not token.known]
    return tuple(part for text in unknown for part in ([text] if sum(map(str.isalnum, text)) > 1 else text))


@runtime_checkable
class Tokenizer(Protocol):
    """Cuts texts into tokens. The id of an entry is its position; `unknown` comes after all of them."""

    kind: ClassVar[TokenKind]

    @property
    def entries(self) -> tuple[str, ...]:
        """What it knows: characters, or words and subwords; for numbers, the names of their features."""
        ...

    @property
    def unknown(self) -> int:
        """The id of everything that it does not know."""
        ...

    def __len__(self) -> int:
        """How many ids there are, including the unknown's; for numbers, how many features each has."""
        ...

    def encode(self, text: str) -> tuple[Any, ...]:
        """One id for each token; for numbers, one tuple of features."""
        ...

    def tokenize(self, text: str) -> tuple[Token, ...]:
        """The tokens of `text`."""
        ...
