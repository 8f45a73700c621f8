"""Heatmaps of the signals of one layer, unit by time, one above the other on a common time axis.

`places.geometry` says where each map lies, and `places.page_geometry` where it lies on the page.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from gateviz.errors import InputError, ShapeError, as_given
from gateviz.figures.arguments import check_named, check_palette, check_texts, one_sequence
from gateviz.figures.palette import LIGHT, Palette, colorscale
from gateviz.figures.places import Geometry, geometry, page_geometry, state_limit
from gateviz.figures.plain_figure import PlainFigure, as_base64
from gateviz.results.signals import GATES

TOP = 250
"""An open gate's byte. 255, in base64 a row of slashes, would take six times the room: Plotly escapes each of them."""


def signal_maps(
    signals: Mapping[str, NDArray[np.floating]],
    titles: Mapping[str, str],
    *,
    limits: Mapping[str, float] | None = None,
    palette: Palette = LIGHT,
) -> go.Figure:
    """One heatmap for each signal, the first on top, with units downwards and time to the right.

    Args:
        signals: Name -> (time, unit), all of the same shape. Gates are coloured on [0, 1], all others on
            [-limit, limit].
        titles: Name -> the words above its map, in Plotly's markup; escape what a user typed.
        limits: Name -> limit, above 0; `state_limit` of the values where there is none.
        palette: The colours.

    Raises:
        ShapeError: A signal is not (time, unit), or not of the shape of the others.
        InputError: A signal has no title, a limit is no number above 0, or a text or the palette is none.
    """
    signals = _checked(signals, limits)
    _check_titles(signals, titles)
    check_palette(palette)
    steps, units = next(iter(signals.values())).shape
    places = geometry(tuple(signals), units)
    maps = [
        _heatmap(name, values.T, (-limit, limit) if name not in GATES else (0.0, 1.0), palette, index)
        | {"hovertemplate": "step %{x}, unit %{y}: %{z:.4f}<extra></extra>"}
        for index, (name, values, limit) in enumerate(_with_limits(signals, limits))
    ]
    layout = _layout(places, units, palette) | {
        "xaxis": _step_axis(steps, palette),
        "annotations": [_title(titles[name], places, index, palette) for index, name in enumerate(signals)],
    }
    # all at once: to add traces and axes one by one takes Plotly three times as long
    return go.Figure(maps, layout)


