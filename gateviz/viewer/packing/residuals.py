"""Signals that follow from others: c = f c + i g, h = o tanh(c), h = (1 - z) n + z h.

What is sent of these is how far they lie from that, a byte where a number has three; followed.js puts them together.
Both sides work it out from the numbers as they are sent, in float64, and round it as those were rounded.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from gateviz.results.trace import CellName

Words = NDArray[np.uint32]
"""(time, unit): the upper 24 bits of a float32 each, in the lower 24 of a word."""

BYTE = np.uint32(8)

NEEDED: dict[tuple[CellName, str], tuple[str, ...]] = {
    ("lstm", "cell_state"): ("forget_gate", "input_gate", "candidate"),
    ("lstm", "hidden_state"): ("output_gate", "cell_state"),
    ("gru", "hidden_state"): ("update_gate", "candidate"),
}


def rounded(values: NDArray[np.floating]) -> Words:
    """Each number to sixteen significant bits, half to even."""
    words = np.ascontiguousarray(values, dtype="<f4").view("<u4")
    return (words + np.uint32(0x7F) + ((words >> BYTE) & np.uint32(1))) >> BYTE


def read(words: Words) -> NDArray[np.float32]:
    """The numbers again."""
    return (words << BYTE).view("<f4")


def is_followed(cell: CellName, signal: str, signals: Mapping[str, Words]) -> bool:
    """Whether all are there that this one follows from, of the same shape: with a projection h has fewer units."""
    needed = NEEDED.get((cell, signal))
    return needed is not None and all(
        name in signals and signals[name].shape == signals[signal].shape for name in needed
    )


def off(cell: CellName, signal: str, signals: Mapping[str, Words], *, reverse: bool) -> Words:
    """How far each number lies from where it is expected, in units of its last bit: 0, -1, 1, -2 as 0, 1, 2, 3."""
    far = (signals[signal] - _expected(cell, signal, signals, reverse=reverse)) << BYTE  # modulo 2**24, the sign on top
    signed = far.view("<i4") >> 8
    return ((signed << 1) ^ (signed >> 31)).view("<u4") & np.uint32(0xFFFFFF)


def _expected(cell: CellName, signal: str, signals: Mapping[str, Words], *, reverse: bool) -> Words:
    a, *others = (read(signals[name]).astype(np.float64) for name in NEEDED[cell, signal])
    before = np.zeros_like(a)
    own = read(signals[signal]).astype(np.float64)
    before[slice(-1) if reverse else slice(1, None)] = own[slice(1, None) if reverse else slice(-1)]
    with np.errstate(all="ignore"):  # of what is missing or endless nothing is expected
        if cell == "gru":
            found = (1 - a) * others[0] + a * before
        elif signal == "cell_state":
            found = a * before + others[0] * others[1]
        else:
            found = a * np.tanh(others[0])
        single = found.astype(np.float32)
    return np.where(np.isfinite(single), rounded(np.nan_to_num(single)), np.uint32(0))
