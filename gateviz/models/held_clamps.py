"""Holds as the clamps of one run: a number as it is, "freeze" and "other" as the values of other runs."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from gateviz.errors import InputError
from gateviz.models.alignment import aligned_steps
from gateviz.models.encoder_decoder import LONGEST, START, decoder_step
from gateviz.models.holds import Hold, check_hold
from gateviz.models.sequence_model import SequenceModel
from gateviz.recording.interventions import Clamp
from gateviz.results.trace import Array, Trace


def clamps_of(
    model: SequenceModel, text: str, holds: Sequence[Hold], answer_length: int | None = None, other: Trace | None = None
) -> tuple[Clamp, ...]:
    """The clamps with which `model.trace(text, answer_length, clamps)` is the run under these holds.

    A hold at steps that have no counterpart in the other sentence gives no clamp.

    Args:
        model: of the cell that all of the holds are of.
        text: what it reads.
        holds: in the order in which they apply.
        answer_length: how many characters a decoder writes; None: until it ends by itself.
        other: the plain run of the sentence that one compares with, if a hold has the value "other".

    Raises:
        SignalError: a hold of what the model does not have.
        InputError: a hold has the value "other", and there is no other run.
    """
    typed = tuple(token.text for token in model.tokenize(text))
    tokens = (*typed, *written_at_most(model, answer_length))
    clamps: list[Clamp] = []
    for hold in holds:
        check_hold(hold, model.config, len(tokens))
        steps = list(range(hold.first, len(tokens) if hold.last is None else hold.last + 1))
        value: ArrayLike = hold.value
        if hold.value == "other":
            if other is None:
                raise InputError("a hold has the value 'other': give the sentence that one compares with.")
            belong = counterparts(model, tokens, other)
            steps = [step for step in steps if belong[step] is not None]
            value = _signal(other, hold)[:, [step or 0 for step in belong]]
        elif hold.value == "freeze":
            value = _signal(model.trace(text, answer_length, clamps), hold)[:, hold.first : hold.first + 1]
        if steps and np.size(value):  # a decoder may end before the first of the steps
            clamps.append(Clamp(hold.signal, value, hold.layer, hold.direction, hold.unit, steps))
    return tuple(clamps)


def written_at_most(model: SequenceModel, answer_length: int | None) -> tuple[str, ...]:
    """A token for each step that a decoder can have, START and blanks; none for a model without one."""
    if model.config.answers != "text":
        return ()
    return (START, *[""] * (LONGEST if answer_length is None else answer_length))


def counterparts(model: SequenceModel, tokens: Sequence[str], other: Trace) -> tuple[int | None, ...]:
    """The step of the other run that belongs to each of these tokens (`aligned_steps`)."""
    others = other.tokens_of(0)
    if model.config.answers != "text":
        return aligned_steps(tokens, others)
    return aligned_steps(tokens, others, (len(tokens) - 1 - tokens[::-1].index(START), decoder_step(other)))


def _signal(trace: Trace, hold: Hold) -> Array:
    """(1, time, unit) what the hold is of, in another run."""
    return trace.layer(hold.layer, hold.direction)[hold.signal]
