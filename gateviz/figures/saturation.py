"""How often each unit's gate is nearly shut against how often it is nearly open, as in Karpathy et al. 2015."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from gateviz.figures.palette import LIGHT, Palette

SIZE = 460  # px


def saturation_map(
    gates: Mapping[str, tuple[NDArray[np.floating], NDArray[np.floating]]],
    *,
    left_title: str,
    right_title: str,
    unit: str,
    palette: Palette = LIGHT,
) -> go.Figure:
    """One dot a unit; a unit near the diagonal is always at one of its ends, one near the corner never.

    Args:
        gates: the name of a gate, as it should be shown -> its left and right shares, (unit,) each.
        left_title: of the vertical axis, the share of steps with the gate nearly shut.
        right_title: of the horizontal axis, the share of steps with the gate nearly open.
        unit: the word for a unit, in the hover.
        palette: colours.
    """
    colours = [palette.cell[cell] for cell in ("lstm", "rnn", "gru")]
    figure = go.Figure()
    for number, (name, (left, right)) in enumerate(gates.items()):
        figure.add_scatter(
            x=right,
            y=left,
            name=name,
            mode="markers",
            marker={"color": colours[number % len(colours)], "symbol": number, "size": 9, "opacity": 0.7},
            customdata=np.arange(len(left)),
            hovertemplate=f"{name}, {unit} %{{customdata}}<br>%{{x:.0%}}, %{{y:.0%}}<extra></extra>",
        )
    figure.add_scatter(
        x=[0, 1], y=[1, 0], mode="lines", line={"color": palette.grid}, showlegend=False, hoverinfo="skip"
    )
    axis = {"range": [-0.03, 1.03], "gridcolor": palette.grid, "tickformat": ".0%", "zeroline": False}
    figure.update_layout(
        width=SIZE,
        height=SIZE,
        font={"color": palette.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        xaxis={**axis, "title": {"text": right_title}},
        yaxis={**axis, "title": {"text": left_title}},
    )
    return figure
