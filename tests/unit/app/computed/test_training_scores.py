"""The curve beside the timeline of a training: the card's figure after each snapshot."""

import numpy as np
import pytest

import gateviz
from gateviz.app.computed import training_scores
from gateviz.pretrained.folder import find_card, list_pretrained
from gateviz.results.trace import CELLS, CellName

SNAPSHOTS = [card for card in list_pretrained() if card.timelapse]


@pytest.mark.parametrize("card", SNAPSHOTS, ids=lambda card: f"{card.task}-{card.cell}")
def test_it_has_a_figure_for_each_snapshot_and_ends_at_that_of_the_card(card: gateviz.ModelCard) -> None:
    scores = training_scores.along(card.task, card.cell)
    assert card.timelapse
    assert len(scores) == len(card.timelapse.steps)
    assert scores[-1] == pytest.approx(card.sample.value, abs=2e-3), "the snapshots have half of the precision"


@pytest.mark.parametrize("cell", CELLS)
def test_a_figure_on_the_way_is_the_surprise_at_each_character_that_comes(cell: CellName) -> None:
    (text,) = find_card("timemachine", cell).sample.texts
    step, model = gateviz.load_timelapse("timemachine", cell)[1]
    logits = model.logits(text)[:-1].astype(np.float64)
    logs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    came = [model.outputs.index(character) for character in text[1:]]
    bits = -logs[np.arange(len(came)), came].mean() / np.log(2)
    assert step == 36
    assert training_scores.along("timemachine", cell)[1] == pytest.approx(bits, rel=1e-4)


def test_without_a_recipe_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateviz.recipes.RECIPES", {})
    training_scores.along.clear()
    assert training_scores.along("timemachine", "rnn") == ()
    training_scores.along.clear()
