"""Reading a series, and the guesses at it that a person can compute."""

from pathlib import Path

import numpy as np
import pytest

from gateviz.data.corpora.series import (
    autoregression,
    one_period_ago,
    persistence,
    read_series,
    same_phase,
    strongest_period,
)
from gateviz.errors import DataError


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "series.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_series_is_a_month_and_a_number_a_line(tmp_path: Path) -> None:
    series = read_series(written(tmp_path, "month,spots\n1749-11,58.0\n1749-12,62.6\n1750-01,70\n"))
    assert series.months == ("1749-11", "1749-12", "1750-01")
    assert series.values.tolist() == [58.0, 62.6, 70.0]


@pytest.mark.parametrize("line", ["1749-13", "1750-02,x", "x,1", "1750-01,nan", "1750-03,1", "1749-12,1"])
def test_a_line_that_does_not_follow_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(DataError, match=r"series\.csv, line 3"):
        read_series(written(tmp_path, f"month,spots\n1749-12,1\n{line}\n"))


def test_an_empty_file_holds_no_values(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no values"):
        read_series(written(tmp_path, "month,spots\n"))


def test_each_guess_looks_only_back() -> None:
    values = np.array([1.0, 2.0, 3.0, 5.0, 8.0, 13.0])
    assert persistence(values, 3).tolist() == [3.0, 5.0, 8.0]
    assert one_period_ago(values, 3, 2).tolist() == [2.0, 3.0, 5.0]
    assert same_phase(values, 3, 2).tolist() == [2.0, 2.0, 3.5]  # the means of 2; of 3 and 1; of 5 and 2


def test_what_comes_round_exactly_is_guessed_exactly() -> None:
    values = np.tile([3.0, 1.0, 4.0], 5)
    for guess in (one_period_ago, same_phase):
        assert np.array_equal(guess(values, 9, 3), values[9:])


def test_a_linear_autoregression_finds_the_weights_and_learns_from_the_beginning_alone() -> None:
    values = [1.0, 3.0]
    for _ in range(40):
        values.append(1.2 * values[-1] - 0.5 * values[-2] + 2)
    series = np.array(values)
    assert autoregression(series, 20, order=2) == pytest.approx(series[20:])
    spoilt = series.copy()
    spoilt[21:] = 0.0
    guesses = autoregression(spoilt, 20, order=2)
    assert guesses[:2] == pytest.approx(series[20:22]), "what comes later changes no weight"
    assert guesses[3] == pytest.approx(2)


def test_the_strongest_wave_of_a_series_has_its_period() -> None:
    steps = np.arange(240)
    assert strongest_period(np.sin(steps * 2 * np.pi / 40) + 0.3 * np.sin(steps)) == 40
    assert strongest_period(np.ones(240)) == 240
