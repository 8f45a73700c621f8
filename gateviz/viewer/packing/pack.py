"""A picture as bytes for the browser: a JSON header, then every signal's numbers to four significant digits.

Layout: the length of the packed header (uint32, little-endian), the header (a zlib stream of UTF-8 JSON), and a zlib
stream of all arrays, in the order of `header["arrays"]` and then of `header["sums"]["parts"]` (sums.py). A signal's
number is a float32 rounded to 16 significant bits, with a relative error of at most 2**-16, so its lowest byte is zero.
The other three are sent in planes, all first bytes together, because similar bytes side by side compress best. An array
with `"residual": true` has residuals instead of numbers (residuals.py). js/picture/unpack.js reads all this.
"""

import json
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gateviz.results.trace import CellName
from gateviz.viewer.packing.residuals import Bits, bits_of, is_predictable, numbers_of, residuals_of
from gateviz.viewer.packing.sums import Sums, pack_sums

Signals = Mapping[str, NDArray[np.floating]]


def pack(
    header: Mapping[str, Any],
    cells: Mapping[CellName, Signals],
    sums: Sums | None = None,
    *,
    only_sums: bool = False,
) -> bytes:
    """Join a header and the signals of some cells.

    Args:
        header: JSON-serialisable; gets the key "arrays", and "sums" where there are any. Its "squashes" say where a
            plain RNN's sum goes through a relu, its "reverse" whether the layer reads from the end.
        cells: cell -> signal -> (time, unit).
        sums: cell -> gate or candidate -> the parts of its sum; without them the equations show no sums.
        only_sums: leave the signals out, for a browser that has them already.

    Raises:
        ValueError: the header has a number that JSON does not know, NaN or infinity.
    """
    bits = {cell: {name: bits_of(each) for name, each in signals.items()} for cell, signals in cells.items()}
    every = [(cell, name) for cell, signals in bits.items() for name in signals if not only_sums]
    arrays = [_array(cell, name, bits[cell]) for cell, name in every]
    head = {**header, "arrays": arrays}
    planes = [_planes(_sent(array, bits[array["cell"]], bool(header.get("reverse")))) for array in arrays]
    if sums:
        as_read = {cell: {name: numbers_of(each) for name, each in named.items()} for cell, named in bits.items()}
        head["sums"], more = pack_sums(sums, as_read, header.get("squashes"))
        planes.append(more)
    text = zlib.compress(json.dumps(head, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(), 5)
    return struct.pack("<I", len(text)) + text + _compressed(planes)


def _array(cell: CellName, signal: str, signals: Mapping[str, Bits]) -> dict[str, Any]:
    steps, units = signals[signal].shape
    entry = {"cell": cell, "signal": signal, "steps": steps, "units": units}
    return {**entry, "residual": True} if is_predictable(cell, signal, signals) else entry


def _sent(array: Mapping[str, Any], signals: Mapping[str, Bits], reverse: bool) -> Bits:
    cell, signal = array["cell"], array["signal"]
    return residuals_of(cell, signal, signals, reverse=reverse) if "residual" in array else signals[signal]


def _planes(bits: Bits) -> bytes:
    return np.ascontiguousarray(bits.reshape(-1).view(np.uint8).reshape(-1, 4)[:, :3].T).tobytes()


def _compressed(planes: Iterable[bytes]) -> bytes:
    """By frequent bytes and runs alone: a search for repeated sequences would find none, in three times the time."""
    stream = zlib.compressobj(level=1, strategy=zlib.Z_RLE)
    return b"".join(stream.compress(plane) for plane in planes) + stream.flush()
