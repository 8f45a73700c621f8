"""How much the figures of a model depend on its seed: the card of one run, with the range of several.

card = with_spread([run.card() for run in runs])       # "accuracy, median of seeds 0 to 2", "..., lowest", ...
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from gateviz.pretrained.cards import ModelCard

SEEDS = ", seeds "
"""What the names of these figures have in them."""

LONGER = ("1.5 times the length", "2 times the length")
"""How the names of figures on longer texts end."""


def with_spread(cards: Sequence[ModelCard]) -> ModelCard:
    """The first card, with the median and the range of its metric, and of its figures on other texts or lengths.

    Args:
        cards: of one model trained from seeds that follow each other, the kept one first; a single card stays as it is.
    """
    first, *others = cards
    if not others:
        return first
    seeds = f"{SEEDS}{first.seed} to {cards[-1].seed}"
    figures = {first.metric.unit: [card.metric.value for card in cards]}
    for name in first.details:
        if name.startswith(f"{first.metric.unit} on ") or name.endswith(LONGER):
            figures[name] = [card.details[name] for card in cards]
    spread = {
        f"{name}{seeds}: {which}": round(float(of(values)), 4)
        for name, values in figures.items()
        for which, of in (("median", median), ("lowest", min), ("highest", max))
    }
    command = f"{first.recipe['command']} --seeds {len(cards)}"
    return replace(first, details={**first.details, **spread}, recipe={**first.recipe, "command": command})
