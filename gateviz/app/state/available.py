"""The models that there are at this moment: a folder of models may be added or deleted while the app runs."""

from gateviz.pretrained.examples import ordered
from gateviz.pretrained.folder import names, pretrained_folder
from gateviz.results.trace import CellName


def models() -> dict[str, tuple[CellName, ...]]:
    """Task -> its architectures; the tasks in the order in which they are offered."""
    try:
        found = names(pretrained_folder())
    except OSError:  # the folder went while it was read
        return {}
    tasks = ordered(dict.fromkeys(task for task, _ in found))
    return {task: tuple(cell for name, cell in found if name == task) for task in tasks}
