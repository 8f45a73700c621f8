"""The timeline of the training, where models ship as they were along it: a step is chosen, or all are played."""

from collections.abc import Mapping

import streamlit as st

from gateviz import viewer
from gateviz.app.components import notices
from gateviz.app.computed import models, training_scores
from gateviz.app.state import address
from gateviz.app.state.session import Key, session
from gateviz.figures.palette import DARK, LIGHT
from gateviz.i18n.translator import Translator
from gateviz.models.view import View
from gateviz.results.trace import CellName

_timeline = st.components.v2.component(
    "gateviz_training", js=viewer.script(viewer.JS / "training" / "timeline.js"), css=viewer.styles("training")
)


def offered(task: str, cells: tuple[CellName, ...]) -> tuple[int, ...]:
    """After which training steps all these models ship, ascending; none where they differ in that."""
    cards = [models.card(task, cell) for cell in cells]
    snapshots = {card.timelapse.steps if card.timelapse else () for card in cards}
    return snapshots.pop() if len(snapshots) == 1 else ()


def chosen(task: str, cells: tuple[CellName, ...]) -> int | None:
    """After which training step the models are shown: the nearest that is there; None means the trained models."""
    steps = offered(task, cells)
    if not steps:
        session.training_step = None
        return None
    asked = session.training_step
    step = session.training_step = address.nearest(steps[-1] if asked is None else asked, steps)
    return None if step == steps[-1] else step


def show(say: Translator, view: View) -> None:
    """Draw the timeline, if there is one."""
    steps = offered(view.task, view.cells)
    if not steps:
        return
    scores = {cell: training_scores.along(view.task, cell) for cell in view.cells}
    unit = models.card(view.task, view.cells[0]).metric.unit
    data = {
        "steps": steps,
        "step": session.training_step,
        "scores": scores if all(scores.values()) else {},
        "figures": {cell: [say.figure(unit, value) for value in values] for cell, values in scores.items()},
        "cells": [[cell, say(f"cell.{cell}")] for cell in view.cells],
        "palettes": {"light": LIGHT.cell, "dark": DARK.cell},
        "texts": {**say.under("trained")},
    }
    _timeline(key=Key.TRAINING, data=data, on_go_change=go)


@notices.guarded
def go() -> None:
    """The timeline asks for the models after another step."""
    said = session.of_component(Key.TRAINING).get("go")
    step = said.get("step") if isinstance(said, Mapping) else None
    if type(step) is int:
        session.link_left_out = False
        session.training_step = step
