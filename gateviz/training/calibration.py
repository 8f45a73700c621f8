"""How sure a classifier is of itself, and one temperature that makes its probabilities true (Guo et al. 2017)."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from gateviz.models.sequence_model import SequenceModel
from gateviz.training.scoring import class_scores

BINS = 10
_TEMPERATURES = torch.exp(torch.linspace(-1.5, 1.5, 301))


def set_temperature(model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:
    """Divide the scores of `model` by the temperature that makes the answers to held-out texts the most probable.

    The head's weights and bias are divided, so that the model keeps its form. No answer changes.

    Args:
        model: one that answers with a class; it is changed in place.
        texts: not trained on; each has a token at least.
        answers: the label of each.

    Returns:
        The temperature, of 301 from 0.22 to 4.5.

    Raises:
        InputError: no texts, a text that cannot be read, or another number of answers than of texts.
    """
    scores = class_scores(model, texts, answers)
    right = torch.tensor([model.labels.index(answer) for answer in answers], device=scores.device)
    losses = torch.stack([functional.cross_entropy(scores / one, right) for one in _TEMPERATURES.tolist()])
    temperature = float(_TEMPERATURES[int(losses.argmin())])
    with torch.no_grad():
        for parameter in model.head.parameters():
            parameter.div_(temperature)
    return temperature


def calibration_error(model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:
    """The expected calibration error, 0 .. 1: how far the probability of the answer is from how often it is right.

    The texts are put into ten bins by that probability; the mean difference is weighted by the texts in each bin.

    Raises:
        InputError: as `set_temperature`.
    """
    probabilities = torch.softmax(class_scores(model, texts, answers).double(), dim=1).cpu().numpy()  # (text, class)
    sure: NDArray[np.float64] = probabilities.max(axis=1)
    guesses = [model.labels[index] for index in probabilities.argmax(axis=1)]
    right = np.array([guess == answer for guess, answer in zip(guesses, answers, strict=True)], dtype=float)
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    return float(sum(abs((sure - right)[bins == one].sum()) for one in range(BINS)) / len(right))
