"""A long picture in pieces: its head at once, and what a browser then asks for (pieces.js).

    data = head(runs, text, tokens, words=words.load("en"))         # all but the numbers, and how the pieces are called
    more = piece(signals, 3, reverse=False)                         # of PIECE steps each, counted from 0
    sums = sums_piece(signals, sums, 3, squashes=...)               # for the equations, once somebody opens one

Each is packed as a whole picture is. A state that follows from the one before (followed.py) begins anew in each piece.
Of 2,000 steps of three architectures at 256 units the head takes some 200 KB, a piece 800, its sums 200.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gateviz.data.tokenizing.tokens import Token
from gateviz.figures.places import WINDOW
from gateviz.i18n.translator import Translator
from gateviz.results.answers import Expectation
from gateviz.results.trace import CellName, Direction
from gateviz.viewer.packing.pack import pack
from gateviz.viewer.packing.picture import Run, Signals, header_of, signals_of
from gateviz.viewer.packing.sums import Sums, of_steps

PIECE = WINDOW
"""Steps in a piece: what is seen at once then lies in two of them at most."""


def comes_in_pieces(steps: int) -> bool:
    """Whether a text is so long that it is faster in pieces."""
    return steps > 2 * PIECE


def head(
    runs: Mapping[CellName, Run],
    text: str,
    tokens: Sequence[Token],
    *,
    layer: int = 0,
    direction: Direction = "forward",
    say: Translator,
) -> tuple[str, bytes]:
    """The name under which the pieces are asked for, and the picture without its numbers.

    Arguments as those of `gateviz.viewer.picture.picture`.
    """
    signals = {cell: signals_of(run.trace, layer, direction) for cell, run in runs.items()}
    header = header_of(runs, text, tokens, signals, say, layer, direction)
    shapes = {cell: {name: values.shape[1] for name, values in named.items()} for cell, named in signals.items()}
    pieces = {"name": header["numbers"], "size": PIECE, "signals": shapes}
    return header["numbers"], pack({**header, "pieces": pieces, **_heights(runs, signals)}, {})


def count(signals: Mapping[CellName, Signals]) -> int:
    """How many pieces there are."""
    steps = min(len(values) for named in signals.values() for values in named.values())
    return -(-steps // PIECE)


def piece(signals: Mapping[CellName, Signals], number: int, *, reverse: bool) -> bytes:
    """The numbers at PIECE steps, or at those that are left."""
    return pack({"reverse": reverse}, _at(signals, _steps(number)))


def sums_piece(
    signals: Mapping[CellName, Signals], sums: Sums, number: int, *, squashes: Mapping[CellName, str]
) -> bytes:
    """The sums behind them."""
    steps = _steps(number)
    return pack({"squashes": squashes}, _at(signals, steps), of_steps(sums, steps), only_sums=True)


def _steps(number: int) -> slice:
    return slice(number * PIECE, (number + 1) * PIECE)


def _at(signals: Mapping[CellName, Signals], steps: slice) -> dict[CellName, Signals]:
    return {cell: {name: values[steps] for name, values in named.items()} for cell, named in signals.items()}


def _heights(runs: Mapping[CellName, Run], signals: Mapping[CellName, Signals]) -> dict[str, Any]:
    """What the overview draws where nothing could surprise: how large the hidden state is at every step."""
    if all(isinstance(run.expected, Expectation) and np.isfinite(run.expected.surprise).any() for run in runs.values()):
        return {}
    sizes = {cell: np.sqrt(np.square(named["hidden_state"]).mean(axis=1)) for cell, named in signals.items()}
    return {"heights": {cell: [round(min(1.0, float(size)), 3) for size in values] for cell, values in sizes.items()}}
