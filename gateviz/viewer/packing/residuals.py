"""States that follow from other signals: c = f c + i g, h = o tanh(c), h = (1 - z) n + z h.

Of these the browser gets only how far each number lies from that prediction, its residual: a byte where a number has
three (js/picture/residuals.js). Both sides predict from the numbers as they are sent, in float64, and round alike.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from gateviz.results.trace import CellName

Bits = NDArray[np.uint32]
"""(time, unit): of each number the upper 24 bits of its float32, as a whole number."""

BYTE = np.uint32(8)

NEEDED: dict[tuple[CellName, str], tuple[str, ...]] = {
    ("lstm", "cell_state"): ("forget_gate", "input_gate", "candidate"),
    ("lstm", "hidden_state"): ("output_gate", "cell_state"),
    ("gru", "hidden_state"): ("update_gate", "candidate"),
}
"""The signals from which a state is predicted."""


def bits_of(values: NDArray[np.floating]) -> Bits:
    """Each number rounded to sixteen significant bits, half to even."""
    bits = np.ascontiguousarray(values, dtype="<f4").view("<u4")
    return (bits + np.uint32(0x7F) + ((bits >> BYTE) & np.uint32(1))) >> BYTE


def numbers_of(bits: Bits) -> NDArray[np.float32]:
    """The numbers, as the browser reads them."""
    return (bits << BYTE).view("<f4")


def is_predictable(cell: CellName, signal: str, signals: Mapping[str, Bits]) -> bool:
    """Whether all that the prediction needs is there, in the same shape: with a projection h has fewer units than c."""
    needed = NEEDED.get((cell, signal))
    return needed is not None and all(
        name in signals and signals[name].shape == signals[signal].shape for name in needed
    )


def residuals_of(cell: CellName, signal: str, signals: Mapping[str, Bits], *, reverse: bool) -> Bits:
    """How far each number lies from its prediction, in units of its last bit: 0, -1, 1, -2 as 0, 1, 2, 3."""
    off = (
        signals[signal] - _predicted(cell, signal, signals, reverse=reverse)
    ) << BYTE  # modulo 2**24, the sign on top
    signed = off.view("<i4") >> 8
    return ((signed << 1) ^ (signed >> 31)).view("<u4") & np.uint32(0xFFFFFF)


def _predicted(cell: CellName, signal: str, signals: Mapping[str, Bits], *, reverse: bool) -> Bits:
    a, *others = (numbers_of(signals[name]).astype(np.float64) for name in NEEDED[cell, signal])
    before = np.zeros_like(a)
    own = numbers_of(signals[signal]).astype(np.float64)
    before[slice(-1) if reverse else slice(1, None)] = own[slice(1, None) if reverse else slice(-1)]
    with np.errstate(all="ignore"):  # what follows from NaN or infinity is predicted as 0
        if cell == "gru":
            found = (1 - a) * others[0] + a * before
        elif signal == "cell_state":
            found = a * before + others[0] * others[1]
        else:
            found = a * np.tanh(others[0])
        single = found.astype(np.float32)
    return np.where(np.isfinite(single), bits_of(np.nan_to_num(single)), np.uint32(0))
