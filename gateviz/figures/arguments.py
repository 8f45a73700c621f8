"""What a figure is given, checked before it is drawn: arrays of one sequence, texts, a palette."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gateviz.errors import InputError, ShapeError, as_given
from gateviz.figures.palette import Palette
from gateviz.results.arrays import Axes, axes_of, real_array


def one_sequence(values: object, name: str, axes: Axes) -> NDArray[np.floating[Any]]:
    """The values as floats with these axes; if they are those of a batch, the sentence says how to take one of it."""
    array = real_array(values, name)
    if array.ndim == len(axes) + 1:
        wanted = f"one sequence, {axes_of(axes)}, such as {name}[0]"
        raise ShapeError(f"{name} has shape {array.shape}, with a batch: give {wanted}.")
    return real_array(array, name, axes)


def within(array: NDArray[np.floating[Any]], name: str, low: float, high: float = np.inf) -> None:
    """Refuse numbers out of these bounds; NaN is none."""
    lowest, highest = np.fmin.reduce(array, axis=None, initial=low), np.fmax.reduce(array, axis=None, initial=low)
    if lowest < low or highest > high:
        bounds = f"numbers from {low:g} to {high:g}" if high < np.inf else f"numbers of at least {low:g}"
        raise InputError(f"{name} goes from {lowest:.3g} to {highest:.3g}: give {bounds}.")


def listed(values: object, name: str) -> list[Any]:
    """The values as a list."""
    if not isinstance(values, Iterable):
        raise InputError(f"{name} is {as_given(values)}: give a list.")
    return list(values)


def check_texts(**texts: object) -> None:
    """Refuse what is no text."""
    for name, text in texts.items():
        if not isinstance(text, str):
            raise InputError(f"{name} is {as_given(text)}: give a text.")


def check_palette(palette: object) -> None:
    """Refuse what is no palette."""
    if not isinstance(palette, Palette):
        raise InputError(f"palette is {as_given(palette)}: give a gateviz.figures.Palette, such as LIGHT or DARK.")


def check_named(values: object, name: str) -> None:
    """Refuse what is no dictionary with texts as keys, or an empty one."""
    if not isinstance(values, Mapping) or not values:
        raise InputError(f"{name} is {as_given(values)}: give a dictionary with at least one entry.")
    check_texts(**{f"a key of {name}": key for key in values})
