"""How each task is trained: one file for each task or family of tasks."""

from gateviz.errors import DataError, as_given
from gateviz.recipes import (
    adding,
    agreement,
    brackets,
    copying,
    counting,
    dates,
    hometown,
    hometown_zh,
    intent,
    sentiment,
    sherlock,
    sunspots,
    tang,
    temporal_order,
    timemachine,
    weibo,
)
from gateviz.recipes.recipe import Recipe

RECIPES: dict[str, Recipe] = {
    recipe.task: recipe
    for recipe in (
        hometown.RECIPE,
        hometown_zh.RECIPE,
        timemachine.RECIPE,
        timemachine.EQUAL,
        sherlock.RECIPE,
        sentiment.RECIPE,
        agreement.RECIPE,
        weibo.RECIPE,
        tang.RECIPE,
        intent.RECIPE,
        temporal_order.RECIPE,
        temporal_order.HUNDRED,
        temporal_order.EQUAL,
        adding.RECIPE,
        counting.RECIPE,
        copying.RECIPE,
        brackets.RECIPE,
        sunspots.RECIPE,
        dates.RECIPE,
    )
}


def recipe_of(task: str) -> Recipe:
    """The recipe of that task.

    Raises:
        DataError: there is no recipe for it; the sentence lists the tasks that have one.
    """
    if not isinstance(task, str) or task not in RECIPES:
        raise DataError(f"there is no recipe for {as_given(task)}: there is {', '.join(sorted(RECIPES))}.")
    return RECIPES[task]
