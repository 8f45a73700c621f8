"""A trace as a table of text for a terminal: a row for each step, a column for each signal.

     step  token       z       n       h    bits
        0  T       0.745   0.462   0.118
        1  h       0.250   0.509   0.411     2.1

A number is the mean of a gate over all units, or the root mean square of a state, as on the page; or it is exactly that
of one unit. The last column is the surprise at the token in bits, if the model expected one. For a classifier it is the
answer to the text so far, and for a model that answers with a number it is this number.
"""

import unicodedata

import numpy as np

from gateviz.errors import InputError, SignalError, as_given
from gateviz.i18n.translator import Translator
from gateviz.results.answers import Answers, Forecast, Verdict
from gateviz.results.signals import GATES
from gateviz.results.trace import Array, Direction, Trace

SIGNS = {" ": "␣", "\n": "↵", "\t": "⇥"}
TOKEN_WIDTH = 12


def listing(
    trace: Trace,
    answers: Answers,
    *,
    layer: int = 0,
    direction: Direction = "forward",
    unit: int | None = None,
    say: Translator,
) -> str:
    """The table, with a line break at the end of each row.

    Args:
        trace: the trace of one sentence.
        answers: the model's answers to the same sentence.
        layer: which layer; a negative number counts from the top.
        direction: "forward" or "reverse".
        unit: which unit; None sums up all units.
        say: gives the symbols of the signals.

    Raises:
        InputError: no trace, or the trace of a batch.
        SignalError: a layer, direction or unit that the trace does not have.
    """
    if not isinstance(trace, Trace) or len(trace.lengths) != 1:
        raise InputError(f"the trace is {as_given(trace)}: give the trace of one sentence.")
    arrays = {name: values[0] for name, values in trace.layer(layer, direction).arrays.items()}  # (time, unit) each
    columns = {
        say.of_cell("symbol", trace.cell, name): _column(name, values, unit)
        for name, values in arrays.items()
        if say.has(f"symbol.{name}")
    }
    tokens = [_visible(token) for token in trace.tokens_of(0) or [""] * len(trace.output[0])]
    width = min(TOKEN_WIDTH, max(5, *(_width(token) for token in tokens)))
    title, last = _answers(answers)
    lines = [f"{'step':>5}  {_padded('token', width)}" + "".join(f"{symbol:>8}" for symbol in columns) + title]
    for step, token in enumerate(tokens):
        numbers = "".join(f"{values[step]:>8.3f}" for values in columns.values())
        lines.append(f"{step:>5}  {_padded(token, width)}{numbers}{last[step]}".rstrip())
    return "\n".join(lines) + "\n"


def _answers(found: Answers) -> tuple[str, list[str]]:
    """Head and rows of the last column."""
    if isinstance(found, Verdict):
        best = found.probabilities.argmax(axis=1)
        return "  answer", [
            f"{row[at]:>8.2f} {found.classes[at]}" for at, row in zip(best, found.probabilities, strict=True)
        ]
    if isinstance(found, Forecast):
        return "  " + found.name, [f"{value:>8.3f}" for value in found.values]
    surprise = [np.nan, *found.surprise[:-1]]
    return f"{'bits':>8}", [f"{bits:>8.1f}" if np.isfinite(bits) else "" for bits in surprise]


def _column(name: str, values: Array, unit: int | None) -> Array:
    if unit is None:
        mean = (values if name in GATES else np.square(values)).mean(axis=1)
        return np.asarray(mean if name in GATES else np.sqrt(mean))
    if not isinstance(unit, int) or not 0 <= unit < values.shape[1]:
        last = values.shape[1] - 1
        raise SignalError(f"unit {as_given(unit)} does not exist: the layer has {last + 1}, from 0 to {last}.")
    return values[:, unit]


def _visible(token: str) -> str:
    """The token with a sign or a number for each character that would break the line or show nothing."""
    return "".join(
        SIGNS.get(character) or (f"U+{ord(character):04X}" if unicodedata.category(character)[0] in "CZ" else character)
        for character in token
    )


def _width(token: str) -> int:
    """How many columns of a terminal the token takes: a Chinese character takes two, a mark over a letter none."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in token)
    return len(token) + wide - sum(unicodedata.combining(character) > 0 for character in token)


def _padded(token: str, width: int) -> str:
    while _width(token) > width:
        token = token[:-2] + "…"
    return token + " " * (width - _width(token))
