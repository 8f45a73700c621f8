"""What the engine in the browser reads of a model: a card with what it needs, and the weights as they ship.

    name = name_of(card)                  # "hometown/lstm/6f0c...": names these weights and no others
    card_file(card), weights_file(card)   # the two files, as bytes

A model as it was along its training has a name and files like any other.
"""

import json
import re

from gateviz.errors import PretrainedError
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.folder import WEIGHTS, Folder, find_card, folder_of, read_file

NAME = re.compile(r"([a-z0-9-]{1,60})/(rnn|lstm|gru)(?:@([0-9]{1,7}))?/([0-9a-f]{16})")
"""The task, the cell, the training step if there is one, and the beginning of the file's sha256."""

MOST_BYTES = 16 * 2**20


def name_of(card: ModelCard, training_step: int | None = None) -> str:
    """The name by which a browser asks for these weights. Other weights have another name.

    Raises:
        PretrainedError: the model has no snapshot of that training step.
    """
    if training_step is None:
        return f"{card.task}/{card.cell}/{card.sha256[:16]}"
    if card.timelapse is None or training_step not in card.timelapse.steps:
        raise PretrainedError(f"{card.task}/{card.cell} has no snapshot of training step {training_step}.")
    return f"{card.task}/{card.cell}@{training_step}/{card.timelapse.sha256[:16]}"


def card_file(card: ModelCard, training_step: int | None = None) -> bytes:
    """What the engine must know besides the weights, as JSON: the shape, tokens, outputs, and the rhymes of poems.

    It has the sha256 of the weights' file, except for a snapshot, which lies in a file with others.
    """
    whole = json.loads(card.to_json())
    kept = {name: whole[name] for name in ("task", "cell", "config", "tokens", "vocabulary", "labels")}
    kept["recipe"] = {name: value for name, value in whole["recipe"].items() if name == "rhymes"}
    if training_step is None:
        kept |= {"bytes": card.bytes, "sha256": card.sha256}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def weights_file(card: ModelCard, training_step: int | None = None, folder: Folder | None = None) -> bytes:
    """The weights as a safetensors file: as it ships, or made of one snapshot in half precision.

    Raises:
        PretrainedError: the file is missing or damaged, or has no snapshot of that training step.
    """
    if training_step is None:
        data = read_file(folder_of(folder) / card.task / card.cell / WEIGHTS, card.bytes)
        if len(data) != card.bytes:
            raise PretrainedError(f"the weights of {card.task}/{card.cell} have {len(data)} bytes, not {card.bytes}.")
        return data
    return _snapshot(card, training_step, folder)


def find_file(path: str, folder: Folder | None = None) -> bytes | None:
    """The file that a browser asks for, such as "hometown/lstm/6f0c....safetensors"; None if there is none.

    Weights of more than MOST_BYTES are not given out, because a phone would wait for them and has no room for their
    numbers. The server reads with them instead (`gateviz.app.server.held`).
    """
    name, _, kind = path.rpartition(".")
    found = NAME.fullmatch(name)
    if found is None or kind not in ("json", "safetensors"):
        return None
    training_step = int(found[3]) if found[3] else None
    try:
        card = find_card(found[1], found[2], folder)
        if name_of(card, training_step) != name:
            return None
        if kind == "json":
            return card_file(card, training_step)
        return weights_file(card, training_step, folder) if card.bytes <= MOST_BYTES else None
    except PretrainedError:
        return None


def _snapshot(card: ModelCard, training_step: int, folder: Folder | None) -> bytes:
    import safetensors.torch  # noqa: PLC0415

    from gateviz.pretrained.files import load_snapshot  # noqa: PLC0415

    model = load_snapshot(card.task, card.cell, training_step, folder)
    return safetensors.torch.save({name: tensor.half().contiguous() for name, tensor in model.state_dict().items()})
