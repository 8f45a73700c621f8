"""Quatrains from a model of the task `tang`: from nothing, from a first line, or as an acrostic (藏头诗).

    poem = quatrain(model, "床前明月光，", seed=3)
    for token in poem: print(token.text, end="")
    poem.shown, poem.trace                          # without the start mark; every gate of every token

    first, second = acrostic(model, "春江花月夜海棠红", form=7)    # four heads for each quatrain

The form is enforced, so that any model writes four clauses: a mark comes when a clause is full, and not before. With
`hold_form=False` nothing is enforced; `well_formed_share` says how often a model keeps the form by itself.

A poem's random numbers depend on its seed and on what it begins with: the start mark, the first line, the heads
(`stream_of`). With the seed alone every name would meet the same luck in the same place, and the same characters would
win there: two names then had up to 80 % of their characters in common.
"""

from collections.abc import Mapping

from gateviz.data.corpora import quatrains
from gateviz.data.corpora.quatrains import CLAUSES, END, FORMS, MARKS, Form
from gateviz.data.tokenizing.typed_text import check_text
from gateviz.errors import InputError, as_given
from gateviz.models.generation import Generation, Guide, Sampling, check_writer, sample_texts
from gateviz.models.initialisation import MAX_SEED
from gateviz.models.sequence_model import SequenceModel
from gateviz.results.arguments import whole_number

LONGEST = CLAUSES * (max(FORMS) + 1) + 1
"""How many tokens a quatrain of seven has, including its end."""

_HEADED: Mapping[int, tuple[int, ...]] = {0: (), 1: (0,), 2: (0, 2), 3: (0, 1, 2), 4: (0, 1, 2, 3)}
"""Number of heads -> the clauses that begin with them."""


class Quatrain(Generation):
    """A poem that grows by a token whenever the next one is asked for."""

    @property
    def shown(self) -> str:
        """The poem so far, without start mark and end."""
        return self.text[1:].removesuffix(END)


def quatrain(
    model: SequenceModel,
    first: str = "",
    form: Form | None = None,
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
        form: 5 or 7 characters in each clause; None leaves it to `first`, or else to the model.
        temperature: scores are divided by it; 0 always takes the likeliest character.
        top_k: only so many of the likeliest characters can be drawn; None: all of them.
        seed: the same one gives the same poem after the same beginning, and other poems after others.
        hold_form: whether the form is enforced.

    Raises:
        InputError: no quatrain begins with `first`, or it has another form; the model is of another task; or an
            argument is out of its range.
    """
    return _quatrain(model, first, form, Sampling(temperature, top_k), seed, hold_form=hold_form)


def acrostic(
    model: SequenceModel,
    heads: str,
    form: Form | None = None,
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
        form: 5 or 7 characters in each clause; None leaves it to the model, for each quatrain.
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
        _quatrain(model, "", form, sampling, first_seed + number, heads=heads, own_heads=part)
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
    """Whether the model can write quatrains, that is, knows their marks.

    Raises:
        InputError: no model that answers with the next character or word.
    """
    check_writer(model)
    return {END, *MARKS, *map(quatrains.start_mark, FORMS)} <= set(model.outputs)


def well_formed_share(
    model: SequenceModel, count: int, *, temperature: float, seed: int, form: Form | None = None
) -> float:
    """Share of `count` sampled quatrains that are well formed, 0 .. 1, although the form is not enforced."""
    check_form(form)
    sampling, start = Sampling(temperature), quatrains.start_mark(form)
    poems = sample_texts(model, start, count, sampling, seed=seed, max_steps=LONGEST, end=END)
    return sum(quatrains.is_well_formed(poem, form) for poem in poems) / count


def _quatrain(
    model: SequenceModel,
    first: str,
    form: Form | None,
    sampling: Sampling,
    seed: int,
    *,
    hold_form: bool = True,
    heads: str = "",
    own_heads: str = "",
) -> Quatrain:
    """A quatrain that has the `own_heads` of an acrostic whose heads are `heads`."""
    if not can_write(model):
        raise InputError("this model does not know the marks of quatrains: give one of the task tang.")
    check_form(form)
    own = quatrains.form_of(check_text(first))
    if own and form and own != form:
        raise InputError(f"the beginning has clauses of {own} characters: the form asked for has {form}.")
    form = own or form
    headed = dict(zip(_HEADED[len(own_heads)], own_heads, strict=True))
    guide = _enforced(form, headed, _characters(model)) if hold_form else _until_end
    prompt = quatrains.start_mark(form) + first
    stream = stream_of(prompt + heads)
    return Quatrain(model, prompt, sampling, seed=seed, max_steps=LONGEST, guide=guide, stream=stream)


def _enforced(form: Form | None, heads: Mapping[int, str], characters: frozenset[str]) -> Guide:
    """The guide of a quatrain of that form, or of the form of its first clause."""

    def guide(text: str) -> frozenset[str] | None:
        clauses = quatrains.clauses_of(text[1:])
        if len(clauses) == CLAUSES:
            return frozenset()
        written = len(text) - 1 - len("".join(clauses))
        full = form or (len(clauses[0]) - 1 if clauses else None)
        mark = MARKS[len(clauses)]
        if written == 0 and len(clauses) in heads:
            return frozenset(heads[len(clauses)])
        if written == (full or max(FORMS)):
            return frozenset(mark)
        return characters | {mark} if full is None and written in FORMS else characters

    return guide


def _until_end(text: str) -> frozenset[str] | None:
    """The guide that allows anything until the end is written; the start mark does not count as an end."""
    return frozenset() if text[1:].endswith(END) else None


def _characters(model: SequenceModel) -> frozenset[str]:
    """The characters of a clause: all that the model knows, without marks."""
    return frozenset(token for token in model.outputs if token.isalpha())
