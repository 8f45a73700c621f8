"""Numbers that sum a recording up. They need numpy only, and all of them are quick.

Each function takes an array of a trace, (batch, time, unit), or one sequence of it, (time, unit), and says for each
unit one number over all steps of all sequences; `effective_memory` says one for each step. NaN padding is left out.
The gates that keep are an LSTM's "forget_gate" and a GRU's "update_gate": f = 1 keeps a unit's state, f = 0 drops it.

    saturation, retention, half_life    gate, in [0, 1]         -> (unit,)
    effective_memory                    gate, in [0, 1]         -> in the shape of the gate
    activity, persistence               any state or signal     -> (unit,)
    cluster_order                       any state or signal     -> (unit,), an order
    curve_half_life                     gradient norms, (time,) -> two numbers
    left_after                          gradient norms, (time,) -> one number

Raises everywhere: ShapeError for another shape, for what does not hold real numbers, and where no step is left;
InputError for a gate below 0.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gateviz.errors import InputError, ShapeError
from gateviz.results.arguments import whole_number
from gateviz.results.arrays import Axes, float64_array, real_array, real_number
from gateviz.results.trace import Array

SHAPES: tuple[Axes, Axes] = (("time", "unit"), ("batch", "time", "unit"))


@dataclass(frozen=True, eq=False)
class Saturation:
    """How often each unit's gate is nearly shut or nearly open, as Karpathy, Johnson and Fei-Fei (2015) draw it."""

    left: Array
    """(unit,) share of the steps with the gate under 0.1, in [0, 1]."""
    right: Array
    """(unit,) share of the steps with the gate over 0.9, in [0, 1]; left + right is at most 1."""


def saturation(gate: ArrayLike, left: float = 0.1, right: float = 0.9) -> Saturation:
    """The share of all steps of all sequences at which each unit's gate is under `left`, and over `right`.

    Args:
        gate: (time, unit) or (batch, time, unit), in [0, 1].
        left: What is less counts as nearly shut; in [0, 1].
        right: What is more counts as nearly open; from `left` to 1.

    Example:
        >>> saturation([[[0.05], [0.5], [0.95], [0.99]]])
        Saturation(left=array([0.25]), right=array([0.5]))
    """
    shut = real_number(left, "left", 0, 1)
    opened = real_number(right, "right", shut, 1)
    steps = _steps_of_gate(gate)  # (step, unit)
    return Saturation((steps < shut).mean(axis=0), (steps > opened).mean(axis=0))


def retention(gate: ArrayLike) -> Array:
    """The mean of a gate that keeps: the share of its state that a unit carries over a step, (unit,) in [0, 1].

    Args:
        gate: (time, unit) or (batch, time, unit), in [0, 1].
    """
    mean: Array = _steps_of_gate(gate).mean(axis=0)
    return mean


