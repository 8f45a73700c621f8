"""The series: a recipe on one of our own, and the shipped models on what the card keeps of the real one."""

import dataclasses

import numpy as np
import pytest
import torch

from gateviz.data.corpora.series import persistence
from gateviz.data.corpora.sources import find_data
from gateviz.errors import DataError
from gateviz.pretrained.files import list_pretrained, load_pretrained
from gateviz.recipes.sunspots import RECIPE
from gateviz.results.trace import CellName

CARDS = {card.cell: card for card in list_pretrained() if card.task == RECIPE.task}
WAVE = 60 + 50 * np.sin(np.arange(1200) * 2 * np.pi / 40)
SMALL = dataclasses.replace(
    RECIPE,
    period=40,
    plan=dataclasses.replace(RECIPE.plan, steps=60, warmup=5, batch_size=8, learning_rate=1e-2, evaluations=1),
)


def has_data() -> bool:
    """Whether the series is where training would look for it; it is not part of the project."""
    try:
        find_data(RECIPE.data)
    except DataError:
        return False
    return True


def test_a_wave_is_learned_in_a_few_steps() -> None:
    run = SMALL.start("gru", WAVE, seed=0)
    before = run.score()
    *_, last = run.steps()
    assert last.unit == "squared error"
    assert last.held_out == run.score() < before / 3


def test_each_guess_is_made_from_what_came_before_it_and_nothing_else() -> None:
    run = SMALL.start("lstm", WAVE, seed=0)
    guesses = run.guesses()
    assert guesses.shape == (120,)
    with torch.no_grad():
        known = torch.tensor(WAVE[None, : run.cut + 7, None], dtype=torch.float32)
        assert guesses[7] == pytest.approx(run.model(known)[0][0, -1, 0].item(), rel=1e-5)


def test_a_stretch_is_asked_for_the_month_after_each_and_not_at_its_beginning() -> None:
    run = SMALL.start("gru", WAVE, seed=0)
    batch = next(run.batches(torch.Generator().manual_seed(0)))
    assert batch.inputs.shape == (8, RECIPE.window, 1)
    assert batch.targets[:, : RECIPE.unasked].isnan().all()
    asked = slice(RECIPE.unasked, -1)
    assert torch.equal(batch.targets[:, asked], batch.inputs[:, RECIPE.unasked + 1 :, 0])


def test_the_card_has_the_errors_of_the_guesses_that_need_no_model() -> None:
    figures = SMALL.start("gru", WAVE, seed=0).figures()
    linear, last_month, last_period, same_phase = figures.baselines
    assert linear.value == pytest.approx(0, abs=1e-6), "a sine is a weighted sum of its two values before"
    assert last_month.value == pytest.approx(np.sqrt(np.square(np.diff(WAVE)[1079:]).mean()))
    assert max(last_period.value, same_phase.value) == pytest.approx(0, abs=1e-9)
    text = figures.sample.texts[0].split()
    assert [float(word) for word in text] == pytest.approx(WAVE[1080:][: len(text)], abs=0.051)


def test_a_model_that_has_learnt_a_wave_goes_on_with_it_fed_its_own_guesses() -> None:
    run = dataclasses.replace(SMALL, plan=dataclasses.replace(SMALL.plan, steps=400)).start("gru", WAVE, seed=0)
    list(run.steps())
    wave = run.own_wave()
    assert wave["fed its own guesses: period in months"] == pytest.approx(40, abs=8)
    assert wave["fed its own guesses: from lowest to highest"] == pytest.approx(100, abs=30)


def test_a_series_too_short_is_refused() -> None:
    with pytest.raises(DataError, match="needs more than 262"):
        RECIPE.start("gru", WAVE[:280], seed=0)


@pytest.mark.parametrize("cell", CARDS)
def test_the_shipped_models_are_near_the_linear_one_and_under_the_guesses_that_need_none(cell: CellName) -> None:
    card = CARDS[cell]
    linear, *plain = card.baselines
    assert card.metric.value == pytest.approx(linear.value, rel=0.05)
    assert len(plain) == 3
    assert all(card.metric.value < baseline.value for baseline in plain)
    assert card.details["mean absolute error"] < card.details["mean absolute error of persistence"]


@pytest.mark.skipif(not has_data(), reason="the series is not part of the project: set GATEVIZ_DATA")
@pytest.mark.parametrize("cell", CARDS)
def test_the_figures_in_the_card_are_those_of_the_last_tenth(cell: CellName) -> None:
    values, card = RECIPE.read(), CARDS[cell]
    run = RECIPE.start(cell, values, seed=0)
    run.model = load_pretrained(RECIPE.task, cell)
    assert run.score() == pytest.approx(card.metric.value, rel=1e-3)
    errors = persistence(values, run.cut) - values[run.cut :]
    baselines = {baseline.name.split(":")[0]: baseline.value for baseline in card.baselines}
    assert baselines["persistence"] == pytest.approx(np.sqrt(np.square(errors).mean()), abs=1e-3)
