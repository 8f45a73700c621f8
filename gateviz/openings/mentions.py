"""Where a text names a country, and which of a model's classes speaks its language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from gateviz.data.corpora.hometown_wordings import CHINESE, ENGLISH

_LANGUAGES: Mapping[str, Mapping[str, str]] = {"hometown": ENGLISH.languages, "hometown-zh": CHINESE.languages}


@dataclass(frozen=True, slots=True)
class Mention:
    """A country in the text."""

    first: int
    """Its first step."""
    last: int
    """Its last step."""
    output: int
    """The class of its language."""


def mentions(task: str, tokens: Sequence[str], outputs: Sequence[str]) -> list[Mention]:
    """All countries that the text names in whole tokens, in their order; none for another task."""
    languages = {country: name for country, name in _LANGUAGES.get(task, {}).items() if name in outputs}
    text = "".join(tokens)
    ends = list(accumulate(map(len, tokens)))
    begins = [end - len(token.lstrip()) for end, token in zip(ends, tokens, strict=True)]
    found = []
    for step, begin in enumerate(begins):
        for country, name in languages.items():
            end = begin + len(country)
            if text.startswith(country, begin) and end in ends and begin < ends[step]:
                found.append(Mention(step, ends.index(end), outputs.index(name)))
    return found
