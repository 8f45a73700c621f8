import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

import gateviz
from gateviz.results.statistics import (
    activity,
    cluster_order,
    curve_half_life,
    effective_memory,
    half_life,
    left_after,
    persistence,
    retention,
    saturation,
)
from tests.refusals import refusal

OF_GATES: list[Callable[..., Any]] = [saturation, retention, half_life, effective_memory]
OF_SEQUENCES: list[Callable[..., Any]] = [*OF_GATES, activity, persistence, cluster_order]


def numbers(result: Any) -> list[np.ndarray]:
    """What a statistic found, as arrays."""
    return [result.left, result.right] if hasattr(result, "left") else [result]


def batch_of(lengths: tuple[int, ...], units: int = 5) -> np.ndarray:
    """Gates (batch, time, unit), padded with NaN."""
    gates = np.random.default_rng(4).uniform(size=(len(lengths), max(lengths), units))
    for sequence, length in zip(gates, lengths, strict=True):
        sequence[length:] = np.nan
    return gates


@pytest.mark.parametrize("statistic", OF_SEQUENCES)
def test_a_sequence_alone_is_a_batch_of_one(statistic: Callable[..., Any]) -> None:
    sequence = batch_of((30,))[0]
    for alone, batched in zip(numbers(statistic(sequence)), numbers(statistic(sequence[None])), strict=True):
        np.testing.assert_array_equal(alone, batched[0] if statistic is effective_memory else batched)


@pytest.mark.parametrize("statistic", OF_SEQUENCES)
def test_neither_padding_nor_the_order_of_a_batch_changes_a_statistic(statistic: Callable[..., Any]) -> None:
    batch = batch_of((30, 12, 4))
    longer = np.concatenate([batch, np.full((3, 7, 5), np.nan)], axis=1)
    expected = numbers(statistic(batch))
    if statistic is effective_memory:
        for sequence, memory in zip(batch, expected[0], strict=True):
            np.testing.assert_array_equal(memory, effective_memory(sequence))
        np.testing.assert_array_equal(effective_memory(longer)[:, :30], expected[0])
        return
    for found in (numbers(statistic(longer)), numbers(statistic(longer[::-1]))):
        for ours, theirs in zip(found, expected, strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=1e-12)


@pytest.mark.parametrize("statistic", [saturation, retention, half_life, activity])
def test_a_number_for_each_unit_counts_every_step_of_every_sequence_once(statistic: Callable[..., Any]) -> None:
    batch = batch_of((30, 12, 4))
    steps = np.concatenate([batch[0], batch[1, :12], batch[2, :4]])
    for ours, theirs in zip(numbers(statistic(batch)), numbers(statistic(steps)), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)


def test_the_persistence_of_a_batch_never_pairs_the_end_of_one_sequence_with_the_start_of_the_next() -> None:
    batch = batch_of((30, 12, 4))
    later, earlier = (
        np.concatenate([sequence[:length][part] for sequence, length in zip(batch, (30, 12, 4), strict=True)])
        for part in (slice(1, None), slice(-1))
    )
    expected = [np.corrcoef(later[:, unit], earlier[:, unit])[0, 1] for unit in range(5)]
    np.testing.assert_allclose(persistence(batch), expected, rtol=1e-10)
    assert persistence([[[0.0], [1.0]], [[1.0], [0.0]]]) == pytest.approx([-1.0])


@pytest.mark.parametrize("statistic", OF_SEQUENCES)
@pytest.mark.parametrize("kind", ["bool", "int8", "uint8", "float16", "float32", "list"])
def test_numbers_of_every_kind_have_the_statistics_of_the_same_numbers_in_float64(
    statistic: Callable[..., Any], kind: str
) -> None:
    gates = np.random.default_rng(0).integers(2, size=(2, 9, 3)).astype(float)
    given = gates.astype(int).tolist() if kind == "list" else gates.astype(kind)
    for ours, theirs in zip(numbers(statistic(given)), numbers(statistic(gates)), strict=True):
        np.testing.assert_array_equal(ours, theirs, strict=True)


WRONG: list[Any] = [
    None, "gate", 0.5, [], [0.5, 0.5], np.zeros(4), np.zeros((1, 2, 3, 4)), [[0.5], [0.5, 0.5]], {"gate": [[0.5]]},
    np.array([["0.5"]]), np.array([[0.5j]]), np.array([[None]]),
]  # fmt: skip


