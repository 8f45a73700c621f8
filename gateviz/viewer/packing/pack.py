"""A picture as bytes for the browser: a JSON header, then every signal's numbers to four significant digits.

Layout: the length of the packed header (uint32, little-endian), the header (a zlib stream of UTF-8 JSON), and a zlib
stream of all arrays, in the order of `header["arrays"]`. A number is a float32 rounded to 16 significant bits, with a
relative error of at most 2**-16, so its lowest byte is zero. The other three are sent in planes, all first bytes
together, because similar bytes side by side compress best.
js/picture/unpack.js reads all this.
"""

import json
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gateviz.results.trace import CellName

Signals = Mapping[str, NDArray[np.floating]]
Bits = NDArray[np.uint32]
"""(time, unit): of each number the upper 24 bits of its float32, as a whole number."""

_BYTE = np.uint32(8)


def pack(header: Mapping[str, Any], cells: Mapping[CellName, Signals]) -> bytes:
    """Join a header and the signals of some cells.

    Args:
        header: JSON-serialisable; gets the key "arrays".
        cells: cell -> signal -> (time, unit).

    Raises:
        ValueError: the header has a number that JSON does not know, NaN or infinity.
    """
    every = [(cell, name, each) for cell, signals in cells.items() for name, each in signals.items()]
    arrays = [{"cell": c, "signal": name, "steps": len(each), "units": each.shape[1]} for c, name, each in every]
    head = json.dumps({**header, "arrays": arrays}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    text = zlib.compress(head.encode(), 5)
    return struct.pack("<I", len(text)) + text + _compressed(_planes(_bits_of(each)) for *_, each in every)


def _bits_of(values: NDArray[np.floating]) -> Bits:
    """Each number rounded to sixteen significant bits, half to even."""
    bits = np.ascontiguousarray(values, dtype="<f4").view("<u4")
    return (bits + np.uint32(0x7F) + ((bits >> _BYTE) & np.uint32(1))) >> _BYTE


def _planes(bits: Bits) -> bytes:
    return np.ascontiguousarray(bits.reshape(-1).view(np.uint8).reshape(-1, 4)[:, :3].T).tobytes()


def _compressed(planes: Iterable[bytes]) -> bytes:
    """By frequent bytes and runs alone: a search for repeated sequences would find none, in three times the time."""
    stream = zlib.compressobj(level=1, strategy=zlib.Z_RLE)
    return b"".join(stream.compress(plane) for plane in planes) + stream.flush()
