"""What a model answers after each token, as the viewer reads it: JSON-serialisable, numbers to six digits."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gateviz.results.answers import Answers, Expectation, Forecast, Verdict

MOST_GUESSES = 5
"""How many classes have a bar."""

MOST_BITS = 8
"""The end of the scale of surprise where nothing is chosen from a list."""


def pack_answers(answers: Answers) -> dict[str, Any]:
    """By step. Every kind has guesses, came and surprise, if empty ones: token colours need not know the kind."""
    if isinstance(answers, Verdict):
        return _verdict(answers)
    if isinstance(answers, Forecast):
        steps = len(answers.values)
        empty: dict[str, Any] = {"guesses": [[]] * steps, "probabilities": [[]] * steps, **_nothing_came(steps)}
        numbers = {"values": _digits(answers.values), "numbers": _digits(answers.came)}
        return {"kind": "value", "name": answers.name, **numbers, **empty}
    found = {
        "kind": "next",
        "guesses": answers.guesses,
        "probabilities": [_digits(row) for row in answers.probabilities],
        "asked_from": answers.asked_from,
        "came": _digits(answers.probability),
        "surprise": _digits(answers.surprise),
    }
    if answers.written:  # what a model writes itself does not surprise it
        return {**found, "kind": "text", "wrote": answers.came, "surprise": [None] * len(answers.came)}
    return found


def most_bits(answers: Answers) -> int:
    """The end of the scale of surprise, in bits: a third beyond that of a guess at random among all outputs."""
    if not isinstance(answers, Expectation):
        return MOST_BITS
    return max(1, math.ceil(1.3 * math.log2(answers.choices)))


def _verdict(answers: Verdict) -> dict[str, Any]:
    best = np.argsort(-answers.probabilities, axis=1, kind="stable")[:, :MOST_GUESSES]  # (time, guess)
    return {
        "kind": "class",
        "guesses": [[answers.classes[index] for index in row] for row in best],
        "probabilities": [_digits(row) for row in np.take_along_axis(answers.probabilities, best, axis=1)],
        "classes": answers.classes,
        "shares": [_digits(row) for row in answers.probabilities],
        **_nothing_came(len(best)),
    }


def _nothing_came(steps: int) -> dict[str, list[None]]:
    return {"came": [None] * steps, "surprise": [None] * steps}


def _digits(values: NDArray[np.float64]) -> list[float | None]:
    return [float(f"{value:.6g}") if np.isfinite(value) else None for value in values]
