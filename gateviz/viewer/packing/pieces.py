"""A long picture in pieces: first its header, and then the pieces that a browser asks for (js/picture/pieces.js).

    name, data = head(runs, text, tokens, say=translator.load("en"))    # all but the numbers, and the pieces' name
    more = piece(signals, 3)                                            # PIECE steps; pieces count from 0

Each is packed as a whole picture is. For 2,000 steps of three architectures of 256 units the header takes some 200 KB,
a piece 800.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gateviz.data.tokenizing.tokens import Token
from gateviz.figures.places import WINDOW
from gateviz.i18n.translator import Translator
from gateviz.results.answers import Answers, Expectation
from gateviz.results.opening import Opening
from gateviz.results.trace import CellName, Direction
from gateviz.viewer.packing.pack import pack
from gateviz.viewer.packing.picture import Run, Signals, header_of, signals_of

PIECE = WINDOW
"""Steps in a piece: the window that is shown then lies in at most two of them."""


def comes_in_pieces(steps: int) -> bool:
    """Whether a text of so many steps is faster in pieces."""
    return steps > 2 * PIECE


def head(
    runs: Mapping[CellName, Run],
    text: str,
    tokens: Sequence[Token],
    *,
    layer: int = 0,
    direction: Direction = "forward",
    say: Translator,
    opening: Opening | None = None,
) -> tuple[str, bytes]:
    """The name under which the pieces are asked for, and the picture without its numbers.

    The arguments are those of `gateviz.viewer.packing.picture.picture`.
    """
    signals = {cell: signals_of(run.trace, layer, direction) for cell, run in runs.items()}
    header = header_of(runs, text, tokens, signals, say, layer, direction, opening)
    units = {cell: {name: values.shape[1] for name, values in named.items()} for cell, named in signals.items()}
    pieces = {"name": header["numbers"], "size": PIECE, "signals": units}
    return header["numbers"], pack({**header, "pieces": pieces, **_heights(runs, signals)}, {})


def count(signals: Mapping[CellName, Signals]) -> int:
    """How many pieces there are."""
    steps = min(len(values) for named in signals.values() for values in named.values())
    return -(-steps // PIECE)


def piece(signals: Mapping[CellName, Signals], number: int) -> bytes:
    """The numbers at PIECE steps, or in the last piece at those that are left."""
    steps = slice(number * PIECE, (number + 1) * PIECE)
    return pack({}, {cell: {name: values[steps] for name, values in own.items()} for cell, own in signals.items()})


def _can_surprise(answers: Answers) -> bool:
    """Whether the browser gets the surprise at some token."""
    return isinstance(answers, Expectation) and not answers.written and bool(np.isfinite(answers.surprise).any())


def _heights(runs: Mapping[CellName, Run], signals: Mapping[CellName, Signals]) -> dict[str, Any]:
    """Where nothing can surprise, the overview draws how large the hidden state is at each step, 0 to 1."""
    if all(_can_surprise(run.expected) for run in runs.values()):
        return {}
    sizes = {cell: np.sqrt(np.square(named["hidden_state"]).mean(axis=1)) for cell, named in signals.items()}
    return {"heights": {cell: [round(min(1.0, float(size)), 3) for size in values] for cell, values in sizes.items()}}
