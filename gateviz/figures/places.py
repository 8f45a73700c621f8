"""Where the heatmaps of a figure lie, and how wide their scales are: what the viewer must know of them without Plotly.

The plot area never depends on the labels: margins and heights are fixed, so that a cursor can be laid over the figure
from its size alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MARGIN_LEFT, MARGIN_RIGHT, MARGIN_BOTTOM = 34, 68, 24  # px; room for unit numbers, for a profile, for step numbers
TITLE_HEIGHT = 26  # px above each map
LIMITS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 50.0, 100.0)
WINDOW = 160  # steps; of a longer text so many are shown at once, for a narrower column cannot be seen
MINIMUM_MAP_HEIGHT = 96  # px; with more units than that a map has a pixel a unit: fewer would hide some


@dataclass(frozen=True)
class MapPlace:
    """Where the map of one signal lies in the figure, in px from its top."""

    signal: str
    top: int
    height: int


@dataclass(frozen=True)
class Geometry:
    """The plot areas of a figure of signals, in px; width is whatever the figure is given, less the margins."""

    left: int
    right: int
    height: int
    maps: tuple[MapPlace, ...]


def geometry(signals: Sequence[str], units: int) -> Geometry:
    """Where `signal_maps` puts the maps of these signals."""
    height = max(MINIMUM_MAP_HEIGHT, units)
    places = tuple(
        MapPlace(signal, TITLE_HEIGHT + index * (TITLE_HEIGHT + height), height) for index, signal in enumerate(signals)
    )
    return Geometry(MARGIN_LEFT, MARGIN_RIGHT, len(places) * (TITLE_HEIGHT + height) + MARGIN_BOTTOM, places)


def state_limit(values: NDArray[np.floating]) -> float:
    """A round symmetric limit for a state's colours: its 98th percentile in size, for one unit must not flatten all."""
    size = float(np.nanpercentile(np.abs(values), 98)) if values.size else 1.0
    return next((limit for limit in LIMITS if size <= limit), float(np.ceil(size)))
