"""train(): the training loop, as an iterator that gives a TrainStep after each step.

    for step in train(model, batches, plan, generator=generator, evaluate=score):
        print(step.step, step.loss, step.held_out)

The caller drives: between two steps it may draw, save the model, or stop by leaving the loop; the model then holds the
weights of the last step. All randomness comes from one generator, so the same seed, plan and number of threads give the
same weights on the same machine, whatever else the process draws.

The targets of a batch say what is asked: an id for each step (IGNORED where nothing is asked), a class for each text,
or a value for each step (NaN where nothing is asked).
"""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

from gateviz.errors import InputError, as_given
from gateviz.models.network import State
from gateviz.models.sequence_model import SequenceModel
from gateviz.results.arguments import choice_of, finite_number, whole_number

IGNORED = -100
"""The target of a step at which nothing is asked."""


@dataclass(frozen=True, slots=True)
class TrainPlan:
    """How long and how to train: the budget, the same for each cell of a trio."""

    steps: int
    batch_size: int
    """Texts, or parallel streams of one text, in each step."""
    learning_rate: float
    """Adam's, at its highest: it rises over the first `warmup` steps, then falls to zero along a cosine."""
    warmup: int
    clip: float
    """The gradient's greatest norm, over all parameters."""
    evaluations: int
    """How often the held-out data is scored, evenly spread; the last time after the last step."""
    dropout_in: float = 0.0
    """Share of the recurrent module's inputs that is dropped, 0 .. 1."""
    dropout_out: float = 0.0
    """Share of its outputs that is dropped before the head, 0 .. 1."""
    unknown_share: float = 0.0
    """Share of the input tokens that are shown as unknown, 0 .. 1, so that the unknown is learnt too. The targets stay
    as they are."""
    weight_decay: float = 0.0
    """Adam's decoupled weight decay (Loshchilov and Hutter 2019)."""
    precision: Literal["float32", "bfloat16"] = "float32"
    """Of the matrix products while training; the weights stay float32. On a processor that has bfloat16 it is at least
    twice as fast, which pays when a head has thousands of outputs."""

    def __post_init__(self) -> None:
        """Refuse numbers out of their ranges (InputError)."""
        for name, least in (("steps", 1), ("batch_size", 1), ("warmup", 0), ("evaluations", 0)):
            whole_number(name, getattr(self, name), least=least)
        for name in ("learning_rate", "clip"):
            finite_number(name, getattr(self, name), above=0)
        for name in ("dropout_in", "dropout_out", "unknown_share"):
            finite_number(name, getattr(self, name), least=0, below=1)
        finite_number("weight_decay", self.weight_decay, least=0)
        choice_of("precision", self.precision, ("float32", "bfloat16"))


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step learns from."""

    inputs: Tensor
    """(batch, time) ids, or (batch, time, features) numbers; padding may stand after a text."""
    targets: Tensor
    """(batch, time) ids or IGNORED; (batch,) classes; or (batch, time) values or NaN."""
    lengths: Tensor | None = None
    """(batch,) how many steps of each text are not padding; None: all."""
    fresh: bool = True
    """False: the texts continue those of the batch before, and so does the state."""
    written: Tensor | None = None
    """(batch, time) ids of labels that a decoder reads, the first of them the end mark's; the targets are then those of
    the decoder's steps."""
    weights: Tensor | None = None
    """(batch, time) how much each target counts, if the targets are ids; None: all the same."""


@dataclass(frozen=True, slots=True)
class TrainStep:
    """What one step of training did."""

    step: int
    """1-based."""
    steps: int
    """How many steps there are in all."""
    loss: float
    """Mean over this step's batch, with dropout, in `unit`."""
    unit: str
    """ "bits" (a target), or "squared error"."""
    held_out: float | None
    """What `evaluate` gave after this step, if it was due."""
    gradient_norm: float
    """L2 norm over all parameters, before clipping."""
    seconds: float
    """Since training began, including the scoring."""


