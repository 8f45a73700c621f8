"""A picture as bytes for the browser: a JSON header, then every signal's numbers to four significant digits.

Layout: uint32 little-endian length of the header, the header (UTF-8 JSON), then a zlib stream of all arrays in the
order of `header["arrays"]`. A number is a float32 rounded to 16 significant bits (relative error at most 2**-16), of
which the three bytes that remain are sent as planes: equal-looking bytes side by side compress best. payload.js
reads this.
"""

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gateviz.trace import CellName

Signals = Mapping[str, NDArray[np.floating]]


def pack(header: Mapping[str, Any], cells: Mapping[CellName, Signals]) -> bytes:
    """Join a header and the signals of some cells.

    Args:
        header: JSON-serialisable; gets the key "arrays" added.
        cells: cell -> signal -> (time, unit).
    """
    arrays = [
        {"cell": cell, "signal": name, "steps": values.shape[0], "units": values.shape[1]}
        for cell, signals in cells.items()
        for name, values in signals.items()
    ]
    text = json.dumps({**header, "arrays": arrays}, ensure_ascii=False, allow_nan=False).encode()
    planes = b"".join(_planes(values) for signals in cells.values() for values in signals.values())
    return struct.pack("<I", len(text)) + text + zlib.compress(planes, 1)


def _planes(values: NDArray[np.floating]) -> bytes:
    words = np.ascontiguousarray(values, dtype="<f4").view("<u4")
    rounded = (words + np.uint32(0x7F) + ((words >> 8) & np.uint32(1))) & np.uint32(0xFFFFFF00)  # half to even
    return np.ascontiguousarray(rounded.reshape(-1).view(np.uint8).reshape(-1, 4)[:, 1:].T).tobytes()
