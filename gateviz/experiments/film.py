"""A film of a training: what the three models do with one text, from the first step to the last, a frame at a time.

A frame has for each cell the gates (a plain RNN has only its state) at every token and unit, the norm of dL/dh_t and
dL/dc_t for the loss at the end, the share of gates that are nearly shut and nearly open, and the answer. js/film/ draws
it. The colours have 256 levels, so a gate is sent as one byte; every number that is written out comes as it is.
"""

import base64
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from gateviz.experiments.tasks import Probe
from gateviz.gradients.flow import gradient_flow
from gateviz.models.sequence_model import SequenceModel
from gateviz.results.signals import GATES, KEEPS
from gateviz.results.statistics import saturation
from gateviz.results.trace import CellName

FRAMES = 60
SHUT = 0.1

SHOWN: Mapping[CellName, tuple[str, ...]] = {
    "rnn": ("hidden_state",),
    "lstm": ("forget_gate", "input_gate", "output_gate"),
    "gru": ("update_gate", "reset_gate"),
}
"""The maps of each cell, from the top down."""


def frame_steps(steps: int, frames: int = FRAMES) -> tuple[int, ...]:
    """After which steps of a training frames are taken, from 0 on.

    They are even in the root of the step, so that the start, where most happens, has more of them.
    """
    return tuple(sorted({round(steps * (index / (frames - 1)) ** 2) for index in range(frames)}))


class Answer(NamedTuple):
    """What a model answers at the end of a text."""

    text: str
    """The label or token that it finds likeliest, or its value."""
    share: float | None
    """The probability of the right answer, 0 .. 1; None for a value."""
    is_right: bool


def frame_of(model: SequenceModel, probe: Probe) -> dict[str, Any]:
    """One cell's part of a frame, ready for JSON.

    Args:
        model: of one layer and one direction; with finite weights.
        probe: the text, and what would be right at its end.

    Returns:
        "maps": signal -> its bytes in base64, (unit, time), 0 for 0 and 255 for 1, of a state 0 for -1 and 255 for 1;
        "gradients": "hidden_state" and an LSTM's "cell_state" -> the L2 norm at each token, in double precision;
        "saturation": gate -> [share under 0.1, share over 0.9] of all units and tokens;
        "here": the loss at the end, in nats or as half a squared error;
        "turn": [the token at which most of the gates that keep are shut, the share of them under 0.1], or None;
        "answer", "share", "right": as in `Answer`.
    """
    precise = model.clone().double()
    trace = model.trace(probe.text)
    layer = trace.layer(0)
    signals = {name: layer[name][0] for name in SHOWN[model.cell]}  # (time, unit)
    flow = gradient_flow(precise.recurrent, *loss_at_end(precise, probe))
    answer = answer_of(model, probe, model.logits_of(trace))
    return {
        "maps": {name: _as_bytes(values, name) for name, values in signals.items()},
        "gradients": {name: _rounded(flow.norm(name)[0]) for name in flow.layer(0).signals},
        "saturation": {
            name: [float(saturation(values).left.mean()), float(saturation(values).right.mean())]
            for name, values in signals.items()
            if name in GATES
        },
        "turn": turn_of(signals[KEEPS[model.cell]]) if model.cell in KEEPS else None,
        "here": number(flow.loss),
        "answer": answer.text,
        "share": answer.share,
        "right": answer.is_right,
    }


def turn_of(gate: NDArray[np.floating]) -> tuple[int, float]:
    """The token after the first at which most units of a gate, (time, unit), are shut, and which share of them is.

    Shut is under 0.1, as in `saturation`; of equal shares the one whose mean is lower counts.
    """
    shut = (gate[1:] < SHUT).mean(axis=1)
    step = min(range(len(shut)), key=lambda at: (-shut[at], gate[1 + at].mean()))
    return step + 1, float(shut[step])


def _rounded(norms: NDArray[np.floating]) -> list[float]:
    """To six digits, because a film has thousands of them."""
    return [float(f"{norm:.6g}") for norm in norms]


def _as_bytes(values: NDArray[np.floating], signal: str) -> str:
    shares = values if signal in GATES else (values + 1) / 2
    return base64.b64encode(np.rint(shares.T * 255).clip(0, 255).astype(np.uint8).tobytes()).decode()


def loss_at_end(model: SequenceModel, probe: Probe) -> tuple[Tensor, Any]:
    """The loss of the right answer, as `gradient_flow` takes it: the inputs, and a function of the output.

    A class: -log p (nats) of the right one after the last token. A value: half its squared error there. A next token:
    -log p of the last token, after the one before it.
    """
    ids = model.encode(probe.text)
    answers = model.config.answers

    def loss(output: Tensor) -> Tensor:
        if answers == "next":
            return functional.cross_entropy(model.head(output[0, -2]), torch.tensor(ids[-1]))
        scores: Tensor = model.head(output[0, -1])
        if answers == "value":
            return (scores[0] - float(probe.answer) / model.config.scale).square() / 2
        return functional.cross_entropy(scores, torch.tensor(model.labels.index(probe.answer)))

    return model.embed(ids), loss


def loss_step(model: SequenceModel, probe: Probe) -> int:
    """The token, from 0, after which that loss stands."""
    return len(model.encode(probe.text)) - (2 if model.config.answers == "next" else 1)


def answer_of(model: SequenceModel, probe: Probe, logits: NDArray[np.floating]) -> Answer:
    """What the model answers where the loss of `loss_at_end` stands."""
    if model.config.answers == "value":
        value = float(logits[-1, 0])
        return Answer(f"{value:.2f}", None, abs(value - float(probe.answer)) < 0.1)
    is_next = model.config.answers == "next"
    scores = torch.from_numpy(logits[-2 if is_next else -1]).double()
    right = model.encode(probe.text)[-1] if is_next else model.labels.index(probe.answer)
    best = int(scores.argmax())
    return Answer(model.outputs[best], float(scores.softmax(dim=0)[right]), best == right)


def number(value: float | None) -> float | None:
    """A number as JSON has it: None for what is not finite."""
    return value if value is not None and math.isfinite(value) else None
