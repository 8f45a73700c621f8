"""One fact kept over any text: where the gates wipe the memory, where they open to keep the fact, and what is left."""

from dataclasses import dataclass

import numpy as np

from gateviz.openings.mentions import Mention, mentions
from gateviz.openings.sight import OPEN, SHUT, Seen, Sight, chance, compose, number
from gateviz.openings.turns import others, since
from gateviz.openings.turns import seen as turned
from gateviz.results.answers import Verdict
from gateviz.results.opening import Part
from gateviz.results.trace import Array, CellName

SURE = 0.5
"""Something is known if its probability is more than this."""


@dataclass(frozen=True)
class _Story:
    """The text as the cell with gates that keep reads it."""

    sight: Sight
    cell: CellName
    verdict: Verdict
    named: list[Mention]
    """The countries in the text."""

    @property
    def shares(self) -> Array:
        """(time, class)."""
        return self.verdict.probabilities

    @property
    def final(self) -> int:
        """The class of the last answer."""
        return int(self.shares[-1].argmax())

    @property
    def known(self) -> int:
        """The step from which on that is the answer."""
        return since(self.verdict)

    @property
    def gate(self) -> Array:
        """(time, unit) of the gate that keeps."""
        return self.sight.keeps(self.cell)

    def fact(self, after: int) -> Mention:
        """The word that told the last answer, after some step: from its end on the cell gives that answer."""
        told = (name for name in self.named if name.output == self.final and after <= name.first <= self.known)
        return next((name for name in told if self.known <= name.last), Mention(self.known, self.known, self.final))

    def word(self, name: Mention) -> Part:
        """A country, to be clicked at."""
        return self.sight.words(name.first, name.last, at=name.last)


def seen(sight: Sight) -> Seen | None:
    """The last wipe, if something else was known before it; else where the fact is taken in and kept."""
    cell, verdicts = sight.keeper, sight.of_kind(Verdict)
    if cell is None or not verdicts:
        return None
    texts = [token.text for token in sight.tokens]
    named = mentions(sight.task, texts, sight.readings[cell].model.outputs)
    story = _Story(sight, cell, verdicts[cell], named)
    wipes = np.flatnonzero(2 * (story.gate[: story.known + 1] < SHUT).sum(axis=1) >= story.gate.shape[1])
    if len(wipes) and _is_lost(story, int(wipes[-1])):
        return _wiped(story, int(wipes[-1]))
    fact = story.fact(0)
    opened = np.flatnonzero(2 * (story.gate[fact.last :] > OPEN).sum(axis=1) >= story.gate.shape[1])
    if len(opened) and fact.last + int(opened[0]) < sight.last and story.shares[-1].max() > SURE:
        return _kept(story, fact, fact.last + int(opened[0]))
    return turned(sight)


def _before(story: _Story, wiped: int) -> int | None:
    """What was known last before a wipe; None if nothing was."""
    sure = np.flatnonzero(story.shares[:wiped].max(axis=1) > SURE)
    return int(story.shares[sure[-1]].argmax()) if len(sure) else None


def _is_lost(story: _Story, wiped: int) -> bool:
    """Whether something was known before a wipe, is not known after it, and is not the last answer."""
    before = _before(story, wiped)
    return before is not None and before != story.final and story.shares[wiped, before] < SURE


def _wiped(story: _Story, wiped: int) -> Seen:
    sight, cell, shares = story.sight, story.cell, story.shares
    before = _before(story, wiped)
    fact = story.fact(wiped)
    count, pieces = sight.pieces(sight.last - fact.last)
    decoy = _decoy(story, 0, wiped)
    parts = compose(
        sight.say("opening.fact_wiped"),
        decoy=compose(sight.say("opening.decoy"), decoy=story.word(decoy), answer=_answer_at(story, decoy.last),
                      chance=chance(float(shares[decoy.last].max()))) if decoy else [],
        wiped=sight.token(wiped), shut=number(int((story.gate[wiped] < SHUT).sum())), units=number(story.gate.shape[1]),
        gates=sight.gates(cell), cell=sight.name(cell), before=story.verdict.classes[before or 0],
        fact=story.word(fact), chance=chance(float(shares[-1].max())), answer=story.verdict.classes[story.final],
        count=count, pieces=pieces, others=others(sight, cell),
    )  # fmt: skip
    return Seen(wiped, _swinger(story, wiped, fact.last), parts)


def _kept(story: _Story, fact: Mention, kept: int) -> Seen:
    sight, cell, shares = story.sight, story.cell, story.shares
    count, pieces = sight.pieces(sight.last - kept)
    decoy = _decoy(story, kept, sight.last)
    parts = compose(
        sight.say("opening.fact_kept" if kept == fact.last else "opening.fact_kept_after"),
        fact=story.word(fact), open=number(int((story.gate[kept] > OPEN).sum())), units=number(story.gate.shape[1]),
        gates=sight.gates(cell), cell=sight.name(cell), chance=chance(float(shares[-1].max())),
        answer=story.verdict.classes[story.final], count=count, pieces=pieces, others=others(sight, cell),
        decoy=compose(sight.say("opening.decoy_since"), decoy=story.word(decoy), answer=_answer_at(story, decoy.last),
                      chance=chance(float(shares[decoy.last].max()))) if decoy else [],
    )  # fmt: skip
    return Seen(kept, _swinger(story, max(0, fact.first - 1), kept), parts)


def _decoy(story: _Story, after: int, until: int) -> Mention | None:
    """The last country in between that did not change what was known."""
    best, sure = story.shares.argmax(axis=1), story.shares.max(axis=1) > SURE
    passed = [
        name
        for name in story.named
        if max(after, 1) <= name.first
        and name.last < until
        and best[name.first - 1] == best[name.last] != name.output
        and sure[name.first - 1]
        and sure[name.last]
    ]
    return passed[-1] if passed else None


def _answer_at(story: _Story, step: int) -> str:
    return story.verdict.classes[int(story.shares[step].argmax())]


def _swinger(story: _Story, shut: int, kept: int) -> int:
    """The unit that holds most in the end, of those whose gate opened."""
    units = story.sight.shared_units
    gate, state = story.gate[:, :units], np.abs(story.sight.state(story.cell)[-1, :units])
    return int(((gate[kept] - gate[shut]) * state).argmax())
