import math

import numpy as np
import pytest

from gateviz.statistics import curve_half_life


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
