"""The pictures of the Step through page, packed for the browser and kept for all sessions.

A miss at 256 units and 60 tokens takes some 15 ms.
"""

from dataclasses import replace

import streamlit as st

from gateviz.app.computed import models, readings
from gateviz.i18n.translator import DEFAULT, load
from gateviz.models.view import View
from gateviz.pretrained.catalogue import caption
from gateviz.results.trace import CellName
from gateviz.viewer.packing import picture, pieces


@st.cache_resource(max_entries=256, show_spinner=False)
def whole(view: View) -> bytes:
    """All that the viewer draws."""
    runs = {cell: replace(run, sums=readings.gate_sums(view, cell)) for cell, run in _runs(view).items()}
    say, tokens = load(view.language), readings.tokens(view)
    return picture.picture(runs, view.text, tokens, layer=view.layer, direction=view.direction, say=say)


@st.cache_resource(max_entries=256, show_spinner=False)
def head(view: View) -> tuple[str, bytes]:
    """Of a long text: the name of its pieces, and what the viewer gets at once."""
    say, tokens = load(view.language), readings.tokens(view)
    return pieces.head(_runs(view), view.text, tokens, layer=view.layer, direction=view.direction, say=say)


def _runs(view: View) -> dict[CellName, picture.Run]:
    """The architectures without the sums of their gates."""
    say = load(view.language)
    return {
        cell: picture.Run(
            readings.trace(view, cell),
            readings.answers(view, cell),
            caption(models.card(view.task, cell), say, view.training_step),
        )
        for cell in view.cells
    }


def piece(view: View, number: int) -> bytes | None:
    """The numbers at some steps of a long text; None beyond its end."""
    return _piece(replace(view, language=DEFAULT), number)


@st.cache_resource(max_entries=128, show_spinner=False)  # a class that reads the same text asks for the same pieces
def _piece(view: View, number: int) -> bytes | None:
    signals = _signals(view)
    if number >= pieces.count(signals):
        return None
    return pieces.piece(signals, number)


def sums_piece(view: View, number: int) -> bytes | None:
    """The sums behind the numbers of a piece."""
    return _sums_piece(replace(view, language=DEFAULT), number)


@st.cache_resource(max_entries=128, show_spinner=False)
def _sums_piece(view: View, number: int) -> bytes | None:
    signals = _signals(view)
    if number >= pieces.count(signals):
        return None
    sums = {cell: picture.sums_of(readings.gate_sums(view, cell)) for cell in view.cells}
    squashes = {cell: picture.squash_of(readings.trace(view, cell), view.layer, view.direction) for cell in view.cells}
    return pieces.sums_piece(signals, sums, number, squashes=squashes)


def _signals(view: View) -> dict[CellName, picture.Signals]:
    return {cell: picture.signals_of(readings.trace(view, cell), view.layer, view.direction) for cell in view.cells}
