"""A classifier: the token that turned its answer, or, where none did, the one that moved it most."""

import numpy as np

from gateviz.openings.sight import OPEN, Seen, Sight, chance, compose, number
from gateviz.results.answers import Verdict
from gateviz.results.opening import Part
from gateviz.results.signals import GATES
from gateviz.results.trace import CellName

NOTABLE = 8
"""A gate is mentioned if one in so many of its units opens or leaves off being open."""


def seen(sight: Sight) -> Seen:
    """Where the answer turned to the last one."""
    cell, verdicts = sight.first, sight.of_kind(Verdict)
    found = verdicts[cell]
    turn = since(found)
    shares = found.probabilities
    final = int(shares[-1].argmax())
    if turn:
        was = int(shares[turn - 1].argmax())
        parts = compose(
            sight.say("opening.turned"),
            cell=sight.name(cell), before=sight.token(turn - 1), was=found.classes[was],
            chance=chance(float(shares[turn - 1, was])), turn=sight.token(turn), answer=found.classes[final],
            last=chance(float(shares[-1, final])), others=others(sight, cell),
        )  # fmt: skip
    else:
        course = shares[:, final]
        turn = int(np.abs(np.diff(course)).argmax()) + 1 if len(course) > 1 else 0
        if not turn:
            parts = compose(
                sight.say("opening.says_at_once"),
                token=sight.token(sight.last), cell=sight.name(cell), answer=found.classes[final],
                chance=chance(float(shares[-1, final])), others=others(sight, cell),
            )  # fmt: skip
            return Seen(sight.last, None, parts)
        parts = compose(
            sight.say("opening.never_turned"),
            cell=sight.name(cell), first=sight.token(0), answer=found.classes[final], turn=sight.token(turn),
            before=chance(float(course[turn - 1])), after=chance(float(course[turn])),
            last=chance(float(course[-1])), others=others(sight, cell),
        )  # fmt: skip
    return Seen(turn, None, [*parts, *swung(sight, cell, turn)])


def since(found: Verdict) -> int:
    """The step from which on the answer is the last one."""
    best = found.probabilities.argmax(axis=1)
    other = np.flatnonzero(best != best[-1])
    return int(other[-1]) + 1 if len(other) else 0


def others(sight: Sight, cell: CellName) -> list[Part]:
    """What the cells say in the end that answer otherwise than this one."""
    verdicts = sight.of_kind(Verdict)
    best = {name: int(found.probabilities[-1].argmax()) for name, found in verdicts.items()}
    return sight.joined(
        sight.say("opening.another"),
        (
            {
                "cell": sight.name(name),
                "answer": found.classes[best[name]],
                "chance": chance(float(found.probabilities[-1].max())),
            }
            for name, found in verdicts.items()
            if best[name] != best[cell]
        ),
    )


def swung(sight: Sight, cell: CellName, step: int) -> list[Part]:
    """The gate that opened, or left off being open, in most units at a step; nothing where that is a few."""
    layer = sight.layers[cell]
    opened = {name: (layer[name][0] > OPEN).sum(axis=1) for name in layer.signals if name in GATES}
    if not opened or not step:
        return []
    name = max(opened, key=lambda name: abs(int(opened[name][step]) - int(opened[name][step - 1])))
    before, after = int(opened[name][step - 1]), int(opened[name][step])
    units = layer[name].shape[2]
    if abs(after - before) * NOTABLE < units:
        return []
    return compose(
        sight.say("opening.swung"),
        token=sight.token(step), gate=sight.say(f"opening_gate.{name}"), before=number(before),
        after=number(after), units=number(units),
    )  # fmt: skip
