"""What `path_norms` and `gradient_bands` give back: frozen results in numpy, as in trace.py."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gateviz.results.trace import Array, CellName, vector_norm


@dataclass(frozen=True, eq=False)
class PathNorms:
    """The derivative of a later state by an earlier one, in two parts: the direct path and the rest.

    The direct path leads through the gates that keep. All arrays are (batch, t, s) for the later step t and the earlier
    step s, NaN where s does not come before t, as in `jacobian_norms`. A norm is inf above the range of its dtype and 0
    below it.
    """

    cell: CellName
    """"lstm": from c_s to c_t, directly by the product of the forget gates. "gru": from h_s to h_t, by that of z."""
    total: Array = field(repr=False)
    """Norm of the whole derivative, d c_t / d c_s or d h_t / d h_s; only the inputs are held fixed."""
    direct: Array = field(repr=False)
    """Norm of the direct path alone."""
    rest: Array = field(repr=False)
    """Norm of the difference: every path through another gate, a candidate or an LSTM's hidden state."""

    @property
    def direct_share(self) -> Array:
        """The share direct / (direct + rest), in [0, 1]; NaN where both are 0. The two need not add up to the total."""
        with np.errstate(over="ignore"):
            both = self.direct + self.rest
        share: Array = np.divide(self.direct, both, out=np.full_like(both, np.nan), where=both > 0)
        return share

    @property
    def rest_share(self) -> Array:
        """The share rest / (direct + rest), in [0, 1]: 1 - direct_share."""
        return 1 - self.direct_share


@dataclass(frozen=True, eq=False)
class GradientBands:
    """The gradient at each step, split by the step of the output from which the loss sent it."""

    signal: str
    """"hidden_state", "cell_state" or "inputs": the gradient is the loss's derivative by it."""
    sources: NDArray[np.int64]
    """(source,) the steps of the output that the loss reads, in order."""
    contributions: Array = field(repr=False)
    """(batch, time, source, unit) the part of the gradient at a step that each source sends there."""
    total: Array = field(repr=False)
    """(batch, time, unit) the gradient: the sum of the contributions."""

    @property
    def bands(self) -> Array:
        """(batch, time, source) each contribution's component along the total: they add up to the total's norm.

        Signed: a source that pulls against the others counts below zero. An entry that is infinite, above the range of
        its dtype, counts as the largest number of that range.
        """
        along = _direction(_within_range(self.total))  # (batch, time, unit)
        with np.errstate(over="ignore"):
            bands: Array = np.einsum("btsu,btu->bts", _within_range(self.contributions), along).astype(self.total.dtype)
        return bands


def _within_range(array: Array) -> Array:
    """The array in float64, with the largest number of its own dtype in the place of inf."""
    largest = float(np.finfo(array.dtype).max)
    limited: Array = np.clip(array.astype(np.float64), -largest, largest)
    return limited


def _direction(vectors: Array) -> Array:
    """(..., unit) scaled to length 1; zero where all entries are."""
    largest = np.abs(vectors).max(axis=-1, keepdims=True, initial=0)  # (..., 1)
    scaled = np.divide(vectors, largest, out=np.zeros_like(vectors), where=largest != 0)
    direction: Array = np.divide(scaled, vector_norm(scaled)[..., None], out=scaled, where=largest != 0)
    return direction
