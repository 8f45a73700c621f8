"""How a token that a model chose is written, so that the text is tokenized into the same tokens again. No torch."""

import string
from collections.abc import Sequence

from gateviz.data.tokenizing.tokens import Tokenizer
from gateviz.data.tokenizing.word_tokenizer import CONTINUED

_REACH = 3
"""How many tokens back a new token can change the others: contractions and the subwords of a word are shorter."""

_CLOSING = frozenset(string.punctuation) - frozenset("([{<#$@&`")


def spelled(tokenizer: Tokenizer, id_: int, before: Sequence[str]) -> str | None:
    """What to append to the tokens `before`, so that they stay the same tokens and `id_` follows; None if nothing does.

    Args:
        tokenizer: of characters or words.
        id_: the id of the entry that is to follow.
        before: the texts of the tokens so far.
    """
    entry = tokenizer.entries[id_]
    if tokenizer.kind == "characters":
        return entry
    tail = "".join(before[-_REACH:])
    read = tokenizer.encode(tail)
    return next((text for text in _ways(entry, bool(tail)) if tokenizer.encode(tail + text) == (*read, id_)), None)


def _ways(entry: str, follows: bool) -> tuple[str, ...]:
    """The possible spellings of a word, a mark or a subword, the usual one first."""
    if entry.startswith(CONTINUED) and entry != CONTINUED:
        return (entry.removeprefix(CONTINUED),)
    if not follows:
        return (entry,)
    joined = entry[0] in _CLOSING or entry == "n't"
    return (entry, " " + entry) if joined else (" " + entry, entry)
