"""train(): an iterator of TrainStep over a character model, used by the app and the command line alike.

    for step in train(model, training_ids, plan, seed=0, held_out=held_out_ids):
        print(step.step, step.loss, step.held_out)

The caller drives: between two steps it may draw, save the model, or stop by leaving the loop; the model holds the
weights of the last step. All randomness comes from `seed` by a generator of its own, so that the same seed, plan and
number of threads give the same weights on the same machine, whatever else the process draws.

Truncated backpropagation through time: the text is cut into `batch_size` parallel streams that begin at a random place,
each step reads `window` characters of every stream, and the state, without its gradient, is carried to the next window.
"""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from gateviz.errors import InputError
from gateviz.models import SequenceModel, State

EVALUATION_WINDOW = 1000
"""Characters a forward pass when a text is scored: bounds memory, changes no figure."""


@dataclass(frozen=True, slots=True)
class TrainPlan:
    """How long and how to train: the budget, the same for each cell of a trio."""

    steps: int
    batch_size: int
    """Parallel streams."""
    window: int
    """Characters a stream and step, the reach of the gradient."""
    learning_rate: float
    """Adam's, at its highest: it rises over the first `warmup` steps and falls to zero by the last along a cosine."""
    warmup: int
    dropout_in: float
    """Share of the recurrent module's inputs that is dropped."""
    dropout_out: float
    """Share of its outputs that is dropped before the head."""
    clip: float
    """The gradient's greatest norm, over all parameters."""
    unknown_share: float
    """Share of input characters shown as unknown, so that its embedding learns to say little; targets stay."""
    evaluations: int
    """How many times the held-out text is scored, evenly spread, the last step included."""


@dataclass(frozen=True, slots=True)
class TrainStep:
    """What one step of training did."""

    step: int
    """1-based."""
    steps: int
    """How many there will be."""
    loss: float
    """Mean bits per character of this step's windows, dropout on."""
    held_out: float | None
    """Bits per character of the held-out text after this step, where it was scored."""
    gradient_norm: float
    """L2 norm over all parameters, before clipping."""
    seconds: float
    """Since training began, scoring included."""


def train(
    model: SequenceModel, training: Sequence[int], plan: TrainPlan, *, seed: int, held_out: Sequence[int] = ()
) -> Iterator[TrainStep]:
    """Train `model` in place, a step at a time.

    Args:
        model: on any device; its weights are the start.
        training: ids of the training text.
        plan: the budget.
        seed: of streams, dropout and hidden characters.
        held_out: ids of the text to score, if any.

    Yields:
        One TrainStep a step; the model then holds that step's weights.

    Raises:
        InputError: a text too short for one window in every stream.
    """
    generator = torch.Generator().manual_seed(seed)
    windows = _windows(torch.tensor(training, dtype=torch.long), plan, generator)
    optimizer = torch.optim.Adam(model.parameters(), lr=plan.learning_rate)
    began = time.perf_counter()
    state: State = None
    for step in range(1, plan.steps + 1):
        for group in optimizer.param_groups:
            group["lr"] = plan.learning_rate * _rate(step, plan)
        ids, fresh = next(windows)  # (batch, window + 1)
        loss, state = _loss(model, ids.to(model.head.weight.device), None if fresh else state, plan, generator)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.clip_grad_norm_(model.parameters(), plan.clip)
        optimizer.step()
        due = bool(held_out) and step * plan.evaluations // plan.steps > (step - 1) * plan.evaluations // plan.steps
        score = bits_per_character(model, held_out) if due else None
        bits = loss.item() / math.log(2)
        yield TrainStep(step, plan.steps, bits, score, float(norm), time.perf_counter() - began)


def bits_per_character(model: SequenceModel, ids: Sequence[int]) -> float:
    """Mean -log2 p of each known character of ids[1:], given all before it; the state is carried from end to end.

    Raises:
        InputError: fewer than two ids, or none after the first that is known.
    """
    text = torch.tensor([list(ids)], dtype=torch.long, device=model.head.weight.device)
    unknown = model.vocabulary.unknown
    known = int((text[:, 1:] != unknown).sum())
    if known == 0:
        raise InputError("a text needs a known character after its first one to be scored")
    total, state = 0.0, None
    with torch.no_grad():
        for start in range(0, text.shape[1] - 1, EVALUATION_WINDOW):
            stretch = text[:, start : start + EVALUATION_WINDOW + 1]  # (1, window + 1)
            scores, state = model(stretch[:, :-1], state)
            loss = functional.cross_entropy(scores[0], stretch[0, 1:], ignore_index=unknown, reduction="sum")
            total += loss.item()
    return total / known / math.log(2)


def _windows(text: Tensor, plan: TrainPlan, generator: torch.Generator) -> Iterator[tuple[Tensor, bool]]:
    """Endless (batch, window + 1) stretches of the streams, and whether a new pass, from a new place, begins."""
    length = (len(text) - 1) // plan.batch_size // plan.window * plan.window  # of a stream
    if length == 0:
        needed = plan.batch_size * plan.window + 1
        raise InputError(f"training needs at least {needed} characters, got {len(text)}")
    while True:
        spare = len(text) - plan.batch_size * length
        start = int(torch.randint(spare, (), generator=generator))
        inside = torch.arange(plan.window + 1)
        streams = start + torch.arange(plan.batch_size) * length
        for offset in range(0, length, plan.window):
            yield text[streams[:, None] + offset + inside], offset == 0


def _loss(
    model: SequenceModel, ids: Tensor, state: State, plan: TrainPlan, generator: torch.Generator
) -> tuple[Tensor, State]:
    """Mean cross-entropy (nats) of one window, and the state after it, cut off from its gradient."""
    inputs, targets = ids[:, :-1], ids[:, 1:]  # (batch, window)
    hidden = torch.rand(inputs.shape, generator=generator).to(ids.device) < plan.unknown_share
    inputs = inputs.masked_fill(hidden, model.vocabulary.unknown)
    embedded = _drop(model.embedding(inputs), plan.dropout_in, generator)  # (batch, window, embedding)
    output, state = model.recurrent(embedded, state)
    scores = model.head(_drop(output, plan.dropout_out, generator))  # (batch, window, outputs)
    loss = functional.cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=model.vocabulary.unknown)
    return loss, _detached(state)


def _drop(values: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Dropout from our own generator; torch's takes its global one."""
    if share == 0.0:
        return values
    kept = torch.empty(values.shape).bernoulli_(1 - share, generator=generator).to(values.device)
    return values * kept / (1 - share)


def _detached(state: State) -> State:
    """The state without its history."""
    if isinstance(state, tuple):
        return state[0].detach(), state[1].detach()
    return None if state is None else state.detach()


def _rate(step: int, plan: TrainPlan) -> float:
    """Share of the highest learning rate at a step, 0 .. 1."""
    if step <= plan.warmup:
        return step / plan.warmup
    return 0.5 * (1 + math.cos(math.pi * (step - plan.warmup) / max(1, plan.steps - plan.warmup)))
