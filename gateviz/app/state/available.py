"""The models that there are at this moment: a folder of models may be added or deleted while the app runs."""

from gateviz.app.state.session import session
from gateviz.pretrained.examples import ordered
from gateviz.pretrained.folder import names, pretrained_folder, unlisted
from gateviz.results.trace import CellName


def models() -> dict[str, tuple[CellName, ...]]:
    """Task -> its architectures; the tasks in the order in which they are offered."""
    try:
        found = names(pretrained_folder())
    except OSError:  # the folder went while it was read
        return {}
    tasks = ordered(dict.fromkeys(task for task, _ in found))
    return {task: tuple(cell for name, cell in found if name == task) for task in tasks}


def with_own() -> dict[str, tuple[CellName, ...]]:
    """The same, and after them the models that this visitor has trained."""
    own = {task: unlisted(task) for task in session.trainings}
    return models() | {task: cells for task, cells in own.items() if cells}


def cells_of(task: str) -> tuple[CellName, ...]:
    """The architectures of a task, whoever trained it; none if there is no such task."""
    return models().get(task) or unlisted(task)
