"""WordTokenizer: words, and the subwords of an unknown word. Nothing is dropped. It needs no torch.

    words = WordTokenizer.of(["a charming but slight comedy", "it isn't charming"], least=1)
    [token.text for token in words.tokenize("Isn’t it slightly?")]     # ['Is', 'n’t', ' it', ' slight', 'l', 'y', '?']

A token keeps the spaces before it, so that the texts of all tokens joined give the typed text back. A word is looked up
in a plainer spelling: lower case, no accents, straight quotes, "gooood" as "good" and "soooo" as "so". A contraction is
two tokens, with or without its apostrophe ("isn't", "isnt" -> is n't; "what's", "whats" -> what 's). Each mark is a
token.

A word that is no entry is spelled by subwords: from the left, the longest entries that fit, down to single letters. A
subword that continues a word begins with "##". What not even letters can spell, such as Chinese, becomes one token for
each character, with the id `unknown`, which comes after all others. If there is no entry for a single letter that
continues a word, nothing is spelled: a word that is no entry is then one unknown token.
"""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar

from gateviz.data.tokenizing.tokens import Token, TokenKind, check_entries
from gateviz.data.tokenizing.typed_text import check_text
from gateviz.errors import InputError, as_given

CONTINUED = "##"
"""How an entry begins that stands inside a word or at its end."""

_LETTERS = string.ascii_lowercase + string.digits
_MARKS = string.punctuation
_STRAIGHT = str.maketrans("‘’‚′`´“”„″–—―", "'" * 6 + '"' * 4 + "-" * 3)
_DRAWN_OUT = re.compile(
    r"([a-hj-vyz])\1{2,}"
)  # no English word has three in a row; xxx, www and iii are written on purpose
_AUXILIARIES = "ai|are|ca|could|did|does|do|had|has|have|is|must|need|should|was|were|wo|would"
_PART = re.compile(
    rf"(?:{_AUXILIARIES})(?=n'?t\b)|(?<=[a-z])n'?t\b"
    r"|(?:how|let|that|there|what|where|who)(?=s\b)|i(?=(?:m|ve)\b)|(?:they|you)(?=re\b)"
    r"|(?<=\w)'(?:s|re|ve|ll|d|m)\b|[^\W_]+|\S"
)
_SHORT = 2000  # characters; what is longer is not typed, and read once
_CLITICS = {"nt": "n't", "s": "'s", "m": "'m", "ve": "'ve", "re": "'re"}


@dataclass(frozen=True, slots=True)
class WordTokenizer:
    """Distinct words, marks and subwords; the id of an entry is its position."""

    kind: ClassVar[TokenKind] = "words"

    entries: tuple[str, ...]
    _ids: dict[str, int] = field(init=False, repr=False, compare=False)
    _longest: int = field(init=False, repr=False, compare=False)
    _spells: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the entries.

        Raises:
            InputError: an entry is empty or occurs twice, or there is none.
        """
        check_entries(self.entries)
        ids = {entry: i for i, entry in enumerate(self.entries)}
        if "" in ids or CONTINUED in ids:
            raise InputError(f"the entries are {as_given(self.entries)}: give words, marks and parts of words.")
        object.__setattr__(self, "_ids", ids)
        object.__setattr__(self, "_longest", max(map(len, ids)))
        object.__setattr__(self, "_spells", any(CONTINUED + letter in ids for letter in _LETTERS))

    @classmethod
    def of(cls, texts: Iterable[str], *, least: int, subwords: int = 0) -> "WordTokenizer":
        """The words that occur `least` times, the commonest first; then subwords; then letters and marks.

        The subwords, `subwords` of them, are beginnings and ends of the distinct words, of two letters or more; those
        that cover the most letters come first.
        """
        counts = Counter(part.spellings[0] for text in texts for part in _parts(text))
        words = [word for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count >= least]
        letters = [*_LETTERS, *(CONTINUED + letter for letter in _LETTERS), *_MARKS]
        return cls(tuple(dict.fromkeys([*words, *_common_subwords(counts, subwords), *letters])))

    def __len__(self) -> int:
        """How many ids there are, including the unknown's."""
        return len(self.entries) + 1

    @property
    def unknown(self) -> int:
        """The id of every character that no entry can spell."""
        return len(self.entries)

    def encode(self, text: str) -> tuple[int, ...]:
        """The id of each token of `text`."""
        return tuple(token.id for token in self.tokenize(text))

    def subwords_of(self, i: int) -> tuple[int, ...]:
        """The ids of the subwords by which a known word would be spelled if it were no entry; else `i` alone."""
        word = self.entries[i] if i < self.unknown else ""
        if len(word) < 2 or not word.isalnum():
            return (i,)
        return tuple(subword for _, subword in self._spelling(word, longest=len(word) - 1))

    def tokenize(self, text: str) -> tuple[Token, ...]:
        """The tokens of `text`, whose texts joined give it back. A text of spaces alone is one unknown token."""
        found = [entry for part in _parts_again(check_text(text)) for entry in self._entries_of(part)]
        starts = [0, *(start for start, _ in found[1:])]
        ends = [*starts[1:], len(text)]
        if not found:
            return (Token(text, self.unknown, known=False),) if text else ()
        return tuple(
            Token(text[start:end], i, i != self.unknown) for (_, i), start, end in zip(found, starts, ends, strict=True)
        )

    def _entries_of(self, part: "_Part") -> Iterator[tuple[int, int]]:
        """Where each token of a part begins in the text, including its spaces, and its id."""
        for spelling in part.spellings:
            if spelling in self._ids:
                yield part.begins[0], self._ids[spelling]
                return
        if not self._spells:
            yield part.begins[0], self.unknown
            return
        for at, i in self._spelling(part.letters, longest=self._longest):
            yield part.begins[at], i

    def _spelling(self, letters: str, longest: int) -> Iterator[tuple[int, int]]:
        """Where each subword begins in a word, and its id; none has more than `longest` letters."""
        at = 0
        while at < len(letters):
            before = CONTINUED if at else ""
            end = min(len(letters), at + longest)
            while end > at and before + letters[at:end] not in self._ids:
                end -= 1
            yield at, self._ids.get(before + letters[at:end], self.unknown)
            at = max(end, at + 1)


