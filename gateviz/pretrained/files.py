"""Loading and saving models. A model is a folder `<task>/<cell>/` with model.safetensors and card.json.

    for card in gateviz.list_pretrained(): print(card.task, card.cell, card.metric.value)
    model = gateviz.load_pretrained("timemachine", "lstm")

`folder.py` says where the folders lie. Nothing is unpickled. Before a model is built, its card is checked, and the size
and the sha256 of its file are compared with the card, so that a damaged, renamed or hostile file is one
PretrainedError.
"""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import safetensors
import safetensors.torch
import torch
from torch import Tensor

from gateviz.errors import InputError, PretrainedError, as_given
from gateviz.models.construction import build_model
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import ModelCard, TimeLapse, shapes_of
from gateviz.pretrained.folder import (
    CARD,
    TIMELAPSE,
    WEIGHTS,
    Folder,
    find_card,
    folder_of,
    list_pretrained,
    pretrained_folder,
    read_file,
)

__all__ = [
    "ModelCard",
    "list_pretrained",
    "load_pretrained",
    "load_snapshot",
    "load_timelapse",
    "pretrained_folder",
    "save_pretrained",
]

_MAX_HEADER_BYTES = 65_536
_TYPES = {"float32": torch.float32, "float16": torch.float16}


def load_pretrained(task: str, cell: str, folder: Folder | None = None) -> SequenceModel:
    """The trained model of that name, in evaluation mode, float32, on the CPU.

    Raises:
        PretrainedError: there is no such model (the sentence lists those that there are), or its files are damaged.
    """
    root = folder_of(folder)
    card = find_card(task, cell, root)
    return _built(card, _read_weights(root / task / cell / WEIGHTS, card))


def load_timelapse(task: str, cell: str, folder: Folder | None = None) -> tuple[tuple[int, SequenceModel], ...]:
    """The snapshots of a model's training: the training step and the model after it, from the start on.

    It is empty for a model without snapshots.

    Raises:
        PretrainedError: as `load_pretrained`.
    """
    root = folder_of(folder)
    card = find_card(task, cell, root)
    if card.timelapse is None:
        return ()
    lapse = card.timelapse
    path = root / task / cell / TIMELAPSE
    wanted = {_at(step, name): shape for step in lapse.steps for name, shape in shapes_of(card).items()}
    tensors = _tensors(path, 2 * card.parameters * len(lapse.steps), lapse.bytes, lapse.sha256, wanted, torch.float16)
    names = tuple(shapes_of(card))
    return tuple((step, _built(card, {name: tensors[_at(step, name)] for name in names})) for step in lapse.steps)


def load_snapshot(task: str, cell: str, training_step: int | None, folder: Folder | None = None) -> SequenceModel:
    """The model after so many steps of training; None gives the trained model.

    Raises:
        PretrainedError: as `load_pretrained`, or the model has no snapshot of that step (the sentence lists the steps).
    """
    if training_step is None:
        return load_pretrained(task, cell, folder)
    snapshots = dict(load_timelapse(task, cell, folder))
    if not isinstance(training_step, int) or training_step not in snapshots:
        there = ", ".join(map(str, snapshots)) or "none at all"
        raise PretrainedError(
            f"{task}/{cell} has no snapshot of training step {as_given(training_step)}: it has {there}."
        )
    return snapshots[training_step]


def save_pretrained(
    model: SequenceModel, card: ModelCard, folder: Folder, snapshots: Mapping[int, Mapping[str, Tensor]] | None = None
) -> ModelCard:
    """Write the model to `folder/<task>/<cell>/` and return its card with the sizes and checksums of the files.

    The files are first written beside their places and then moved there. An interruption therefore leaves the old
    model, or, between two moves, files that do not match, which loading refuses; it never leaves half a file.

    Args:
        model: its weights are stored in the card's precision.
        card: the card of this model.
        folder: the folder of all models.
        snapshots: training step -> weights by name; they are stored in half precision.

    Raises:
        InputError: no model, no card, or the card of another model.
        PretrainedError: the folder cannot be written.
    """
    _check_pair(model, card)
    files = {WEIGHTS: _bytes_of(model.state_dict(), _TYPES[card.precision])}
    data = files[WEIGHTS]
    card = replace(card, bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), timelapse=None)
    if snapshots:
        steps = tuple(sorted(snapshots))
        along = {_at(step, name): tensor for step in steps for name, tensor in snapshots[step].items()}
        files[TIMELAPSE] = _bytes_of(along, torch.float16)
        lapse = TimeLapse(steps, len(files[TIMELAPSE]), hashlib.sha256(files[TIMELAPSE]).hexdigest())
        card = replace(card, timelapse=lapse)
    files[CARD] = card.to_json().encode()
    place = Path(folder) / card.task / card.cell
    try:
        _write(place, files)
        if not snapshots:
            (place / TIMELAPSE).unlink(missing_ok=True)
    except OSError as error:
        raise PretrainedError(f"{place} cannot be written: {error.strerror}.") from None
    return card


