"""The gradient at each step as stacked bands, one for each step of the output that it came from."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from gateviz.errors import ShapeError
from gateviz.figures.arguments import check_palette, check_texts, listed, one_sequence
from gateviz.figures.palette import LIGHT, Palette

HEIGHT = 420  # px


def gradient_bands(
    bands: NDArray[np.floating],
    labels: Sequence[str],
    *,
    step_title: str,
    norm_title: str,
    total: str,
    palette: Palette = LIGHT,
) -> go.Figure:
    """One band for each source, stacked, and the line of their sum: the norm of the whole gradient.

    A band below zero pulls against the rest. Such bands are stacked downwards from zero. An infinite one is a gap.

    Args:
        bands: (time, source) such as `gradient_bands(...).bands[0]`.
        labels: (source,) the name of each band, in Plotly's markup; escape what a user typed.
        step_title: The title of the horizontal axis.
        norm_title: The title of the vertical axis.
        total: The name of the line.
        palette: The colours.

    Raises:
        ShapeError: The bands are not (time, source), or there is not one label for each source.
        InputError: A text or the palette is none.
    """
    bands = one_sequence(bands, "bands", ("time", "source"))
    labels = listed(labels, "labels")
    if len(labels) != bands.shape[1]:
        raise ShapeError(f"there are {len(labels)} labels for {bands.shape[1]} bands: give a label for each.")
    check_texts(
        step_title=step_title, norm_title=norm_title, total=total, **{f"label {n}": x for n, x in enumerate(labels)}
    )
    check_palette(palette)
    bands = np.where(np.isfinite(bands), bands, np.nan)
    stops = np.linspace(0, len(palette.gate) - 1, len(labels)).round().astype(int)  # (source,)
    figure = go.Figure()
    for number, label in enumerate(labels):
        hover = f"{label}<br>{step_title} %{{x}}: %{{y:.3g}}<extra></extra>"
        figure.add_bar(y=bands[:, number], name=label, marker_color=palette.gate[stops[number]], hovertemplate=hover)
    line = {"color": palette.text, "width": 2}
    figure.add_scatter(y=bands.sum(axis=1), name=total, mode="lines", line=line)
    figure.update_layout(
        barmode="relative",
        bargap=0,
        height=HEIGHT,
        font={"color": palette.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        xaxis={"title": {"text": step_title}, "gridcolor": palette.grid},
        yaxis={"title": {"text": norm_title}, "gridcolor": palette.grid},
    )
    return figure
