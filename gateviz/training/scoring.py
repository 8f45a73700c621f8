"""Held-out figures of a model, as the cards give them."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from gateviz.data.tokenizing.typed_text import check_texts
from gateviz.errors import InputError, TextError
from gateviz.models.network import State
from gateviz.models.sequence_model import SequenceModel

WINDOW = 1000
"""How many tokens of a text are scored in one forward pass: it bounds memory and changes no figure."""

AT_ONCE = 256
"""How many texts are read in one forward pass: it bounds memory and changes no figure."""


def bits_per_token(model: SequenceModel, ids: Sequence[int]) -> float:
    """Mean -log2 p of each known token of ids[1:], given all tokens before it.

    Raises:
        InputError: no token after the first is known.
    """
    text = torch.tensor([list(ids)], dtype=torch.long, device=model.head.weight.device)
    unknown = model.tokenizer.unknown
    known = int((text[:, 1:] != unknown).sum())
    if known == 0:
        raise InputError(f"the text has {len(ids)} tokens: to be scored it needs a known one after the first.")
    total = 0.0
    state: State = None
    with torch.no_grad():
        for start in range(0, text.shape[1] - 1, WINDOW):
            stretch = text[:, start : start + WINDOW + 1]  # (1, window + 1)
            scores, state = model(stretch[:, :-1], state)
            loss = functional.cross_entropy(scores[0], stretch[0, 1:], ignore_index=unknown, reduction="sum")
            total += loss.item()
    return total / known / math.log(2)


def accuracy(model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> float:
    """Share of the texts, 0 .. 1, to which the class with the highest score is the right one.

    Args:
        model: one that answers with a class.
        texts: what is read; each has a token at least.
        answers: the label of each, one of `model.labels`.

    Raises:
        InputError: no texts, a text that cannot be read, or another number of answers than of texts.
    """
    guesses = [model.labels[index] for index in class_scores(model, texts, answers).argmax(dim=-1).tolist()]
    return sum(map(str.__eq__, guesses, answers)) / len(texts)


def class_scores(model: SequenceModel, texts: Sequence[str], answers: Sequence[str]) -> Tensor:
    """The scores of the classes after the last token of each text, (text, class).

    Raises:
        InputError: as `accuracy`.
    """
    _check_answers(texts, answers)
    found = []
    with torch.no_grad():
        for group in _groups(model, texts):
            lengths = torch.tensor([len(ids) for ids in group])
            found.append(model(pad_sequence(group, batch_first=True), None, lengths)[0])
    return torch.cat(found)


def scores_of(model: SequenceModel, texts: Sequence[str]) -> list[NDArray[np.floating]]:
    """What `model.logits` gives for each text, (time, outputs), with many texts in one forward pass.

    It is right only for a model of one direction that answers after each token, because what stands after a text, the
    padding, never changes its answers.

    Raises:
        InputError: no texts, or a text that cannot be read.
    """
    found: list[NDArray[np.floating]] = []
    with torch.no_grad():
        for group in _groups(model, texts):
            scores = model(pad_sequence(group, batch_first=True))[0].cpu().numpy()  # (batch, time, outputs)
            found += [rows[: len(ids)] for rows, ids in zip(scores, group, strict=True)]
    return found


def mean_squared_error(model: SequenceModel, texts: Sequence[str], answers: Sequence[float]) -> float:
    """Mean of (value after the last token - answer)^2, in the square of the value's unit.

    Args:
        model: one that answers with a value.
        texts: what is read; each has a token at least.
        answers: the right value of each.

    Raises:
        InputError: no texts, a text that cannot be read, or another number of answers than of texts.
    """
    _check_answers(texts, answers)
    values = [float(scores[-1, 0]) for scores in scores_of(model, texts)]
    return sum((value - answer) ** 2 for value, answer in zip(values, answers, strict=True)) / len(values)


def log_probabilities(model: SequenceModel, texts: Sequence[str]) -> list[float]:
    """Sum of log p (nats) of the known tokens of each text after its first one, given those before.

    Of two texts that differ in a word, a language model prefers the one with the higher sum.

    Args:
        model: one that answers with the next token.
        texts: each has a token at least.

    Raises:
        InputError: no texts, or a text that cannot be read.
    """
    ignored = model.tokenizer.unknown
    sums: list[float] = []
    with torch.no_grad():
        for group in _groups(model, texts):
            ids = pad_sequence(group, batch_first=True, padding_value=ignored)  # (batch, time)
            scores, _ = model(ids[:, :-1])
            losses = functional.cross_entropy(
                scores.transpose(1, 2), ids[:, 1:], ignore_index=ignored, reduction="none"
            )
            sums += (-losses.sum(dim=1)).tolist()
    return sums


def _groups(model: SequenceModel, texts: Sequence[str]) -> Iterator[list[Tensor]]:
    """The ids of the texts, AT_ONCE texts at a time, on the model's device."""
    checked = check_texts(texts)
    if "" in checked:
        raise TextError(f"text {checked.index('') + 1} of {len(checked)} is empty: give at least one character.")
    for start in range(0, len(checked), AT_ONCE):
        yield [
            torch.tensor(ids, device=model.head.weight.device) for ids in model.encode(checked[start : start + AT_ONCE])
        ]


def _check_answers(texts: Sequence[str], answers: Sequence[object]) -> None:
    if not texts or len(texts) != len(answers):
        raise InputError(f"there are {len(texts)} texts and {len(answers)} answers: give one answer for each text.")
