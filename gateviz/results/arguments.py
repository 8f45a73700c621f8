"""Checks of what a caller passes: the value comes back, or one sentence says what it is and what would be right."""

import math
from collections.abc import Sequence

import numpy as np

from gateviz.errors import InputError, as_given
from gateviz.results.trace import one_of


def whole_number(name: str, value: object, least: int, most: int | None = None) -> int:
    """`value` as an int from `least` to `most`.

    Raises:
        InputError: it is no whole number, or out of range; True and False are no numbers.
    """
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        number = int(value)
        if least <= number and (most is None or number <= most):
            return number
    wanted = f"of at least {least}" if most is None else f"from {least} to {most}"
    raise InputError(f"{name} is {as_given(value)}: give a whole number {wanted}.")


def finite_number(
    name: str, value: object, *, least: float = -math.inf, above: float = -math.inf, below: float = math.inf
) -> float:
    """`value` as a float that is finite, at least `least`, greater than `above` and less than `below`.

    Raises:
        InputError: it is no such number; True and False are no numbers.
    """
    if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
        number = float(value)
        if math.isfinite(number) and least <= number and above < number < below:
            return number
    bounds = "" if least == -math.inf else f" of at least {least:g}"
    bounds += "" if above == -math.inf else f" above {above:g}"
    bounds += "" if below == math.inf else f" and below {below:g}"
    raise InputError(f"{name} is {as_given(value)}: give a finite number{bounds}.")


def choice_of(name: str, value: object, choices: Sequence[str]) -> str:
    """`value`, one of the choices.

    Raises:
        InputError: it is none of them; the sentence lists them.
    """
    if not isinstance(value, str) or value not in choices:
        raise InputError(f"{name} is {as_given(value)}: choose {one_of(choices)}.")
    return value