@pytest.mark.parametrize("statistic", OF_SEQUENCES)
@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_sequence_of_numbers_is_refused_in_one_sentence(statistic: Callable[..., Any], wrong: Any) -> None:
    assert "(time, unit) or (batch, time, unit)" in refusal(statistic, wrong)


@pytest.mark.parametrize("statistic", OF_SEQUENCES)
@pytest.mark.parametrize(
    "empty", [np.zeros((0, 3)), np.zeros((0, 4, 3)), np.zeros((2, 0, 3)), np.full((2, 4, 3), np.nan)]
)
def test_without_a_step_there_is_no_statistic(statistic: Callable[..., Any], empty: np.ndarray) -> None:
    if statistic is effective_memory:
        assert effective_memory(empty).shape == empty.shape
    else:
        assert "no step" in refusal(statistic, empty)


@pytest.mark.parametrize("statistic", OF_SEQUENCES)
def test_without_units_there_is_nothing_to_say(statistic: Callable[..., Any]) -> None:
    assert all(found.size == 0 for found in numbers(statistic(np.zeros((4, 0)))))


@pytest.mark.parametrize("statistic", OF_GATES)
def test_a_state_is_not_taken_for_a_gate(statistic: Callable[..., Any]) -> None:
    assert "goes down to -0.25" in refusal(statistic, [[0.5, -0.25], [np.nan, np.nan]])


@pytest.mark.parametrize(
    "bounds", [(-0.1, 0.9), (0.1, 1.1), (0.9, 0.1), ("0.1", 0.9), (0.1, None), (np.nan, 0.9), (0.1, [0.9]), (0.1j, 1)]
)
def test_the_bounds_of_saturation_lie_in_order_between_zero_and_one(bounds: Any) -> None:
    refusal(saturation, [[0.5]], *bounds)


@pytest.mark.parametrize("statistic", [activity, persistence, cluster_order])
def test_a_unit_that_is_infinite_spoils_no_other_and_ends(statistic: Callable[..., Any]) -> None:
    states = np.random.default_rng(0).normal(size=(20, 4))
    spoiled = np.concatenate([states, np.full((20, 1), np.inf), 1e300 * states[:, :1]], axis=1)
    spoiled[3, 4] = -np.inf
    found = statistic(spoiled)
    if statistic is cluster_order:
        assert sorted(found) == list(range(6))
    else:
        np.testing.assert_allclose(found[:4], statistic(states))


@pytest.mark.parametrize(
    "wrong",
    [None, "norms", 1.0, np.ones((1, 5)), np.ones((2, 5)), np.ones((1, 1, 5)), [[1.0], [1.0, 2.0]], [1j, 2j], ["1"],
     [1.0, -1.0], [-np.inf, 1.0]],
)  # fmt: skip
def test_what_is_no_curve_of_norms_is_refused_in_one_sentence(wrong: Any) -> None:
    for sentence in (refusal(curve_half_life, wrong), refusal(left_after, wrong, 1)):
        assert np.ndim(wrong if isinstance(wrong, np.ndarray) else 0) < 2 or "norms[0]" in sentence


def test_infinite_norms_are_left_out() -> None:
    assert curve_half_life([np.inf, np.inf, 0.25, 0.5, 1.0]).steps == pytest.approx(1.0)


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


@pytest.mark.parametrize("half_life", [0.5, 7.0, 300.0])
@pytest.mark.parametrize("steps", [0, 1, 20, 49])
def test_what_is_left_of_a_pure_exponential_is_a_power_of_one_half(half_life: float, steps: int) -> None:
    norms = 3.0 * 2.0 ** (-np.arange(50)[::-1] / half_life)
    assert left_after(norms, steps) == pytest.approx(0.5 ** (steps / half_life))


