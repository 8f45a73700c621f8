"""Numbers that sum a recording up. numpy only; everything here is cheap."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class CurveHalfLife:
    """How fast a curve of gradient norms decays, and how well a straight line on the log says so."""

    steps: float
    """Steps in which the gradient halves; inf when it does not decay, nan with fewer than two usable points."""
    r_squared: float
    """In [0, 1], the share of the variance of log2(norm) that the line explains: 1 for a pure exponential; nan where
    there is no variance to explain."""


def curve_half_life(norms: ArrayLike) -> CurveHalfLife:
    """The half-life of a gradient curve whose last entry is the step of the loss.

    With d the distance from the loss step, the line log2(norm) = a - d / steps is fitted by least squares to the
    entries that are finite and at least the dtype's smallest normal number: below it, what is left is underflow.

    Args:
        norms: (time,) such as `flow.norm("hidden_state")[0, : loss_step + 1]`.

    Example:
        >>> curve_half_life([0.125, 0.25, 0.5, 1.0])
        CurveHalfLife(steps=1.0, r_squared=1.0)
    """
    curve = np.asarray(norms)
    if not np.issubdtype(curve.dtype, np.floating):
        curve = curve.astype(float)
    usable = np.isfinite(curve) & (curve >= np.finfo(curve.dtype).tiny)  # (time,)
    distance = np.arange(len(curve) - 1, -1, -1.0)[usable]
    if len(distance) < 2:
        return CurveHalfLife(math.nan, math.nan)
    halvings = np.log2(curve[usable].astype(float))
    from_mean, deviation = distance - distance.mean(), halvings - halvings.mean()
    slope = float(from_mean @ deviation / (from_mean @ from_mean))  # of log2(norm), a step
    variance = float(deviation @ deviation)
    if variance == 0:
        return CurveHalfLife(math.inf, math.nan)
    r_squared = min(slope**2 * float(from_mean @ from_mean) / variance, 1.0)
    return CurveHalfLife(-1 / slope if slope < 0 else math.inf, r_squared)
