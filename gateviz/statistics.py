"""Numbers that sum a recording up. numpy only; everything here is cheap.

A `gate` is an array of a trace, (batch, time, unit) in [0, 1], whose NaN padding is left out. The gates that keep are
an LSTM's "forget_gate" and a GRU's "update_gate": f = 1 keeps a unit's state, f = 0 drops it.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gateviz.trace import Array


@dataclass(frozen=True, eq=False)
class Saturation:
    """How often each unit's gate is nearly shut or nearly open, as Karpathy, Johnson and Fei-Fei (2015) draw it."""

    left: Array
    """(unit,) share of the steps with the gate under 0.1, in [0, 1]."""
    right: Array
    """(unit,) share of the steps with the gate over 0.9, in [0, 1]; left + right is at most 1."""


def saturation(gate: ArrayLike, left: float = 0.1, right: float = 0.9) -> Saturation:
    """The share of all steps of all sequences at which each unit's gate is under `left`, and over `right`.

    Example:
        >>> saturation([[[0.05], [0.5], [0.95], [0.99]]])
        Saturation(left=array([0.25]), right=array([0.5]))
    """
    steps = _steps(gate)  # (step, unit)
    return Saturation((steps < left).mean(axis=0), (steps > right).mean(axis=0))


def retention(gate: ArrayLike) -> Array:
    """The mean of a gate that keeps, (unit,) in [0, 1]: the share of its state that a unit carries over a step."""
    mean: Array = _steps(gate).mean(axis=0)
    return mean


def half_life(gate: ArrayLike) -> Array:
    """Steps in which a unit's state halves if nothing is added: ln 0.5 / ln(mean f), (unit,); inf where f is always 1.

    Example:
        >>> half_life([[[0.5, 1.0, 0.0]]])
        array([ 1., inf,  0.])
    """
    kept = retention(gate)
    with np.errstate(divide="ignore"):  # ln 0 is -inf, which gives the 0 steps it should
        decay = -np.log(kept)
        lives: Array = np.where(decay > 0, math.log(2) / decay, np.inf)
    return lives


def effective_memory(gate: ArrayLike, *, reverse: bool = False) -> Array:
    """How many steps a unit's state holds: m_t = 1 + f_t m_{t-1}, (batch, time, unit).

    It is the sum over the steps s up to t of f_{s+1} ... f_t, the weight with which what was written at s is still
    there: t + 1 when nothing is forgotten, 1 when everything is, and 1 / (1 - f) in the long run of a constant gate.

    Args:
        gate: A gate that keeps.
        reverse: Whether the layer's direction is "reverse".
    """
    kept = np.asarray(gate, dtype=float)
    memory, held = np.full_like(kept, np.nan), np.zeros_like(kept[:, 0])  # (batch, unit)
    for t in range(kept.shape[1] - 1, -1, -1) if reverse else range(kept.shape[1]):
        memory[:, t] = 1 + kept[:, t] * held
        held = np.nan_to_num(memory[:, t])  # the padding, which a reverse layer meets first, holds nothing
    return memory


def _steps(gate: ArrayLike) -> Array:
    """(batch, time, unit) -> (step, unit) in float64, without the padding."""
    array = np.asarray(gate, dtype=float)
    steps = array.reshape(-1, array.shape[-1])  # (batch * time, unit)
    real: Array = steps[~np.isnan(steps).any(axis=1)]
    return real


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
