"""A packed picture, read as pack.py and residuals.py say it is written; tests/unit/viewer holds unpack.js to it too."""

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
    offset += sum(2 * part["count"] for part in header.get("sums", {}).get("parts", ()))  # test_sums.py reads these
    assert offset == len(planes), "nothing is left over"
    arrays = sorted(header["arrays"], key=lambda array: array["signal"] != "cell_state")  # h comes from c
    for cell, signal in ((array["cell"], array["signal"]) for array in arrays if array.get("residual")):
        signals[cell][signal] = _put_together(cell, signal, signals[cell], -1 if header.get("reverse") else 1)
    return header, {cell: {name: _floats(words) for name, words in named.items()} for cell, named in signals.items()}


def _floats(words: NDArray[np.uint32]) -> NDArray[np.float32]:
    return (words << 8).view(np.float32)


def _put_together(cell: str, signal: str, named: dict[str, NDArray[np.uint32]], time: int) -> NDArray[np.uint32]:
    """A signal whose residuals were sent: how far each number lies from its prediction, in units of its last bit."""
    gate = {name: _floats(words).astype(np.float64)[::time] for name, words in named.items() if name != signal}
    before, steps = np.zeros(named[signal].shape[1]), []
    for step, far in enumerate(named[signal][::time].astype(np.int64)):
        if signal == "cell_state":
            now = gate["forget_gate"][step] * before + gate["input_gate"][step] * gate["candidate"][step]
        elif cell == "lstm":
            now = gate["output_gate"][step] * np.tanh(gate["cell_state"][step])
        else:
            now = (1 - gate["update_gate"][step]) * gate["candidate"][step] + gate["update_gate"][step] * before
        near = now.astype(np.float32).view(np.uint32).astype(np.int64)
        near = (near + 0x7F + (near >> 8 & 1)) >> 8
        word = ((near + np.where(far % 2, -(far + 1) // 2, far // 2)) % 2**24).astype(np.uint32)
        before = _floats(word).astype(np.float64)
        steps.append(word)
    return np.array(steps)[::time]
