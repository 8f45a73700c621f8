"""What a model expected next, from the scores it gave: probabilities, its best guesses, and how surprised it was.

Numpy only. `logits` is what `model.logits(text)` gives: (time, outputs), the scores after each token.
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
    logits: NDArray[np.floating], outputs: Sequence[str], tokens: Sequence[str], *, guesses: int = 5
) -> Expectation:
    """Soft-max the scores and set them beside the tokens that came.

    Args:
        logits: (time, outputs) scores after each token.
        outputs: what the columns are.
        tokens: (time,) the tokens that were read.
        guesses: how many of the best to keep; all of them where there are fewer.
    """
    log_probabilities = _log_softmax(np.asarray(logits, dtype=np.float64))  # (time, outputs)
    best = np.argsort(-log_probabilities, axis=1, kind="stable")[:, :guesses]  # (time, k)
    came = (*tokens[1:], None)
    column = {output: index for index, output in enumerate(outputs)}
    log_of_next = np.full(len(tokens), np.nan)
    for step, token in enumerate(came):
        if token in column:
            log_of_next[step] = log_probabilities[step, column[token]]
    return Expectation(
        guesses=tuple(tuple(outputs[index] for index in row) for row in best),
        probabilities=np.exp(np.take_along_axis(log_probabilities, best, axis=1)),
        came=came,
        probability=np.exp(log_of_next),
        surprise=-log_of_next / np.log(2),
    )


def _log_softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = scores - scores.max(axis=1, keepdims=True)
    result: NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result
