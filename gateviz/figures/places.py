"""Where the heatmaps of a figure lie, and how wide their scales are. The viewer needs both, without Plotly.

The plot area does not depend on the labels: margins and heights are fixed. On the page the viewer draws titles, axes
and the same maps, over which Plotly's lie.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gateviz.results.arguments import whole_number
from gateviz.results.arrays import real_array

MARGIN_LEFT, MARGIN_RIGHT, MARGIN_BOTTOM = 34, 12, 24  # px; room for unit numbers, and for step numbers below
TITLE_HEIGHT = 26  # px above each map
LIMITS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 50.0, 100.0)
WINDOW = 160  # steps of a longer text that are shown at once: narrower columns could not be seen
PAGE_TITLE_HEIGHT = 15  # px above each map on the page
FEW_HIGH, ALL_HIGH = 64, 128  # px; the height of a map on the page of so many rows at most, and the least of more rows
MINIMUM_MAP_HEIGHT = 96  # px; with more units a map has one pixel for each, so that none is hidden


@dataclass(frozen=True)
class MapPlace:
    """Where the map of one signal lies in the figure, in px from its top."""

    signal: str
    top: int
    height: int


@dataclass(frozen=True)
class Geometry:
    """The plot areas of a figure of signals, in px. Their width is that of the figure without the margins."""

    left: int
    right: int
    bottom: int
    height: int
    maps: tuple[MapPlace, ...]


def geometry(signals: Sequence[str], units: int) -> Geometry:
    """Where `signal_maps` puts the maps of these signals.

    Raises:
        InputError: The number of units is no whole number of at least 0.
    """
    units = whole_number("units", units, 0)
    height = max(MINIMUM_MAP_HEIGHT, units)
    places = tuple(
        MapPlace(signal, TITLE_HEIGHT + index * (TITLE_HEIGHT + height), height) for index, signal in enumerate(signals)
    )
    whole = len(places) * (TITLE_HEIGHT + height) + MARGIN_BOTTOM
    return Geometry(MARGIN_LEFT, MARGIN_RIGHT, MARGIN_BOTTOM, whole, places)


def page_geometry(signals: Sequence[str], rows: int) -> Geometry:
    """Where the maps lie on the page, without margins: under each title of PAGE_TITLE_HEIGHT a map."""
    height = page_map_height(rows)
    each = PAGE_TITLE_HEIGHT + height
    places = tuple(MapPlace(signal, index * each + PAGE_TITLE_HEIGHT, height) for index, signal in enumerate(signals))
    return Geometry(0, 0, 0, len(places) * each, places)


def page_map_height(rows: int) -> int:
    """The height of a map on the page, in px: each of a few rows is as many whole px high as fit, two at least."""
    if rows > FEW_HIGH:
        return max(ALL_HIGH, rows)
    return rows * max(2, FEW_HIGH // rows) if rows else 0


def state_limit(values: NDArray[np.floating]) -> float:
    """A round symmetric limit for a state's colours, so that one large unit does not make all others pale.

    It is the 98th percentile of the finite sizes, rounded up; 1 if there are none.

    Args:
        values: Of any shape.

    Raises:
        ShapeError: The values are not real numbers.
    """
    sizes = np.abs(real_array(values, "values"))
    finite = sizes[np.isfinite(sizes)]
    size = float(np.percentile(finite, 98)) if finite.size else 1.0
    return next((limit for limit in LIMITS if size <= limit), float(np.ceil(size)))
