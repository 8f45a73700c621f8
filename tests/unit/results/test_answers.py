"""What a model expected, held against torch's own softmax and topk."""

import math
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from gateviz.errors import ShapeError
from gateviz.results.answers import expected_next, forecast, verdicts

OUTPUTS = tuple("abcdefgh")


def scores(seed: int, steps: int, outputs: int = len(OUTPUTS), spread: float = 3.0) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return spread * torch.randn(steps, outputs, generator=generator, dtype=torch.float64)


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10_000), steps=st.integers(1, 6), spread=st.sampled_from([0.1, 3.0, 300.0]))
def test_guesses_and_probabilities_are_those_of_softmax_and_topk(seed: int, steps: int, spread: float) -> None:
    logits = scores(seed, steps, spread=spread)
    best = torch.softmax(logits, dim=1).topk(5, dim=1)
    found = expected_next(logits.numpy(), OUTPUTS, "abcdef"[:steps])
    np.testing.assert_allclose(found.probabilities, best.values.numpy(), rtol=1e-12)
    if spread < 300.0:  # there some probabilities underflow to the same zero
        assert found.guesses == tuple(tuple(OUTPUTS[i] for i in row) for row in best.indices.tolist())


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10_000), spread=st.sampled_from([0.1, 3.0, 300.0]))
def test_what_came_has_the_probability_and_the_bits_of_log_softmax(seed: int, spread: float) -> None:
    logits = scores(seed, 4, spread=spread)
    found = expected_next(logits.numpy(), OUTPUTS, "hgab")
    assert found.came == ("g", "a", "b", None)
    logs = torch.log_softmax(logits, dim=1)[torch.arange(3), torch.tensor([6, 0, 1])]
    np.testing.assert_allclose(found.surprise[:3], -(logs / math.log(2)).numpy(), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(found.probability[:3], logs.exp().numpy(), rtol=1e-12)


def test_an_even_bet_on_two_costs_one_bit() -> None:
    found = expected_next(np.zeros((2, 2)), "ab", "ab")
    assert found.probability[0] == pytest.approx(0.5)
    assert found.surprise[0] == pytest.approx(1.0)


def test_equal_scores_come_in_the_order_of_the_outputs() -> None:
    found = expected_next(np.array([[1.0, 2.0, 1.0, 2.0, 1.0]]), "abcde", "a", guesses=4)
    assert found.guesses == (("b", "d", "a", "c"),)


def test_a_model_of_fewer_outputs_than_guesses_gives_them_all() -> None:
    found = expected_next(scores(0, 3, outputs=2).numpy(), "ab", "aba")
    assert found.probabilities.shape == (3, 2)
    assert all(sorted(row) == ["a", "b"] for row in found.guesses)
    np.testing.assert_allclose(found.probabilities.sum(axis=1), 1.0)


@pytest.mark.parametrize("guesses", [1, 3])
def test_as_many_guesses_are_kept_as_were_asked_for(guesses: int) -> None:
    found = expected_next(scores(0, 2).numpy(), OUTPUTS, "ab", guesses=guesses)
    assert [len(row) for row in found.guesses] == [guesses, guesses]
    assert found.probabilities.shape == (2, guesses)


def test_an_unknown_next_token_has_no_probability_and_no_surprise() -> None:
    found = expected_next(scores(0, 3).numpy(), OUTPUTS, "a☃b")
    assert found.came == ("☃", "b", None)
    assert np.isnan(found.probability).tolist() == np.isnan(found.surprise).tolist() == [True, False, True]


def test_a_word_that_came_is_found_by_its_id_however_it_was_typed() -> None:
    logits = np.log(np.array([[0.2, 0.8], [0.7, 0.3], [0.5, 0.5]]))
    found = expected_next(logits, ("are", "is"), ("The", " IS", " 钥"), ids=(2, 1, 2))
    assert found.probability[0] == pytest.approx(0.8)
    assert np.isnan(found.probability[1:]).all()


def test_after_the_last_token_nothing_came() -> None:
    found = expected_next(scores(0, 1).numpy(), OUTPUTS, "a")
    assert found.came == (None,)
    assert np.isnan(found.probability).all()
    assert len(found.guesses[0]) == 5


def test_before_a_model_is_asked_nothing_that_came_can_surprise_it() -> None:
    whole = expected_next(scores(1, 4).numpy(), OUTPUTS, "abca")
    found = expected_next(scores(1, 4).numpy(), OUTPUTS, "abca", asked_from=2)
    assert (found.asked_from, found.choices, found.written) == (2, len(OUTPUTS), False)
    assert np.isnan(found.surprise).tolist() == np.isnan(found.probability).tolist() == [True, True, False, True]
    assert found.surprise[2] == whole.surprise[2]
    assert (found.guesses, found.came) == (whole.guesses, whole.came)


def test_single_precision_scores_are_worked_out_in_double() -> None:
    logits = scores(3, 2).float()
    found = expected_next(logits.numpy(), OUTPUTS, "ab")
    assert found.probabilities.dtype == np.float64
    expected = torch.softmax(logits.double(), dim=1).topk(5).values.numpy()
    np.testing.assert_allclose(found.probabilities, expected, rtol=1e-12)


def test_a_verdict_is_the_softmax_of_each_steps_scores() -> None:
    scores = np.array([[0.0, 1.0, -1.0], [700.0, 0.0, 701.0]])
    found = verdicts(scores, ("a", "b", "c"))
    assert found.classes == ("a", "b", "c")
    np.testing.assert_allclose(found.probabilities, torch.softmax(torch.tensor(scores), dim=-1).numpy())


def test_a_forecast_stands_beside_the_number_that_came_next() -> None:
    found = forecast(np.array([[1.5], [2.5], [3.5]]), ("height",), [1.0, 2.0, 4.0])
    assert found.name == "height"
    np.testing.assert_array_equal(found.values, [1.5, 2.5, 3.5])
    np.testing.assert_array_equal(found.came, [2.0, 4.0, np.nan])
    assert np.isnan(forecast(np.array([[1.5], [2.5]]), ("sum",)).came).all(), "what comes is not what is asked for"


@pytest.mark.parametrize(
    "logits", [None, "open", [[1.0], [1.0, 2.0]], np.zeros(2), np.zeros((2, 3)), np.zeros((3, 2)), np.zeros((2, 2, 1))]
)
def test_scores_of_another_shape_are_refused_in_one_sentence(logits: Any) -> None:
    with pytest.raises(ShapeError, match=r"the scores.*: give.*\."):
        expected_next(logits, "ab", "ab")
    with pytest.raises(ShapeError, match=r"the scores.*: give.*\."):
        forecast(logits, ("sum",), [1.0, 2.0])
    with pytest.raises(ShapeError, match=r"the scores.*: give.*\."):
        verdicts(logits, "abcd")
