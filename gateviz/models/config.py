"""ModelConfig: the shape of a SequenceModel. No torch: a card is checked by it before anything is built."""

from dataclasses import dataclass
from typing import Literal

from gateviz.errors import InputError
from gateviz.results.trace import CELLS, CellName

InputKind = Literal["embedding", "one-hot", "numbers"]
AnswerKind = Literal["next", "class", "value", "text"]
Pooling = Literal["last", "mean"]


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """The shape of a model, its vocabulary and labels aside."""

    cell: CellName
    hidden_size: int
    embedding_size: int
    """Width of what goes into the recurrent module: of the embedding; of one-hot rows and of numbers it follows from
    the vocabulary and must agree with it."""
    num_layers: int = 1
    bidirectional: bool = False
    inputs: InputKind = "embedding"
    answers: AnswerKind = "next"
    pooling: Pooling = "last"
    """What a class is read from: the last state of each direction, or the mean of all outputs."""
    scale: float = 1.0
    """Of numbers: what a value is divided by before it is read, and multiplied by when it is the answer."""

    def __post_init__(self) -> None:
        """Refuse what no module could have.

        Raises:
            InputError: an unknown cell, a size below 1, a scale that is not above zero, or a reading in both
                directions by a model that answers with what comes next.
        """
        if self.cell not in CELLS:
            raise InputError(f"cell must be one of {', '.join(CELLS)}, got {self.cell!r}")
        for name in ("embedding_size", "hidden_size", "num_layers"):
            if getattr(self, name) < 1:
                raise InputError(f"{name} must be at least 1, got {getattr(self, name)}")
        if not self.scale > 0:
            raise InputError(f"scale must be above 0, got {self.scale}")
        if self.bidirectional and self.answers != "class":
            raise InputError("only a model that answers with a class can read in both directions: others see what came")

    @property
    def num_directions(self) -> int:
        """1, or 2 if bidirectional."""
        return 1 + self.bidirectional
