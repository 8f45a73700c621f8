"""What a person chooses for a training: the task, its length, the sizes, the start, the budget. It needs no torch."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Literal, NamedTuple, get_args

from gateviz.errors import InputError, TextError
from gateviz.results.arguments import choice_of, finite_number, whole_number

Same = Literal["units", "parameters"]
SAMES: tuple[Same, ...] = get_args(Same)

UNITS = (4, 8, 16, 32, 64, 128)
RATES = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 1.0)
CLIPS = (0.1, 1.0, 10.0, 1e6)
"""The greatest norm of a gradient; the last is no clipping at all."""
BIASES = (None, 0.0, 1.0, 2.0, 3.0)
"""The sum of the LSTM's two forget biases at the start; None: as PyTorch draws them."""


def bias_name(bias: float | None) -> str:
    """A forget bias as the page and links have it: "1", or "default"."""
    return "default" if bias is None else f"{bias:g}"


STEPS = (100, 200, 500, 1000, 2000, 4000)
MAX_SEED = 2**32 - 1

OWN_TEXT = "own-text"
SHORTEST_TEXT, LONGEST_TEXT = 500, 200_000
"""Characters of a text of one's own."""


class Lengths(NamedTuple):
    """How long the texts of a task may be."""

    least: int
    most: int
    usual: int


LENGTHS: Mapping[str, Lengths] = {
    "hometown": Lengths(4, 80, 40),
    "hometown-zh": Lengths(4, 80, 40),
    "temporal-order": Lengths(10, 200, 60),
    "adding": Lengths(2, 200, 40),
    "copy": Lengths(0, 60, 10),
    "counting": Lengths(2, 30, 10),
    "brackets": Lengths(2, 100, 30),
    OWN_TEXT: Lengths(8, 100, 40),
}
"""Task -> how many words or characters stand between fact and question, symbols, numbers, the gap, the longest n,
brackets, or how many characters back the gradient goes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """A training, completely named: the same settings give the same weights on the same machine."""

    task: str
    length: int
    units: int
    """Of the LSTM; of all three with `same` "units"."""
    same: Same
    learning_rate: float
    clip: float
    forget_bias: float | None
    seed: int
    steps: int
    text: str = ""
    """To train on, for a text of one's own."""

    def __post_init__(self) -> None:
        """Refuse what cannot be trained with (InputError), and such a text (TextError)."""
        choice_of("task", self.task, tuple(LENGTHS))
        least, most, _ = LENGTHS[self.task]
        for name, low, high in (
            ("length", least, most),
            ("units", 1, UNITS[-1]),
            ("seed", 0, MAX_SEED),
            ("steps", 1, STEPS[-1]),
        ):
            whole_number(name, getattr(self, name), low, high)
        choice_of("same", self.same, SAMES)
        for name in ("learning_rate", "clip"):
            finite_number(name, getattr(self, name), above=0)
        if self.forget_bias is not None:
            finite_number("forget_bias", self.forget_bias)
        if self.task == OWN_TEXT:
            check_own_text(self.text)

    def as_card(self) -> dict[str, str | int | float]:
        """For the card of a model: all of it but the text."""
        said = {name: value for name, value in asdict(self).items() if name != "text"}
        return said | {"forget_bias": "as PyTorch draws it" if self.forget_bias is None else self.forget_bias}


_USUAL = {
    "hometown": Settings("hometown", 40, 32, "units", 0.003, 1.0, 1.0, 0, 1000),
    "temporal-order": Settings("temporal-order", 60, 32, "units", 0.01, 1.0, 1.0, 0, 2000),
    "adding": Settings("adding", 40, 32, "units", 0.01, 1.0, 1.0, 0, 1000),
    "copy": Settings("copy", 10, 64, "units", 0.01, 1.0, 1.0, 0, 2000),
    "counting": Settings("counting", 10, 8, "units", 0.01, 1.0, 3.0, 0, 1000),
    "brackets": Settings("brackets", 30, 32, "units", 0.01, 1.0, 1.0, 0, 500),
}


def usual(task: str, text: str = "") -> Settings:
    """The settings that a task begins with.

    Raises:
        InputError: no such task; TextError: a text of one's own that cannot be trained on.
    """
    choice_of("task", task, tuple(LENGTHS))
    if task == OWN_TEXT:
        return Settings(OWN_TEXT, LENGTHS[OWN_TEXT].usual, 64, "units", 0.01, 1.0, 1.0, 0, 1000, text)
    return _USUAL[task] if task in _USUAL else replace(_USUAL["hometown"], task=task)


def check_own_text(text: str) -> None:
    """Refuse a text that is too short, too long or of one character.

    Raises:
        TextError: it is; the sentence says what would be right.
    """
    if not isinstance(text, str):
        raise InputError("the text is no text: give a str.")
    count = len(text)
    if not SHORTEST_TEXT <= count <= LONGEST_TEXT:
        raise TextError(
            f"the text has {count:,} characters: to be trained on it needs {SHORTEST_TEXT:,} to {LONGEST_TEXT:,}.",
            code="error.own_text_length",
            count=f"{count:,}",
            least=f"{SHORTEST_TEXT:,}",
            most=f"{LONGEST_TEXT:,}",
        )
    if len(set(text)) == 1:
        raise TextError(
            "the text has one character only: there is nothing to predict, so give one with several.",
            code="error.own_text_same",
        )