def half_life(gate: ArrayLike) -> Array:
    """Steps in which a unit's state halves if nothing is added: ln 0.5 / ln(mean f), (unit,); inf where f is always 1.

    Args:
        gate: (time, unit) or (batch, time, unit), in [0, 1].

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
    """How many steps a unit's state holds: m_t = 1 + f_t m_{t-1}, in the shape of the gate; NaN in the padding.

    It is the sum over all steps s up to t of f_{s+1} ... f_t, which is how much of what was written at s is still
    there. So it is t + 1 if nothing is forgotten, 1 if everything is, and comes close to 1 / (1 - f) where f is
    always the same.

    Args:
        gate: (time, unit) or (batch, time, unit), in [0, 1].
        reverse: Whether the layer's direction is "reverse".

    Example:
        >>> effective_memory([[0.5], [0.5], [1.0]])
        array([[1. ],
               [1.5],
               [2.5]])
    """
    kept = float64_array(gate, "gate", *SHAPES)
    _check_gate(kept)
    by_time = np.moveaxis(kept, -2, 0)  # (time, unit) or (time, batch, unit)
    memory, held = np.full_like(by_time, np.nan), np.zeros(by_time.shape[1:])
    for t in reversed(range(len(by_time))) if reverse else range(len(by_time)):
        memory[t] = 1 + by_time[t] * held
        held = np.nan_to_num(memory[t])  # a reverse layer meets the padding first, and it holds nothing
    return np.moveaxis(memory, 0, -2)


def activity(state: ArrayLike) -> Array:
    """The mean size of each unit's state, (unit,), at least 0.

    Args:
        state: (time, unit) or (batch, time, unit).
    """
    mean: Array = np.abs(_steps(state, "state")).mean(axis=0)
    return mean


def persistence(state: ArrayLike) -> Array:
    """How like itself one step earlier a unit's state is: their correlation, (unit,) in [-1, 1]; 0 for a constant.

    It is over all steps that have a step before them in the same sequence; with fewer than two of these it is 0. It
    takes the place of the half-life where no gate keeps, as in a plain RNN.

    Args:
        state: (time, unit) or (batch, time, unit).
    """
    _steps(state, "state")
    sequences = float64_array(state, "state", *SHAPES)
    later, earlier = _rows(sequences[..., 1:, :]), _rows(sequences[..., :-1, :])  # (pair of steps, unit) each
    real = ~(np.isnan(later) | np.isnan(earlier)).any(axis=1)  # (pair of steps,)
    if real.sum() < 2:
        return np.zeros(sequences.shape[-1])
    found: Array = (_standardised(later[real]) * _standardised(earlier[real])).sum(axis=0)
    return found


def cluster_order(state: ArrayLike) -> NDArray[np.intp]:
    """An order of the units, (unit,), in which units that move together stand together.

    Average linkage on the correlation of the units over the steps. Where two clusters join, each is turned round if
    the units that meet are then more alike. It takes some 5 ms for 256 units.

    Args:
        state: (time, unit) or (batch, time, unit).

    Example:
        >>> cluster_order([[1.0, -1.0, 1.1], [2.0, -2.0, 1.9], [0.0, 0.0, 0.0], [3.0, -3.5, 3.0]]).tolist()
        [2, 0, 1]
    """
    unit_vectors = _standardised(_steps(state, "state"))  # (step, unit)
    likeness = unit_vectors.T @ unit_vectors  # (unit, unit), the correlation
    members = {unit: [unit] for unit in range(len(likeness))}
    between = likeness.copy()  # the mean likeness of two clusters; -inf where there is no such cluster
    np.fill_diagonal(between, -np.inf)
    chain: list[int] = []  # each cluster's most similar one is the next; two that are each other's join
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
    return np.array([unit for cluster in members.values() for unit in cluster], dtype=np.intp)


def _turned_to_fit(left: list[int], right: list[int], likeness: Array) -> list[int]:
    """The two side by side, each as it is or turned round, so that the units that meet are most alike."""
    ways = [(a, b) for a in (left, left[::-1]) for b in (right, right[::-1])]
    first, second = max(ways, key=lambda way: likeness[way[0][-1], way[1][0]])
    return first + second


def _standardised(steps: Array) -> Array:
    """(step, unit) with mean 0 and length 1 over the steps; zero for a unit that never changes or is infinite."""
    largest = np.abs(steps).max(axis=0, initial=0)  # (unit,)
    scaled = np.divide(steps, largest, out=np.zeros_like(steps), where=(largest > 0) & np.isfinite(largest))
    centred = scaled - scaled.mean(axis=0)
    length = np.sqrt(np.square(centred).sum(axis=0))  # (unit,)
    result: Array = np.divide(centred, length, out=np.zeros_like(centred), where=length > 1e-12)
    return result


def _steps(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """(time, unit) or (batch, time, unit) -> (step, unit) in float64, without the padding."""
    array = float64_array(values, name, *SHAPES)
    steps = _rows(array)
    real = steps[~np.isnan(steps).any(axis=1)]
    if not len(real):
        raise ShapeError(f"{name} of shape {array.shape} holds no step but padding: give at least one.")
    return real


def _rows(array: NDArray[np.float64]) -> NDArray[np.float64]:
    """(..., unit) -> (all the rest, unit)."""
    return array.reshape(math.prod(array.shape[:-1]), array.shape[-1])


def _steps_of_gate(gate: ArrayLike) -> NDArray[np.float64]:
    steps = _steps(gate, "gate")
    _check_gate(steps)
    return steps


def _check_gate(values: Array) -> None:
    if (lowest := np.fmin.reduce(values, axis=None, initial=0)) < 0:
        raise InputError(f"gate goes down to {lowest:.3g}: give the values of a gate, from 0 to 1.")


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

    With d the distance from the loss step, the line log2(norm) = a - d / steps is fitted by least squares. It leaves
    out entries that are not finite, and those below the dtype's smallest normal number, which have underflowed.

    Args:
        norms: (time,), of one sequence, such as `flow.norm("hidden_state")[0, : loss_step + 1]`.

    Raises:
        ShapeError: The norms are those of a batch, or not real numbers.
        InputError: A norm is below 0.

    Example:
        >>> curve_half_life([0.125, 0.25, 0.5, 1.0])
        CurveHalfLife(steps=1.0, r_squared=1.0)
    """
    curve = _curve(norms)
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


def left_after(norms: ArrayLike, steps: int) -> float:
    """The share of a gradient that is left so many steps before the loss: ||dL/dh_{t-steps}|| / ||dL/dh_t||.

    It supposes no law of decay, so it also holds where `curve_half_life` fits badly. It is above 1 where the gradient
    has grown.

    Args:
        norms: (time,), of one sequence, whose last entry is the step of the loss.
        steps: How far back, at least 0.

    Returns:
        0 where the gradient has underflowed; nan where the curve has no such step, or no gradient at the loss.

    Raises:
        ShapeError: The norms are those of a batch, or not real numbers.
        InputError: A norm is below 0, or `steps` is not a whole number of at least 0.

    Example:
        >>> left_after([0.125, 0.25, 0.5, 1.0], 2)
        0.25
    """
    curve = _curve(norms)
    back = whole_number("steps", steps, least=0)
    if back >= len(curve) or not 0 < curve[-1] < math.inf:
        return math.nan
    return float(curve[-1 - back]) / float(curve[-1])


def _curve(norms: ArrayLike) -> Array:
    """Gradient norms of one sequence, (time,)."""
    curve = real_array(norms, "norms")
    if curve.ndim != 1:
        raise ShapeError(
            f"norms has shape {curve.shape}: give one sequence, (time,), such as norms[0] of norms (batch, time)."
        )
    if (lowest := np.fmin.reduce(curve, initial=0)) < 0:
        raise InputError(f"norms goes down to {lowest:.3g}: give norms, which are at least 0.")
    return curve
