"""Step by step maps: how much each step t feels each earlier step s, as a norm on a log scale or as a share."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from gateviz.figures.palette import LIGHT, Palette, colorscale

SIZE = 520  # px


def norm_map(
    norms: NDArray[np.floating], *, felt_title: str, feeling_title: str, norm_title: str, palette: Palette = LIGHT
) -> go.Figure:
    """A map of (t, s) norms such as `jacobian_norms(...)[0]`, coloured by their power of ten; what is 0 stays empty.

    Args:
        norms: (t, s), NaN where t does not come after s.
        felt_title: of the horizontal axis, the earlier step s.
        feeling_title: of the vertical axis, the later step t.
        norm_title: of the colour bar, whose numbers are powers of ten.
        palette: colours.
    """
    with np.errstate(divide="ignore"):
        powers = np.log10(norms)
    powers[~np.isfinite(powers)] = np.nan
    hover = f"{feeling_title} %{{y}}<br>{felt_title} %{{x}}<br>{norm_title} %{{customdata:.3g}}<extra></extra>"
    bar = {"title": {"text": norm_title}, "tickprefix": "10<sup>", "ticksuffix": "</sup>"}
    return _map(powers, hover, (felt_title, feeling_title), palette, colorbar=bar, customdata=norms)


def share_map(
    shares: NDArray[np.floating], *, felt_title: str, feeling_title: str, share_title: str, palette: Palette = LIGHT
) -> go.Figure:
    """A map of (t, s) shares in [0, 1], such as `path_norms(...).direct_share[0]`.

    Args:
        shares: (t, s), NaN where t does not come after s.
        felt_title: of the horizontal axis, the earlier step s.
        feeling_title: of the vertical axis, the later step t.
        share_title: of the colour bar.
        palette: colours.
    """
    hover = f"{feeling_title} %{{y}}<br>{felt_title} %{{x}}<br>{share_title} %{{z:.1%}}<extra></extra>"
    bar = {"title": {"text": share_title}, "tickformat": ".0%"}
    return _map(shares, hover, (felt_title, feeling_title), palette, colorbar=bar, zmin=0, zmax=1)


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
