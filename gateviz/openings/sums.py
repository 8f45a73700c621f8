"""Answers that are a number: the marked numbers and their sum, or the token that moved the answer most."""

import numpy as np

from gateviz.openings.sight import Seen, Sight, compose, number
from gateviz.results.answers import Forecast
from gateviz.results.opening import Part

MARK = "*"


def marked(sight: Sight) -> Seen | None:
    """Two marked numbers, their sum, and what each cell makes of them."""
    found = sight.of_kind(Forecast)
    at = [step for step, token in enumerate(sight.tokens) if token.text.strip().endswith(MARK)]
    if len(at) != 2 or not found:
        return None
    one, two = (float(sight.tokens[step].text.strip().removesuffix(MARK)) for step in at)
    cell = sight.first
    values = found[cell].values
    others = sight.joined(
        sight.say("opening.another_value"),
        (
            {"cell": sight.name(name), "value": number(float(each.values[-1]), 2)}
            for name, each in found.items()
            if name != cell
        ),
    )
    parts = compose(
        sight.say("opening.marked"),
        first=sight.token(at[0]), second=sight.token(at[1]), sum=number(one + two, 2), cell=sight.name(cell),
        value=number(float(values[-1]), 2), others=others,
    )  # fmt: skip
    before = float(values[at[0] - 1]) if at[0] else 0.0
    held = values[at[0] + 1 : at[1]]
    if at[0] and len(held):
        parts += compose(
            sight.say("opening.marked_first"),
            first=sight.token(at[0]), before=number(before, 2), low=number(float(held.min()), 2),
            high=number(float(held.max()), 2), cell=sight.name(cell),
        )  # fmt: skip
    return Seen(at[0], None, parts)


def moved(sight: Sight) -> Seen:
    """The token at which the answer went farthest."""
    cell = sight.first
    values = sight.of_kind(Forecast)[cell].values
    step = int(np.abs(np.diff(values)).argmax()) + 1 if len(values) > 1 else 0
    before: Part = number(float(values[max(0, step - 1)]), 2)
    parts = compose(
        sight.say("opening.moved" if step else "opening.value_at_once"),
        cell=sight.name(cell), token=sight.token(step), before=before, after=number(float(values[step]), 2),
        last=number(float(values[-1]), 2),
    )  # fmt: skip
    return Seen(step, None, parts)
