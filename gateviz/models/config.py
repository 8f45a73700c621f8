"""ModelConfig: the shape of a model. It needs no torch, so that a card can be checked before a model is built."""

from dataclasses import dataclass
from typing import Literal, get_args

from gateviz.errors import InputError, as_given
from gateviz.results.arguments import choice_of, finite_number, whole_number
from gateviz.results.trace import CELLS, CellName

InputKind = Literal["embedding", "one-hot", "numbers"]
AnswerKind = Literal["next", "class", "value", "text"]
Pooling = Literal["last", "mean"]
INPUT_KINDS: tuple[str, ...] = get_args(InputKind)
ANSWER_KINDS: tuple[str, ...] = get_args(AnswerKind)
POOLINGS: tuple[str, ...] = get_args(Pooling)


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """The shape of a model, without its tokenizer and labels."""

    cell: CellName
    hidden_size: int
    embedding_size: int
    """How many numbers the recurrent module reads at a step. For one-hot rows and for numbers it must be that of the
    tokenizer: as many as it has ids or features."""
    num_layers: int = 1
    bidirectional: bool = False
    inputs: InputKind = "embedding"
    answers: AnswerKind = "next"
    pooling: Pooling = "last"
    """Where a class is read: from the last state of each direction, or from the mean of all outputs."""
    scale: float = 1.0
    """For numbers: a value is divided by it before it is read, and multiplied by it when it is the answer."""
    asked_after: str = ""
    """For next tokens: the token from which on training asked for them; "" if after every token."""

    def __post_init__(self) -> None:
        """Refuse a shape that no model can have.

        Raises:
            InputError: an unknown cell, input, answer or pooling, a size below 1, a scale that is not above zero, a
                token to ask after for a model that does not answer with the next one, or two directions for a model
                that would then see what it has to predict.
        """
        choices = {"cell": CELLS, "inputs": INPUT_KINDS, "answers": ANSWER_KINDS, "pooling": POOLINGS}
        for name, allowed in choices.items():
            choice_of(name, getattr(self, name), allowed)
        for name in ("embedding_size", "hidden_size", "num_layers"):
            whole_number(name, getattr(self, name), least=1)
        finite_number("scale", self.scale, above=0)
        if not isinstance(self.bidirectional, bool):
            raise InputError(f"bidirectional is {as_given(self.bidirectional)}: give True or False.")
        if not isinstance(self.asked_after, str) or (self.asked_after and self.answers != "next"):
            raise InputError(
                f"asked_after is {as_given(self.asked_after)}: give a token to a model that answers with the next one, "
                'and "" to any other.'
            )
        if self.bidirectional and self.answers != "class":
            raise InputError(
                f"a model that answers with {self.answers!r} is bidirectional, and would see what comes next: only one "
                "that answers with a class can be."
            )

    @property
    def num_directions(self) -> int:
        """1, or 2 if bidirectional."""
        return 1 + self.bidirectional
