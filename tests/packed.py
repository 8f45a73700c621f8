"""A packed picture, read as pack.py says it is written; tests/unit/viewer holds unpack.js to it too."""

import json
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray


def unpack(data: bytes) -> tuple[dict[str, Any], dict[str, dict[str, NDArray[np.float32]]]]:
    """Header and signals."""
    length = int.from_bytes(data[:4], "little")
    header = json.loads(zlib.decompress(data[4 : 4 + length]))
    planes = np.frombuffer(zlib.decompress(data[4 + length :]), dtype=np.uint8)
    signals: dict[str, dict[str, NDArray[np.uint32]]] = {}
    offset = 0
    for array in header["arrays"]:
        count = array["steps"] * array["units"]
        word = np.zeros((count, 4), dtype=np.uint8)
        word[:, :3] = planes[offset : offset + 3 * count].reshape(3, count).T
        shape = (array["steps"], array["units"])
        signals.setdefault(array["cell"], {})[array["signal"]] = word.view("<u4").reshape(shape)
        offset += 3 * count
    assert offset == len(planes), "nothing is left over"
    return header, {cell: {name: _floats(words) for name, words in named.items()} for cell, named in signals.items()}


def unpack_exact(data: bytes) -> tuple[dict[str, Any], dict[str, NDArray[np.float32]]]:
    """Header and arrays, as packing/exact.py writes them."""
    length = int.from_bytes(data[:4], "little")
    header = json.loads(zlib.decompress(data[4 : 4 + length]))
    numbers = np.frombuffer(zlib.decompress(data[4 + length :]), dtype="<f4")
    arrays, offset = {}, 0
    for array in header["arrays"]:
        count = int(np.prod(array["shape"]))
        arrays[array["name"]] = numbers[offset : offset + count].reshape(array["shape"])
        offset += count
    assert offset == len(numbers), "nothing is left over"
    return header, arrays


def _floats(words: NDArray[np.uint32]) -> NDArray[np.float32]:
    return (words << 8).view(np.float32)
