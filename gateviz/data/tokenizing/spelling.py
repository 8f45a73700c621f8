"""How a token that a model chose is written into a text, so that the text is read back as the same tokens. No torch."""

import string
from collections.abc import Sequence

from gateviz.data.tokenizing.tokens import Tokenizer
from gateviz.data.tokenizing.word_tokenizer import CONTINUED

_REACH = 3
"""How many tokens back a tokenizer of words may change its mind: a contraction or the pieces of a word are shorter."""

_CLOSING = frozenset(string.punctuation) - frozenset("([{<#$@&`")


def spelled(tokenizer: Tokenizer, id_: int, before: Sequence[str]) -> str | None:
    """What to append to the tokens `before` so that they are read as before, and then `id_`; None if nothing does.

    Args:
        tokenizer: of characters or words.
        id_: of one of its entries.
        before: the texts of the tokens so far.
    """
    entry = tokenizer.entries[id_]
    if tokenizer.kind == "characters":
        return entry
    tail = "".join(before[-_REACH:])
    read = tokenizer.encode(tail)
    return next((text for text in _ways(entry, bool(tail)) if tokenizer.encode(tail + text) == (*read, id_)), None)


def _ways(entry: str, follows: bool) -> tuple[str, ...]:
    """The spellings of a word, a mark or a piece of a word, the usual one first."""
    if entry.startswith(CONTINUED) and entry != CONTINUED:
        return (entry.removeprefix(CONTINUED),)
    if not follows:
        return (entry,)
    joined = entry[0] in _CLOSING or entry == "n't"
    return (entry, " " + entry) if joined else (" " + entry, entry)