def test_what_is_left_is_the_gradient_that_autograd_finds_relative_to_that_at_the_loss() -> None:
    torch.manual_seed(0)
    lstm, inputs = (
        torch.nn.LSTM(3, 5, batch_first=True, dtype=torch.float64),
        torch.randn(1, 12, 3, dtype=torch.float64),
    )
    flow = gateviz.gradient_flow(lstm, inputs, lambda output: output[0, -1].sum())
    state = (torch.zeros(1, 5, dtype=torch.float64), torch.zeros(1, 5, dtype=torch.float64))
    cell = torch.nn.LSTMCell(3, 5, dtype=torch.float64)
    cell.load_state_dict({name.removesuffix("_l0"): value for name, value in lstm.state_dict().items()})
    states = []
    for step in range(12):
        state = cell(inputs[:, step], state)
        state[0].retain_grad()
        states.append(state[0])
    states[-1].sum().backward()
    norms = [float(each.grad.norm()) for each in states]
    for steps in (0, 1, 10, 11):
        assert left_after(flow.norm("hidden_state")[0], steps) == pytest.approx(norms[11 - steps] / norms[11])


def test_what_is_left_may_have_grown_or_underflowed_or_lie_before_the_text() -> None:
    assert left_after([4.0, 1.0, 2.0], 2) == 2.0
    assert left_after([0.0, 1.0], 1) == 0.0
    for norms in ([1.0], [1.0, 0.0], [1.0, math.inf], [1.0, math.nan], []):
        assert math.isnan(left_after(norms, 1))
    for wrong in (-1, 1.0, None, True):
        refusal(left_after, [1.0, 2.0], wrong)


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


def test_activity_is_the_mean_size_whatever_the_sign() -> None:
    np.testing.assert_allclose(activity([[[-1.0, 0.5], [1.0, 0.0], [math.nan, math.nan]]]), [1.0, 0.25])


def test_persistence_is_the_correlation_with_the_step_before() -> None:
    draw = np.random.default_rng(0)
    slow, noise = np.cumsum(draw.normal(size=400)), draw.normal(size=400)
    flips = np.tile([1.0, -1.0], 200)
    states = np.stack([slow, noise, flips, np.full(400, 0.3)], axis=1)
    found = persistence(states)
    expected = [np.corrcoef(unit[1:], unit[:-1])[0, 1] for unit in (slow, noise, flips)]
    np.testing.assert_allclose(found, [*expected, 0.0], atol=1e-12)
    assert found[0] > 0.9 > 0.2 > abs(found[1])


@pytest.mark.parametrize("steps", [1, 2])
def test_a_text_too_short_to_correlate_has_no_persistence(steps: int) -> None:
    assert persistence(np.arange(2.0 * steps).reshape(steps, 2)).tolist() == [0.0, 0.0]


def test_units_that_move_together_stand_together() -> None:
    draw = np.random.default_rng(1)
    leaders = draw.normal(size=(50, 4))
    group = draw.permutation(np.repeat(np.arange(4), 9))  # (unit,)
    order = cluster_order(leaders[:, group] + 0.3 * draw.normal(size=(50, 36)))
    assert sorted(order) == list(range(36))
    assert (np.diff(group[order]) != 0).sum() == 3, "each group is one block"


def test_the_average_linkage_of_three_joins_the_two_most_alike_and_turns_them_to_the_third() -> None:
    angles = np.radians([0.0, 90.0, 50.0])  # unit 2 lies between, nearer to 1
    wave = np.stack([np.cos(np.linspace(0, 2 * np.pi, 40, endpoint=False) - angle) for angle in angles], axis=1)
    assert cluster_order(wave).tolist() in ([0, 2, 1], [1, 2, 0])


def test_the_order_smooths_a_map_of_shuffled_rows() -> None:
    phases = np.random.default_rng(2).permutation(np.linspace(0, np.pi, 64))
    wave = np.sin(np.linspace(0, 20, 100)[:, None] + phases)
    order = cluster_order(wave)
    alike = np.corrcoef(wave.T)
    assert alike[order[:-1], order[1:]].mean() > 0.99 > 0.6 > alike[range(63), range(1, 64)].mean()


@pytest.mark.parametrize("states", [np.zeros((1, 5)), np.ones((4, 5)), np.full((3, 1), 2.0)])
def test_units_that_do_not_move_still_have_an_order(states: np.ndarray) -> None:
    assert sorted(cluster_order(states)) == list(range(states.shape[1]))


def test_padding_does_not_count_in_an_order() -> None:
    states = np.random.default_rng(3).normal(size=(1, 20, 12))
    padded = np.concatenate([states, np.full((1, 5, 12), math.nan)], axis=1)
    np.testing.assert_array_equal(cluster_order(states), cluster_order(padded))
