"""What the Gradients page draws of the decays of some networks: curves, a coloured sentence, words on the loss."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gateviz.app.computed.gradient_sentence import from_loss, lasting
from gateviz.app.computed.gradients import Decay
from gateviz.app.state.session import Weights
from gateviz.data.tokenizing.tokens import Token
from gateviz.i18n.translator import Translator
from gateviz.pretrained.cards import ModelCard
from gateviz.results.trace import CellName, Direction

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from gateviz.figures.gradients import Curve

Decays = Mapping[tuple[CellName, Weights], Decay]


def curves(decays: Decays, relative_to: int | None, say: Translator) -> "list[Curve]":
    """A curve for every state of every network.

    Args:
        decays: of the networks.
        relative_to: the step at which every curve is set to 1; None leaves the norms as they are.
        say: the language of the labels.
    """
    from gateviz.figures.gradients import Curve  # noqa: PLC0415

    several_kinds = len({kind for _, kind in decays}) > 1
    found = []
    for (cell, kind), decay in decays.items():
        for signal, norms in _states(decay):
            label = say("gradients.label", cell=say(f"cell.{cell}"), gradient=say(f"gradient.{signal}"))
            label += f" ({say(f'gradients.{kind}')})" if several_kinds else ""
            scale = 1.0 if relative_to is None else norms[relative_to] or 1.0
            found.append(Curve(label, cell, norms / scale, signal == "cell_state", kind == "untrained"))
    return found


def figure(curves: "Sequence[Curve]", tokens: Sequence[Token], norm_title: str, say: Translator) -> "go.Figure":
    """The curves over the tokens, in the colours of the theme."""
    from gateviz.figures.gradients import gradient_curves  # noqa: PLC0415
    from gateviz.figures.heatmaps import plain  # noqa: PLC0415
    from gateviz.figures.palette import THEMED  # noqa: PLC0415

    return gradient_curves(
        curves,
        ticks=[plain(token.text.strip()) or "␣" for token in tokens],
        step_title=say("gradients.steps_axis"),
        norm_title=norm_title,
        underflow=say("gradients.underflow"),
        palette=THEMED,
    )


def saved(curves: "Sequence[Curve]", norm_title: str, task: str, say: Translator) -> dict[str, Any]:
    """What the browser draws the saved figures from: the curves, to six digits, and their words."""
    return {
        "curves": [vars(curve) | {"norms": [_six_digits(norm) for norm in curve.norms]} for curve in curves],
        "titles": {
            "figure": say("page.gradients"),
            "task": say.task(task),
            "steps": say("gradients.steps_axis"),
            "norms": norm_title,
        },
    }


def strips(decays: Decays, tokens: Sequence[Token], step: int, direction: Direction, say: Translator) -> dict[str, Any]:
    """What the browser colours the sentence from: how much each token matters, how long gradients last."""
    from gateviz.figures import palette  # noqa: PLC0415

    return {
        "tokens": [{"text": token.text, "known": token.known} for token in tokens],
        "step": step,
        "networks": [
            {
                "cell": cell,
                "weights": kind,
                "inputs": [float(norm) for norm in decay.inputs],
                "half_lives": [
                    {"signal": signal, **lasting(from_loss(norms, step, direction), say)}
                    for signal, norms in _states(decay)
                ],
            }
            for (cell, kind), decay in decays.items()
        ],
        "texts": {**say.under("gradients"), "cells": say.under("cell"), "gradients": say.under("gradient")},
        "palettes": {name: {"cell": getattr(palette, name.upper()).cell} for name in ("light", "dark")},
    }


def loss_caption(card: ModelCard, tokens: Sequence[Token], step: int) -> str:
    """Which words say what L is: it depends on the model's answers, and on whether a known token follows the step."""
    followed = step + 1 < len(tokens) and tokens[step + 1].known
    if card.config.answers == "class":
        return "caption_class"
    if card.config.answers == "text":
        return "caption_text"
    if card.config.answers == "value":
        is_series = followed and len(card.vocabulary) == 1
        return "caption_series" if is_series else "caption_value"
    return "caption" if followed else "caption_guess"


def _states(decay: Decay) -> list[tuple[str, Any]]:
    """Name and norms of each state that the network has."""
    norms = {"hidden_state": decay.hidden_state, "cell_state": decay.cell_state}
    return [(signal, values) for signal, values in norms.items() if values is not None]


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _six_digits(norm: float) -> float | None:
    return _finite(float(f"{norm:.6g}"))
