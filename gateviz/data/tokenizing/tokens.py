"""What a text is cut into, and what every tokenizer keeps: each token as typed, nothing dropped. No torch.

The texts of the tokens, joined, are the text that was typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

from gateviz.errors import InputError, as_given

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


def check_entries(entries: object) -> None:
    """Refuse what cannot be the entries of a tokenizer.

    Raises:
        InputError: no tuple of str, an empty one, or an entry that occurs twice.
    """
    given = entries if isinstance(entries, tuple) else ()
    if not all(isinstance(entry, str) for entry in given) or not 0 < len(given) == len(set(given)):
        raise InputError(f"the entries are {as_given(entries)}: give a tuple of distinct str, one at least.")


def unknown_parts(tokens: Iterable[Token]) -> tuple[str, ...]:
    """What the tokenizer does not know: characters, one by one, and whole words, in the order of the text.

    An unknown token of a word tokenizer is a whole word, or one character with the marks that belong to it, such as the
    second code point of an emoji; blanks stand around either. Each mark counts. A blank does not, unless the token has
    nothing else.
    """
    unknown = [token.text.strip() or token.text for token in tokens if not token.known]
    return tuple(part for text in unknown for part in ([text] if sum(map(str.isalnum, text)) > 1 else text))


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
