"""Gradient norms over the steps on one log axis: how far back the loss still has an effect on each architecture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from gateviz.errors import InputError, ShapeError, as_given
from gateviz.figures.arguments import check_palette, check_texts, listed, one_sequence, within
from gateviz.figures.palette import LIGHT, Cell, Palette

MARKERS = {"rnn": "square", "lstm": "circle", "gru": "diamond"}
HEIGHT = 460  # px, for up to four curves
MORE_HEIGHT = 25  # px for each further curve: its line in the legend would take room from the plot on a phone
ROW = 130  # letters that stand side by side along the axis of a laptop's screen
TURNED_ROOM = 36  # px that words need below the axis where they are turned


@dataclass(frozen=True)
class Curve:
    """One line: the norms of one gradient of one network.

    Attributes:
        label: Its name in the legend and the hover.
        cell: Which colour and marker it has.
        norms: (time,) L2 norms up to the step of the loss. Zeros have underflowed; what is not finite is a gap.
        is_cell_state: Whether it is dotted, as an LSTM's second state is.
        is_untrained: Whether it is thin with open markers.

    Raises:
        ShapeError: The norms are not (time,).
        InputError: The label is no text, the cell is unknown, or a norm is below 0.
    """

    label: str
    cell: Cell
    norms: NDArray[np.floating]
    is_cell_state: bool = False
    is_untrained: bool = False

    def __post_init__(self) -> None:
        check_texts(label=self.label)
        if not (isinstance(self.cell, str) and self.cell in MARKERS):
            raise InputError(f"cell is {as_given(self.cell)}: choose {', '.join(MARKERS)}.")
        within(one_sequence(self.norms, "norms", ("time",)), "norms", 0)


def gradient_curves(
    curves: Sequence[Curve],
    *,
    ticks: Sequence[str],
    step_title: str,
    norm_title: str,
    underflow: str,
    palette: Palette = LIGHT,
) -> go.Figure:
    """One line for each curve, on a log axis. A norm that has underflowed to zero is a triangle at the foot instead.

    Args:
        curves: What to draw, in the order of the legend.
        ticks: (time,) a label for each step of the text, in Plotly's markup; escape what a user typed.
        step_title: The title of the horizontal axis.
        norm_title: The title of the vertical axis.
        underflow: What the triangles mean.
        palette: The colours.

    Raises:
        ShapeError: A curve has more norms than there are ticks.
        InputError: A curve, a text or the palette is none.
    """
    curves, ticks = listed(curves, "curves"), listed(ticks, "ticks")
    _check_curves(curves, ticks)
    check_texts(step_title=step_title, norm_title=norm_title, underflow=underflow)
    check_palette(palette)
    positive = np.concatenate([np.array([1.0]), *(_positive(curve.norms) for curve in curves)])
    foot = float(np.log10(positive[1:].min() if len(positive) > 1 else 1.0))
    figure = go.Figure([_line(curve, palette) for curve in curves])
    for curve in curves:
        if (gone := np.flatnonzero(np.asarray(curve.norms) == 0)).size:
            figure.add_trace(_underflow(curve, gone, 10**foot, underflow, palette))
    foot_room = TURNED_ROOM if _stand_too_close(ticks) else 0
    figure.update_layout(
        height=HEIGHT + MORE_HEIGHT * max(0, len(curves) - 4) + foot_room,
        margin={"l": 72, "r": 12, "t": 8, "b": 56 + foot_room},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hovermode="x unified",
        dragmode=False,
        legend={
            "orientation": "h",
            "y": 1.02,
            "yanchor": "bottom",
            "x": 0,
            "font": {"size": 14, "color": palette.text},
        },
        xaxis=_axis(step_title, palette) | _step_ticks(ticks),
        yaxis=_axis(norm_title, palette) | {"type": "log", "exponentformat": "power", "dtick": _decades(positive)},
    )
    return figure


def _check_curves(curves: Sequence[object], ticks: Sequence[object]) -> None:
    check_texts(**{f"tick {step}": tick for step, tick in enumerate(ticks)})
    for curve in curves:
        if not isinstance(curve, Curve):
            raise InputError(f"curves hold {as_given(curve)}: give objects of gateviz.figures.Curve.")
        if len(curve.norms) > len(ticks):
            raise ShapeError(
                f"a curve has {len(curve.norms)} norms and there are {len(ticks)} ticks: give one for each."
            )


def _positive(norms: NDArray[np.floating]) -> NDArray[np.floating]:
    """Those that can stand on a log axis."""
    numbers = np.asarray(norms, dtype=np.float64)
    positive: NDArray[np.floating] = numbers[np.isfinite(numbers) & (numbers > 0)]
    return positive


def _line(curve: Curve, palette: Palette) -> go.Scatter:
    norms = np.asarray(curve.norms)
    colour = palette.cell[curve.cell]
    marker = MARKERS[curve.cell] + ("-open" if curve.is_untrained else "")
    return go.Scatter(
        name=curve.label,
        x=np.arange(len(norms)),
        y=np.where((norms > 0) & np.isfinite(norms), norms, np.nan),
        mode="lines+markers" if len(norms) <= 80 else "lines",
        line={
            "color": colour,
            "width": 1.5 if curve.is_untrained else 2.5,
            "dash": "dot" if curve.is_cell_state else "solid",
        },
        marker={"symbol": marker, "size": 7, "color": colour},
        hovertemplate="%{y:.3g}",
    )


def _underflow(curve: Curve, steps: NDArray[np.intp], foot: float, text: str, palette: Palette) -> go.Scatter:
    return go.Scatter(
        name=f"{curve.label}: {text}",
        x=steps,
        y=np.full(len(steps), foot),
        mode="markers",
        marker={"symbol": "triangle-down", "size": 8, "color": palette.cell[curve.cell]},
        hoverinfo="skip",
    )


def _axis(title: str, palette: Palette) -> dict[str, Any]:
    return {
        "title": {"text": title, "font": {"size": 14, "color": palette.text}},
        "tickfont": {"size": 13, "color": palette.text},
        "gridcolor": palette.grid,
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
    }


def _stand_too_close(ticks: Sequence[str]) -> bool:
    """Whether the words would run into each other if they stood side by side."""
    return max(map(len, ticks), default=0) > 2 and sum(len(tick) + 2 for tick in ticks) > ROW


def _step_ticks(ticks: Sequence[str]) -> dict[str, Any]:
    shown = list(range(len(ticks))) if len(ticks) <= 80 else list(range(0, len(ticks), -(-len(ticks) // 40)))
    return {
        "tickmode": "array",
        "tickvals": shown,
        "ticktext": [ticks[step] for step in shown],
        "tickangle": -60 if _stand_too_close(ticks) else 0,
        "range": [-0.7, len(ticks) - 0.3],
        "showgrid": False,
    }


def _decades(positive: NDArray[np.floating]) -> int:
    """How many powers of ten lie between two grid lines, so that there are ten lines or fewer."""
    span = float(np.log10(positive.max()) - np.log10(positive.min()))
    return max(1, int(np.ceil(span / 10)))
