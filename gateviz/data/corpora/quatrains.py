"""Chinese quatrains (绝句): four clauses, all of five characters or all of seven, with ，。，。 after them. No torch.

    is_well_formed("床前明月光，疑是地上霜。举头望明月，低头思故乡。")        # True
    form_of("床前明月光，疑是")                                         # 5

A model reads a start mark before a poem: "5" or "7" asks for that form, and after it stands the name of the rhyme
(`rhymes.py`), as in "5阳床前明月光"; START leaves both open. It ends a poem with END. A poem that a person types needs
no mark.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from gateviz.data.corpora.rhymes import GROUPS, rhymes_of
from gateviz.data.corpora.variants import folded
from gateviz.errors import InputError

Form = Literal[5, 7]
FORMS: tuple[Form, Form] = (5, 7)

END = "\n"
"""What a model writes after the last clause. It is not part of the poem."""
START = END
"""The start mark that leaves form and rhyme open: where one poem ends, any other may begin."""
RHYMES = tuple(GROUPS)
"""The names of the rhymes, each a character."""

CLAUSES = 4
MARKS = "，。，。"
"""The marks after the clauses of a quatrain, one for each."""

_MARK = re.compile("[，。？！；：、]")
_CLAUSE = re.compile(f"[^{_MARK.pattern[1:-1]}\\s]+{_MARK.pattern}")


def start_mark(form: Form | None) -> str:
    """What a model reads before a poem of that form, and before the name of its rhyme; None: of any form and rhyme."""
    return START if form is None else str(form)


def rhyme_of(poem: str) -> str | None:
    """The name of the rhyme in which the second and the fourth clause of a quatrain end; None: they do not rhyme.

    Of two rhymes that both ends have, the one that the end of the first clause has too, or else the first in the book.
    """
    ends = [rhymes_of(clause[-2]) for clause in clauses_of(poem)]
    if len(ends) != CLAUSES:
        return None
    shared = [name for name in ends[1] if name in ends[3]]
    return next((name for name in shared if name in ends[0]), shared[0] if shared else None)


def rhyme_of_beginning(beginning: str) -> str | None:
    """The rhyme of a quatrain with this beginning: that of its second clause, or else of its first.

    None: it can still be any, or these clauses do not end in the level tone.
    """
    ends = [rhymes_of(clause[-2]) for clause in clauses_of(beginning)]
    if len(ends) > 1 and ends[1]:
        return next((name for name in ends[1] if name in ends[0]), ends[1][0])
    return ends[0][0] if ends and ends[0] else None


def repeats(poem: str) -> int:
    """How many characters of a poem stand in it before."""
    characters = [character for character in poem if not _MARK.match(character)]
    return len(characters) - len(set(characters))


def clauses_of(text: str) -> tuple[str, ...]:
    """The clauses, each with its mark, without whatever stands after the last mark."""
    return tuple(_CLAUSE.findall(text))


def verse_of(poem: str) -> Form | None:
    """5 or 7 if each clause of the poem has so many characters, however many clauses and whichever marks it has."""
    clauses = clauses_of(poem)
    lengths = {len(clause) - 1 for clause in clauses}
    if len(lengths) != 1 or "".join(clauses) != poem:
        return None
    return next((form for form in FORMS if form in lengths), None)


def is_well_formed(poem: str, form: Form | None = None) -> bool:
    """Whether the poem is four clauses of five, or four of seven (or of `form` alone), with ，。，。 after them."""
    clauses = clauses_of(poem)
    marks = "".join(clause[-1] for clause in clauses)
    return marks == MARKS and verse_of(poem) in (FORMS if form is None else (form,))


def form_of(beginning: str) -> Form | None:
    """The form of a quatrain's beginning; None while it can still become either. Its last mark may be missing.

    Raises:
        InputError: no quatrain begins like this.
    """
    clauses = clauses_of(beginning)
    finished, rest = {len(clause) - 1 for clause in clauses}, len(beginning) - len("".join(clauses))
    lengths = finished or ({5} if rest == 5 else {7} if rest in (6, 7) else set())
    form = next((form for form in FORMS if lengths == {form}), None)
    blank = any(character.isspace() or character in "57" for character in beginning)
    whole = len(clauses) + (rest > 0) <= CLAUSES and rest <= (form or FORMS[0])
    if blank or not whole or bool(lengths) != bool(form) or _MARK.search(beginning[-rest:] if rest else ""):
        raise InputError(
            f"the beginning is {beginning[:40]!r}: a quatrain begins with at most {CLAUSES} clauses, all of 5 or all "
            "of 7 characters, with a mark after each."
        )
    return form


@dataclass(frozen=True, slots=True)
class Poems:
    """A collection in parts. The held-out quatrains share no clause with the poems that are trained on."""

    quatrains: tuple[str, ...]
    """To train on."""
    stanzas: tuple[str, ...]
    """Four clauses each, cut from longer poems in the same two metres, to train on."""
    held_out: tuple[str, ...]
    """Quatrains that are never trained on."""

    @classmethod
    def of(cls, poems: Sequence[str], *, share: int) -> "Poems":
        """Hold out one in `share` of the distinct quatrains.

        A hash of each text chooses, so their order does not matter. Poems in other metres are left out, and so is
        every poem that repeats a clause of a held-out one. Variants of characters are folded.
        """
        metrical = [poem for poem in dict.fromkeys(map(folded, poems)) if verse_of(poem) is not None]
        quatrains = [poem for poem in metrical if len(clauses_of(poem)) == CLAUSES]
        held_out = [poem for poem in quatrains if int(sha256(poem.encode()).hexdigest()[:8], 16) % share == 0]
        hidden = {clause[:-1] for poem in held_out for clause in clauses_of(poem)}
        seen: dict[bool, list[str]] = {True: [], False: []}
        for poem in metrical:
            clauses = clauses_of(poem)
            if hidden.isdisjoint(clause[:-1] for clause in clauses):
                whole = range(0, len(clauses) - CLAUSES + 1, CLAUSES)
                seen[len(clauses) == CLAUSES] += ["".join(clauses[at : at + CLAUSES]) for at in whole]
        return cls(tuple(seen[True]), tuple(dict.fromkeys(seen[False])), tuple(held_out))
