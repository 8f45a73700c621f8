"""The models that ship: a folder a model, `<task>/<cell>/`, with model.safetensors and card.json; nothing is unpickled.

    for card in gateviz.list_pretrained(): print(card.task, card.cell, card.metric.value)
    model = gateviz.load_pretrained("timemachine", "lstm")

They are looked for in the folder that the environment's GATEVIZ_PRETRAINED names, else in `pretrained` of the source
tree, else inside the installed package. Before a model is built its card is checked, the file's size compared with it
and with what the sizes in the card need, and the file's sha256 compared; so a damaged, renamed or hostile file is one
PretrainedError.
"""

import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path

import safetensors
import safetensors.torch
import torch
from torch import Tensor

from gateviz.cards import ModelCard, parameter_shapes
from gateviz.data.vocabulary import Vocabulary
from gateviz.errors import PretrainedError
from gateviz.models import SequenceModel
from gateviz.shelf import CARD, WEIGHTS, names, pretrained_folder

__all__ = ["ModelCard", "list_pretrained", "load_pretrained", "pretrained_folder", "save_pretrained"]

_MAX_CARD_BYTES = 1_000_000
_MAX_HEADER_BYTES = 65_536


def list_pretrained(folder: Path | None = None) -> list[ModelCard]:
    """The cards of all models in `folder` (by default `pretrained_folder()`), by task, then rnn, lstm, gru.

    Raises:
        PretrainedError: a card that is damaged or stands in another model's folder.
    """
    root = pretrained_folder() if folder is None else folder
    return [_read_card(root, task, cell) for task, cell in names(root)]


def load_pretrained(task: str, cell: str, folder: Path | None = None) -> SequenceModel:
    """The trained model of that name, in evaluation mode, float32, on the CPU.

    Raises:
        PretrainedError: there is none of that name (the sentence lists the choices), or its files are not right.
    """
    root = pretrained_folder() if folder is None else folder
    present = names(root)
    if (task, cell) not in present:
        choices = ", ".join(f"{t}/{c}" for t, c in present) or "none at all"
        raise PretrainedError(f"there is no model {task}/{cell} in {root}; there is {choices}")
    card = _read_card(root, task, cell)
    tensors = _read_weights(root / task / cell / WEIGHTS, card)
    model = SequenceModel(card.config, Vocabulary(tuple(card.vocabulary)), seed=card.seed)
    model.load_state_dict(tensors)
    return model.eval()


def save_pretrained(model: SequenceModel, card: ModelCard, folder: Path) -> ModelCard:
    """Write the model to `folder/<task>/<cell>/` and give back its card, now with the file's size and sha256.

    Both files are written in full beside their places and only then moved there: an interruption leaves the old
    model, or, between the two moves, a mismatch that loading refuses; never half a file.
    """
    tensors = {name: tensor.detach().float().cpu().contiguous() for name, tensor in model.state_dict().items()}
    data = safetensors.torch.save(tensors)
    card = replace(card, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
    place = folder / card.task / card.cell
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place, prefix=".partial-") as partial:
        (Path(partial) / WEIGHTS).write_bytes(data)
        (Path(partial) / CARD).write_text(card.to_json(), encoding="utf-8", newline="\n")
        for name in (WEIGHTS, CARD):
            (Path(partial) / name).replace(place / name)
    return card


def _read_card(root: Path, task: str, cell: str) -> ModelCard:
    """The card in that folder, which must be that model's."""
    path = root / task / cell / CARD
    data = _read(path, _MAX_CARD_BYTES)
    try:
        card = ModelCard.from_json(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise PretrainedError(f"{path} is not UTF-8 text") from None
    except PretrainedError as error:
        raise PretrainedError(f"{path} cannot be used: {error}") from None
    if (card.task, card.cell) != (task, cell):
        raise PretrainedError(f"{path} is the card of {card.task}/{card.cell}, not of {task}/{cell}")
    return card


def _read_weights(path: Path, card: ModelCard) -> dict[str, Tensor]:
    """The tensors of the file, which must be those that the card tells of, in size, content, names, shapes and type."""
    shapes = parameter_shapes(card.config, Vocabulary(tuple(card.vocabulary)))
    data = _read(path, 4 * card.parameters + _MAX_HEADER_BYTES)
    if len(data) != card.bytes or hashlib.sha256(data).hexdigest() != card.sha256:
        raise PretrainedError(f"{path} is damaged: it is not the file that its card tells of, by size or sha256")
    try:
        tensors = safetensors.torch.load(data)
    except (safetensors.SafetensorError, KeyError, ValueError, RuntimeError, TypeError) as error:
        raise PretrainedError(f"{path} is not a safetensors file: {error}") from None
    if {name: tuple(tensor.shape) for name, tensor in tensors.items()} != shapes:
        raise PretrainedError(f"{path} does not hold the weights of a {card.cell} of the sizes in its card")
    if not all(tensor.dtype == torch.float32 and bool(tensor.isfinite().all()) for tensor in tensors.values()):
        raise PretrainedError(f"{path} holds weights that are not finite float32 numbers")
    return tensors


def _read(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most `limit`, its size checked before it is read."""
    if not path.is_file():
        raise PretrainedError(f"{path} is missing")
    try:
        size = path.stat().st_size
        if size > limit:
            raise PretrainedError(f"{path} has {size} bytes, more than the {limit} that it could need")
        return path.read_bytes()
    except OSError as error:
        raise PretrainedError(f"{path} cannot be read: {error.strerror}") from None
