"""Quatrains from a model of the task `tang`: from nothing, from a first line, or as an acrostic (藏头诗).

    poem = quatrain(model, "床前明月光，", seed=3)
    for token in poem: print(token.text, end="")
    poem.rhyme, poem.shown, poem.trace              # "阳"; without the start mark; every gate of every token

    first, second = acrostic(model, "春江花月夜海棠红", form=7)    # four heads for each quatrain

A text starts with its form, then comes the name of its rhyme: the one that was asked for, or that of the beginning, or
else the one that the model draws. That the clauses then rhyme is up to the model. The form is enforced, so that any
model writes four clauses: a mark comes when a clause is full, and not before, and a character comes again only at once,
as in 夜夜. With `hold_form=False` nothing is enforced; `sampled_quatrains` shows what a model keeps by itself.

A poem's random numbers depend on its seed and on what it begins with: a given rhyme, the first line, the heads
(`stream_of`). With the seed alone every name would meet the same luck in the same place, and the same characters would
win there: two names then had up to 80 % of their characters in common.
"""

from collections.abc import Mapping

from gateviz.data.corpora import quatrains
from gateviz.data.corpora.quatrains import CLAUSES, END, FORMS, MARKS, RHYMES, START, Form
from gateviz.data.tokenizing.typed_text import check_text
from gateviz.errors import InputError, as_given
from gateviz.models.generation import Generation, Guide, Sampling, check_writer, sample_texts
from gateviz.models.initialisation import MAX_SEED
from gateviz.models.sequence_model import SequenceModel
from gateviz.results.arguments import whole_number

LONGEST = 1 + CLAUSES * (max(FORMS) + 1) + 1
"""How many tokens a quatrain of seven has, including its rhyme and its end."""

_HEADED: Mapping[int, tuple[int, ...]] = {0: (), 1: (0,), 2: (0, 2), 3: (0, 1, 2), 4: (0, 1, 2, 3)}
"""Number of heads -> the clauses that begin with them."""


class Quatrain(Generation):
    """A poem that grows by a token whenever the next one is asked for."""

    @property
    def rhyme(self) -> str | None:
        """The rhyme that is named before the poem; None before it is drawn, and where neither form nor rhyme are."""
        return self.text[1:2] or None if self.text[0] != START else None

    @property
    def shown(self) -> str:
        """The poem so far, without form, rhyme and end."""
        return self.text[1 if self.text[0] == START else 2 :].removesuffix(END)


def quatrain(
    model: SequenceModel,
    first: str = "",
    form: Form | None = None,
    rhyme: str | None = None,
    *,
    temperature: float = 0.8,
    top_k: int | None = None,
    seed: int = 0,
    hold_form: bool = True,
) -> Quatrain:
    """A quatrain that begins with `first`.

    Args:
        model: a model of the task `tang`.
        first: the beginning of the poem: nothing, a first line, or less or more. It decides the form if it can. Its
            last mark may be missing.
        form: 5 or 7 characters in each clause; None leaves it to `first`, or else to the seed.
        rhyme: one of RHYMES, such as "阳"; None leaves it to the ends of the clauses of `first`, or else to the model.
        temperature: scores are divided by it; 0 always takes the likeliest character.
        top_k: only so many of the likeliest characters can be drawn; None: all of them.
        seed: the same one gives the same poem after the same beginning, and other poems after others.
        hold_form: whether the form is enforced.

    Raises:
        InputError: no quatrain begins with `first`, or it has another form; the model is of another task; or an
            argument is out of its range.
    """
    return _quatrain(model, first, form, rhyme, Sampling(temperature, top_k), seed, hold_form=hold_form)


def acrostic(
    model: SequenceModel,
    heads: str,
    form: Form | None = None,
    rhyme: str | None = None,
    *,
    temperature: float = 0.8,
    top_k: int | None = None,
    seed: int = 0,
) -> tuple[Quatrain, ...]:
    """One quatrain, or two for five heads or more, whose clauses begin with the characters of `heads` in turn.

    Two heads begin the two couplets, three the first three clauses, four all clauses. Of five or more, the first four
    belong to the first quatrain. A head is written even if the model does not know the character.

    Args:
        model: a model of the task `tang`.
        heads: two to eight Chinese characters.
        form: 5 or 7 characters in each clause; None leaves it to the seed, for each quatrain.
        rhyme: as for `quatrain`.
        temperature: as for `quatrain`.
        top_k: as for `quatrain`.
        seed: the same one gives the same poems for the same heads; a second quatrain has the next seed.

    Raises:
        InputError: too few or too many heads, or a head that is no Chinese character.
    """
    if not 2 <= len(check_text(heads)) <= 2 * CLAUSES:
        raise InputError(f"the heads are {len(heads)}: an acrostic needs 2 to {2 * CLAUSES} characters.")
    for head in heads:
        if not (head.isalpha() and not head.isascii()):
            raise InputError(f"one of the heads is {head!r}: an acrostic needs Chinese characters.")
    sampling = Sampling(temperature, top_k)
    first_seed = whole_number("seed", seed, least=0, most=MAX_SEED - 1)
    parts = (heads[:CLAUSES], heads[CLAUSES:])
    return tuple(
        _quatrain(model, "", form, rhyme, sampling, first_seed + number, heads=heads, own_heads=part)
        for number, part in enumerate(parts)
        if part
    )


