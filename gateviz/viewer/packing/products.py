"""What the summands of one unit's gate are made of: its weights, and what they weigh at every step.

The browser multiplies (js/picture/gate_products.js), so that it asks once for a unit and then steps by itself. What is
weighed is the layer's input, sent once for each different one, and the state before, which the browser has.
"""

import json
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
MOST = 200_000
"""So many numbers of the inputs are sent at most. A long text has more in an upper layer, where no two inputs are
alike; the products of its inputs are then not told apart."""


class Weights(Protocol):
    """One gate's weights; see `recording.gate_sums.GateSum`."""

    @property
    def input_weights(self) -> Array: ...  # noqa: D102
    @property
    def recurrent_weights(self) -> Array: ...  # noqa: D102


def pack_products(stretches: Sequence[tuple[Weights, Array]], unit: int) -> bytes:
    """JSON: {"stretches": [{"start", "inputs", "recurrent"}], "rows", "inputs"}.

    A stretch has the weights of the unit from a step on. rows[step] is the row of "inputs" that was read at a step;
    both are null where there are too many.

    Args:
        stretches: the weights of one gate and the inputs (time, feature) that they weigh, one stretch after another.
        unit: whose weights; the gate has it.
    """
    starts = np.cumsum([0, *(len(inputs) for _, inputs in stretches)])
    weights = [
        {
            "start": int(start),
            "inputs": _numbers(one.input_weights[unit]),
            "recurrent": _numbers(one.recurrent_weights[unit]),
        }
        for (one, _), start in zip(stretches, starts[:-1], strict=True)
    ]
    seen: dict[bytes, int] = {}
    rows = [
        seen.setdefault(row.tobytes(), len(seen)) for _, inputs in stretches for row in np.ascontiguousarray(inputs)
    ]
    different = [np.frombuffer(row, dtype=stretches[0][1].dtype) for row in seen]
    is_short = sum(row.size for row in different) <= MOST
    inputs = [_numbers(row) for row in different] if is_short else None
    return json.dumps({"stretches": weights, "rows": rows if is_short else None, "inputs": inputs}).encode()


def _numbers(values: Array) -> list[float]:
    """Six digits, which is what a float32 holds."""
    return [float(f"{value:.6g}") for value in values.tolist()]
