"""Maps of step by step: how much each step t depends on each earlier step s, as a norm or as a share."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from gateviz.figures.arguments import check_palette, check_texts, one_sequence, within
from gateviz.figures.palette import LIGHT, Palette, colorscale

SIZE = 520  # px


def norm_map(
    norms: NDArray[np.floating], *, earlier_title: str, later_title: str, norm_title: str, palette: Palette = LIGHT
) -> go.Figure:
    """A map of norms, coloured by their power of ten. Zeros and infinite norms are gaps.

    Args:
        norms: (t, s) such as `jacobian_norms(...)[0]`, NaN where t does not come after s.
        earlier_title: The title of the horizontal axis, the earlier step s.
        later_title: The title of the vertical axis, the later step t.
        norm_title: The title of the colour bar, whose numbers are powers of ten.
        palette: The colours.

    Raises:
        ShapeError: The norms are not (t, s).
        InputError: A norm is below 0, or a text or the palette is none.
    """
    norms = one_sequence(norms, "norms", ("t", "s"))
    within(norms, "norms", 0)
    check_texts(earlier_title=earlier_title, later_title=later_title, norm_title=norm_title)
    check_palette(palette)
    with np.errstate(divide="ignore"):
        powers = np.log10(norms)
    powers[~np.isfinite(powers)] = np.nan
    hover = f"{later_title} %{{y}}<br>{earlier_title} %{{x}}<br>{norm_title} %{{customdata:.3g}}<extra></extra>"
    bar = {"title": {"text": norm_title}, "tickprefix": "10<sup>", "ticksuffix": "</sup>"}
    return _map(powers, hover, (earlier_title, later_title), palette, colorbar=bar, customdata=norms)


def share_map(
    shares: NDArray[np.floating], *, earlier_title: str, later_title: str, share_title: str, palette: Palette = LIGHT
) -> go.Figure:
    """A map of shares.

    Args:
        shares: (t, s) in [0, 1], such as `path_norms(...).direct_share[0]`, NaN where t does not come after s.
        earlier_title: The title of the horizontal axis, the earlier step s.
        later_title: The title of the vertical axis, the later step t.
        share_title: The title of the colour bar.
        palette: The colours.

    Raises:
        ShapeError: The shares are not (t, s).
        InputError: A share is not in [0, 1], or a text or the palette is none.
    """
    shares = one_sequence(shares, "shares", ("t", "s"))
    within(shares, "shares", 0, 1)
    check_texts(earlier_title=earlier_title, later_title=later_title, share_title=share_title)
    check_palette(palette)
    hover = f"{later_title} %{{y}}<br>{earlier_title} %{{x}}<br>{share_title} %{{z:.1%}}<extra></extra>"
    bar = {"title": {"text": share_title}, "tickformat": ".0%"}
    return _map(shares, hover, (earlier_title, later_title), palette, colorbar=bar, zmin=0, zmax=1)


def _map(
    values: NDArray[np.floating], hover: str, titles: tuple[str, str], palette: Palette, **options: object
) -> go.Figure:
    heat = go.Heatmap(z=values, colorscale=colorscale(palette.gate), hovertemplate=hover, hoverongaps=False, **options)
    axis = {"gridcolor": palette.grid, "zeroline": False}
    return go.Figure(
        heat,
        layout={
            "width": SIZE,
            "height": SIZE,
            "font": {"color": palette.text},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "xaxis": {**axis, "title": {"text": titles[0]}},
            "yaxis": {**axis, "title": {"text": titles[1]}, "autorange": "reversed", "scaleanchor": "x"},
        },
    )
