"""How a picture opens: at which step and unit, with which sentence, what each cell says in the end, and what to try."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateviz.results.trace import CellName


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of the sentence."""

    text: str
    step: int | None = None
    """The step of the token that these words are; None: they are no token."""
    value: float | None = None
    """The number that these words are; None: they are no number."""
    tells: bool = False
    """Whether these words tell how the text ends for a cell: they can be kept covered."""
    aside: bool = False
    """Whether the sentence goes without them where there is little room."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What one cell says in the end, as it stands beside its name: "says at the end", "Spanish", "1.00"."""

    before: str
    answer: str
    after: str = ""
    value: float | None = None
    """The number in it; None if there is none."""
    rule: Mapping[str, Any] = field(default_factory=dict)
    """How it follows from the answers, for the browser, where a gate is held: viewer/js/column/ending_rules.js."""


@dataclass(frozen=True, slots=True)
class Try:
    """Something to hold in a picture, ready to try: "it forgets France"."""

    text: str
    """What would be: the end of "What if …"."""
    holds: str
    """What makes it so, as a link writes it (`models/holds.py`)."""
    step: int
    """The step at which it is to be seen."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The step and the unit to begin with, and one computed sentence of what there is to see."""

    step: int
    unit: int | None
    """A unit that every cell has; None leaves the choice to the picture."""
    parts: tuple[Part, ...]
    endings: Mapping[CellName, Ending] = field(default_factory=dict)
    tries: tuple[Try, ...] = ()
