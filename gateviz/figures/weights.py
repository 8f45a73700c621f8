"""A matrix of weights as a map, and the eigenvalues of a state's matrix beside the unit circle."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from gateviz.figures.arguments import check_palette, check_texts, one_sequence
from gateviz.figures.palette import LIGHT, Palette, colorscale
from gateviz.results.arrays import real_array

HEIGHT = 360  # px
_MARGINS = {"l": 56, "r": 8, "t": 32, "b": 44}


def weight_map(
    matrix: NDArray[np.floating], *, title: str, row_title: str, column_title: str, palette: Palette = LIGHT
) -> go.Figure:
    """A map of weights, a row for each unit, on a diverging scale about zero.

    Args:
        matrix: (unit, column) the weights of one gate.
        title: The words above it, in Plotly's markup.
        row_title: The title of the vertical axis, the units.
        column_title: The title of the horizontal axis, what the weights weigh.
        palette: The colours.

    Raises:
        ShapeError: The weights are not (unit, column).
        InputError: A text or the palette is none.
    """
    matrix = one_sequence(matrix, "matrix", ("unit", "column"))
    check_texts(title=title, row_title=row_title, column_title=column_title)
    check_palette(palette)
    limit = float(np.abs(matrix).max(initial=0)) or 1.0
    heat = go.Heatmap(
        z=matrix,
        colorscale=colorscale(palette.state),
        zmin=-limit,
        zmax=limit,
        hovertemplate=f"{row_title} %{{y}}<br>{column_title} %{{x}}<br>%{{z:.4f}}<extra></extra>",
        colorbar={"thickness": 10, "tickfont": {"color": palette.text}, "outlinewidth": 0},
    )
    figure = go.Figure(heat, layout=_layout(title, palette))
    figure.update_xaxes(**_axis(column_title, palette), showgrid=False)
    figure.update_yaxes(**_axis(row_title, palette), showgrid=False, autorange="reversed")
    return figure


def eigenvalue_plane(
    eigenvalues: NDArray[np.complexfloating], *, title: str, hover: str, palette: Palette = LIGHT
) -> go.Figure:
    """The eigenvalues of a square matrix in the complex plane, with the unit circle and that of the spectral radius.

    Args:
        eigenvalues: (unit,) such as `numpy.linalg.eigvals(matrix)`.
        title: The words above it, in Plotly's markup.
        hover: What an eigenvalue's absolute value is called.
        palette: The colours.

    Raises:
        ShapeError: The eigenvalues are not (unit,).
        InputError: A text or the palette is none.
    """
    sizes = real_array(np.abs(eigenvalues), "eigenvalues", ("unit",))
    check_texts(title=title, hover=hover)
    check_palette(palette)
    points = go.Scatter(
        x=np.real(eigenvalues),
        y=np.imag(eigenvalues),
        customdata=sizes,
        mode="markers",
        marker={"size": 7, "color": palette.cell["lstm"], "line": {"width": 1, "color": palette.grid}},
        hovertemplate=f"%{{x:.3f}} + %{{y:.3f}} i<br>{hover} %{{customdata:.3f}}<extra></extra>",
    )
    radius = float(sizes.max(initial=0))
    figure = go.Figure(points, layout=_layout(title, palette) | {"showlegend": False})
    for size, dash in ((1.0, "solid"), (radius, "dot")):
        figure.add_shape(
            type="circle", x0=-size, x1=size, y0=-size, y1=size, line={"color": palette.text, "width": 1, "dash": dash}
        )
    reach = 1.12 * max(1.0, radius)
    figure.update_xaxes(**_axis("", palette), range=[-reach, reach], constrain="domain")
    figure.update_yaxes(**_axis("", palette), range=[-reach, reach], scaleanchor="x", constrain="domain")
    return figure


def _layout(title: str, palette: Palette) -> dict[str, object]:
    return {
        "height": HEIGHT,
        "margin": _MARGINS,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "dragmode": False,
        "title": {"text": title, "font": {"size": 15, "color": palette.text}, "x": 0, "xanchor": "left", "y": 0.98},
    }


def _axis(title: str, palette: Palette) -> dict[str, object]:
    return {
        "title": {"text": title, "font": {"size": 13, "color": palette.text}},
        "tickfont": {"size": 12, "color": palette.text},
        "gridcolor": palette.grid,
        "zeroline": False,
        "fixedrange": True,
    }
