"""train(): an iterator of TrainStep over a SequenceModel, used by the app and the command line alike.

    for step in train(model, batches, plan, generator=generator, evaluate=score):
        print(step.step, step.loss, step.held_out)

The caller drives: between two steps it may draw, save the model, or stop by leaving the loop; the model holds the
weights of the last step. All randomness comes from one generator, so that the same seed, plan and number of threads
give the same weights on the same machine, whatever else the process draws.

A batch says what is asked by what its targets are: ids for each step (IGNORED where nothing is asked), a class for each
text, or a value for each step (NaN where nothing is asked).
"""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

from gateviz.errors import InputError
from gateviz.models.network import State
from gateviz.models.sequence_model import SequenceModel

IGNORED = -100
"""The target of a step at which nothing is asked."""


@dataclass(frozen=True, slots=True)
class TrainPlan:
    """How long and how to train: the budget, the same for each cell of a trio."""

    steps: int
    batch_size: int
    """Texts, or parallel streams of one text, a step."""
    learning_rate: float
    """Adam's, at its highest: it rises over the first `warmup` steps and falls to zero by the last along a cosine."""
    warmup: int
    clip: float
    """The gradient's greatest norm, over all parameters."""
    evaluations: int
    """How many times the held-out data is scored, evenly spread, the last step included."""
    dropout_in: float = 0.0
    """Share of the recurrent module's inputs that is dropped."""
    dropout_out: float = 0.0
    """Share of its outputs that is dropped before the head."""
    unknown_share: float = 0.0
    """Share of input tokens shown as unknown, so that its embedding learns to say little; targets stay."""
    weight_decay: float = 0.0
    """Adam's decoupled weight decay (Loshchilov and Hutter 2019)."""
    precision: Literal["float32", "bfloat16"] = "float32"
    """Of the products while training; the weights stay float32. bfloat16 is twice as fast or more where the processor
    has it, and pays where a head has thousands of outputs."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step learns from."""

    inputs: Tensor
    """(batch, time) ids, or (batch, time, features) numbers; padding may stand after a text."""
    targets: Tensor
    """(batch, time) ids or IGNORED; (batch,) classes; or (batch, time) values or NaN."""
    lengths: Tensor | None = None
    """(batch,) how many steps of each text are text; None: all."""
    fresh: bool = True
    """False: the texts go on from those of the batch before, and so does the state."""
    written: Tensor | None = None
    """(batch, time) ids of labels that a decoder reads, the first of them the end mark's; the targets are then those of
    the decoder's steps."""


@dataclass(frozen=True, slots=True)
class TrainStep:
    """What one step of training did."""

    step: int
    """1-based."""
    steps: int
    """How many there will be."""
    loss: float
    """Mean of this step's batch, dropout on, in `unit`."""
    unit: str
    """ "bits" (a target), or "squared error"."""
    held_out: float | None
    """What `evaluate` gave after this step, where it was due."""
    gradient_norm: float
    """L2 norm over all parameters, before clipping."""
    seconds: float
    """Since training began, scoring included."""


def train(
    model: SequenceModel,
    batches: Iterator[Batch],
    plan: TrainPlan,
    *,
    generator: torch.Generator,
    evaluate: Callable[[], float] | None = None,
) -> Iterator[TrainStep]:
    """Train `model` in place, a step at a time.

    Args:
        model: on any device; its weights are the start.
        batches: at least `plan.steps` of them.
        plan: the budget.
        generator: what dropout and hidden tokens are drawn from; the batches may draw from it too.
        evaluate: the held-out figure of the model as it is, if it is to be told.

    Yields:
        One TrainStep a step; the model then holds that step's weights.

    Raises:
        InputError: the batches end before the plan does.
    """
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=plan.learning_rate, weight_decay=plan.weight_decay, fused=plan.precision == "bfloat16"
    )  # where products are quick, half of the time would go into Adam's many passes over the weights
    began = time.perf_counter()
    state: State = None
    for step in range(1, plan.steps + 1):
        for group in optimizer.param_groups:
            group["lr"] = plan.learning_rate * _rate(step, plan)
        batch = next(batches, None)
        if batch is None:
            raise InputError(f"there were batches for {step - 1} steps, the plan has {plan.steps}")
        loss, state = _loss(model, batch, None if batch.fresh else state, plan, generator)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.clip_grad_norm_(model.parameters(), plan.clip)
        optimizer.step()
        due = step * plan.evaluations // plan.steps > (step - 1) * plan.evaluations // plan.steps
        score = evaluate() if due and evaluate is not None else None
        bits = not batch.targets.is_floating_point()
        told = loss.item() / math.log(2) if bits else loss.item()
        unit = "bits" if bits else "squared error"
        yield TrainStep(step, plan.steps, told, unit, score, float(norm), time.perf_counter() - began)


def _loss(
    model: SequenceModel, batch: Batch, state: State, plan: TrainPlan, generator: torch.Generator
) -> tuple[Tensor, State]:
    """Mean cross-entropy (nats) or squared error of a batch, and the state after it, cut off from its gradient."""
    device = model.head.weight.device
    inputs, targets = batch.inputs.to(device), batch.targets.to(device)
    if plan.unknown_share:
        hidden = torch.rand(inputs.shape, generator=generator).to(device) < plan.unknown_share
        inputs = inputs.masked_fill(hidden, model.tokenizer.unknown)
    with torch.autocast(device.type, torch.bfloat16, enabled=plan.precision == "bfloat16"):
        embedded = _drop(model.read(inputs), plan.dropout_in, generator)
        written = None if batch.written is None else batch.written.to(device)
        output, state = model.run(embedded, state, batch.lengths, written)
        scores = model.scores(_drop(output, plan.dropout_out, generator), batch.lengths)  # (.., outputs)
    scores = scores.to(model.head.weight.dtype)
    if targets.is_floating_point():
        asked = ~targets.isnan()
        error = (scores[..., 0][asked] - targets[asked]) / model.config.scale
        return error.square().mean(), _detached(state)
    loss = functional.cross_entropy(scores.flatten(0, -2), targets.flatten(), ignore_index=IGNORED)
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
