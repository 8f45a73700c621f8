"""The models that the pages show, kept once a process for all sessions, and the loading of torch.

torch is imported inside the functions that need it, so that a page can paint its widgets first.
"""

import threading
from typing import TYPE_CHECKING

from gateviz.app.computed.kept import kept
from gateviz.app.computed.turns import RUNS
from gateviz.app.state import available
from gateviz.app.state.session import Weights
from gateviz.data.tokenizing.tokens import Tokenizer
from gateviz.errors import PretrainedError
from gateviz.models.config import ModelConfig
from gateviz.models.view import View
from gateviz.pretrained.browser_files import find_file
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.folder import find_card
from gateviz.results.trace import CellName

if TYPE_CHECKING:
    from gateviz.models.sequence_model import SequenceModel

READY = threading.Event()
"""Set when torch has been loaded: from then on no page waits for it."""
_LOADING = threading.Lock()


def load_torch() -> None:
    """Load torch once."""
    with RUNS.pause(), _LOADING:
        if READY.is_set():
            return
        import_slow_modules()
        import torch  # noqa: PLC0415

        torch.set_num_threads(1)  # thirty sessions are the parallelism: more threads a run only wait for one another
        READY.set()


def import_slow_modules() -> None:
    """Import what the pages need and their widgets do not."""
    import pandas  # noqa: F401, PLC0415  plotly looks for it in sys.modules, where it may stand half imported
    import plotly.graph_objects  # noqa: F401, PLC0415

    import gateviz.gradients.flow  # noqa: PLC0415
    import gateviz.pretrained.files  # noqa: F401, PLC0415


@kept
def card(task: str, cell: CellName) -> ModelCard:
    """What is known of a model. Needs no torch."""
    return find_card(task, cell)


def configs(task: str) -> dict[CellName, ModelConfig]:
    """The shape of each model of a task. Needs no torch."""
    return {cell: card(task, cell).config for cell in available.cells_of(task)}


@kept
def tokenizer(task: str, cell: CellName) -> Tokenizer:
    """What cuts a text up for that task. Needs no torch."""
    return card(task, cell).tokenizer()


def of_view(view: View, cell: CellName) -> "SequenceModel":
    """The model of one architecture: the trained one, or the one after the view's training step."""
    return _trained(view.task, cell) if view.training_step is None else snapshots(view.task, cell)[view.training_step]


def last_of(task: str) -> "SequenceModel":
    """The trained model of the task's last architecture.

    Raises:
        PretrainedError: the task has no models, or none any more.
    """
    cells = available.cells_of(task)
    if not cells:
        raise PretrainedError(f"there are no models of the task {task!r}")
    return _trained(task, cells[-1])


@kept
def _trained(task: str, cell: CellName) -> "SequenceModel":
    from gateviz.pretrained.files import load_pretrained  # noqa: PLC0415

    return load_pretrained(task, cell)


@kept
def snapshots(task: str, cell: CellName) -> "dict[int, SequenceModel]":
    """The models along a training, by step, ascending: they lie in one file."""
    from gateviz.pretrained.files import load_timelapse  # noqa: PLC0415

    return dict(load_timelapse(task, cell))


@kept  # a snapshot is cut out of a file with all of them
def browser_file(name: str) -> bytes:
    """The file that the engine in a browser asks for: a card or weights (pretrained/browser_files.py).

    Raises:
        PretrainedError: there is none of that name; this is not kept.
    """
    found = find_file(name)
    if found is None:
        raise PretrainedError("there is no such file of a model")
    return found


def in_double(view: View, cell: CellName, weights: Weights = "trained") -> "SequenceModel":
    """The view's network in float64, or an untrained one of its shape: as PyTorch draws it, with a forget bias of 0.

    Args:
        view: its task and training step say which network.
        cell: which architecture.
        weights: "trained" or "untrained".
    """
    return _in_double(View(view.task, (cell,), "", training_step=view.training_step), weights)


@kept
def _in_double(view: View, weights: Weights) -> "SequenceModel":
    (cell,) = view.cells
    trained = of_view(view, cell)
    if weights == "trained":
        return trained.clone().double()
    return trained.untrained(seed=0, forget_bias=0.0 if cell == "lstm" else None).double()
