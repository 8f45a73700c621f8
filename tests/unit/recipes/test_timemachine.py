"""The shipped models of The Time Machine keep what the recipe promises."""

import pytest

from gateviz.data.corpora import find_data
from gateviz.data.ngrams import NGram
from gateviz.errors import DataError
from gateviz.pretrained import list_pretrained, load_pretrained
from gateviz.recipes.timemachine import RECIPE
from gateviz.trace import CellName
from gateviz.training import bits_per_character

CARDS = {card.cell: card for card in list_pretrained() if card.task == RECIPE.task}


def has_data() -> bool:
    """Whether the book is where training would look for it; it is not part of the project."""
    try:
        find_data(RECIPE.data)
    except DataError:
        return False
    return True


with_data = pytest.mark.skipif(not has_data(), reason="the book is not part of the project: set GATEVIZ_DATA")


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_the_gated_cells_beat_the_five_gram_and_the_figure_that_was_asked_for(cell: CellName) -> None:
    metric, baseline = CARDS[cell].metric, CARDS[cell].baseline
    assert metric.value < 2.12 < baseline.value
    assert baseline.name.startswith("interpolated 5-gram")
    assert metric.on == baseline.on


def test_the_three_had_the_same_budget_and_data_and_have_256_units() -> None:
    first, *others = CARDS.values()
    settings = {key: value for key, value in first.recipe.items() if key != "command"}
    for card in (first, *others):
        assert {key: value for key, value in card.recipe.items() if key != "command"} == settings
        assert (card.steps, card.seed, card.data) == (RECIPE.plan.steps, 0, RECIPE.data)
        assert (card.vocabulary, card.baseline) == (first.vocabulary, first.baseline)
        assert (card.config.hidden_size, card.config.num_layers) == (256, 1)


@with_data
@pytest.mark.parametrize("cell", CARDS)
def test_the_figures_in_the_card_are_those_of_the_last_tenth_of_the_book(cell: CellName) -> None:
    text, card, model = RECIPE.read(), CARDS[cell], load_pretrained(RECIPE.task, cell)
    cut = len(text) * 9 // 10
    held_out = model.encode(text[cut:])
    assert bits_per_character(model, held_out) == pytest.approx(card.metric.value, abs=1e-3)
    ngram = NGram.fit(model.encode(text[:cut]), len(model.outputs), order=5)
    assert ngram.bits(held_out) == pytest.approx(card.baseline.value, abs=1e-4)
    assert round(card.baseline.value, 2) == 2.18
