"""The rows of the maps: like units side by side, and one of each group of like units."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from gateviz.errors import InputError, ShapeError
from gateviz.results.arrangement import MOST_ROWS, Arrangement, arrange
from gateviz.results.trace import Array
from tests.refusals import refusal

Signals = dict[str, Array]


def signals_of(units: int, steps: int = 20, seed: int = 0) -> Signals:
    draw = np.random.default_rng(seed)
    return {"forget_gate": draw.random((steps, units)), "cell_state": draw.normal(size=(steps, units))}


def blocks(groups: int, each: int, noise: float = 0.02) -> tuple[Signals, NDArray[np.intp]]:
    """Units of some groups in a shuffled order, and the group of each unit."""
    draw = np.random.default_rng(groups)
    group = draw.permutation(np.repeat(np.arange(groups), each))
    gates = draw.random((30, groups))[:, group] + noise * draw.normal(size=(30, len(group)))
    states = np.tanh(draw.normal(size=(30, groups)))[:, group] + noise * draw.normal(size=(30, len(group)))
    return {"update_gate": np.clip(gates, 0, 1), "hidden_state": states}, group


def as_sets(groups: NDArray[Any]) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(groups == group).tolist()) for group in np.unique(groups)}


def wards_groups(gate: Array, most: int) -> set[frozenset[int]]:
    """By the definition: join the two groups whose union adds least to the sum of squares about the means."""

    def spread(group: frozenset[int]) -> float:
        own = gate[:, sorted(group)]
        return float(np.square(own - own.mean(axis=1, keepdims=True)).sum())

    groups = {frozenset([unit]) for unit in range(gate.shape[1])}
    while len(groups) > most:
        pairs = [(one, other) for one in groups for other in groups if min(one) < min(other)]
        best = min(pairs, key=lambda pair: spread(pair[0] | pair[1]) - spread(pair[0]) - spread(pair[1]))
        groups = (groups - set(best)) | {best[0] | best[1]}
    return groups


def check(found: Arrangement, units: int, rows: int) -> None:
    assert sorted(found.order) == list(range(units)), "no unit twice, and none missing"
    assert len(set(found.rows.tolist())) == len(found.rows) == rows
    assert found.groups[found.rows].tolist() == list(range(rows)), "each row stands for its own group"
    assert (np.diff(found.groups[found.order]) >= 0).all(), "a group is one block, and the rows go by the blocks"


@pytest.mark.parametrize(("units", "most"), [(1, 32), (5, 1), (32, 32), (33, 32), (256, 32), (1000, 32), (40, 40)])
def test_every_unit_has_a_place_and_a_row_that_stands_for_it(units: int, most: int) -> None:
    check(arrange(signals_of(units), most), units, min(units, most))


def test_units_of_a_kind_stand_together_and_each_kind_has_one_row() -> None:
    signals, group = blocks(groups=8, each=9)
    found = arrange(signals, most=8)
    assert as_sets(found.groups) == as_sets(group)
    assert sorted(group[found.rows]) == list(range(8))
    assert (np.diff(group[found.order]) != 0).sum() == 7


@pytest.mark.parametrize("seed", range(6))
def test_the_groups_are_those_of_wards_definition(seed: int) -> None:
    gate = np.random.default_rng(seed).random((4, 14))
    for most in (2, 5, 9):
        assert as_sets(arrange({"forget_gate": gate}, most).groups) == wards_groups(gate, most)


def test_a_groups_row_is_the_unit_that_is_most_like_its_mean() -> None:
    gate = np.array([[0.1, 0.9, 0.2, 0.3, 0.95, 0.8]])
    assert arrange({"forget_gate": gate}, most=2).rows.tolist() == [1, 2]


def test_the_numbers_of_the_units_do_not_matter() -> None:
    signals = signals_of(60)
    renumbered = np.random.default_rng(5).permutation(60)
    found = arrange(signals, most=10)
    other = arrange({name: values[:, renumbered] for name, values in signals.items()}, most=10)
    assert renumbered[other.order].tolist() == found.order.tolist()
    assert renumbered[other.rows].tolist() == found.rows.tolist()


def test_a_map_of_shuffled_rows_becomes_smooth_with_what_is_most_open_on_top() -> None:
    levels = np.random.default_rng(2).permutation(np.linspace(0, 1, 64))
    order = arrange({"forget_gate": np.tile(levels, (10, 1))}).order
    steps = np.diff(levels[order])
    assert np.abs(steps).mean() < 3 / 63
    assert levels[order[:32]].mean() > levels[order[32:]].mean()


def test_one_large_unit_does_not_make_all_others_alike() -> None:
    signals, group = blocks(groups=4, each=10)
    states = np.array(signals["hidden_state"])
    states[:, 0] = 1e6 * np.arange(1, 31)
    found = arrange({"hidden_state": states}, most=5)
    assert as_sets(found.groups) == as_sets(np.where(np.arange(40) == 0, 4, group))


def test_what_is_not_finite_spoils_no_other_unit() -> None:
    signals, group = blocks(groups=3, each=5)
    states = np.array(signals["hidden_state"])
    states[4, 2], states[7, 2], states[9, 2] = np.nan, np.inf, -np.inf
    found = arrange({**signals, "hidden_state": states}, most=3)
    assert as_sets(found.groups) == as_sets(group)


@pytest.mark.parametrize("states", [np.zeros((1, 40)), np.ones((4, 40)), np.zeros((0, 40))])
def test_units_that_are_all_the_same_still_have_an_order(states: Array) -> None:
    check(arrange({"hidden_state": states}), 40, MOST_ROWS)


def test_of_a_long_text_steps_from_beginning_to_end_count() -> None:
    late = np.zeros((2000, 8))
    late[1500:, ::2] = 1
    assert as_sets(arrange({"forget_gate": late}, most=2).groups) == {frozenset([0, 2, 4, 6]), frozenset([1, 3, 5, 7])}


@pytest.mark.parametrize("signals", [{}, None, [1.0], {"h": [[1.0]], "c": [[1.0, 2.0]]}, {"h": [1.0]}, {"h": "x"}])
def test_what_is_no_set_of_signals_is_refused_in_a_sentence(signals: Any) -> None:
    with pytest.raises((InputError, ShapeError)):
        arrange(signals)
    refusal(arrange, signals)


@pytest.mark.parametrize("most", [0, -1, 2.5, None, True])
def test_the_number_of_rows_is_a_whole_one(most: Any) -> None:
    refusal(arrange, {"h": [[1.0, 2.0]]}, most)
