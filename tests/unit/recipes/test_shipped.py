"""What holds of every model that ships, whatever its task."""

import dataclasses
import math

import pytest
import torch
from torch.nn import functional

from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.files import list_pretrained, load_pretrained, load_timelapse, pretrained_folder
from gateviz.recipes import RECIPES, recipe_of
from gateviz.recipes.recipe import due_snapshots
from gateviz.results.trace import CELLS

SHIPPED = list_pretrained()
TASKS = sorted({card.task for card in SHIPPED})
MEGABYTES = 34

every_model = pytest.mark.parametrize("card", SHIPPED, ids=lambda card: f"{card.task}-{card.cell}")


@pytest.mark.parametrize("task", TASKS)
def test_a_task_ships_as_a_trio_of_the_same_budget_from_the_same_data(task: str) -> None:
    first, *others = trio = [card for card in SHIPPED if card.task == task]
    assert [card.cell for card in trio] == list(CELLS)
    for card in others:
        for name in ("task", "tokens", "vocabulary", "labels", "data", "seed", "steps", "baselines", "good_for"):
            assert getattr(card, name) == getattr(first, name), name
        ours, theirs = ({key: value for key, value in c.recipe.items() if key != "command"} for c in (card, first))
        assert ours == theirs


def test_every_recipe_ships() -> None:
    assert sorted(RECIPES) == TASKS


@every_model
def test_it_reproduces_the_figure_of_the_sample_in_its_card(card: ModelCard) -> None:
    model, sample = load_pretrained(card.task, card.cell), card.sample
    figure = recipe_of(card.task).measure(model, sample.texts, sample.answers)
    assert figure == pytest.approx(sample.value, rel=2e-3, abs=1e-3)


@pytest.mark.parametrize(
    "card",
    [card for card in SHIPPED if card.metric.unit == "bits per character"],
    ids=lambda card: card.task + card.cell,
)
def test_bits_per_character_are_the_cross_entropy_of_the_logits(card: ModelCard) -> None:
    model, (text,) = load_pretrained(card.task, card.cell), card.sample.texts
    came = torch.tensor(model.encode(text)[1:])
    scores = torch.as_tensor(model.logits(text)[:-1])
    bits = functional.cross_entropy(scores, came).item() / math.log(2)
    assert bits == pytest.approx(card.sample.value, abs=2e-3)
    assert bits == pytest.approx(card.metric.value, abs=0.5), "the passage is of the text that the card's figure is of"


@every_model
def test_a_text_is_read_whole_and_every_step_is_answered(card: ModelCard) -> None:
    model, text = load_pretrained(card.task, card.cell), card.sample.texts[0]
    trace = model.trace(text)
    assert "".join(trace.tokens_of(0)).startswith(text)
    assert model.logits(text).shape == (len(trace.tokens_of(0)), len(model.outputs))


@every_model
def test_the_card_says_in_both_languages_what_it_is_good_for_and_where_it_fails(card: ModelCard) -> None:
    for words in (card.good_for, card.fails_at):
        assert words.en.endswith(".")
        assert words.zh.endswith("。")


@every_model
def test_a_time_lapse_goes_from_the_start_to_the_shipped_model(card: ModelCard) -> None:
    recipe = recipe_of(card.task)
    if not recipe.takes_snapshots:
        assert card.timelapse is None
        return
    snapshots = load_timelapse(card.task, card.cell)
    steps = [step for step, _ in snapshots]
    assert steps == sorted(due_snapshots(recipe, card.steps))
    assert (steps[0], steps[-1]) == (0, card.steps)
    assert dataclasses.asdict(snapshots[-1][1].config) == dataclasses.asdict(card.config)
    end = load_pretrained(card.task, card.cell)
    assert torch.equal(snapshots[-1][1].head.weight, end.head.weight)


def test_all_of_it_takes_at_most_forty_megabytes() -> None:
    size = sum(path.stat().st_size for path in pretrained_folder().rglob("*") if path.is_file())
    assert size <= MEGABYTES * 1_000_000
