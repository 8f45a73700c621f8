"""What the cells of scratch.py share: reading the weights, the sequence and the gradients that they are given."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gateviz.errors import InputError, ShapeError
from gateviz.results.arrays import float64_array

Vector = NDArray[np.float64]  # (hidden,)
Matrix = NDArray[np.float64]  # (row, column)
Weights = dict[str, Matrix]

NAMES = ("W_x", "W_h", "b_x", "b_h")


class Cell:
    """A cell with its weights.

    Args:
        weights: W_x (rows, input), W_h (rows, hidden), b_x and b_h (rows,), rows being `gates` times hidden. They are
            read at every call, so they may be trained in place.

    Raises:
        ShapeError: A name is missing, or the shapes do not fit each other.
    """

    gates: int  # how many blocks of `hidden` rows the weights have

    def __init__(self, weights: dict[str, Any]) -> None:
        self.weights = weights
        self.x: Matrix | None = None  # (time, input), what `forward` has read
        self._read_weights()

    def _begin(self, x: ArrayLike, **states: ArrayLike) -> tuple[Weights, Matrix, list[Vector]]:
        """What `forward` starts from: the weights, the sequence (time, input) and the first states (hidden,)."""
        w = self._read_weights()
        self.x = float64_array(x, "x", ("time", w["W_x"].shape[1]))
        return w, self.x, [float64_array(state, name, w["W_h"].shape[1:]) for name, state in states.items()]

    def _begin_backward(self, d_h: ArrayLike) -> tuple[Weights, Matrix, Matrix, Weights]:
        """What `backward` starts from: the weights, the sequence, dL/dh_t (time, hidden), and zeros for the results."""
        if self.x is None:
            raise InputError("backward needs what forward keeps: call forward first.")
        w = self._read_weights()
        d = {name: np.zeros(array.shape) for name, array in {**w, "x": self.x}.items()}
        return w, self.x, float64_array(d_h, "d_h", (len(self.x), w["W_h"].shape[1])), d

    def _read_weights(self) -> Weights:
        given = self.weights
        if not isinstance(given, Mapping):
            raise ShapeError(f"weights are a {type(given).__name__}: give a dictionary with {', '.join(NAMES)}.")
        if not set(NAMES) <= set(given):
            raise ShapeError(f"weights are named {sorted(map(str, given))}: give {', '.join(NAMES)}.")
        hidden = float64_array(given["W_h"], "W_h", ("rows", "hidden")).shape[1]
        rows = self.gates * hidden
        shapes = {"W_h": (rows, hidden), "W_x": (rows, "input"), "b_x": (rows,), "b_h": (rows,)}
        return {name: float64_array(given[name], name, shape) for name, shape in shapes.items()}
