"""The vectors of tokens in a plane: all as dots, some with their names."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from gateviz.errors import ShapeError
from gateviz.figures.arguments import check_palette, check_texts, one_sequence
from gateviz.figures.palette import LIGHT, Palette

HEIGHT = 460  # px
_NAMED = {"text": ("lstm", 7), "group": ("rnn", 8)}


def token_plane(
    points: NDArray[np.floating],
    names: Sequence[str],
    *,
    named: Sequence[int],
    group: Sequence[int] = (),
    title: str,
    group_title: str = "",
    palette: Palette = LIGHT,
) -> go.Figure:
    """A dot for each token; the tokens of a text and those of a group have their names beside them.

    Args:
        points: (token, 2).
        names: Of the tokens, in Plotly's markup; escape what a user typed.
        named: Which of them have their names, by index.
        group: Which of them belong together, by index; they have their names too.
        title: The words above the figure.
        group_title: What the group is.
        palette: The colours.

    Raises:
        ShapeError: The points are not (token, 2), or there are not as many names.
        InputError: A text or the palette is none.
    """
    points = one_sequence(points, "points", ("token", 2))
    if len(names) != len(points):
        raise ShapeError(f"there are {len(points)} points and {len(names)} names: give one for each.")
    check_texts(title=title, group_title=group_title, **{f"name {at}": name for at, name in enumerate(names)})
    check_palette(palette)
    figure = go.Figure(
        go.Scatter(
            x=points[:, 0], y=points[:, 1], text=list(names), mode="markers", hovertemplate="%{text}<extra></extra>",
            marker={"size": 4, "color": palette.text, "opacity": 0.28}, showlegend=False,
        ),
        layout=_layout(title, palette),
    )  # fmt: skip
    for kind, which in (("text", [one for one in named if one not in set(group)]), ("group", list(group))):
        cell, size = _NAMED[kind]
        figure.add_scatter(
            x=points[which, 0], y=points[which, 1], text=[names[one] for one in which], mode="markers+text",
            name=group_title if kind == "group" else title, textposition="top center", cliponaxis=False,
            textfont={"size": 13, "color": palette.text}, marker={"size": size, "color": palette.cell[cell]},
            hovertemplate="%{text}<extra></extra>", showlegend=False,
        )  # fmt: skip
    return figure


def _layout(title: str, palette: Palette) -> dict[str, object]:
    axis = {"showticklabels": False, "gridcolor": palette.grid, "zeroline": False, "fixedrange": True}
    return {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 30, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "dragmode": False,
        "title": {"text": title, "font": {"size": 14, "color": palette.text}, "x": 0, "xanchor": "left", "y": 0.98},
        "xaxis": axis,
        "yaxis": axis,
    }
