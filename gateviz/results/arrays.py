"""Numbers from a caller, read as a float array with the axes that a function needs, or refused in one sentence."""

from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gateviz.errors import InputError, ShapeError, as_given

Axes = tuple[int | str, ...]  # of each axis its length, or its name where any length is right

REAL = "biuf"  # numpy's letters for booleans, signed and unsigned whole numbers, and floats


def real_array(value: object, name: str, *shapes: Axes) -> NDArray[np.floating[Any]]:
    """The value as an array of floats: floats keep their dtype, whole numbers and booleans become float64.

    Args:
        value: What the caller gave: an array, a list, a torch Tensor on the CPU.
        name: What the caller knows it as, for the sentence.
        shapes: The shapes that are right, such as ("time", 3); none means any shape.

    Raises:
        ShapeError: It does not hold real numbers, or has another shape.

    Example:
        >>> real_array([[True, False]], "x", ("time", 2))
        array([[1., 0.]])
    """
    wanted = f"real numbers{' of shape ' if shapes else ''}{' or '.join(map(axes_of, dict.fromkeys(shapes)))}"
    try:
        array = np.asarray(value)
    except (TypeError, ValueError, RuntimeError) as problem:  # ragged lists; a Tensor that numpy cannot read
        kind = type(value).__name__
        raise ShapeError(f"{name} is a {kind} that numpy cannot read as one array: give {wanted}.") from problem
    if array.dtype.kind not in REAL:
        given = f"holds {array.dtype} values" if isinstance(value, np.ndarray) else f"is a {type(value).__name__}"
        raise ShapeError(f"{name} {given}: give {wanted}.")
    if shapes and not any(_fits(array.shape, shape) for shape in shapes):
        raise ShapeError(f"{name} has shape {array.shape}: give {wanted}.")
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def float64_array(value: object, name: str, *shapes: Axes) -> NDArray[np.float64]:
    """The same in float64, whatever was given."""
    return real_array(value, name, *shapes).astype(np.float64, copy=False)


def real_number(value: object, name: str, low: float, high: float = float("inf")) -> float:
    """The value as a float from `low` to `high`, or an InputError that says what would be right."""
    if isinstance(value, (Real, np.bool)) and low <= float(value) <= high:
        return float(value)
    bounds = f"from {low:g} to {high:g}" if high < float("inf") else f"of at least {low:g}"
    raise InputError(f"{name} is {as_given(value)}: give a number {bounds}.")


def axes_of(shape: Axes) -> str:
    """(3,) -> "(3,)" and ("time", 3) -> "(time, 3)"."""
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _fits(shape: tuple[int, ...], wanted: Axes) -> bool:
    return len(shape) == len(wanted) and all(
        isinstance(axis, str) or axis == length for axis, length in zip(wanted, shape, strict=True)
    )
