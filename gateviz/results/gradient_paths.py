"""What a look at the gradient's paths gives back: frozen results in numpy, as in trace.py."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gateviz.results.trace import Array, CellName, vector_norm


@dataclass(frozen=True, eq=False)
class PathNorms:
    """How much of the way from step s to a later step t is the direct path, through the gates that keep.

    All arrays are (batch, t, s), NaN where s does not come before t, as in `jacobian_norms`.
    """

    cell: CellName
    """"lstm": from c_s to c_t, directly by the product of the forget gates. "gru": from h_s to h_t, by that of z."""
    total: Array = field(repr=False)
    """Norm of the whole derivative, d c_t / d c_s or d h_t / d h_s; nothing held fixed but the inputs."""
    direct: Array = field(repr=False)
    """Norm of the direct path alone."""
    rest: Array = field(repr=False)
    """Norm of the difference: every path through another gate, a candidate or an LSTM's hidden state."""

    @property
    def direct_share(self) -> Array:
        """The share direct / (direct + rest), in [0, 1]; NaN where both vanish. Norms need not add up to the total."""
        both = self.direct + self.rest
        share: Array = np.divide(self.direct, both, out=np.full_like(both, np.nan), where=both > 0)
        return share

    @property
    def rest_share(self) -> Array:
        """The share rest / (direct + rest): what the direct share leaves."""
        return 1 - self.direct_share


@dataclass(frozen=True, eq=False)
class GradientBands:
    """The gradient at each step, itemised by the step of the loss that it came from."""

    signal: str
    """"hidden_state", "cell_state" or "inputs": what the loss was differentiated by."""
    sources: NDArray[np.int64]
    """(source,) the steps at which the loss looks at the output, in order."""
    contributions: Array = field(repr=False)
    """(batch, time, source, unit) the part of the gradient at a step that each source sends there."""
    total: Array = field(repr=False)
    """(batch, time, unit) the gradient; the contributions add up to it."""

    @property
    def bands(self) -> Array:
        """(batch, time, source) each contribution's component along the total: they add up to the total's norm.

        Signed: a source that pulls against the others counts below zero.
        """
        norm = vector_norm(self.total)[..., None]  # (batch, time, 1)
        along = np.divide(self.total, norm, out=np.zeros_like(self.total), where=norm != 0)  # (batch, time, unit)
        bands: Array = np.einsum("btsu,btu->bts", self.contributions, along)
        return bands
