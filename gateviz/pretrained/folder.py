"""Where the pretrained models lie, which there are and what their cards say. It needs no torch.

A model is a folder `<task>/<cell>/` with card.json and model.safetensors.
"""

import os
import re
from pathlib import Path

from gateviz.errors import PretrainedError, as_given
from gateviz.pretrained.cards import ModelCard
from gateviz.results.trace import CELLS, CellName

VARIABLE = "GATEVIZ_PRETRAINED"
"""The environment variable that names the folder of models."""

WEIGHTS = "model.safetensors"
CARD = "card.json"
TIMELAPSE = "timelapse.safetensors"

_MAX_CARD_BYTES = 1_000_000
_PLAIN = re.compile(r"[a-z0-9-]{1,64}")
_PACKAGE = Path(__file__).parents[1]

Folder = str | os.PathLike[str]

_unlisted: list[Path] = []
"""Folders of models that are found by their task's name, which nobody can guess, and are never listed."""


def pretrained_folder() -> Path:
    """Where models are looked for: $GATEVIZ_PRETRAINED, else the source tree's, else the installed package's own."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    tree = _PACKAGE.parent
    return tree / "pretrained" if (tree / "pyproject.toml").is_file() else _PACKAGE / "_weights"


def folder_of(given: Folder | None) -> Path:
    """The folder that a caller names; by default `pretrained_folder()`.

    Raises:
        PretrainedError: no path, or a folder that does not exist.
    """
    if given is not None and not isinstance(given, (str, os.PathLike)):
        raise PretrainedError(f"the folder of models is {as_given(given)}: give a path.")
    root = pretrained_folder() if given is None else Path(given)
    if not root.is_dir():
        named = f"{VARIABLE} names" if given is None else "give"
        raise PretrainedError(f"there is no folder {root}: {named} the folder that holds the models.")
    return root


def keep_unlisted(folder: Path) -> None:
    """Let models of this folder be found by whoever knows their task's name."""
    _unlisted.append(folder)


def forget_unlisted(folder: Path) -> None:
    """Let them be found no more."""
    _unlisted.remove(folder)


def unlisted(task: str) -> tuple[CellName, ...]:
    """The cells of a task that is not listed; none if there is no such task."""
    root = _unlisted_folder(task)
    return () if root is None else tuple(cell for name, cell in names(root) if name == task)


def _unlisted_folder(task: str) -> Path | None:
    if not isinstance(task, str) or not _PLAIN.fullmatch(task):
        return None
    return next((root for root in _unlisted if (root / task).is_dir()), None)


def folder_with(task: str, given: Folder | None) -> Path:
    """The folder that holds a task: the one that a caller names, else one whose models are not listed, else the usual.

    Raises:
        PretrainedError: as `folder_of`.
    """
    own = _unlisted_folder(task) if given is None else None
    return folder_of(given) if own is None else own


def names(root: Path) -> list[tuple[str, CellName]]:
    """Task and cell of every folder that holds a card or weights, by task, then rnn, lstm, gru."""
    if not root.is_dir():
        return []
    with os.scandir(root) as entries:
        tasks = sorted(entry.name for entry in entries if entry.is_dir())
    return [  # a page looks several times, and fifty paths made by pathlib take a millisecond
        (task, cell)
        for task in tasks
        for cell in CELLS
        if any(os.path.isfile(os.path.join(root, task, cell, name)) for name in (CARD, WEIGHTS))  # noqa: PTH113, PTH118
    ]


def list_pretrained(folder: Folder | None = None) -> list[ModelCard]:
    """The cards of all models in `folder` (by default `pretrained_folder()`), by task, then rnn, lstm, gru.

    Raises:
        PretrainedError: the folder does not exist, or a card is damaged or stands in another model's folder.
    """
    root = folder_of(folder)
    return [_read_card(root, task, cell) for task, cell in names(root)]


def find_card(task: str, cell: str, folder: Folder | None = None) -> ModelCard:
    """The card of one model.

    Raises:
        PretrainedError: there is no such model (the sentence lists those that there are), or its card is damaged.
    """
    root = folder_with(task, folder)
    present = names(root)
    if (task, cell) not in present:
        cells = [other for name, other in present if name == task]
        tasks = ", ".join(dict.fromkeys(name for name, _ in present)) or "none at all"
        if cells:
            raise PretrainedError(f"{root} has no cell {as_given(cell)} of {task}: it has {', '.join(cells)}.")
        raise PretrainedError(f"{root} has no task {as_given(task)}: it has {tasks}.")
    return _read_card(root, task, cell)


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most `limit`, its size checked before it is read.

    Raises:
        PretrainedError: it is missing, larger, or cannot be read.
    """
    if not path.is_file():
        raise PretrainedError(f"{path} is missing: every model needs it.")
    try:
        size = path.stat().st_size
        if size > limit:
            raise PretrainedError(f"{path} has {size} bytes: it can need at most {limit}.")
        return path.read_bytes()
    except OSError as error:
        raise PretrainedError(f"{path} cannot be read: {error.strerror}.") from None


def _read_card(root: Path, task: str, cell: str) -> ModelCard:
    """The card in that folder, which must be that model's."""
    path = root / task / cell / CARD
    data = read_file(path, _MAX_CARD_BYTES)
    try:
        card = ModelCard.from_json(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise PretrainedError(f"{path} is not UTF-8 text") from None
    except PretrainedError as error:
        raise PretrainedError(f"{path} cannot be used: {error}") from None
    if (card.task, card.cell) != (task, cell):
        raise PretrainedError(f"{path} is the card of {card.task}/{card.cell}, not of {task}/{cell}")
    return card
