"""The peak memory of `record` beside the bytes of the arrays that it returns; a process of its own, Linux only.

`python -m benchmarks.memory` prints both numbers.
"""

from pathlib import Path

import numpy as np
import torch
from torch import nn

import gateviz

SHAPE = (1000, 32, 256)  # time, batch, hidden: 200 MB of signals, beside which the process itself is small


def _status(field: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


def measure(kind: type[nn.LSTM] | type[nn.GRU]) -> tuple[int, int]:
    """Bytes of memory that `record` adds at its peak, and bytes of the arrays; a block that two share counts once."""
    time, batch, hidden = SHAPE
    module, inputs = kind(hidden // 2, hidden), torch.randn(time, batch, hidden // 2)
    gateviz.record(module, inputs[:2])
    before = _status("VmRSS:")
    Path("/proc/self/clear_refs").write_text("5")  # the high-water mark starts again
    trace = gateviz.record(module, inputs)
    peak = _status("VmHWM:") - before
    layer = trace.layer(0)
    assert np.shares_memory(trace.output, layer.hidden_state)
    return peak, sum(layer[name].nbytes for name in layer.signals)


if __name__ == "__main__":
    torch.set_num_threads(2)
    for kind in (nn.LSTM, nn.GRU):
        print(kind.__name__, *measure(kind))
