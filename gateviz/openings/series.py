"""A series of numbers: how far each forecast is off, against the guess that nothing changes."""

import numpy as np

from gateviz.openings.sight import Seen, Sight, compose, number, shown
from gateviz.results.answers import Forecast
from gateviz.results.opening import Ending, Part
from gateviz.results.trace import Array

LEAD = 12
"""So many numbers are read before forecasts are judged, if there are twice as many."""

ALONE = 48
"""A top has nothing higher within so many numbers on either side, and half as many are there."""


def forecast(sight: Sight) -> Seen | None:
    """The error of each cell, that of "as before", and the miss that was the greatest."""
    found = sight.of_kind(Forecast)
    if not found or len(sight.tokens) < 3 or not all(np.isfinite(each.came[:-1]).all() for each in found.values()):
        return None
    lead = LEAD if len(sight.tokens) >= 2 * LEAD else 1
    came = next(iter(found.values())).came
    cell = sight.first
    off = {name: _error(each.values[lead:-1] - each.came[lead:-1]) for name, each in found.items()}
    same = _error(came[lead - 1 : -2] - came[lead:-1])  # the number that came last, as the guess
    misses = np.abs(found[cell].values[lead:-1] - came[lead:-1])
    step = lead + int(misses.argmax())
    count, pieces = sight.pieces(len(sight.tokens))
    parts = compose(
        sight.say("opening.series"),
        count=count, pieces=pieces, tops=_tops(sight, came), same=number(same, 1),
        cells=sight.joined(
            sight.say("opening.another_error"),
            ({"cell": sight.name(name), "value": number(value, 1)} for name, value in off.items()),
        ),
    )  # fmt: skip
    parts += compose(
        sight.say("opening.missed"),
        cell=sight.name(cell), token=sight.token(step + 1), value=number(float(found[cell].values[step]), 1),
    )  # fmt: skip
    rule = {"kind": "error", "lead": lead}
    endings = {
        name: Ending(sight.say("opening.off_by"), shown(value, 1), value=value, rule=rule)
        for name, value in off.items()
    }
    return Seen(step, None, parts, endings)


def _tops(sight: Sight, came: Array) -> list[Part]:
    """The last two tops of the series, which make a cycle; nothing if there are not two."""
    values = came[:-1]  # of the tokens from the second on
    around = ((step, values[max(0, step - ALONE) : step + ALONE + 1]) for step in range(ALONE // 2, len(values)))
    tops = [
        step + 1 for step, near in around if step + ALONE // 2 < len(values) and near.min() < values[step] == near.max()
    ]
    if not tops or tops[-1] - tops[0] <= ALONE:
        return []
    second = tops[-1]
    first = max(top for top in tops if second - top > ALONE)
    return compose(
        sight.say("opening.tops"),
        first=sight.token(first), second=sight.token(second), count=number(second - first),
    )  # fmt: skip


def _error(differences: Array) -> float:
    """The root of the mean square."""
    return float(np.sqrt(np.square(differences).mean()))
