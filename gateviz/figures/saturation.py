"""How often each unit's gate is nearly shut against how often it is nearly open, as in Karpathy et al. 2015."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from gateviz.errors import ShapeError, as_given
from gateviz.figures.arguments import check_named, check_palette, check_texts, within
from gateviz.figures.palette import LIGHT, Palette
from gateviz.results.arrays import real_array

SIZE = 460  # px


def saturation_map(
    gates: Mapping[str, tuple[NDArray[np.floating], NDArray[np.floating]]],
    *,
    left_title: str,
    right_title: str,
    unit: str,
    palette: Palette = LIGHT,
) -> go.Figure:
    """One dot for each unit. A unit near the diagonal is always at one of its ends, a unit near the corner never.

    Args:
        gates: The name of a gate, as it should be shown -> its left and right shares, (unit,) each, in [0, 1].
        left_title: The title of the vertical axis, the share of steps with the gate nearly shut.
        right_title: The title of the horizontal axis, the share of steps with the gate nearly open.
        unit: The word for a unit, in the hover.
        palette: The colours.

    Raises:
        ShapeError: The shares of a gate are not a pair of (unit,).
        InputError: A share is not in [0, 1], or a text or the palette is none.
    """
    check_named(gates, "gates")
    check_texts(left_title=left_title, right_title=right_title, unit=unit)
    check_palette(palette)
    gates = {name: _shares(name, pair) for name, pair in gates.items()}
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


def _shares(name: str, pair: object) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """The left and the right shares of one gate."""
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise ShapeError(f"the shares of {name} are {as_given(pair)}: give the pair (left, right).")
    left = real_array(pair[0], f"left of {name}", ("unit",))
    right = real_array(pair[1], f"right of {name}", left.shape)
    within(left, f"left of {name}", 0, 1)
    within(right, f"right of {name}", 0, 1)
    return left, right
