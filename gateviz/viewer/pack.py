"""A picture as bytes for the browser: a JSON header, then every signal's numbers to four significant digits.

Layout: uint32 little-endian length of the header, the header (UTF-8 JSON), then a zlib stream of all arrays in the
order of `header["arrays"]` and, where there are sums, of `header["sums"]["parts"]` (sums.py). A signal's number is a
float32 rounded to 16 significant bits (relative error at most 2**-16), of which the three bytes that remain are sent as
planes: equal-looking bytes side by side compress best. payload.js reads this.
"""

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gateviz.trace import CellName
from gateviz.viewer.sums import Sums, pack_sums

Signals = Mapping[str, NDArray[np.floating]]


def pack(header: Mapping[str, Any], cells: Mapping[CellName, Signals], sums: Sums | None = None) -> bytes:
    """Join a header and the signals of some cells.

    Args:
        header: JSON-serialisable; gets the key "arrays" added, and "sums" where there are any. Its "squashes" say
            where a plain RNN's sum goes through a relu.
        cells: cell -> signal -> (time, unit).
        sums: cell -> gate or candidate -> the parts of its sum; without them the equations show no sums.
    """
    rounded = {cell: {name: _rounded(values) for name, values in signals.items()} for cell, signals in cells.items()}
    arrays = [
        {"cell": cell, "signal": name, "steps": values.shape[0], "units": values.shape[1]}
        for cell, signals in cells.items()
        for name, values in signals.items()
    ]
    head = {**header, "arrays": arrays}
    planes = b"".join(_planes(words) for signals in rounded.values() for words in signals.values())
    if sums:
        as_read = {cell: {name: words.view("<f4") for name, words in named.items()} for cell, named in rounded.items()}
        head["sums"], more = pack_sums(sums, as_read, header.get("squashes"))
        planes += more
    text = json.dumps(head, ensure_ascii=False, allow_nan=False).encode()
    return struct.pack("<I", len(text)) + text + zlib.compress(planes, 1)


def _rounded(values: NDArray[np.floating]) -> NDArray[np.uint32]:
    """The bits of each number as float32, the lowest eight of them zero."""
    words = np.ascontiguousarray(values, dtype="<f4").view("<u4")
    return (words + np.uint32(0x7F) + ((words >> 8) & np.uint32(1))) & np.uint32(0xFFFFFF00)  # half to even


def _planes(words: NDArray[np.uint32]) -> bytes:
    return np.ascontiguousarray(words.reshape(-1).view(np.uint8).reshape(-1, 4)[:, 1:].T).tobytes()
