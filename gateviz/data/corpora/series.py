"""A series with one number for each month, and guesses at the next number that need no model. Numpy only.

series = read_series(find_data(recipe.data))
persistence(series.values, start=2538)                # each is the value of the month before
same_phase(series.values, start=2538, period=131)     # each is the mean of all earlier values of its phase
"""

import csv
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gateviz.data.corpora.sources import read_text
from gateviz.errors import DataError

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Series:
    """One value for each month; no month is missing."""

    months: tuple[str, ...]
    """Such as "1749-01", ascending."""
    values: Reals
    """(time,) in the unit of the file."""


def read_series(path: Path) -> Series:
    """The series of a CSV file of two columns with a header: the month, and its value.

    Raises:
        DataError: it is no such file, or a month is missing; the sentence names the line.
    """
    months: list[str] = []
    values: list[float] = []
    first = 0
    for number, row in enumerate(csv.reader(read_text(path).splitlines()), start=1):
        if number == 1 or not row:
            continue
        try:
            month, value = row[0], float(row[1])
            at = int(month[:4]) * 12 + int(month[5:])
        except (IndexError, ValueError):
            raise DataError(f"{path}, line {number}: give a month and a number, such as 1749-01,58.0.") from None
        first = first if months else at
        if not math.isfinite(value) or at != first + len(months):
            raise DataError(f"{path}, line {number}: give the month after the one before, and a finite number.")
        months.append(month)
        values.append(value)
    if not months:
        raise DataError(f"{path} holds no values: give a month and a number on each line after the first.")
    return Series(tuple(months), np.array(values))


def autoregression(values: Reals, start: int, order: int) -> Reals:
    """A linear autoregression with a constant, fitted to values[:start] by least squares: a guess for values[start:].

    Each guess is a weighted sum of the `order` values before it.
    """
    before = np.lib.stride_tricks.sliding_window_view(values[:-1], order)  # (time - order, order)
    rows = np.column_stack([before, np.ones(len(before))])
    weights = np.linalg.lstsq(rows[: start - order], values[order:start])[0]
    guesses: Reals = rows[start - order :] @ weights
    return guesses


def strongest_period(values: Reals) -> float:
    """The period, in steps, of the strongest wave in a series; it is one of those that fit into it a whole number."""
    power = np.abs(np.fft.rfft(values - values.mean()))
    return len(values) / int(power.argmax()) if power.argmax() else float(len(values))


def persistence(values: Reals, start: int) -> Reals:
    """The guess that nothing changes: for each of values[start:], the value before it."""
    return values[start - 1 : -1].copy()


def one_period_ago(values: Reals, start: int, period: int) -> Reals:
    """The guess that the last period repeats: for each of values[start:], the value `period` steps before it."""
    return values[start - period : len(values) - period].copy()


def same_phase(values: Reals, start: int, period: int) -> Reals:
    """The guess that all periods are alike: for each of values[start:], the mean of all earlier values of its phase."""
    return np.array([values[at - period :: -period].mean() for at in range(start, len(values))])
