"""Where the pretrained models lie, what they are called and what their cards say. No torch: it need not be in yet."""

import os
from pathlib import Path

from gateviz.errors import PretrainedError
from gateviz.pretrained.cards import ModelCard
from gateviz.results.trace import CELLS, CellName

VARIABLE = "GATEVIZ_PRETRAINED"
"""The environment variable that names the folder of models."""

WEIGHTS = "model.safetensors"
CARD = "card.json"
TIMELAPSE = "timelapse.safetensors"

_MAX_CARD_BYTES = 1_000_000
_PACKAGE = Path(__file__).parents[1]


def pretrained_folder() -> Path:
    """Where models are looked for: $GATEVIZ_PRETRAINED, else the source tree's, else the installed package's own."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    tree = _PACKAGE.parent
    return tree / "pretrained" if (tree / "pyproject.toml").is_file() else _PACKAGE / "_weights"


def names(root: Path) -> list[tuple[str, CellName]]:
    """Task and cell of every folder that holds a card or weights, by task, then rnn, lstm, gru."""
    tasks = sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    return [
        (task, cell)
        for task in tasks
        for cell in CELLS
        if any((root / task / cell / name).is_file() for name in (CARD, WEIGHTS))
    ]


def list_pretrained(folder: Path | None = None) -> list[ModelCard]:
    """The cards of all models in `folder` (by default `pretrained_folder()`), by task, then rnn, lstm, gru.

    Raises:
        PretrainedError: a card that is damaged or stands in another model's folder.
    """
    root = pretrained_folder() if folder is None else folder
    return [_read_card(root, task, cell) for task, cell in names(root)]


def find_card(task: str, cell: str, folder: Path | None = None) -> ModelCard:
    """The card of one model.

    Raises:
        PretrainedError: there is none of that name (the sentence lists the choices), or it is damaged.
    """
    root = pretrained_folder() if folder is None else folder
    present = names(root)
    if (task, cell) not in present:
        choices = ", ".join(f"{t}/{c}" for t, c in present) or "none at all"
        raise PretrainedError(f"there is no model {task}/{cell} in {root}; there is {choices}")
    return _read_card(root, task, cell)


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most `limit`, its size checked before it is read.

    Raises:
        PretrainedError: it is missing, larger, or cannot be read.
    """
    if not path.is_file():
        raise PretrainedError(f"{path} is missing")
    try:
        size = path.stat().st_size
        if size > limit:
            raise PretrainedError(f"{path} has {size} bytes, more than the {limit} that it could need")
        return path.read_bytes()
    except OSError as error:
        raise PretrainedError(f"{path} cannot be read: {error.strerror}") from None


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