def page_maps(
    signals: Mapping[str, NDArray[np.floating]],
    *,
    limits: Mapping[str, float] | None = None,
    palette: Palette = LIGHT,
) -> PlainFigure:
    """The same maps alone, for a page that has titles, numbers and axes of its own: small, and made in a millisecond.

    Each value is one byte, 1/250 of the range, instead of the number: the colours look the same. What is not finite
    has the colour of zero. The figure is a dictionary that Plotly has not checked.

    Args:
        signals: Name -> (time, unit), all of the same shape.
        limits: Name -> limit, above 0; `state_limit` of the values where there is none.
        palette: The colours.

    Raises:
        ShapeError: A signal is not (time, unit), or not of the shape of the others.
        InputError: A limit is no number above 0, or the palette is none.
    """
    signals = _checked(signals, limits)
    check_palette(palette)
    steps, units = next(iter(signals.values())).shape
    maps = []
    for index, (name, values, limit) in enumerate(_with_limits(signals, limits)):
        whole, top, kind = (1.0, TOP, np.uint8) if name in GATES else (limit, TOP // 2, np.int8)
        shown = np.rint(np.clip(np.nan_to_num(values.T / whole), -1, 1) * top).astype(kind)
        ends = (0 if name in GATES else -top, top)
        maps.append(_heatmap(name, as_base64(shown), ends, palette, index) | {"hoverinfo": "skip"})
    layout = _layout(page_geometry(tuple(signals), units), units, palette)
    hidden = {axis: values | {"visible": False} for axis, values in layout.items() if axis.startswith("yaxis")}
    across = {"range": [-0.5, steps - 0.5], "anchor": "free", "position": 0, "fixedrange": True, "visible": False}
    return PlainFigure({"data": maps, "layout": layout | hidden | {"xaxis": across}})


def _with_limits(
    signals: Mapping[str, NDArray[np.floating]], limits: Mapping[str, float] | None
) -> Iterator[tuple[str, NDArray[np.floating], float]]:
    for name, values in signals.items():
        yield name, values, (limits or {}).get(name) or state_limit(values)


def _layout(places: Geometry, units: int, palette: Palette) -> dict[str, Any]:
    return {
        "height": places.height,
        "margin": {"l": places.left, "r": places.right, "t": 0, "b": places.bottom, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "dragmode": False,
    } | {f"yaxis{_number(index)}": _unit_axis(places, index, units, palette) for index in range(len(places.maps))}


def _number(index: int) -> str:
    """What Plotly writes after the name of an axis: nothing after the first one's."""
    return str(index + 1) if index else ""


def _checked(signals: Any, limits: Any) -> dict[str, NDArray[np.floating[Any]]]:
    """The signals as arrays of one shape."""
    check_named(signals, "signals")
    arrays = {name: one_sequence(values, name, ("time", "unit")) for name, values in signals.items()}
    if len(shapes := {array.shape for array in arrays.values()}) > 1:
        raise ShapeError(f"signals have the shapes {sorted(shapes)}: give signals of the same steps and units.")
    if limits:
        check_named(limits, "limits")
        for name, limit in limits.items():
            if not (isinstance(limit, (int, float, np.number)) and 0 < limit < np.inf):
                raise InputError(f"the limit of {name} is {as_given(limit)}: give a number above 0.")
    return arrays


def _check_titles(signals: Mapping[str, Any], titles: Any) -> None:
    check_named(titles, "titles")
    if lacking := [name for name in signals if name not in titles]:
        raise InputError(f"{lacking[0]} has no title: give one for each signal.")
    check_texts(**{f"the title of {name}": titles[name] for name in signals})


def _heatmap(name: str, shown: Any, ends: tuple[float, float], palette: Palette, index: int) -> dict[str, Any]:
    """One map: `shown` is (unit, time), and `ends` are the values of the first and the last colour."""
    return {
        "type": "heatmap",
        "name": name,
        "z": shown,
        "zmin": ends[0],
        "zmax": ends[1],
        "colorscale": colorscale(palette.gate if name in GATES else palette.state),
        "showscale": False,
        "xaxis": "x",
        "yaxis": f"y{_number(index)}",
    }


def _unit_axis(places: Geometry, index: int, units: int, palette: Palette) -> dict[str, Any]:
    place, plot_height = places.maps[index], places.height - places.bottom
    return {
        "domain": [1 - (place.top + place.height) / plot_height, 1 - place.top / plot_height],
        "range": [units - 0.5, -0.5],
        "tickvals": [0, units - 1] if units > 1 else [0],
        "tickfont": {"size": 11, "color": palette.text},
        "automargin": False,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "anchor": "x",
    }


def _step_axis(steps: int, palette: Palette) -> dict[str, Any]:
    every = next(size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if steps / size <= 12)
    shown = [0, *range(every - 1 if every > 1 else 1, steps, every)]
    shown = [step for index, step in enumerate(shown) if index == 0 or step - shown[index - 1] >= every / 2]
    return {
        "range": [-0.5, steps - 0.5],
        "tickvals": shown,
        "ticktext": [str(step + 1) for step in shown],
        "tickfont": {"size": 11, "color": palette.text},
        "anchor": "free",
        "position": 0,
        "automargin": False,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }


def _title(text: str, places: Geometry, index: int, palette: Palette) -> dict[str, Any]:
    plot_height = places.height - places.bottom
    return {
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1 - places.maps[index].top / plot_height,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 14, "color": palette.text},
    }


def plain(text: str) -> str:
    """What a user typed, escaped for a figure: Plotly reads a subset of HTML in every label.

    Raises:
        InputError: It is no text.
    """
    check_texts(text=text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
