r"""Traces as files: .npz for NumPy, .csv for a spreadsheet.

    traces = {cell: gateviz.load_pretrained("timemachine", cell).trace(text) for cell in ("lstm", "gru")}
    Path("gates.csv").write_bytes(csv_of(traces))
    Path("gates.npz").write_bytes(npz_of(traces))               # gateviz.load_trace("gates.npz", cell="lstm")

The .csv is one table of all layers and directions, a row for each signal at each step, in UTF-8 with a byte order mark,
which spreadsheets need to read Chinese. Its columns:

    cell        rnn, lstm or gru
    layer       0 at the bottom
    direction   forward or reverse
    sequence    number in the batch, 0 for a sentence
    step        0-based; the padded steps of a batch are left out
    token       what was read, as a JSON string: "a", " ", "\n". So no spreadsheet takes it for a formula, and no reader
                takes the token NaN for a missing value
    signal      such as forget_gate
    held        only where something is held: "", "all", or the units of this row that are held, such as "3 12"
    0, 1, ...   the value of each unit, with as many digits as are needed to read the same number again; empty if the
                signal has no such unit

A million numbers take some two seconds and 12 MB.

While something is held, the numbers are those of the run under the holds. The .npz file then has the clamps, too, for
`gateviz.load_clamps`; "holds", the list as a link writes it; and "other", the sentence that it takes values from.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from gateviz.errors import InputError, as_given
from gateviz.export.held import NOTHING, Held
from gateviz.results.trace import CELLS, CellName, LayerTrace, Trace

COLUMNS = ("cell", "layer", "direction", "sequence", "step", "token", "signal")


def npz_of(traces: Mapping[CellName, Trace], held: Held = NOTHING) -> bytes:
    """The traces as an .npz file, for `gateviz.load_trace`.

    One trace is stored as `Trace.save` stores it. Of several traces each name begins with the architecture:
    "lstm.layers.0.forward.forget_gate".

    Args:
        traces: of the architectures.
        held: what was held in them.

    Raises:
        InputError: an empty dict, or something that is no trace.
    """
    _check_traces(traces)
    entries = held.entries()
    for cell, trace in traces.items():
        prefix = f"{cell}." if len(traces) > 1 else ""
        own = trace.entries() | held.entries_of(cell, trace)
        entries |= {f"{prefix}{name}": value for name, value in own.items()}
    file = io.BytesIO()
    np.savez_compressed(file, **entries)
    return file.getvalue()


def csv_of(traces: Mapping[CellName, Trace], held: Held = NOTHING) -> bytes:
    """The traces as the table that is described above.

    Args:
        traces: of the architectures.
        held: what was held in them.

    Raises:
        InputError: an empty dict, or something that is no trace.
    """
    _check_traces(traces)
    widest = max(
        array.shape[2] for trace in traces.values() for layer in trace.layers for array in layer.arrays.values()
    )
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*COLUMNS, *(["held"] if held.clamps else []), *range(widest)])
    for trace in traces.values():
        for layer in trace.layers:
            writer.writerows(_rows(trace, layer, widest, held.units(layer) if held.clamps else None))
    return file.getvalue().encode("utf-8-sig", "backslashreplace")  # half a surrogate pair becomes "\ud800", as in JSON


def _check_traces(traces: Mapping[CellName, Trace]) -> None:
    given = isinstance(traces, Mapping) and len(traces) > 0
    if not given or not all(cell in CELLS and isinstance(trace, Trace) for cell, trace in traces.items()):
        raise InputError(
            f"the traces are {as_given(traces)}: give a dict from {', '.join(CELLS)} to traces, not empty."
        )


def _rows(
    trace: Trace, layer: LayerTrace, widest: int, held: Mapping[str, Sequence[str]] | None
) -> Iterator[list[str]]:
    for sequence, length in enumerate(trace.lengths):
        tokens = [json.dumps(token, ensure_ascii=False) for token in trace.tokens_of(sequence)]
        for step in range(length):
            token = tokens[step] if tokens else ""
            place = [layer.cell, str(layer.index), layer.direction, str(sequence), str(step), token]
            for name, values in layer.arrays.items():
                row = values[sequence, step].astype(str).tolist()  # the fewest digits that give the same number again
                yield [*place, name, *([held[name][step]] if held else []), *row, *[""] * (widest - len(row))]
