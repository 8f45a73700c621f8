"""The tokenizer that a model card describes by its kind and its entries."""

from collections.abc import Callable, Mapping

from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.data.tokenizing.number_tokenizer import NumberTokenizer
from gateviz.data.tokenizing.tokens import Tokenizer, TokenKind
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.errors import InputError, as_given

_MAKERS: Mapping[TokenKind, Callable[[tuple[str, ...]], Tokenizer]] = {
    "characters": CharacterTokenizer,
    "words": WordTokenizer,
    "numbers": NumberTokenizer,
}


def tokenizer_of(kind: TokenKind, entries: tuple[str, ...]) -> Tokenizer:
    """A tokenizer with these entries.

    Raises:
        InputError: an unknown kind, or entries that a tokenizer of this kind cannot have.
    """
    if not isinstance(kind, str) or kind not in _MAKERS:
        raise InputError(f"the kind of tokens is {as_given(kind)}: choose {', '.join(map(repr, _MAKERS))}.")
    return _MAKERS[kind](entries)
