"""Held-out figures of a model, as the cards give them."""

import math
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from gateviz.errors import InputError
from gateviz.models.network import State
from gateviz.models.sequence_model import SequenceModel

WINDOW = 1000
"""Tokens a forward pass when a text is scored: bounds memory, changes no figure."""


def bits_per_token(model: SequenceModel, ids: Sequence[int]) -> float:
    """Mean -log2 p of each known token of ids[1:], given all before it; the state is carried from end to end.

    Raises:
        InputError: fewer than two ids, or none after the first that is known.
    """
    text = torch.tensor([list(ids)], dtype=torch.long, device=model.head.weight.device)
    unknown = model.tokenizer.unknown
    known = int((text[:, 1:] != unknown).sum())
    if known == 0:
        raise InputError("a text needs a known token after its first one to be scored")
    total = 0.0
    state: State = None
    with torch.no_grad():
        for start in range(0, text.shape[1] - 1, WINDOW):
            stretch = text[:, start : start + WINDOW + 1]  # (1, window + 1)
            scores, state = model(stretch[:, :-1], state)
            loss = functional.cross_entropy(scores[0], stretch[0, 1:], ignore_index=unknown, reduction="sum")
            total += loss.item()
    return total / known / math.log(2)


def accuracy(model: SequenceModel, texts: Sequence[str], answers: Sequence[str], *, at_once: int = 256) -> float:
    """Share of the texts, 0 .. 1, to which the class of the highest score is the right one.

    Args:
        model: one that answers with a class.
        texts: what is read; each has a token at least.
        answers: the label of each, out of `model.labels`.
        at_once: texts a forward pass; changes no figure.

    Raises:
        InputError: no texts, or not as many answers.
    """
    if not texts or len(texts) != len(answers):
        raise InputError(f"accuracy needs as many answers as texts, got {len(texts)} and {len(answers)}")
    right = 0
    encoded = [torch.tensor(model.encode(text), device=model.head.weight.device) for text in texts]
    with torch.no_grad():
        for start in range(0, len(encoded), at_once):
            group = encoded[start : start + at_once]
            lengths = torch.tensor([len(ids) for ids in group])
            scores, _ = model(
                torch.nn.utils.rnn.pad_sequence(group, batch_first=True), None, lengths
            )  # (batch, classes)
            guesses = [model.labels[index] for index in scores.argmax(dim=-1).tolist()]
            right += sum(map(str.__eq__, guesses, answers[start : start + at_once]))
    return right / len(texts)


def scores_of(model: SequenceModel, texts: Sequence[str], *, at_once: int = 256) -> list[NDArray[np.floating]]:
    """What `model.logits` gives for each text, (time, outputs), many texts a forward pass.

    Only for a model of one direction that answers after each token: what stands after a text never changes it.
    """
    found: list[NDArray[np.floating]] = []
    with torch.no_grad():
        for start in range(0, len(texts), at_once):
            group = [torch.tensor(model.encode(text)) for text in texts[start : start + at_once]]
            padded = torch.nn.utils.rnn.pad_sequence(group, batch_first=True).to(model.head.weight.device)
            scores = model(padded)[0].cpu().numpy()  # (batch, time, outputs)
            found += [rows[: len(ids)] for rows, ids in zip(scores, group, strict=True)]
    return found


def mean_squared_error(model: SequenceModel, texts: Sequence[str], answers: Sequence[float]) -> float:
    """Mean of (value after the last token - answer)^2, in the square of the value's unit.

    Args:
        model: one that answers with a value.
        texts: what is read; each has a token at least.
        answers: the right value of each.

    Raises:
        InputError: no texts, or not as many answers.
    """
    if not texts or len(texts) != len(answers):
        raise InputError(f"an error needs as many answers as texts, got {len(texts)} and {len(answers)}")
    values = [float(scores[-1, 0]) for scores in scores_of(model, texts)]
    return sum((value - answer) ** 2 for value, answer in zip(values, answers, strict=True)) / len(values)


def log_probabilities(model: SequenceModel, texts: Sequence[str], *, at_once: int = 256) -> list[float]:
    """Sum of log p (nats) of the known tokens of each text after its first one, given those before.

    Of two texts that differ in a word, the one that a language model prefers has the higher sum.

    Args:
        model: one that answers with the next token.
        texts: each has a token at least.
        at_once: texts a forward pass; changes no figure.
    """
    ignored = model.tokenizer.unknown
    sums: list[float] = []
    encoded = [torch.tensor(model.encode(text), device=model.head.weight.device) for text in texts]
    with torch.no_grad():
        for start in range(0, len(encoded), at_once):
            group = encoded[start : start + at_once]
            ids = torch.nn.utils.rnn.pad_sequence(group, batch_first=True, padding_value=ignored)  # (batch, time)
            scores, _ = model(ids[:, :-1])
            losses = functional.cross_entropy(
                scores.transpose(1, 2), ids[:, 1:], ignore_index=ignored, reduction="none"
            )
            sums += (-losses.sum(dim=1)).tolist()
    return sums
