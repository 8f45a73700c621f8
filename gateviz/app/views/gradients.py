"""Gradients: how far back the loss at one step is heard, in the three cells, trained and untrained."""

import math
from typing import Any

import streamlit as st

from gateviz.app.components import controls, saliency, sentence, skeleton, take_away
from gateviz.app.computed import cache
from gateviz.app.computed.cache import Decay, Weights
from gateviz.app.state.language import translator
from gateviz.pretrained.cards import ModelCard
from gateviz.results.trace import CellName, Direction

say = translator()


def main() -> None:
    """The page."""
    choice = controls.show(say)
    with skeleton.until_loaded(say):
        cache.engine()
    source = controls.choose_source(say, choice)
    first = cache.trace(source, choice.cells[0], choice.text)
    layer, direction = controls.show_layer(say, choice, first.num_layers, first.num_directions)
    tokens = cache.tokens(source, choice.cells, choice.text)
    sentence.say_link(say)
    sentence.say_unknown(say, tokens)
    step, weights, bias, relative = _settings(choice.text, len(tokens))
    decays = {
        (cell, kind): cache.decay(source, cell, choice.text, step, kind, bias, layer, direction)
        for cell in choice.cells
        for kind in weights
    }
    curves = _curves(decays, step if relative else None)
    title = say("gradients.relative_axis" if relative else "gradients.absolute_axis")
    saved = _saved(curves, title, choice.task)
    saliency.show(_strips(decays, tokens, step, direction) | saved)
    st.plotly_chart(
        _figure(curves, tokens, title),
        key="gradient_curves",
        config={"displayModeBar": False},
        alt=say("gradients.alt"),
    )
    loss = _loss(cache.card(choice.task, choice.cells[0]), tokens, step)
    st.caption(say(f"gradients.{loss}", step=step + 1))
    controls.write_address(choice, source, layer, direction, say)
    with choice.aside:
        take_away.show_of_gradients(say.language)


def _loss(card: ModelCard, tokens: tuple[Any, ...], step: int) -> str:
    """Which words say what L is: that depends on the answers, and on whether anything came that could be known."""
    came = step + 1 < len(tokens) and tokens[step + 1].known
    if card.config.answers == "class":
        return "caption_class"
    if card.config.answers == "text":
        return "caption_text"
    if card.config.answers == "value":
        series = came and len(card.vocabulary) == 1
        return "caption_series" if series else "caption_value"
    return "caption" if came else "caption_guess"


def _settings(text: str, steps: int) -> tuple[int, tuple[Weights, ...], float, bool]:
    """Loss step (0-based), which weights, forget bias, and whether the norms are relative to the loss step's."""
    state = st.session_state
    before = state.get("_loss_steps")
    if state.get("_loss_text") != text or before not in (steps, None):  # another sentence, or another model's tokens
        state["loss_step"] = steps
    state["_loss_text"], state["_loss_steps"] = text, steps
    state["loss_step"] = min(state.get("loss_step", steps), steps)  # a card's, whose text a link has another model read
    for key, default in (("weights", ["trained"]), ("forget_bias", 0.0), ("norms", "absolute")):
        state.setdefault(key, default)
    columns = st.container(key="settings").columns([2.4, 1.4, 2.2, 2.2], gap="medium", vertical_alignment="top")
    with columns[0]:
        if steps > 1:
            st.slider(say("control.loss_step"), 1, steps, key="loss_step", persist_state="session")
    with columns[1]:
        kinds = st.segmented_control(
            say("control.weights"),
            ("trained", "untrained"),
            selection_mode="multi",
            key="weights",
            format_func=lambda kind: say(f"gradients.{kind}"),
            persist_state="session",
        )
    chosen: tuple[Weights, ...] = tuple(kind for kind in ("trained", "untrained") if kind in kinds) or ("trained",)
    with columns[2]:
        bias = st.slider(
            say("control.forget_bias"),
            min_value=-1.0,
            max_value=5.0,
            step=0.25,
            key="forget_bias",
            disabled="untrained" not in chosen,
            persist_state="session",
        )
    with columns[3]:
        scale = st.segmented_control(
            say("control.scale"),
            ("absolute", "relative"),
            required=True,
            key="norms",
            format_func=lambda kind: say(f"gradients.{kind}"),
            persist_state="session",
        )
    return min(state["loss_step"], steps) - 1, chosen, bias, scale == "relative"


def _curves(decays: dict[tuple[CellName, Weights], Decay], relative_to: int | None) -> list[Any]:
    from gateviz.figures.gradients import Curve  # noqa: PLC0415

    curves = []
    for (cell, kind), found in decays.items():
        for signal, norms in (("hidden_state", found.hidden_state), ("cell_state", found.cell_state)):
            if norms is not None:
                label = say("gradients.label", cell=say(f"cell.{cell}"), gradient=say(f"gradient.{signal}"))
                label += f" ({say(f'gradients.{kind}')})" if len({kind for _, kind in decays}) > 1 else ""
                scale = 1.0 if relative_to is None else norms[relative_to] or 1.0
                curves.append(Curve(label, cell, norms / scale, signal == "cell_state", kind == "untrained"))
    return curves


def _figure(curves: list[Any], tokens: tuple[Any, ...], norm_title: str) -> Any:
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


def _saved(curves: list[Any], norm_title: str, task: str) -> dict[str, Any]:
    """What the browser draws the figures from that are saved: the chart's curves, to six digits, and their words."""
    return {
        "curves": [vars(curve) | {"norms": [_digits(norm) for norm in curve.norms]} for curve in curves],
        "titles": {
            "figure": say("page.gradients"),
            "task": say.task(task),
            "steps": say("gradients.steps_axis"),
            "norms": norm_title,
        },
    }


def _digits(norm: float) -> float | None:
    return float(f"{norm:.6g}") if math.isfinite(norm) else None


def _strips(
    decays: dict[tuple[CellName, Weights], Decay], tokens: tuple[Any, ...], step: int, direction: Direction
) -> dict[str, Any]:
    from gateviz.figures import palette  # noqa: PLC0415

    return {
        "tokens": [{"text": token.text, "known": token.known} for token in tokens],
        "step": step,
        "networks": [
            {
                "cell": cell,
                "weights": kind,
                "inputs": [float(norm) for norm in found.inputs],
                "half_lives": [
                    {"signal": signal, **_half_life(norms if direction == "forward" else norms[step:][::-1])}
                    for signal, norms in (("hidden_state", found.hidden_state), ("cell_state", found.cell_state))
                    if norms is not None
                ],
            }
            for (cell, kind), found in decays.items()
        ],
        "texts": {**say.under("gradients"), "cells": say.under("cell"), "gradients": say.under("gradient")},
        "palettes": {name: {"cell": getattr(palette, name.upper()).cell} for name in ("light", "dark")},
    }


def _half_life(norms: Any) -> dict[str, float | None]:
    from gateviz.results.statistics import curve_half_life  # noqa: PLC0415

    found = curve_half_life(norms)
    return {
        "steps": found.steps if math.isfinite(found.steps) else None,
        "r_squared": found.r_squared if math.isfinite(found.r_squared) else None,
    }


main()
