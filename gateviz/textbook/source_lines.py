"""The source of the cells of scratch.py, line by line, and which equations each line is of.

    source_lines("lstm", "forward")[9]      # SourceLine("c_t = f * c_before + i * g  # ...", ("cell_state",), ...)

What a line is of follows from the names that it gives a value to: f, a_f and d_a_f belong to the forget gate, c_t and
d_c_t to the cell state, a_t to all gates.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from gateviz.results.signals import STATES
from gateviz.results.trace import CellName
from gateviz.textbook.conventions import form
from gateviz.textbook.scratch import GRU, LSTM, RNN

Pass = Literal["forward", "backward"]
PASSES: tuple[Pass, ...] = ("forward", "backward")

CLASSES = {"rnn": RNN, "lstm": LSTM, "gru": GRU}
_NO_LETTERS = {"d", "t", "before", "from", "later"}
_LETTERS = {"h": "hidden_state", "c": "cell_state"}


class SourceLine(NamedTuple):
    """One line of the source."""

    text: str
    signals: tuple[str, ...]
    """The signals that it computes, or of which it computes the gradient; none for a line that computes nothing."""


@cache
def source_lines(cell: CellName, part: Pass) -> tuple[SourceLine, ...]:
    """The lines of one method of one cell, without the indentation that all of them share."""
    text = textwrap.dedent(inspect.getsource(getattr(CLASSES[cell], part)))
    of_line: dict[int, list[str]] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found = [signal for target in targets for name in _names(target) for signal in _signals(cell, name)]
            of_line.setdefault(node.lineno, []).extend(found)
    return tuple(
        SourceLine(line, tuple(dict.fromkeys(of_line.get(number, ()))))
        for number, line in enumerate(text.splitlines(), 1)
    )


def _names(target: ast.expr) -> Iterator[str]:
    """The names in what is assigned to; of d["W_x"] it is "d_from_x", for these gradients are of all gates."""
    if isinstance(target, ast.Tuple):
        for element in target.elts:
            yield from _names(element)
    elif isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Subscript):
        inner = next(iter(_names(target.value)), "")
        yield {"d": "d_from_x", "states": "h_t"}.get(inner, inner)


def _signals(cell: CellName, name: str) -> tuple[str, ...]:
    gates = {symbol: signal for signal, symbol in form(cell, "pytorch").gates.items() if cell != "rnn"}
    letters = [part for part in name.split("_") if part not in _NO_LETTERS]
    if name in ("a_t", "d_a_t", "d_from_x", "d_from_h"):
        return tuple(gates.values()) or ("hidden_state",)
    if not letters:
        return ("hidden_state",) if name == "from_later" else ()
    if letters[-1] in gates:
        return (gates[letters[-1]],)
    found = _LETTERS.get(letters[-1], "")
    return (found,) if found in STATES else ()
