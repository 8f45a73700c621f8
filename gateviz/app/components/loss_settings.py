"""The settings of the Gradients page: the step of the loss, which networks, their forget bias, the scale."""

from dataclasses import dataclass

import streamlit as st

from gateviz.app.state.session import Key, Weights, session
from gateviz.i18n.translator import Translator

KINDS: tuple[Weights, ...] = ("trained", "untrained")


@dataclass(frozen=True)
class LossSettings:
    """What is set."""

    step: int
    """Of the loss, from 0."""
    weights: tuple[Weights, ...]
    """At least one kind of network."""
    forget_bias: float
    """Of the untrained LSTM."""
    relative: bool
    """Whether every curve is divided by its norm at the step of the loss."""


def show(say: Translator, text: str, steps: int) -> LossSettings:
    """Draw the settings of a text of so many steps, and read them."""
    _place_loss(text, steps)
    columns = st.container(key="settings").columns([2.4, 1.4, 2.2, 2.2], gap="medium", vertical_alignment="top")
    if steps > 1:
        columns[0].slider(
            say("control.loss_step"),
            1,
            steps,
            key=Key.LOSS_STEP,
            persist_state="session",
            **session.begin(Key.LOSS_STEP, value=session.loss_step),
        )
    kinds = columns[1].segmented_control(
        say("control.weights"),
        KINDS,
        selection_mode="multi",
        key=Key.WEIGHTS,
        format_func=lambda kind: say(f"gradients.{kind}"),
        persist_state="session",
        **session.begin(Key.WEIGHTS, default=list(session.weights)),
    )
    weights = tuple(kind for kind in KINDS if kind in kinds) or KINDS[:1]
    bias = columns[2].slider(
        say("control.forget_bias"),
        min_value=-1.0,
        max_value=5.0,
        step=0.25,
        key=Key.FORGET_BIAS,
        disabled="untrained" not in weights,
        persist_state="session",
        **session.begin(Key.FORGET_BIAS, value=session.forget_bias),
    )
    scale = columns[3].segmented_control(
        say("control.scale"),
        ("absolute", "relative"),
        required=True,
        key=Key.SCALE,
        format_func=lambda kind: say(f"gradients.{kind}"),
        persist_state="session",
        **session.begin(Key.SCALE, default=session.scale),
    )
    return LossSettings((session.loss_step or steps) - 1, weights, bias, scale == "relative")


def _place_loss(text: str, steps: int) -> None:
    """Put the loss at the last step of another text, or of the same text read in more or fewer steps."""
    before, steps_before = session.loss_of
    if before != text or steps_before not in (steps, None):
        session.loss_step = steps
    session.loss_of = (text, steps)
    asked = session.loss_step or steps
    session.loss_step = max(1, min(asked, steps))  # a click on a token comes from the browser and may be anything