def stream_of(beginning: str) -> int:
    """What is added to the seed of a poem with that beginning, 0 .. 2**32 - 1: FNV-1a, 32 bits, of its code points."""
    digest = 0x811C9DC5
    for character in beginning:
        digest = (digest ^ ord(character)) * 0x01000193 % 2**32
    return digest


def check_form(form: Form | None) -> None:
    """Refuse a form that no quatrain has.

    Raises:
        InputError: neither 5 nor 7 nor None.
    """
    if form is not None and (not isinstance(form, int) or form not in FORMS):
        raise InputError(f"the form is {as_given(form)}: give 5 or 7, or None for either.")


def can_write(model: SequenceModel) -> bool:
    """Whether the model can write quatrains, that is, knows their marks and rhymes.

    Raises:
        InputError: no model that answers with the next character or word.
    """
    check_writer(model)
    return {END, *MARKS, *map(quatrains.start_mark, FORMS), *RHYMES} <= set(model.outputs)


def sampled_quatrains(
    model: SequenceModel, count: int, *, temperature: float, seed: int, form: Form | None = None
) -> list[tuple[str, str]]:
    """`count` texts that the model writes in one batch after a start mark, although nothing is enforced.

    Returns:
        The rhyme that it names and the poem, of each; without a form asked for, the rhyme is "".

    Raises:
        InputError: as for `quatrain`.
    """
    check_form(form)
    start = quatrains.start_mark(form)
    texts = sample_texts(model, start, count, Sampling(temperature), seed=seed, max_steps=LONGEST, end=END)
    named = 0 if form is None else 1
    return [(text[:named], text[named:]) for text in texts]


def well_formed_share(
    model: SequenceModel, count: int, *, temperature: float, seed: int, form: Form | None = None
) -> float:
    """Share of `count` sampled quatrains that are well formed, 0 .. 1, although the form is not enforced."""
    texts = sampled_quatrains(model, count, temperature=temperature, seed=seed, form=form)
    return sum(quatrains.is_well_formed(poem, form) for _, poem in texts) / count


def _quatrain(
    model: SequenceModel,
    first: str,
    form: Form | None,
    rhyme: str | None,
    sampling: Sampling,
    seed: int,
    *,
    hold_form: bool = True,
    heads: str = "",
    own_heads: str = "",
) -> Quatrain:
    if not can_write(model):
        raise InputError("this model does not know the marks of quatrains: give one of the task tang.")
    check_form(form)
    whole_number("seed", seed, least=0, most=MAX_SEED)
    if rhyme is not None and rhyme not in RHYMES:
        raise InputError(f"the rhyme is {as_given(rhyme)}: give one of {', '.join(RHYMES)}, or None for any.")
    own = quatrains.form_of(check_text(first))
    if own and form and own != form:
        raise InputError(f"the beginning has clauses of {own} characters: the form asked for has {form}.")
    rhyme = rhyme or quatrains.rhyme_of_beginning(first)
    stream = stream_of((rhyme or "") + first + heads)
    form = own or form
    if not hold_form:
        prompt = START if form is None or (first and not rhyme) else str(form) + (rhyme or "")
        return Quatrain(model, prompt + first, sampling, seed=seed, max_steps=LONGEST, guide=_until_end, stream=stream)
    form = form or FORMS[(seed + stream) % len(FORMS)]
    headed = dict(zip(_HEADED[len(own_heads)], own_heads, strict=True)) if own_heads else {}
    guide = _enforced(form, rhyme, first, headed, _characters(model))
    return Quatrain(
        model, quatrains.start_mark(form), sampling, seed=seed, max_steps=LONGEST, guide=guide, stream=stream
    )


def _enforced(form: Form, rhyme: str | None, first: str, heads: Mapping[int, str], characters: frozenset[str]) -> Guide:
    """The guide of a quatrain of that form: its rhyme, its beginning, then heads, characters and marks."""
    rhymes = frozenset(RHYMES if rhyme is None else rhyme)

    def guide(text: str) -> frozenset[str] | None:
        if len(text) == 1:
            return rhymes
        poem = text[2:]
        if len(poem) < len(first):
            return frozenset(first[len(poem)])
        clauses = quatrains.clauses_of(poem)
        if len(clauses) == CLAUSES:
            return frozenset()
        written = len(poem) - len("".join(clauses))
        if written == 0 and len(clauses) in heads:
            return frozenset(heads[len(clauses)])
        return frozenset(MARKS[len(clauses)]) if written == form else characters - _written_before(poem)

    return guide


def _written_before(poem: str) -> frozenset[str]:
    """The characters that may not come again: all of the poem, but the last can be doubled, as in 夜夜."""
    can_double = poem[-1:] != poem[-2:-1]
    return frozenset(poem) - frozenset(poem[-1:] if can_double else "")


def _until_end(text: str) -> frozenset[str] | None:
    """The guide that allows anything until the end is written; the start mark does not count as an end."""
    return frozenset() if text[1:].endswith(END) else None


def _characters(model: SequenceModel) -> frozenset[str]:
    """The characters of a clause: all that the model knows, without marks."""
    return frozenset(token for token in model.outputs if token.isalpha())
