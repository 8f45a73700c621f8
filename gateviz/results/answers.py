"""What a model expected next, from the scores it gave: probabilities, its best guesses, and how surprised it was.

Numpy only. `logits` is what `model.logits(text)` gives: (time, outputs), the scores after each token; of a model that
answers with a class they are the scores of the classes, and of one that answers with a number the number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Expectation:
    """The best guesses for the token after each step, beside the token that came.

    Attributes:
        guesses: (time, k) what the model thought most likely next, best first.
        probabilities: (time, k) of those guesses, in [0, 1], descending.
        came: (time,) what came next; None after the last token.
        probability: (time,) of what came, in [0, 1]; NaN after the last token and where the model has no such output.
        surprise: (time,) -log2 of that probability, in bits; NaN likewise.
    """

    guesses: tuple[tuple[str, ...], ...]
    probabilities: NDArray[np.float64]
    came: tuple[str | None, ...]
    probability: NDArray[np.float64]
    surprise: NDArray[np.float64]


def expected_next(
    logits: NDArray[np.floating],
    outputs: Sequence[str],
    tokens: Sequence[str],
    *,
    ids: Sequence[int] | None = None,
    guesses: int = 5,
) -> Expectation:
    """Soft-max the scores and set them beside the tokens that came.

    Args:
        logits: (time, outputs) scores after each token.
        outputs: what the columns are.
        tokens: (time,) the tokens that were read.
        ids: (time,) the column of each of them, or a number beyond the last one; if None, a token is the output of
            the same spelling. A word as typed, with its blank and its capital, is spelled like none.
        guesses: how many of the best to keep; all of them where there are fewer.
    """
    log_probabilities = _log_softmax(np.asarray(logits, dtype=np.float64))  # (time, outputs)
    best = np.argsort(-log_probabilities, axis=1, kind="stable")[:, :guesses]  # (time, k)
    came = (*tokens[1:], None)
    if ids is None:
        column = {output: index for index, output in enumerate(outputs)}
        ids = [column.get(token, len(outputs)) for token in tokens]
    log_of_next = np.full(len(tokens), np.nan)
    for step, column_of_next in enumerate(ids[1:]):
        if column_of_next < len(outputs):
            log_of_next[step] = log_probabilities[step, column_of_next]
    return Expectation(
        guesses=tuple(tuple(outputs[index] for index in row) for row in best),
        probabilities=np.exp(np.take_along_axis(log_probabilities, best, axis=1)),
        came=came,
        probability=np.exp(log_of_next),
        surprise=-log_of_next / np.log(2),
    )


@dataclass(frozen=True)
class Verdict:
    """What a classifier thinks of the text read so far, after each step.

    Attributes:
        classes: all of them, in the order of the columns.
        probabilities: (time, classes) in [0, 1].
    """

    classes: tuple[str, ...]
    probabilities: NDArray[np.float64]


@dataclass(frozen=True)
class Forecast:
    """The number that a model answers with after each step, beside the number that came.

    Attributes:
        name: what the number is.
        values: (time,) the answers.
        came: (time,) what came next; NaN after the last step, and everywhere if what comes is not what is asked for.
    """

    name: str
    values: NDArray[np.float64]
    came: NDArray[np.float64]


Answers = Expectation | Verdict | Forecast
"""What a model answered, of whichever kind."""


def verdicts(logits: NDArray[np.floating], outputs: Sequence[str]) -> Verdict:
    """Soft-max the scores of the classes, (time, classes), whose names are `outputs`."""
    return Verdict(tuple(outputs), np.exp(_log_softmax(np.asarray(logits, dtype=np.float64))))


def forecast(logits: NDArray[np.floating], outputs: Sequence[str], series: Sequence[float] = ()) -> Forecast:
    """Set the answers beside what came.

    Args:
        logits: (time, 1) the number answered after each step.
        outputs: its name.
        series: (time,) the numbers that were read, where the question is which comes next.
    """
    values = np.asarray(logits, dtype=np.float64)[:, 0]
    came = np.full(len(values), np.nan)
    came[: max(0, len(series) - 1)] = series[1:]
    return Forecast(outputs[0], values, came)


def _log_softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = scores - scores.max(axis=1, keepdims=True)
    result: NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result
