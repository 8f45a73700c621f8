"""ModelCard: what a shipped model is, how it was made and how good it is, as card.json says it.

    card = ModelCard.from_json(path.read_text(encoding="utf-8"))      # or PretrainedError, in one sentence
    card.metric.value, card.baselines[0].value                        # of the model, and of what it has to beat

A card may come from anywhere, so the type and the range of each field are checked (`json_records`) before a model is
built from it.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import product
from typing import Literal

from gateviz.data.corpora.sources import DataSource
from gateviz.data.tokenizing.tokenizers import tokenizer_of
from gateviz.data.tokenizing.tokens import Tokenizer, TokenKind
from gateviz.errors import InputError, PretrainedError, as_given
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.pretrained.json_records import record_of
from gateviz.results.signals import SUMMED
from gateviz.results.trace import CellName

FORMAT = 2
"""It is raised whenever a reader of older cards would misread a new card."""

MAX_PARAMETERS = 16_000_000
"""No card may describe a larger model, because memory is allocated for what it describes."""

SNAPSHOTS = 12
"""How many snapshots a time lapse has at most."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")

Precision = Literal["float32", "float16"]


@dataclass(frozen=True, slots=True)
class Score:
    """A figure on held-out data."""

    name: str
    """The name of what was measured, or of the baseline."""
    unit: str
    """Such as "bits per character" or "accuracy"."""
    value: float
    on: str
    """Which data it was measured on."""
    better: Literal["lower", "higher"] = "lower"


@dataclass(frozen=True, slots=True)
class Sample:
    """A few held-out texts and the figure on them alone, so that the weights can be checked without the data."""

    texts: tuple[str, ...]
    answers: tuple[str, ...]
    """The right answer for each text; empty if the texts themselves say what is right."""
    value: float
    """In the metric's unit."""


