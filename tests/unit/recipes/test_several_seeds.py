"""The range of several seeds, beside the figures of the one that is kept."""

import dataclasses

from gateviz.pretrained.folder import find_card
from gateviz.recipes.several_seeds import with_spread


def test_one_seed_has_no_range() -> None:
    card = find_card("copy", "gru")
    assert with_spread([card]) is card


def test_three_seeds_have_a_median_and_a_range_and_the_first_is_kept() -> None:
    first = dataclasses.replace(
        find_card("copy", "gru"),
        details={"accuracy on phrases": 0.5, "accuracy at gap 10": 0.1},
        recipe={"command": "x"},
    )
    cards = [
        dataclasses.replace(
            first,
            seed=seed,
            metric=dataclasses.replace(first.metric, value=value),
            details={"accuracy on phrases": value / 2, "accuracy at gap 10": 0.1},
        )
        for seed, value in ((4, 1.0), (5, 0.2), (6, 0.6))
    ]
    spread = with_spread(cards)
    assert (spread.seed, spread.metric.value, spread.recipe["command"]) == (4, 1.0, "x --seeds 3")
    assert spread.details == {
        "accuracy on phrases": 0.5,
        "accuracy at gap 10": 0.1,
        "accuracy, seeds 4 to 6: median": 0.6,
        "accuracy, seeds 4 to 6: lowest": 0.2,
        "accuracy, seeds 4 to 6: highest": 1.0,
        "accuracy on phrases, seeds 4 to 6: median": 0.3,
        "accuracy on phrases, seeds 4 to 6: lowest": 0.1,
        "accuracy on phrases, seeds 4 to 6: highest": 0.5,
    }
