"""A header and some arrays as bytes for the browser, with every float32 as it is.

`pack` rounds to four digits, which is enough for colours. The page Under the hood computes with the numbers.

Layout: the length of the packed header (uint32, little-endian), the header (a zlib stream of UTF-8 JSON), and a zlib
stream of all arrays, little-endian float32, in the order of `header["arrays"]`. js/hood/unpack_exact.js reads it.
"""

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


def pack_exact(header: Mapping[str, Any], arrays: Mapping[str, NDArray[np.floating]]) -> bytes:
    """Join a header and arrays of any shape, by name.

    Args:
        header: JSON-serialisable; gets the key "arrays".
        arrays: they are sent as float32.

    Raises:
        ValueError: the header has a number that JSON does not know, NaN or infinity.
    """
    listed = [{"name": name, "shape": array.shape} for name, array in arrays.items()]
    head = json.dumps({**header, "arrays": listed}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    text = zlib.compress(head.encode(), 5)
    numbers = b"".join(np.ascontiguousarray(array, dtype="<f4").tobytes() for array in arrays.values())
    return struct.pack("<I", len(text)) + text + zlib.compress(numbers, 1)
