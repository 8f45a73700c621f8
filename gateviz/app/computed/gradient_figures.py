"""What the Gradients page draws on a sentence: what its part in the browser gets, and Plotly's figures below it."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gateviz.app.computed import gradient_paths, models, readings
from gateviz.app.computed.gradient_paths import Paths
from gateviz.app.computed.gradient_sentence import DISTANCES, sentence, share_text
from gateviz.app.computed.gradients import Decay, decay
from gateviz.app.computed.lesson_facts import printed
from gateviz.app.state.session import GradientView
from gateviz.data.tokenizing.tokens import Token
from gateviz.i18n.translator import Translator
from gateviz.models.view import View
from gateviz.pretrained.browser_files import MOST_BYTES, name_of
from gateviz.pretrained.cards import ModelCard
from gateviz.results.trace import Array, CellName
from gateviz.viewer.packing.answers import pack_answers

if TYPE_CHECKING:
    import plotly.graph_objects as go

LEAST = 1e-12
"""Norms below are as dark as this one in the maps of Jacobian norms."""

FIGURE = 380
"""px, the height of a figure below the sentences."""

MISLEADS = 1.5
"""The direct path is called misleading where it differs from the whole by more than this factor."""


def packed(
    view: View, tokens: Sequence[Token], step: int, kind: GradientView, say: Translator, *, relative: bool
) -> dict[str, Any]:
    """What the browser draws of a sentence, with the gradients of the loss at a step.

    Args:
        view: the networks and the text.
        tokens: (time,) what was read.
        step: of the loss, from 0.
        kind: what is drawn below the sentences.
        say: the language.
        relative: whether every curve is divided by its norm at the step of the loss.
    """
    from gateviz.figures import palette  # noqa: PLC0415

    decays = {cell: decay(view, cell, step=step) for cell in view.cells}
    caption = "one_step" if gradient_paths.why_not(view, kind, len(tokens)) else kind
    loss = say(f"gradients.{loss_caption(models.card(view.task, view.cells[0]), tokens, step)}", step=step + 1)
    return {
        "text": view.text,
        "layer": view.layer,
        "direction": view.direction,
        "models": _models(view),
        "tokens": [{"text": token.text, "known": token.known} for token in tokens],
        "step": step,
        "networks": [_network(view, cell, decays[cell]) for cell in view.cells],
        "line": sentence(decays, tokens, step, view.direction, say),
        "caption": " ".join((*([loss] if caption == "one_step" else ()), say(f"gradients.about_{caption}"))),
        "curves": kind == "one_step",
        "relative": relative,
        "paths": _paths(view, step, say) if caption == "paths" else None,
        "texts": {**say.under("gradients"), "cells": say.under("cell"), "gradients": say.under("gradient")},
        "titles": {
            "figure": say("page.gradients"),
            "task": say.task(view.task),
            "steps": say("gradients.steps_axis"),
            "norms": say("gradients.relative_axis" if relative else "gradients.absolute_axis"),
        },
        "palettes": {name: {"cell": getattr(palette, name.upper()).cell} for name in ("light", "dark")},
    }


def _models(view: View) -> dict[CellName, str]:
    """The weights with which the browser finds the gradients of other losses; none of decoders, and of large ones."""
    cards = {cell: models.card(view.task, cell) for cell in view.cells}
    return {
        cell: name_of(card, view.training_step)
        for cell, card in cards.items()
        if card.config.answers != "text" and card.bytes <= MOST_BYTES
    }


def _network(view: View, cell: CellName, decay: Decay) -> dict[str, Any]:
    norms = {"hidden_state": decay.hidden_state, "cell_state": decay.cell_state}
    return {
        "cell": cell,
        "inputs": _finite(decay.inputs),
        "states": [{"signal": name, "norms": _finite(values)} for name, values in norms.items() if values is not None],
        "answers": pack_answers(readings.answers(view, cell)),
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


def figures(view: View, tokens: Sequence[Token], kind: GradientView, say: Translator) -> "dict[CellName, go.Figure]":
    """Plotly's figure of each cell below the sentences: bands or a map; none for the other looks."""
    if kind == "every_step":
        return {cell: _bands(view, cell, say) for cell in view.cells}
    if kind == "jacobians":
        return {cell: _map(view, cell, tokens, say) for cell in view.cells}
    return {}


