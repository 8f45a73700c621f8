"""Pictures of models that ship, packed as the app packs them, and the files of those models for a browser."""

from pathlib import Path

from gateviz.i18n import translator
from gateviz.models.readings import Reading, tokens_of
from gateviz.pretrained.browser_files import find_file, name_of
from gateviz.pretrained.files import load_snapshot
from gateviz.pretrained.folder import find_card, names, pretrained_folder
from gateviz.results.trace import Direction
from gateviz.viewer.packing.picture import Run, picture
from tests.packed import unpack


def packed(
    task: str, text: str, *, layer: int = 0, direction: Direction = "forward", training_step: int | None = None
) -> bytes:
    """The text as all architectures of a task read it, in Chinese words."""
    cells = [cell for name, cell in names(pretrained_folder()) if name == task]
    models = {cell: load_snapshot(task, cell, training_step) for cell in cells}
    readings = {cell: Reading(model, text, lambda: models[cells[-1]]) for cell, model in models.items()}
    say = translator.load("zh")
    runs = {
        cell: Run(read.trace, read.answers(say, task), "", model=name_of(find_card(task, cell), training_step))
        for cell, read in readings.items()
    }
    return picture(runs, text, tokens_of(list(readings.values())), layer=layer, direction=direction, say=say)


def write_model_files(folder: Path, template: bytes) -> None:
    """The files that the picture names, where they are not there yet."""
    for name in unpack(template)[0]["models"].values():
        for kind in ("json", "safetensors"):
            file = folder / f"{name}.{kind}"
            if not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(find_file(f"{name}.{kind}") or b"")
