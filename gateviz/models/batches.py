"""The results of several texts joined into one; after the end of each text stands NaN."""

from collections.abc import Sequence

import numpy as np

from gateviz.results.trace import Array, LayerTrace, Trace


def padded(arrays: Sequence[Array]) -> Array:
    """Arrays (time, n) of different lengths as one (batch, time, n), with NaN after the end of each."""
    steps, width = max(map(len, arrays)), arrays[0].shape[1]
    whole = np.full((len(arrays), steps, width), np.nan, dtype=arrays[0].dtype)
    for row, array in zip(whole, arrays, strict=True):
        row[: len(array)] = array
    return whole


def batch_of(traces: Sequence[Trace]) -> Trace:
    """The traces of single texts by one model as the trace of a batch, whose `tokens` has a tuple for each text."""
    first = traces[0]
    layers = tuple(
        LayerTrace(
            layer.cell,
            layer.index,
            layer.direction,
            {name: padded([trace.layers[number][name][0] for trace in traces]) for name in layer.signals},
        )
        for number, layer in enumerate(first.layers)
    )
    return Trace(
        cell=first.cell,
        num_layers=first.num_layers,
        num_directions=first.num_directions,
        lengths=np.concatenate([trace.lengths for trace in traces]),
        output=padded([trace.output[0] for trace in traces]),
        layers=layers,
        initial_state=_side_by_side([trace.initial_state for trace in traces]),
        final_state=_side_by_side([trace.final_state for trace in traces]),
        tokens=tuple(trace.tokens_of(0) for trace in traces),
    )


def _side_by_side(states: Sequence[Array | tuple[Array, Array]]) -> Array | tuple[Array, Array]:
    """States (layer and direction, 1, unit) as one (layer and direction, batch, unit)."""
    if isinstance(states[0], tuple):
        hidden, cell = (np.concatenate(parts, axis=1) for parts in zip(*states, strict=True))
        return hidden, cell
    return np.concatenate(states, axis=1)
