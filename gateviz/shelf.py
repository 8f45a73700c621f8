"""Where the pretrained models lie and what they are called. No torch: the app lists them before it is loaded."""

import os
from pathlib import Path

from gateviz.trace import CELLS, CellName

VARIABLE = "GATEVIZ_PRETRAINED"
"""The environment variable that names the folder of models."""

WEIGHTS = "model.safetensors"
CARD = "card.json"
TIMELAPSE = "timelapse.safetensors"

_PACKAGE = Path(__file__).parent


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