def _bands(view: View, cell: CellName, say: Translator) -> "go.Figure":
    from gateviz.figures.bands import gradient_bands  # noqa: PLC0415
    from gateviz.figures.palette import THEMED  # noqa: PLC0415

    found = gradient_paths.bands(view, cell)
    spans = [str(first + 1) if first == last else f"{first + 1}–{last + 1}" for first, last in found.spans]
    figure = gradient_bands(
        found.shares,
        [say("gradients.band", steps=span) for span in spans],
        step_title=say("gradients.steps_axis"),
        norm_title=say("gradients.absolute_norm"),
        total=say("gradients.path_total"),
        palette=THEMED,
    )
    figure.update_traces(x=np.arange(1, len(found.shares) + 1))
    return figure.update_layout(
        height=FIGURE,
        margin={"l": 56, "r": 8, "t": 8, "b": 40},
        legend={"orientation": "h", "y": -0.2, "yanchor": "top", "x": 0},
    )


def _map(view: View, cell: CellName, tokens: Sequence[Token], say: Translator) -> "go.Figure":
    from gateviz.figures.heatmaps import plain  # noqa: PLC0415
    from gateviz.figures.matrices import norm_map  # noqa: PLC0415
    from gateviz.figures.palette import THEMED  # noqa: PLC0415

    figure = norm_map(
        gradient_paths.jacobians(view, cell),
        earlier_title=say("gradients.earlier_axis"),
        later_title=say("gradients.later_axis"),
        norm_title=say("gradients.jacobian_norm"),
        palette=THEMED,
    )
    words = [plain(token.text.strip()) or "␣" for token in tokens]
    every = -(-len(words) // 26)
    ticks = {"tickmode": "array", "tickvals": list(range(0, len(words), every)), "ticktext": words[::every]}
    is_last = cell == view.cells[-1]
    figure.update_traces(zmin=np.log10(LEAST), zmax=1, showscale=is_last)
    figure.update_xaxes(**ticks, tickangle=-60, tickfont={"size": 11})
    figure.update_yaxes(**ticks, tickfont={"size": 11}, scaleanchor=None)
    return figure.update_layout(height=FIGURE, width=None, margin={"l": 76, "r": 60, "t": 8, "b": 76})


def _paths(view: View, step: int, say: Translator) -> dict[CellName, dict[str, Any]]:
    found = {cell: gradient_paths.paths(view, cell, step) for cell in view.cells}
    return {
        cell: {
            "parts": {name: _finite(part) for name, part in vars(paths).items() if part is not None},
            "line": _path_line(view, cell, paths, step, say),
        }
        for cell, paths in found.items()
    }


def _path_line(view: View, cell: CellName, paths: Paths, step: int, say: Translator) -> str:
    """How far the direct path alone misleads, at the largest of `DISTANCES` that the text reaches back."""
    if paths.direct is None:
        return say("gradients.no_direct_path")
    back = max((distance for distance in DISTANCES if distance <= step), default=step)
    at = back if view.direction == "reverse" else step - back
    total, direct = float(paths.total[at]), float(paths.direct[at])
    if not (total > 0 and direct > 0):
        return say("gradients.path_gone", steps=back)
    ratio = direct / total
    which = "path_less" if ratio < 1 / MISLEADS else "path_more" if ratio > MISLEADS else "path_alike"
    factor = printed(max(ratio, 1 / ratio), ".1f" if max(ratio, 1 / ratio) < 100 else ".0e")
    gates = say("gradients.forget_gates" if cell == "lstm" else "gradients.update_gates")
    return say(
        f"gradients.{which}", steps=back, gates=gates, direct=share_text(direct), total=share_text(total), factor=factor
    )


def _finite(norms: Array) -> list[float | None]:
    """Norms as JSON can hold them: one that is not finite is a gap."""
    return [norm if math.isfinite(norm) else None for norm in norms.tolist()]