@dataclass(frozen=True, slots=True)
class TimeLapse:
    """Snapshots of the weights during the training, in timelapse.safetensors."""

    steps: tuple[int, ...]
    """After which steps they were taken, ascending; 0 is the start."""
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelCard:
    """All that is known of one shipped model; the fields are those of card.json."""

    task: str
    config: ModelConfig
    tokens: TokenKind
    """What the tokenizer cuts a text into."""
    vocabulary: tuple[str, ...]
    """The entries of the tokenizer, in the order of their ids; for numbers, the names of their features."""
    labels: tuple[str, ...]
    """The names of the answers, in the order of the outputs; empty if the answers are tokens."""
    data: DataSource
    recipe: Mapping[str, str | int | float]
    """The command that made it, and every setting."""
    seed: int
    steps: int
    seconds: float
    """Wall time of the training, in seconds."""
    machine: str
    metric: Score
    baselines: tuple[Score, ...]
    details: Mapping[str, float]
    """Further figures on held-out data, such as one for each construction."""
    sample: Sample
    parameters: int
    """How many numbers the model has as weights, including embedding and head."""
    good_for: Bilingual
    fails_at: Bilingual
    precision: Precision = "float16"
    """Of the numbers in the file; the loaded model has float32."""
    bytes: int = 0
    """Size of model.safetensors; `save_pretrained` sets it."""
    sha256: str = ""
    """Checksum of model.safetensors; `save_pretrained` sets it."""
    timelapse: TimeLapse | None = field(default=None)
    """None if there are no snapshots; `save_pretrained` sets it."""

    @property
    def cell(self) -> CellName:
        """The architecture: rnn, lstm or gru."""
        return self.config.cell

    def tokenizer(self) -> Tokenizer:
        """The tokenizer with the card's vocabulary.

        Raises:
            InputError: a vocabulary that its kind cannot have.
        """
        return tokenizer_of(self.tokens, self.vocabulary)

    def to_json(self) -> str:
        """The text of card.json."""
        data = {"format": FORMAT, "task": self.task, "cell": self.cell, **asdict(self)}
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "ModelCard":
        """The card that `text` describes.

        Raises:
            PretrainedError: the text is no JSON, a field is missing, unknown or of the wrong type, or no model can have
                these values.
        """
        if not isinstance(text, str):
            raise PretrainedError(f"the card is {as_given(text)}: give the text of a card.json.")
        try:
            data = json.loads(text, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise PretrainedError("the card is not JSON") from None
        if not isinstance(data, dict) or data.pop("format", None) != FORMAT:
            raise PretrainedError(f"the card is not one of format {FORMAT}")
        cell = data.pop("cell", None)
        card = record_of(cls, data, "card")
        _check(card)
        if cell != card.cell:
            raise PretrainedError(f"the card's cell is not the {card.cell} of its config")
        return card


def parameter_shapes(config: ModelConfig, tokens: int, outputs: int) -> dict[str, tuple[int, ...]]:
    """Name -> shape of every weight of a model, without building it.

    Args:
        config: the shape of the model.
        tokens: how many ids its tokenizer has, including the unknown's.
        outputs: how many columns its logits have.
    """
    width, hidden = config.embedding_size, config.hidden_size
    rows = len(SUMMED[config.cell]) * hidden
    read = hidden * config.num_directions  # by the head, and by each layer above the first
    shapes: dict[str, tuple[int, ...]] = {"head.weight": (outputs, read), "head.bias": (outputs,)}
    if config.inputs == "embedding":
        shapes["embedding.weight"] = (tokens, width)
    modules: tuple[str, ...] = ("recurrent",)
    if config.answers == "text":
        shapes["written.weight"] = (outputs, width)
        modules = ("recurrent", "decoder")
    for module, layer in product(modules, range(config.num_layers)):
        for suffix in (f"l{layer}", f"l{layer}_reverse")[: config.num_directions]:
            shapes[f"{module}.weight_ih_{suffix}"] = (rows, read if layer else width)
            shapes[f"{module}.weight_hh_{suffix}"] = (rows, hidden)
            shapes[f"{module}.bias_ih_{suffix}"] = shapes[f"{module}.bias_hh_{suffix}"] = (rows,)
    return shapes


def shapes_of(card: ModelCard) -> dict[str, tuple[int, ...]]:
    """Name -> shape of every weight of the card's model.

    Raises:
        InputError: a vocabulary that its kind cannot have.
    """
    tokenizer = card.tokenizer()
    outputs = len(tokenizer.entries) if card.config.answers == "next" else len(card.labels)
    return parameter_shapes(card.config, len(tokenizer), outputs)


def _check(card: ModelCard) -> None:
    """Refuse a card whose fields have the right types but contradict each other."""
    config = card.config
    if not _NAME.fullmatch(card.task):
        raise PretrainedError("the card's task is not a name of lower-case letters, digits and hyphens")
    hashes = [card.sha256, *([card.timelapse.sha256] if card.timelapse else [])]
    if not all(map(_SHA256.fullmatch, hashes)):
        raise PretrainedError("the card's sha256 is not 64 hexadecimal digits")
    if card.timelapse and list(card.timelapse.steps) != sorted(set(card.timelapse.steps))[:SNAPSHOTS]:
        raise PretrainedError(f"the card's time lapse is not one of at most {SNAPSHOTS} ascending steps")
    if max(config.embedding_size, config.hidden_size) > MAX_PARAMETERS or config.num_layers > 16:
        raise PretrainedError(f"the card asks for a model of more than {MAX_PARAMETERS} parameters or 16 layers")
    if config.asked_after and config.asked_after not in card.vocabulary:
        raise PretrainedError("the card's asked_after is not in its vocabulary")
    if (config.answers == "next") == bool(card.labels) or len(set(card.labels)) != len(card.labels):
        raise PretrainedError("the card's labels are not distinct names of what its model answers")
    try:
        parameters = sum(math.prod(shape) for shape in shapes_of(card).values())
    except InputError:
        raise PretrainedError("the card's vocabulary is empty or names a token twice") from None
    if parameters > MAX_PARAMETERS or parameters != card.parameters:
        raise PretrainedError(
            f"the card says {card.parameters} parameters, its sizes give {parameters}; at most {MAX_PARAMETERS} may be"
        )


def _refuse_constant(name: str) -> float:
    """Refuse NaN and Infinity, which Python reads although JSON does not have them."""
    raise ValueError(name)
