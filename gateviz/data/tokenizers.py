"""The tokenizer of a kind, from what a card says it knows."""

from collections.abc import Callable, Mapping

from gateviz.data.numbers import Numbers
from gateviz.data.tokens import Tokenizer, TokenKind
from gateviz.data.vocabulary import Vocabulary
from gateviz.data.words import Words

_MAKERS: Mapping[TokenKind, Callable[[tuple[str, ...]], Tokenizer]] = {
    "characters": Vocabulary,
    "words": Words,
    "numbers": Numbers,
}


def tokenizer_of(kind: TokenKind, entries: tuple[str, ...]) -> Tokenizer:
    """A tokenizer with these entries.

    Raises:
        ValueError: entries that no such tokenizer could have, or a kind that there is none of.
    """
    if kind not in _MAKERS:
        raise ValueError(f"there is no tokenizer of {kind}")
    return _MAKERS[kind](entries)
