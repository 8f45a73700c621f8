"""The tasks that gateviz can train, one file a task; above pretrained and training, below the command line."""

from gateviz.errors import DataError
from gateviz.recipes import timemachine
from gateviz.recipes.characters import CharacterRecipe

RECIPES: dict[str, CharacterRecipe] = {recipe.task: recipe for recipe in (timemachine.RECIPE,)}


def recipe_of(task: str) -> CharacterRecipe:
    """The recipe of that task.

    Raises:
        DataError: no such task; the sentence lists the choices.
    """
    if task not in RECIPES:
        raise DataError(f"there is no recipe {task!r}; there is {', '.join(sorted(RECIPES))}")
    return RECIPES[task]
