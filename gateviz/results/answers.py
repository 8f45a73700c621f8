"""What a model answered, from the scores it gave: its best guesses and how surprised it was, a class, or a number.

Numpy only. `logits` is what `model.logits(text)` gives: (time, outputs), the scores after each token. A model that
answers with a class gives the scores of the classes; one that answers with a number gives the number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gateviz.errors import ShapeError, as_given


@dataclass(frozen=True)
class Expectation:
    """The best guesses for the token after each step, beside the token that came.

    Attributes:
        guesses: (time, k) what the model thought most likely next, best first.
        probabilities: (time, k) of those guesses, in [0, 1], descending.
        came: (time,) what came next; None after the last token.
        probability: (time,) of what came, in [0, 1]; NaN after the last token and where the model has no such output.
        surprise: (time,) -log2 of that probability, in bits; NaN likewise.
        choices: how many outputs the model chooses among.
        asked_from: the first step after which the model is asked. Before it, nothing holds its guesses against what
            came: `probability` and `surprise` are NaN.
        written: whether the model itself wrote what came, as a decoder does.
    """

    guesses: tuple[tuple[str, ...], ...]
    probabilities: NDArray[np.float64]
    came: tuple[str | None, ...]
    probability: NDArray[np.float64]
    surprise: NDArray[np.float64]
    choices: int
    asked_from: int = 0
    written: bool = False


def expected_next(
    logits: NDArray[np.floating],
    outputs: Sequence[str],
    tokens: Sequence[str],
    *,
    ids: Sequence[int] | None = None,
    guesses: int = 5,
    asked_from: int = 0,
    written: bool = False,
) -> Expectation:
    """Turn the scores into probabilities (softmax), and put them beside the tokens that came.

    Args:
        logits: (time, outputs) scores after each token.
        outputs: What the columns are.
        tokens: (time,) the tokens that were read.
        ids: (time,) the column of each token; a number beyond the last column for a token without one. If None, a
            token's column is the output that is spelled like it.
        guesses: How many of the best to keep; all of them if there are fewer.
        asked_from: The first step after which the model is asked; `len(tokens)` if it never is.
        written: Whether the model itself wrote what came.

    Raises:
        ShapeError: The scores are not numbers of that shape.
    """
    log_probabilities = _log_softmax(_scores(logits, len(outputs), steps=len(tokens)))  # (time, outputs)
    best = np.argsort(-log_probabilities, axis=1, kind="stable")[:, :guesses]  # (time, k)
    if ids is None:
        column = {output: index for index, output in enumerate(outputs)}
        ids = [column.get(token, len(outputs)) for token in tokens]
    log_of_next = np.full(len(tokens), np.nan)
    for step, column_of_next in enumerate(ids[1:]):
        if column_of_next < len(outputs) and step >= asked_from:
            log_of_next[step] = log_probabilities[step, column_of_next]
    return Expectation(
        guesses=tuple(tuple(outputs[index] for index in row) for row in best),
        probabilities=np.exp(np.take_along_axis(log_probabilities, best, axis=1)),
        came=(*tokens[1:], None),
        probability=np.exp(log_of_next),
        surprise=-log_of_next / np.log(2),
        choices=len(outputs),
        asked_from=asked_from,
        written=written,
    )


@dataclass(frozen=True)
class Verdict:
    """What a classifier thinks of the text read so far, after each step.

    Attributes:
        classes: All of them, in the order of the columns.
        probabilities: (time, classes) in [0, 1].
    """

    classes: tuple[str, ...]
    probabilities: NDArray[np.float64]


@dataclass(frozen=True)
class Forecast:
    """The number that a model answers with after each step, beside the number that came.

    Attributes:
        name: What the number is.
        values: (time,) the answers.
        came: (time,) what came next. NaN after the last step, and at every step if the model does not answer with the
            next number.
    """

    name: str
    values: NDArray[np.float64]
    came: NDArray[np.float64]


Answers = Expectation | Verdict | Forecast
"""What a model answered, of whichever kind."""


def verdicts(logits: NDArray[np.floating], outputs: Sequence[str]) -> Verdict:
    """Turn the scores of the classes into probabilities (softmax).

    Args:
        logits: (time, classes) scores after each token.
        outputs: The names of the classes.

    Raises:
        ShapeError: The scores are not numbers of that shape.
    """
    return Verdict(tuple(outputs), np.exp(_log_softmax(_scores(logits, len(outputs)))))


def forecast(logits: NDArray[np.floating], outputs: Sequence[str], series: Sequence[float] = ()) -> Forecast:
    """Put the answers beside the numbers that came.

    Args:
        logits: (time, 1) the number answered after each step.
        outputs: Its name.
        series: (time,) the numbers that were read, if the model answers with the next one.

    Raises:
        ShapeError: The answers are not numbers of that shape, or there is not one for each number that was read.
    """
    values = _scores(logits, 1, steps=len(series) or None)[:, 0]
    came = np.full(len(values), np.nan)
    came[: max(0, len(series) - 1)] = series[1:]
    return Forecast(outputs[0], values, came)


def _scores(logits: object, columns: int, steps: int | None = None) -> NDArray[np.float64]:
    """The scores in double precision, (time, outputs)."""
    try:
        scores = np.asarray(logits, dtype=np.float64)
    except (TypeError, ValueError):
        raise ShapeError(f"the scores are {as_given(logits)}: give numbers of (time, outputs).") from None
    if scores.ndim != 2 or scores.shape[1] != columns or steps not in (None, len(scores)):
        time = "time" if steps is None else steps
        raise ShapeError(f"the scores have shape {scores.shape}: give ({time}, {columns}), a row for each token.")
    return scores


def _log_softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = scores - scores.max(axis=1, keepdims=True)
    result: NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result
