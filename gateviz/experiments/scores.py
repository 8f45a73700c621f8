"""The held-out figure of a run, asked for again and again: what does not change between two questions is kept."""

from collections.abc import Callable

import torch
from torch.nn.utils.rnn import pad_sequence

from gateviz.recipes.fact_keeping import FactRun
from gateviz.recipes.recipe import TrainingRun


def scorer(run: TrainingRun) -> Callable[[], float]:
    """A function that gives what `run.score()` gives.

    To cut the texts of `hometown` into words takes five times as long as to read them, so that is done once.
    """
    if not isinstance(run, FactRun):
        return run.score
    model, texts = run.model, run.tests.texts
    ids = [torch.tensor(model.encode(text.text)) for text in texts]
    inputs, lengths = pad_sequence(ids, batch_first=True), torch.tensor(list(map(len, ids)))  # (text, time), (text,)
    right = torch.tensor([model.labels.index(text.language) for text in texts])

    def score() -> float:
        with torch.no_grad():
            scores, _ = model(inputs, None, lengths)  # (text, classes)
        return float((scores.argmax(dim=-1) == right).double().mean())

    return score
