"""ModelCard: what a shipped model is, how it was made and how good it is; read from card.json with nothing believed.

    card = ModelCard.from_json(path.read_text(encoding="utf-8"))      # or PretrainedError, in one sentence
    card.metric.value, card.baseline.value                            # bits per character, of the model and the n-gram

A card may come from anywhere, so each field's type and range is checked before anyone builds by it.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar, get_args, get_origin

from gateviz.data.corpora import DataSource
from gateviz.data.vocabulary import Vocabulary
from gateviz.errors import GatevizError, PretrainedError
from gateviz.models import ModelConfig
from gateviz.trace import CellName

FORMAT = 1
"""Rises when a reader of older cards would misread a new one."""

MAX_PARAMETERS = 16_000_000
"""No card may ask for a larger model: what it asks for is allocated."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_GATES = {"rnn": 1, "lstm": 4, "gru": 3}
_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence or more, in both languages."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Score:
    """A figure on held-out data."""

    name: str
    """What was measured, or which baseline."""
    unit: str
    """Such as "bits per character"."""
    value: float
    on: str
    """Which data it was measured on."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A short passage of the held-out text and its figure, so that the weights can be checked without the data."""

    text: str
    value: float
    """In the metric's unit."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """All that is known of one shipped model; the fields are those of card.json."""

    task: str
    config: ModelConfig
    vocabulary: str
    """The known characters, in the order of their ids."""
    data: DataSource
    recipe: Mapping[str, str | int | float]
    """The command that made it, and every setting."""
    seed: int
    steps: int
    seconds: float
    """Wall time of the training, in seconds."""
    machine: str
    metric: Score
    baseline: Score
    sample: Sample
    parameters: int
    """How many numbers the weights are, embedding and head included."""
    good_for: Words
    fails_at: Words
    bytes: int = 0
    """Size of model.safetensors; `save_pretrained` fills it in."""
    sha256: str = ""
    """Of model.safetensors; `save_pretrained` fills it in."""

    @property
    def cell(self) -> CellName:
        """The architecture: rnn, lstm or gru."""
        return self.config.cell

    def to_json(self) -> str:
        """The text of card.json."""
        data = {"format": FORMAT, "task": self.task, "cell": self.cell, **asdict(self)}
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "ModelCard":
        """The card that `text` describes.

        Raises:
            PretrainedError: not JSON, a field too many, missing or of the wrong type, or values that no model has.
        """
        try:
            data = json.loads(text, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise PretrainedError("the card is not JSON") from None
        if not isinstance(data, dict) or data.pop("format", None) != FORMAT:
            raise PretrainedError(f"the card is not one of format {FORMAT}")
        cell = data.pop("cell", None)
        card = _record(cls, data, "card")
        _check(card)
        if cell != card.cell:
            raise PretrainedError(f"the card's cell is not the {card.cell} of its config")
        return card


def parameter_shapes(config: ModelConfig, vocabulary: Vocabulary) -> dict[str, tuple[int, ...]]:
    """Name -> shape of every weight of a SequenceModel, known without building it."""
    width, hidden, outputs = config.embedding_size, config.hidden_size, len(vocabulary.characters)
    rows = _GATES[config.cell] * hidden
    shapes: dict[str, tuple[int, ...]] = {
        "embedding.weight": (len(vocabulary), width),
        "head.weight": (outputs, hidden),
        "head.bias": (outputs,),
    }
    for layer in range(config.num_layers):
        shapes[f"recurrent.weight_ih_l{layer}"] = (rows, hidden if layer else width)
        shapes[f"recurrent.weight_hh_l{layer}"] = (rows, hidden)
        shapes[f"recurrent.bias_ih_l{layer}"] = shapes[f"recurrent.bias_hh_l{layer}"] = (rows,)
    return shapes


def _check(card: ModelCard) -> None:
    """Refuse a card whose fields have the right types but cannot be true together."""
    config = card.config
    if not _NAME.fullmatch(card.task):
        raise PretrainedError("the card's task is not a name of lower-case letters, digits and hyphens")
    if not _SHA256.fullmatch(card.sha256):
        raise PretrainedError("the card's sha256 is not 64 hexadecimal digits")
    if max(config.embedding_size, config.hidden_size) > MAX_PARAMETERS or config.num_layers > 16:
        raise PretrainedError(f"the card asks for a model of more than {MAX_PARAMETERS} parameters or 16 layers")
    try:
        shapes = parameter_shapes(config, Vocabulary(tuple(card.vocabulary)))
    except ValueError:
        raise PretrainedError("the card's vocabulary is empty or names a character twice") from None
    parameters = sum(math.prod(shape) for shape in shapes.values())
    if parameters > MAX_PARAMETERS or parameters != card.parameters:
        raise PretrainedError(
            f"the card says {card.parameters} parameters, its sizes give {parameters}; at most {MAX_PARAMETERS} may be"
        )


def _record(kind: type[_Record], data: object, where: str) -> _Record:
    """`data`, a JSON object, as the dataclass `kind`, every field of the declared type and none besides."""
    wanted = {field.name: field.type for field in fields(kind)}  # type: ignore[arg-type]  # kind is a dataclass
    if not isinstance(data, dict) or data.keys() != wanted.keys():
        odd = sorted(wanted.keys() ^ data.keys()) if isinstance(data, dict) else []
        raise PretrainedError(f"the {where} has fields missing or too many: {', '.join(map(str, odd))[:200]}")
    values = {name: _value(type_, data[name], f"{where}'s {name}") for name, type_ in wanted.items()}
    try:
        return kind(**values)
    except GatevizError as error:
        raise PretrainedError(f"the {where} is not valid: {str(error)[:200]}") from None


def _value(kind: Any, value: object, where: str) -> Any:
    """`value` if it is a `kind`: str, int, float, a mapping of those, a Literal, or a dataclass."""
    if hasattr(kind, "__dataclass_fields__"):
        return _record(kind, value, where)
    if get_origin(kind) is Mapping:
        if isinstance(value, dict) and all(_is(k, (str,)) and _is(v, (str, int, float)) for k, v in value.items()):
            return value
    elif kind is float and _is(value, (int, float)):
        return float(value)  # type: ignore[arg-type]
    elif _is(value, (kind,)) if isinstance(kind, type) else value in get_args(kind):
        return value
    raise PretrainedError(f"the {where} has the wrong type or range")


def _is(value: object, kinds: tuple[type, ...]) -> bool:
    """Whether a JSON value has one of the types: no truth value for a number, none below zero, no half characters."""
    if isinstance(value, bool) or not isinstance(value, kinds):
        return False
    if isinstance(value, str):
        return not _SURROGATE.search(value)
    return not isinstance(value, (int, float)) or 0 <= value < math.inf


def _refuse_constant(name: str) -> float:
    """JSON has no NaN and no Infinity, though Python reads them."""
    raise ValueError(name)
