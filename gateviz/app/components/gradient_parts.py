"""The parts of the Gradients page: which one is shown, and those that are on no sentence and compute in the browser."""

from typing import Any, get_args

import streamlit as st

from gateviz import viewer
from gateviz.app.state.session import Key, Part, session
from gateviz.figures.palette import DARK, LIGHT
from gateviz.i18n.translator import Translator

_lab = st.components.v2.component(
    "gateviz_lab",
    js=viewer.script(viewer.JS / "lab" / "lab_part.js"),
    css=viewer.styles("viewer", "controls", "gradients", "lab", "lecture_mode"),
)

_clipping = st.components.v2.component(
    "gateviz_clipping",
    js=viewer.script(viewer.JS / "clipping" / "clipping_part.js"),
    css=viewer.styles("viewer", "controls", "gradients", "lab", "lecture_mode"),
)


def choose(say: Translator) -> Part:
    """Draw the row of the parts at the top of the page, and read which one is chosen."""
    part: Part = st.segmented_control(
        say("control.part"),
        get_args(Part),
        required=True,
        key=Key.PART,
        format_func=lambda name: say(f"part.{name}"),
        label_visibility="collapsed",
        persist_state="session",
        **session.begin(Key.PART, default=session.part),
    )
    return part


def show_lab(say: Translator) -> None:
    """Draw the lab."""
    texts = {
        **say.under("lab"),
        "settings": say.under("lab_settings"),
        "kinds": say.under("lab_choices"),
        "presets": say.under("lab_presets"),
        "cells": say.under("cell"),
        "gradients": say.under("gradient"),
    }
    _lab(key=Key.LAB, data={"texts": texts, **_looks(say)})


def show_clipping(say: Translator) -> None:
    """Draw the part on explosion and clipping."""
    texts = {
        **say.under("clipping"),
        "settings": say.under("clipping_settings"),
        "presets": say.under("clipping_presets"),
        "remedies": say.under("clipping_remedies"),
    }
    _clipping(key=Key.CLIPPING, data={"texts": texts, **_looks(say)})


def _looks(say: Translator) -> dict[str, Any]:
    titles = {
        "figure": say("page.gradients"),
        "steps": say("gradients.steps_axis"),
        "norms": say("gradients.relative_axis"),
    }
    palettes = {"light": {"cell": LIGHT.cell}, "dark": {"cell": DARK.cell}}
    return {
        "titles": titles,
        "palettes": palettes,
        "language": say.language,
        "said": session.part_settings,
        "turn": session.part_turn,
    }
