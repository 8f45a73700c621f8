"""Gradient norms against time on one log axis: how far back each architecture still hears the loss."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from gateviz.figures.palette import LIGHT, Cell, Palette

MARKERS = {"rnn": "square", "lstm": "circle", "gru": "diamond"}
HEIGHT = 460  # px, of four curves; more of them have a longer legend, which takes room from the plot on a phone
MORE_HEIGHT = 25  # px a further curve


@dataclass(frozen=True)
class Curve:
    """One line: the norms of one gradient of one network.

    Attributes:
        label: its name in the legend and the hover.
        cell: which colour and marker.
        norms: (time,) L2 norms up to the step of the loss; zeros have underflowed.
        is_cell_state: drawn dotted, for the LSTM's second state.
        is_untrained: drawn thin with open markers.
    """

    label: str
    cell: Cell
    norms: NDArray[np.floating]
    is_cell_state: bool = False
    is_untrained: bool = False


def gradient_curves(
    curves: Sequence[Curve],
    *,
    ticks: Sequence[str],
    step_title: str,
    norm_title: str,
    underflow: str,
    palette: Palette = LIGHT,
) -> go.Figure:
    """One line a curve, log10 upwards; where a norm has underflowed to zero a triangle stands at the foot instead.

    Args:
        curves: to draw, in the order of the legend.
        ticks: (time,) a label for each step of the text, in Plotly's markup; escape what a user typed.
        step_title: of the horizontal axis.
        norm_title: of the vertical axis.
        underflow: what the triangles mean.
        palette: colours.
    """
    positive = np.concatenate([np.array([1.0]), *(curve.norms[curve.norms > 0] for curve in curves)])
    foot = float(np.log10(positive[1:].min() if len(positive) > 1 else 1.0))
    figure = go.Figure([_line(curve, palette) for curve in curves])
    for curve in curves:
        if (gone := np.flatnonzero(curve.norms == 0)).size:
            figure.add_trace(_underflow(curve, gone, 10**foot, underflow, palette))
    figure.update_layout(
        height=HEIGHT + MORE_HEIGHT * max(0, len(curves) - 4),
        margin={"l": 72, "r": 12, "t": 8, "b": 56},
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


def _line(curve: Curve, palette: Palette) -> go.Scatter:
    colour = palette.cell[curve.cell]
    marker = MARKERS[curve.cell] + ("-open" if curve.is_untrained else "")
    return go.Scatter(
        name=curve.label,
        x=np.arange(len(curve.norms)),
        y=np.where(curve.norms > 0, curve.norms, np.nan),
        mode="lines+markers" if len(curve.norms) <= 80 else "lines",
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


def _step_ticks(ticks: Sequence[str]) -> dict[str, Any]:
    shown = list(range(len(ticks))) if len(ticks) <= 80 else list(range(0, len(ticks), -(-len(ticks) // 40)))
    return {
        "tickmode": "array",
        "tickvals": shown,
        "ticktext": [ticks[step] for step in shown],
        "tickangle": 0,
        "range": [-0.7, len(ticks) - 0.3],
        "showgrid": False,
    }


def _decades(positive: NDArray[np.floating]) -> int:
    """How many powers of ten between grid lines, so that there are ten lines or fewer."""
    span = float(np.log10(positive.max()) - np.log10(positive.min()))
    return max(1, int(np.ceil(span / 10)))
