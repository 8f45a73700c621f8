"""Shares and bands at the ends of a dtype's range."""

import numpy as np
import pytest

from gateviz.results.gradient_paths import GradientBands, PathNorms
from gateviz.results.trace import vector_norm

DTYPES = [np.float32, np.float64]


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_norm_is_infinite_where_an_entry_or_the_norm_itself_is(dtype: type[np.floating]) -> None:
    largest = np.finfo(dtype).max
    vectors = np.array([[np.inf, 1], [1, -np.inf], [largest, largest], [3, 4], [np.nan, np.inf]], dtype=dtype)
    np.testing.assert_array_equal(vector_norm(vectors), [np.inf, np.inf, np.inf, 5, np.nan])
    assert vector_norm(vectors).dtype == dtype
    assert vector_norm(np.array([largest / 8, largest / 8], dtype=dtype)) == pytest.approx(float(largest / 8) * 2**0.5)


def test_no_units_have_the_norm_zero() -> None:
    assert vector_norm(np.zeros((2, 3, 0))).tolist() == [[0, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_direct_share_is_zero_beside_an_infinite_rest_and_unknown_beside_none(dtype: type[np.floating]) -> None:
    direct = np.array([1, 0, 1, np.finfo(dtype).max, np.nan], dtype=dtype)
    rest = np.array([np.inf, 0, 3, np.finfo(dtype).max, np.nan], dtype=dtype)
    norms = PathNorms("lstm", rest, direct, rest)
    np.testing.assert_allclose(norms.direct_share[:3], [0, np.nan, 0.25])
    np.testing.assert_allclose(norms.rest_share[:3], [1, np.nan, 0.75])


def bands(total: list[float], contributions: list[list[float]], dtype: type[np.floating]) -> np.ndarray:
    """The bands of one step: total (unit,), contributions (source, unit)."""
    parts = np.array(contributions, dtype=dtype)[None, None], np.array(total, dtype=dtype)[None, None]
    found: np.ndarray = GradientBands("hidden_state", np.arange(len(contributions)), *parts).bands[0, 0]
    return found


@pytest.mark.parametrize("dtype", DTYPES)
def test_bands_are_components_along_the_total(dtype: type[np.floating]) -> None:
    np.testing.assert_allclose(bands([3, 4], [[3, 0], [0, 4]], dtype), [9 / 5, 16 / 5], rtol=1e-6)
    np.testing.assert_allclose(bands([1, 0], [[3, 7], [-2, -7]], dtype), [3, -2], rtol=1e-6)
    assert bands([0, 0], [[1, 2], [-1, -2]], dtype).tolist() == [0, 0]
    assert bands([1e-30, 0], [[1e-30, 0]], dtype)[0] == pytest.approx(1e-30)
    assert np.isnan(bands([np.nan, np.nan], [[np.nan, np.nan]], dtype)).all()


@pytest.mark.parametrize("dtype", DTYPES)
def test_bands_of_an_infinite_total_are_never_nan(dtype: type[np.floating]) -> None:
    largest = float(np.finfo(dtype).max)
    np.testing.assert_allclose(bands([np.inf, 5], [[np.inf, 5], [-3, 1]], dtype), [largest, -3], rtol=1e-6)
    np.testing.assert_allclose(bands([np.inf, -np.inf], [[np.inf, np.inf], [1, -1]], dtype)[1], 2**0.5, rtol=1e-6)
    assert not np.isnan(bands([np.inf, -np.inf], [[np.inf, np.inf], [-np.inf, np.inf]], dtype)).any()
