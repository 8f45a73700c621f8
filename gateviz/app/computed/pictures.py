"""The pictures of the Step through page, packed for the browser and kept for all sessions.

A miss at 256 units and 60 tokens takes some 60 ms, half of them for the rows of the heatmaps.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from gateviz.app.computed import models, readings
from gateviz.app.computed.kept import kept
from gateviz.app.computed.openings import opening
from gateviz.app.computed.turns import COMPUTING
from gateviz.i18n.translator import DEFAULT, load
from gateviz.models.view import View
from gateviz.pretrained.browser_files import name_of
from gateviz.pretrained.catalogue import caption
from gateviz.results.arrangement import Arrangement
from gateviz.results.trace import CellName
from gateviz.viewer.packing import picture, pieces

if TYPE_CHECKING:
    import plotly.graph_objects as go


def heatmaps(view: View) -> "dict[str, go.Figure]":
    """The heatmaps of each architecture as a picture begins, in any language.

    Each is under the name by which the viewer knows it: the architecture's, and the first sixteen letters of the
    numbers' (viewer/js/maps/figure_places.js).
    """
    return _heatmaps(replace(view, language=DEFAULT))


@kept
def _heatmaps(view: View) -> "dict[str, go.Figure]":
    from gateviz.figures.heatmaps import page_maps  # noqa: PLC0415
    from gateviz.figures.palette import THEMED  # noqa: PLC0415
    from gateviz.figures.places import WINDOW  # noqa: PLC0415

    signals = _signals(view)
    limits = picture.limits_of_all(signals)
    arrangements = _arrangements(view)
    name, figures = picture.name_of(signals)[:16], {}
    for cell, arrays in signals.items():
        rows = arrangements[cell].rows
        shown = {name: arrays[name][:WINDOW, rows] for name in picture.MAPPED[cell]}
        figures[f"{cell}_{name}"] = page_maps(shown, limits=limits, palette=THEMED)
    return figures


@kept
def whole(view: View) -> bytes:
    """All that the viewer draws."""
    say, tokens = load(view.language), readings.tokens(view)
    return picture.picture(
        _runs(view), view.text, tokens, layer=view.layer, direction=view.direction, say=say, opening=opening(view)
    )


def alone(view: View) -> bytes:
    """The numbers and answers of one architecture, which stand in a picture that is there already.

    It is not kept: under a hand that moves, each is asked for once.
    """
    models.load_torch()
    cell, say = view.cells[0], load(view.language)
    with COMPUTING.turn():
        reading = readings.reading_by(models.of_view(view, cell), view)
        run = picture.Run(reading.trace, reading.answers(say, view.task), caption="")
        return picture.picture(
            {cell: run}, view.text, reading.tokens, layer=view.layer, direction=view.direction, say=say
        )


@kept
def head(view: View) -> tuple[str, bytes]:
    """Of a long text: the name of its pieces, and what the viewer gets at once."""
    say, tokens = load(view.language), readings.tokens(view)
    return pieces.head(
        _runs(view), view.text, tokens, layer=view.layer, direction=view.direction, say=say, opening=opening(view)
    )


@kept
def _arrangements(view: View) -> dict[CellName, Arrangement]:
    return {cell: picture.arrangement_of(arrays) for cell, arrays in _signals(view).items()}


def _runs(view: View) -> dict[CellName, picture.Run]:
    say, arrangements = load(view.language), _arrangements(replace(view, language=DEFAULT))
    return {
        cell: picture.Run(
            readings.trace(view, cell),
            readings.answers(view, cell),
            caption(models.card(view.task, cell), say, view.training_step),
            model=name_of(models.card(view.task, cell), view.training_step),
            arrangement=arrangements[cell],
        )
        for cell in view.cells
    }


def piece(view: View, number: int) -> bytes | None:
    """The numbers at some steps of a long text; None beyond its end."""
    return _piece(replace(view, language=DEFAULT), number)


@kept  # a class that reads the same text asks for the same pieces
def _piece(view: View, number: int) -> bytes | None:
    signals = _signals(view)
    if number >= pieces.count(signals):
        return None
    return pieces.piece(signals, number)


def _signals(view: View) -> dict[CellName, picture.Signals]:
    return {cell: picture.signals_of(readings.trace(view, cell), view.layer, view.direction) for cell in view.cells}
