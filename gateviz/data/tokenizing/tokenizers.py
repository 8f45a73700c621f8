"""The tokenizer of a kind, from what a card says it knows."""

from collections.abc import Callable, Mapping

from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.data.tokenizing.number_tokenizer import NumberTokenizer
from gateviz.data.tokenizing.tokens import Tokenizer, TokenKind
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer

_MAKERS: Mapping[TokenKind, Callable[[tuple[str, ...]], Tokenizer]] = {
    "characters": CharacterTokenizer,
    "words": WordTokenizer,
    "numbers": NumberTokenizer,
}


def tokenizer_of(kind: TokenKind, entries: tuple[str, ...]) -> Tokenizer:
    """A tokenizer with these entries.

    Raises:
        ValueError: entries that no such tokenizer could have, or a kind that there is none of.
    """
    if kind not in _MAKERS:
        raise ValueError(f"there is no tokenizer of {kind}")
    return _MAKERS[kind](entries)
