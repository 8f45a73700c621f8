"""A picture as bytes for the browser: a JSON header, then every signal's numbers to four significant digits.

Layout: uint32 little-endian length of the packed header, the header (a zlib stream of UTF-8 JSON), then a zlib stream
of all arrays in the order of `header["arrays"]` and, where there are sums, of `header["sums"]["parts"]` (sums.py). A
signal's number is a float32 rounded to 16 significant bits (relative error at most 2**-16), of which the three bytes
that remain are sent as planes: equal-looking bytes side by side compress best. Of an array with `"followed": true` the
three bytes tell how far each number lies from where it is expected (followed.py). payload.js reads this.
"""

import json
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gateviz.results.trace import CellName
from gateviz.viewer.packing import residuals
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
        header: JSON-serialisable; gets the key "arrays" added, and "sums" where there are any. Its "squashes" say
            where a plain RNN's sum goes through a relu.
        cells: cell -> signal -> (time, unit).
        sums: cell -> gate or candidate -> the parts of its sum; without them the equations show no sums.
        only_sums: leave the signals out; who reads the sums has them already.
    """
    words = {cell: {name: residuals.rounded(each) for name, each in signals.items()} for cell, signals in cells.items()}
    every = [(cell, name) for cell, signals in words.items() for name in signals if not only_sums]
    arrays = [_array(cell, name, words[cell]) for cell, name in every]
    head = {**header, "arrays": arrays}
    planes = [_planes(_sent(array, words[array["cell"]], bool(header.get("reverse")))) for array in arrays]
    if sums:
        as_read = {cell: {name: residuals.read(each) for name, each in named.items()} for cell, named in words.items()}
        head["sums"], more = pack_sums(sums, as_read, header.get("squashes"))
        planes.append(more)
    text = zlib.compress(json.dumps(head, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(), 5)
    return struct.pack("<I", len(text)) + text + _squeezed(planes)


def _array(cell: CellName, signal: str, words: Mapping[str, residuals.Words]) -> dict[str, Any]:
    steps, units = words[signal].shape
    said = {"cell": cell, "signal": signal, "steps": steps, "units": units}
    return {**said, "followed": True} if residuals.is_followed(cell, signal, words) else said


def _sent(array: Mapping[str, Any], words: Mapping[str, residuals.Words], reverse: bool) -> residuals.Words:
    cell, signal = array["cell"], array["signal"]
    return residuals.off(cell, signal, words, reverse=reverse) if "followed" in array else words[signal]


def _planes(words: residuals.Words) -> bytes:
    return np.ascontiguousarray(words.reshape(-1).view(np.uint8).reshape(-1, 4)[:, :3].T).tobytes()


def _squeezed(planes: Iterable[bytes]) -> bytes:
    """There are no words in them to be found again, only frequent bytes and runs: a third of the time of a search."""
    stream = zlib.compressobj(level=1, strategy=zlib.Z_RLE)
    return b"".join(stream.compress(plane) for plane in planes) + stream.flush()
