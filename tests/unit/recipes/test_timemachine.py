"""The shipped models of The Time Machine keep what the recipe promises."""

import pytest

from gateviz.data.baselines.ngrams import NGram
from gateviz.data.corpora.sources import find_data
from gateviz.errors import DataError
from gateviz.pretrained.files import list_pretrained, load_pretrained
from gateviz.recipes.timemachine import EQUAL, RECIPE
from gateviz.results.trace import CellName
from gateviz.training.scoring import bits_per_token

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
    metric, (baseline,) = CARDS[cell].metric, CARDS[cell].baselines
    assert metric.value < 2.12 < baseline.value
    assert baseline.name.startswith("interpolated 5-gram")
    assert metric.on == baseline.on


def test_the_three_have_256_units_and_their_equals_as_many_parameters_as_the_lstm() -> None:
    assert {(card.config.hidden_size, card.config.num_layers) for card in CARDS.values()} == {(256, 1)}
    equals = {card.cell: card.parameters for card in list_pretrained() if card.task == EQUAL.task}
    assert equals["lstm"] == CARDS["lstm"].parameters
    assert all(abs(count / equals["lstm"] - 1) < 0.005 for count in equals.values())


@with_data
@pytest.mark.parametrize("cell", CARDS)
def test_the_figures_in_the_card_are_those_of_the_last_tenth_of_the_book(cell: CellName) -> None:
    text, card, model = RECIPE.read(), CARDS[cell], load_pretrained(RECIPE.task, cell)
    (baseline,) = card.baselines
    cut = len(text) * 9 // 10
    held_out = model.encode(text[cut:])
    assert bits_per_token(model, held_out) == pytest.approx(card.metric.value, abs=1e-3)
    ngram = NGram.fit(model.encode(text[:cut]), len(model.outputs), order=5)
    assert ngram.bits(held_out) == pytest.approx(baseline.value, abs=1e-4)
    assert round(baseline.value, 2) == 2.18