def train(
    model: SequenceModel,
    batches: Iterator[Batch],
    plan: TrainPlan,
    *,
    generator: torch.Generator,
    evaluate: Callable[[], float] | None = None,
) -> Iterator[TrainStep]:
    """Train `model` in place, step by step.

    Args:
        model: on any device; its weights are the start.
        batches: at least `plan.steps` of them.
        plan: the budget.
        generator: dropout and hidden tokens are drawn from it; the batches may draw from it too.
        evaluate: gives the held-out figure of the model as it is; None: no figure is wanted.

    Returns:
        An iterator that gives a TrainStep after each step; the model then holds that step's weights.

    Raises:
        InputError: an argument of another type, or, from the iterator, batches that end before the plan does.
    """
    for name, value, kind in (
        ("model", model, SequenceModel),
        ("plan", plan, TrainPlan),
        ("batches", batches, Iterator),
        ("generator", generator, torch.Generator),
    ):
        if not isinstance(value, kind):
            raise InputError(f"{name} is {as_given(value)}: give one of the type {kind.__name__}.")
    return _steps(model, batches, plan, generator, evaluate)


def _steps(
    model: SequenceModel,
    batches: Iterator[Batch],
    plan: TrainPlan,
    generator: torch.Generator,
    evaluate: Callable[[], float] | None,
) -> Iterator[TrainStep]:
    """The steps of `train`."""
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=plan.learning_rate, weight_decay=plan.weight_decay, fused=plan.precision == "bfloat16"
    )  # fused, because with quick products Adam's many passes over the weights would take half of the time
    began = time.perf_counter()
    state: State = None
    for step in range(1, plan.steps + 1):
        for group in optimizer.param_groups:
            group["lr"] = plan.learning_rate * _rate(step, plan)
        batch = next(batches, None)
        if batch is None:
            raise InputError(f"there were batches for {step - 1} steps: the plan has {plan.steps}.")
        loss, state = _loss(model, batch, None if batch.fresh else state, plan, generator)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.clip_grad_norm_(model.parameters(), plan.clip)
        optimizer.step()
        due = step * plan.evaluations // plan.steps > (step - 1) * plan.evaluations // plan.steps
        score = evaluate() if due and evaluate is not None else None
        is_error = batch.targets.is_floating_point()
        shown, unit = (loss.item(), "squared error") if is_error else (loss.item() / math.log(2), "bits")
        yield TrainStep(step, plan.steps, shown, unit, score, float(norm), time.perf_counter() - began)


def _loss(
    model: SequenceModel, batch: Batch, state: State, plan: TrainPlan, generator: torch.Generator
) -> tuple[Tensor, State]:
    """Mean cross-entropy (nats) or squared error of a batch, and the detached state after it."""
    device = model.head.weight.device
    inputs, targets = batch.inputs.to(device), batch.targets.to(device)
    if plan.unknown_share:
        hidden = torch.rand(inputs.shape, generator=generator).to(device) < plan.unknown_share
        inputs = inputs.masked_fill(hidden, model.tokenizer.unknown)
    with torch.autocast(device.type, torch.bfloat16, enabled=plan.precision == "bfloat16"):
        embedded = _drop(model.read(inputs), plan.dropout_in, generator)
        written = None if batch.written is None else batch.written.to(device)
        output, state = model.recurrent_output(embedded, state, batch.lengths, written)
        scores = model.scores(_drop(output, plan.dropout_out, generator), batch.lengths)  # (.., outputs)
    scores = scores.to(model.head.weight.dtype)
    if targets.is_floating_point():
        asked = ~targets.isnan()
        error = (scores[..., 0][asked] - targets[asked]) / model.config.scale
        return error.square().mean(), _detached(state)
    if batch.weights is None:
        loss = functional.cross_entropy(scores.flatten(0, -2), targets.flatten(), ignore_index=IGNORED)
    else:
        weights = batch.weights.to(device).masked_fill(targets == IGNORED, 0)
        losses = functional.cross_entropy(scores.mT, targets, ignore_index=IGNORED, reduction="none")  # (batch, time)
        loss = (losses * weights).sum() / weights.sum()
    return loss, _detached(state)


def _drop(values: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Dropout from `generator`; torch's own dropout draws from its global one."""
    if share == 0.0:
        return values
    kept = torch.empty(values.shape).bernoulli_(1 - share, generator=generator).to(values.device)
    return values * kept / (1 - share)


def _detached(state: State) -> State:
    """The state, cut off from the gradient."""
    if isinstance(state, tuple):
        return state[0].detach(), state[1].detach()
    return None if state is None else state.detach()


def _rate(step: int, plan: TrainPlan) -> float:
    """Share of the highest learning rate at a step, 0 .. 1."""
    if step <= plan.warmup:
        return step / plan.warmup
    return 0.5 * (1 + math.cos(math.pi * (step - plan.warmup) / max(1, plan.steps - plan.warmup)))
