"""The colours of heatmaps: those that a palette gives a value, and those that are drawn."""

from typing import Any

import numpy as np

from gateviz.figures.palette import Palette
from gateviz.results.signals import GATES
from tests.browser.app_page import App
from tests.browser.exported_page import File

PIXEL = """(canvas, [x, y]) => [...canvas.getContext("2d").getImageData(x, y, 1, 1).data]"""


def colour_of(palette: Palette, signal: str, value: float, limit: float) -> list[float]:
    """Where the value lies on the palette's scale, in 256 steps: red, green, blue and opacity, 0 to 255."""
    share = value if signal in GATES else 0.5 + value / (2 * limit)
    stops = palette.gate if signal in GATES else palette.state
    channels = np.array([[int(stop[at : at + 2], 16) for at in (1, 3, 5)] for stop in stops], dtype=float)
    place = np.round(np.clip(share, 0, 1) * 255) / 255 * (len(stops) - 1)
    return [float(np.interp(place, np.arange(len(stops)), channels[:, at])) for at in range(3)] + [255]


def drawn(app: App | File, cell: str, signal: str, step: int, row: int) -> Any:
    """The colour of a place on a heatmap."""
    return app.page.locator(f"[data-map={signal}][data-map-cell={cell}] canvas").evaluate(PIXEL, [step, row])
