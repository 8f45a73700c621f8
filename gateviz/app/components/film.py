"""The film of a training, on the page Train: js/film draws it, and asks the server for its frames."""

from pathlib import Path
from typing import Any

import streamlit as st

from gateviz import viewer
from gateviz.app.components import notices
from gateviz.app.state.session import Key, session
from gateviz.data.corpora import memory_tests
from gateviz.figures.palette import DARK, LIGHT, Palette
from gateviz.i18n.translator import Translator
from gateviz.results.trace import CELLS

_film = st.components.v2.component(
    "gateviz_film",
    js=viewer.script(Path(__file__).with_suffix(".js")),
    css=viewer.styles("viewer", "controls", "film", "lecture_mode"),
)
SIGNALS = ("hidden_state", "forget_gate", "input_gate", "output_gate", "update_gate", "reset_gate")


def show(name: str | None, say: Translator) -> None:
    """Draw the film of that name."""
    _film(key=Key.FILM_VIEW, data=_data(name, say), on_ended_change=note_the_end)


@notices.guarded
def note_the_end() -> None:
    """A training has ended: the page is drawn again, and offers its models."""


def _data(name: str | None, say: Translator) -> dict[str, Any]:
    labels = {label: label for label in memory_tests.ORDERS}
    return {
        "name": name or "",
        "language": say.language,
        "begins": session.lesson is not None,  # a lesson asks before it shows
        "cells": {cell: say(f"cell.{cell}") for cell in CELLS},
        "signals": {signal: say(f"film.signal.{signal}") for signal in SIGNALS},
        "symbols": {signal: say(f"symbol.{signal}") for signal in SIGNALS},
        "labels": labels,
        "palettes": {"light": _colours(LIGHT), "dark": _colours(DARK)},
        "texts": {**say.under("film")},
    }


def _colours(palette: Palette) -> dict[str, Any]:
    return {"gate": palette.gate, "state": palette.state, "cell": palette.cell}
