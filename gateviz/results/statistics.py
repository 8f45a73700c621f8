"""Numbers that sum a recording up. numpy only; everything here is cheap.

A `gate` is an array of a trace, (batch, time, unit) in [0, 1], whose NaN padding is left out. The gates that keep are
an LSTM's "forget_gate" and a GRU's "update_gate": f = 1 keeps a unit's state, f = 0 drops it.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gateviz.results.trace import Array


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


def activity(state: ArrayLike) -> Array:
    """The mean size of each unit's state, (unit,), at least 0."""
    mean: Array = np.abs(_steps(state)).mean(axis=0)
    return mean


def persistence(state: ArrayLike) -> Array:
    """How like itself one step earlier a unit's state is: their correlation, (unit,) in [-1, 1]; 0 for a constant.

    It stands in for the half-life where no gate keeps, as in a plain RNN. Give one sequence: (time, unit).
    """
    steps = _steps(state)
    if len(steps) < 3:
        return np.zeros(steps.shape[1])
    found: Array = (_standardised(steps[1:]) * _standardised(steps[:-1])).sum(axis=0)
    return found


def cluster_order(state: ArrayLike) -> NDArray[np.intp]:
    """An order of the units, (unit,), in which those that move together stand together.

    Average linkage on the correlation of the units over the steps; where two clusters join, they are turned so that
    the units that meet are as alike as can be. Some 5 ms at 256 units.

    Example:
        >>> cluster_order([[1.0, -1.0, 1.1], [2.0, -2.0, 1.9], [0.0, 0.0, 0.0], [3.0, -3.5, 3.0]]).tolist()
        [2, 0, 1]
    """
    unit_vectors = _standardised(_steps(state))  # (step, unit)
    likeness = unit_vectors.T @ unit_vectors  # (unit, unit), the correlation
    members = {unit: [unit] for unit in range(len(likeness))}
    between = likeness.copy()  # the mean likeness of two clusters; -inf where there is no such cluster
    np.fill_diagonal(between, -np.inf)
    chain: list[int] = []  # each one's most like is the next: where two are each other's, they join
    while len(members) > 1:
        chain = chain or [next(iter(members))]
        here, before = chain[-1], chain[-2] if len(chain) > 1 else None
        nearest = int(between[here].argmax())
        if before is None or between[here, before] < between[here, nearest]:
            chain.append(nearest)
            continue
        del chain[-2:]
        sizes = len(members[before]), len(members[here])
        joined = (sizes[0] * between[before] + sizes[1] * between[here]) / sum(sizes)
        between[before] = between[:, before] = joined
        between[before, before] = between[here] = between[:, here] = -np.inf
        members[before] = _turned_to_fit(members[before], members.pop(here), likeness)
    return np.array(next(iter(members.values())), dtype=np.intp)


def _turned_to_fit(left: list[int], right: list[int], likeness: Array) -> list[int]:
    """The two side by side, each as it is or turned round, so that the units that meet are most alike."""
    ways = [(a, b) for a in (left, left[::-1]) for b in (right, right[::-1])]
    first, second = max(ways, key=lambda way: likeness[way[0][-1], way[1][0]])
    return first + second


def _standardised(steps: Array) -> Array:
    """(step, unit) with mean 0 and length 1 over the steps; zero where a unit never changes."""
    centred = steps - steps.mean(axis=0)
    length = np.sqrt(np.square(centred).sum(axis=0))
    moves = length > 1e-12 * np.abs(steps).max(axis=0, initial=0)
    result: Array = np.divide(centred, length, out=np.zeros_like(centred), where=moves)
    return result


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
