"""A card measured anew: the figures and the words of the recipe as it is now, for a model that was trained before."""

from dataclasses import replace
from typing import Any

from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import ModelCard
from gateviz.recipes.recipe import Recipe
from gateviz.recipes.several_seeds import SEEDS


def measured(card: ModelCard, model: SequenceModel, recipe: Recipe, data: Any) -> ModelCard:
    """The card with new figures, sample and words. How the model was made, and the range of several seeds, stay.

    Args:
        card: of the model.
        model: as `load_pretrained` gives it.
        recipe: of the card's task.
        data: what `recipe.read` gave.

    Raises:
        DataError: not enough data to hold a part out.
    """
    run = recipe.start(card.cell, data, seed=card.seed)
    run.model = model
    new = run.card()
    spread = {name: value for name, value in card.details.items() if SEEDS in name}
    return replace(
        card,
        data=new.data,
        metric=new.metric,
        baselines=new.baselines,
        details={**new.details, **spread},
        sample=new.sample,
        good_for=new.good_for,
        fails_at=new.fails_at,
    )