@dataclass(frozen=True, slots=True)
class _Part:
    """A word, half of a contraction, or a mark."""

    letters: str
    """In the plain spelling, without the spaces before it."""
    spellings: tuple[str, ...]
    """The spellings in which it is looked up as a whole, in this order."""
    begins: tuple[int, ...]
    """Where each letter begins in the text; the first letter begins where the spaces before it do."""


def _parts_again(text: str) -> Sequence[_Part]:
    """The same as `_parts`: the tokenizers of three models, each asked several times, share what they do to a text."""
    return _latest_parts(text) if len(text) <= _SHORT else tuple(_parts(text))


@lru_cache(maxsize=16)
def _latest_parts(text: str) -> tuple[_Part, ...]:
    return tuple(_parts(text))


def _parts(text: str) -> Iterator[_Part]:
    """The words and marks of a text, in order. Spaces and marks that print nothing belong to a neighbour."""
    plain, origins = _plain(text)
    before = 0
    for match in _PART.finditer(plain):
        start, end = match.span()
        drawn = {i for run in _DRAWN_OUT.finditer(plain, start, end) for i in range(run.start() + 2, run.end())}
        kept = [i for i in range(start, end) if i not in drawn]
        letters = "".join(plain[i] for i in kept)
        joined = start > 0 and plain[start - 1].isalpha()
        spelling = _CLITICS.get(letters, letters) if joined else letters
        spellings = (spelling, _DRAWN_OUT.sub(r"\1", match.group())) if drawn else (spelling,)
        yield _Part(letters, spellings, (before, *(origins[i] for i in kept[1:])))
        before = origins[end] if end < len(plain) else len(text)


def _plain(text: str) -> tuple[str, list[int]]:
    """The plain spelling of a text, letter by letter, and the position of each letter in the text."""
    plain, origins = [], []
    for index, character in enumerate(text):
        if unicodedata.category(character) not in ("Mn", "Cf"):
            plain.append(_plain_character(character))
            origins.append(index)
    return "".join(plain), origins


def _plain_character(character: str) -> str:
    """The character without accent, capital and typographic form.

    An accent that stands alone, such as "¨", stays as it is: Unicode would decompose it into a space and the accent.
    """
    base = unicodedata.normalize("NFKD", character)[0]
    return (character if base == " " and not character.isspace() else base).translate(_STRAIGHT).lower()[0]


def _common_subwords(words: Iterable[str], number: int) -> list[str]:
    """The beginnings and ends that several words share; first those that save the most tokens of one letter."""
    shared = Counter(
        part
        for word in words
        if word.isalpha()
        for length in range(2, len(word))
        for part in (word[:length], CONTINUED + word[-length:])
    )
    saved = {part: count * (len(part.removeprefix(CONTINUED)) - 1) for part, count in shared.items() if count > 1}
    return sorted(saved, key=lambda part: (-saved[part], part))[:number]
