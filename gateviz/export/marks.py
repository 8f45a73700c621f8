"""A task's mark on the index of a site: what its LSTM does on the task's own example, as two small heatmaps.

Above the forget gates, below the cell state, in the colours of the viewer, one pixel for each value. A browser enlarges
it without smoothing.
"""

import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gateviz.figures.palette import Palette
from gateviz.figures.places import state_limit
from gateviz.results.arrangement import arrange
from gateviz.results.signals import KEEPS
from gateviz.results.trace import Trace

MOST_ROWS, MOST_STEPS = 16, 120
Pixels = NDArray[np.uint8]
"""(row, step, 3) red, green and blue."""


def mark_of(trace: Trace, colours: Palette) -> Pixels:
    """Both maps, with a row of the page's colour between them; a plain RNN has no gate that keeps, and one map.

    Args:
        trace: of one text; of a long one the first MOST_STEPS steps are shown, of its lowest layer, forward.
        colours: of the theme.
    """
    signals, cell = trace.layer(0), trace.cell
    state = signals["cell_state" if cell == "lstm" else "hidden_state"][0]
    gate = signals[KEEPS[cell]][0] if cell in KEEPS else None
    shown = {"hidden_state": state} if gate is None else {KEEPS[cell]: gate, "hidden_state": state}
    rows = arrange(shown, MOST_ROWS).rows
    below = _colour(state[:MOST_STEPS, rows].T / state_limit(state) / 2 + 0.5, colours.state)
    if gate is None:
        return below
    between = _colour(np.full((1, below.shape[1]), 0.5), colours.state)
    return np.concatenate([_colour(gate[:MOST_STEPS, rows].T, colours.gate), between, below])


def _colour(shares: NDArray[np.floating], stops: Sequence[str]) -> Pixels:
    """Values from 0 to 1 on a scale of evenly spaced stops."""
    scale = np.array([[int(stop[place : place + 2], 16) for place in (1, 3, 5)] for stop in stops])  # (stop, 3)
    at = np.clip(shares, 0, 1) * (len(stops) - 1)
    mixed = [np.interp(at, np.arange(len(stops)), scale[:, channel]) for channel in range(3)]
    pixels: Pixels = np.rint(np.stack(mixed, axis=-1)).astype(np.uint8)
    return pixels


def png(pixels: Pixels) -> bytes:
    """The pixels as a PNG file (RFC 2083): 8 bits a channel, no filter."""
    height, width, _ = pixels.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], axis=1)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
