"""One fact kept over any text: where the gates wipe the memory, where they open to keep the fact, and what is left."""

import numpy as np

from gateviz.openings.sight import OPEN, SHUT, Seen, Sight, chance, compose, number
from gateviz.openings.turns import others, since
from gateviz.openings.turns import seen as turned
from gateviz.results.answers import Verdict
from gateviz.results.opening import Part
from gateviz.results.trace import CellName

SURE = 0.5
"""Something is known if its probability is more than this."""


def seen(sight: Sight) -> Seen | None:
    """The last wipe, if something was known before it; else where the fact is taken in and kept."""
    cell, verdicts = sight.keeper, sight.of_kind(Verdict)
    if cell is None or not verdicts:
        return None
    gate, shares = sight.keeps(cell), verdicts[cell].probabilities
    units = gate.shape[1]
    shut, opened = (gate < SHUT).sum(axis=1), (gate > OPEN).sum(axis=1)
    known = since(verdicts[cell])  # the last answer is given from here on
    wiped = int(shut[: known + 1].argmax())
    told = shares[:wiped].max() if wiped else 0.0
    if 2 * shut[wiped] >= units and told > SURE and shares[:wiped].max(axis=0).argmax() != shares[-1].argmax():
        return _wiped(sight, cell, wiped, known)
    after = np.flatnonzero(2 * opened[known:] >= units)
    if len(after) and known + int(after[0]) < sight.last and shares[-1].max() > SURE:
        return _kept(sight, cell, known, known + int(after[0]))
    return turned(sight)


def _wiped(sight: Sight, cell: CellName, wiped: int, known: int) -> Seen:
    found, gate = sight.of_kind(Verdict)[cell], sight.keeps(cell)
    shares = found.probabilities
    before = int(shares[:wiped].max(axis=0).argmax())
    count, pieces = sight.pieces(sight.last - known)
    parts = compose(
        sight.say("opening.fact_wiped"),
        wiped=sight.token(wiped), shut=number(int((gate[wiped] < SHUT).sum())), units=number(gate.shape[1]),
        gates=sight.gates(cell), cell=sight.name(cell), before=found.classes[before], fact=sight.token(known),
        chance=chance(float(shares[-1].max())), answer=found.classes[int(shares[-1].argmax())], count=count,
        pieces=pieces, others=others(sight, cell),
    )  # fmt: skip
    return Seen(wiped, _swinger(sight, cell, wiped, known), parts)


def _kept(sight: Sight, cell: CellName, known: int, kept: int) -> Seen:
    found, gate = sight.of_kind(Verdict)[cell], sight.keeps(cell)
    shares = found.probabilities
    count, pieces = sight.pieces(sight.last - kept)
    parts = compose(
        sight.say("opening.fact_kept"),
        fact=_through(sight, known, kept), open=number(int((gate[kept] > OPEN).sum())), units=number(gate.shape[1]),
        gates=sight.gates(cell), cell=sight.name(cell), chance=chance(float(shares[-1].max())),
        answer=found.classes[int(shares[-1].argmax())], count=count, pieces=pieces, others=others(sight, cell),
    )  # fmt: skip
    return Seen(kept, _swinger(sight, cell, known, kept), parts)


def _through(sight: Sight, known: int, kept: int) -> Part:
    """The word of the fact, which in Chinese may have several tokens."""
    is_one_word = all(not token.text[:1].isspace() for token in sight.tokens[known + 1 : kept + 1])
    return sight.words(known, kept, at=kept) if is_one_word and kept - known <= 3 else sight.token(kept)


def _swinger(sight: Sight, cell: CellName, shut: int, kept: int) -> int:
    """The unit that holds most in the end, of those whose gate opened."""
    gate, state = sight.keeps(cell)[:, : sight.shared_units], np.abs(sight.state(cell)[-1, : sight.shared_units])
    return int(((gate[kept] - gate[max(0, shut - 1) if shut == kept else shut]) * state).argmax())
