"""How good the models were along their training: the figure of their cards, on the sample that the cards quote."""

from gateviz.app.computed import models
from gateviz.app.computed.kept import kept
from gateviz.errors import DataError
from gateviz.results.trace import CellName


@kept
def along(task: str, cell: CellName) -> tuple[float, ...]:
    """The figure of each snapshot of a model, in the metric's unit; none where no recipe says how to measure it.

    All twelve snapshots of a model take some 0.4 s, once a process.
    """
    from gateviz.recipes import recipe_of  # noqa: PLC0415

    try:
        recipe = recipe_of(task)
    except DataError:
        return ()
    sample = models.card(task, cell).sample
    snapshots = models.snapshots(task, cell).values()
    return tuple(recipe.measure(model, sample.texts, sample.answers) for model in snapshots)
