import math

import numpy as np
import pytest

from gateviz.statistics import curve_half_life, effective_memory, half_life, retention, saturation


@pytest.mark.parametrize("steps", [0.5, 1.0, 7.0, 300.0])
def test_a_pure_exponential_gives_back_its_half_life(steps: float) -> None:
    norms = 3.0 * 2.0 ** (-np.arange(50)[::-1] / steps)
    half_life = curve_half_life(norms)
    assert half_life.steps == pytest.approx(steps)
    assert half_life.r_squared == pytest.approx(1.0)


@pytest.mark.parametrize("norms", [np.ones(9), 2.0 ** np.arange(9)[::-1]])
def test_a_curve_that_does_not_decay_has_no_half_life(norms: np.ndarray) -> None:
    assert curve_half_life(norms).steps == math.inf


def test_entries_that_underflowed_are_left_out() -> None:
    norms = (2.0 ** -np.arange(200.0)[::-1]).astype(np.float32)  # denormal beyond 126 steps, zero beyond 149
    assert norms[0] == 0
    half_life = curve_half_life(norms)
    assert half_life.steps == pytest.approx(1.0)
    assert half_life.r_squared == pytest.approx(1.0)


def test_padding_is_left_out() -> None:
    assert curve_half_life([0.25, 0.5, 1.0, math.nan]).steps == pytest.approx(1.0)


def test_a_crooked_curve_says_that_the_line_fits_badly() -> None:
    assert curve_half_life([1.0, 0.01, 1.0, 0.01, 1.0, 0.1]).r_squared < 0.5


@pytest.mark.parametrize("norms", [[], [1.0], [0.0, 0.0, 1.0]])
def test_one_point_is_too_few_for_a_line(norms: list[float]) -> None:
    assert math.isnan(curve_half_life(norms).steps)


def test_saturation_counts_the_steps_of_each_unit_and_leaves_padding_out() -> None:
    gate = np.array([[[0.05, 0.5], [0.95, 0.5]], [[0.99, 0.01], [math.nan, math.nan]]])
    shares = saturation(gate)
    np.testing.assert_allclose(shares.left, [1 / 3, 1 / 3])
    np.testing.assert_allclose(shares.right, [2 / 3, 0])


def test_the_bounds_of_saturation_are_not_saturated_themselves() -> None:
    shares = saturation([[[0.1], [0.9]]])
    assert (shares.left.tolist(), shares.right.tolist()) == ([0.0], [0.0])


def test_a_half_life_is_ln_half_over_ln_of_the_mean_gate() -> None:
    gate = np.array([[[0.4, 1.0, 0.0, 0.9], [0.6, 1.0, 0.0, 0.7]]])
    np.testing.assert_allclose(retention(gate), [0.5, 1.0, 0.0, 0.8])
    np.testing.assert_allclose(half_life(gate), [1.0, math.inf, 0.0, math.log(0.5) / math.log(0.8)])


def test_effective_memory_counts_the_steps_that_are_still_there() -> None:
    memory = effective_memory(np.broadcast_to([1.0, 0.0, 0.9], (1, 500, 3)))
    assert memory[0, :3, 0].tolist() == [1.0, 2.0, 3.0]
    assert (memory[0, :, 1] == 1).all()
    assert memory[0, -1, 2] == pytest.approx(1 / (1 - 0.9))


def test_effective_memory_follows_the_direction_and_passes_over_padding() -> None:
    gate = np.array([[[0.5], [0.25], [math.nan]]])
    np.testing.assert_array_equal(effective_memory(gate)[0, :, 0], [1, 1.25, math.nan])
    np.testing.assert_array_equal(effective_memory(gate, reverse=True)[0, :, 0], [1.5, 1, math.nan])