def save_card(card: ModelCard, folder: Folder) -> None:
    """Write a card whose model is there and stays as it is.

    Raises:
        PretrainedError: there is no such model, or its folder cannot be written.
    """
    find_card(card.task, card.cell, folder)
    place = Path(folder) / card.task / card.cell
    try:
        _write(place, {CARD: card.to_json().encode()})
    except OSError as error:
        raise PretrainedError(f"{place} cannot be written: {error.strerror}.") from None


def _check_pair(model: SequenceModel, card: ModelCard) -> None:
    if not isinstance(model, SequenceModel):
        raise InputError(f"the model is {as_given(model)}: give a SequenceModel.")
    if not isinstance(card, ModelCard):
        raise InputError(f"the card is {as_given(card)}: give a ModelCard.")
    if {name: tuple(weight.shape) for name, weight in model.state_dict().items()} != shapes_of(card):
        raise InputError(
            f"the card of {card.task}/{card.cell} tells of weights of other sizes: give this model's card."
        )


def _write(place: Path, files: Mapping[str, bytes]) -> None:
    """Write all files beside their places, then move them there."""
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place, prefix=".partial-") as partial:
        for name, content in files.items():
            (Path(partial) / name).write_bytes(content)
        for name in files:
            (Path(partial) / name).replace(place / name)


def _at(step: int, name: str) -> str:
    """The name of a snapshot's tensor."""
    return f"{step:06d}/{name}"


def _bytes_of(tensors: Mapping[str, Tensor], kind: torch.dtype) -> bytes:
    return safetensors.torch.save(
        {name: tensor.detach().to("cpu", kind).contiguous() for name, tensor in tensors.items()}
    )


def _built(card: ModelCard, tensors: Mapping[str, Tensor]) -> SequenceModel:
    """The card's model with these weights."""
    model = build_model(card.config, card.tokenizer(), card.labels, seed=card.seed)
    model.load_state_dict({name: tensor.float() for name, tensor in tensors.items()})
    return model.eval()


def _read_weights(path: Path, card: ModelCard) -> dict[str, Tensor]:
    """The weights of the file; they must have the size, checksum, names, shapes and type that the card says."""
    kind = _TYPES[card.precision]
    return _tensors(path, kind.itemsize * card.parameters, card.bytes, card.sha256, shapes_of(card), kind)


def _tensors(
    path: Path, need: int, size: int, sha256: str, shapes: Mapping[str, tuple[int, ...]], kind: torch.dtype
) -> dict[str, Tensor]:
    """The tensors of a file, which must have that size, checksum, shapes and type; the numbers take `need` bytes."""
    data = read_file(path, need + _MAX_HEADER_BYTES)
    if len(data) != size or hashlib.sha256(data).hexdigest() != sha256:
        raise PretrainedError(f"{path} is damaged: it has not the size and the sha256 that its card says.")
    try:
        tensors = safetensors.torch.load(data)
    except (safetensors.SafetensorError, KeyError, ValueError, RuntimeError, TypeError) as error:
        raise PretrainedError(f"{path} is not a safetensors file: {error}") from None
    if {name: tuple(tensor.shape) for name, tensor in tensors.items()} != shapes:
        raise PretrainedError(f"{path} does not hold the weights of the sizes in its card")
    if not all(tensor.dtype == kind and bool(tensor.isfinite().all()) for tensor in tensors.values()):
        raise PretrainedError(f"{path} holds weights that are not finite {str(kind).removeprefix('torch.')} numbers")
    return tensors
