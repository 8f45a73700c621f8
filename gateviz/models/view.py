"""View: one picture, named completely. The caches and the export take it, and a link writes it down."""

from dataclasses import dataclass

from gateviz.models.holds import Hold
from gateviz.results.trace import CellName, Direction


@dataclass(frozen=True, slots=True)
class View:
    """Which models are shown, on which text, and which part of them. Two equal views show the same numbers."""

    task: str
    """Which trio of models, such as "timemachine"."""
    cells: tuple[CellName, ...]
    """The architectures, in the order in which they stand."""
    text: str
    """What the models read."""
    layer: int = 0
    """Counts from 0, the lowest; negative numbers count from the top."""
    direction: Direction = "forward"
    language: str = "en"
    """Of the words around the picture, such as "en" or "zh"."""
    training_step: int | None = None
    """The models as they were after so many steps of training; None means the trained ones."""
    holds: tuple[Hold, ...] = ()
    """What is held while the models read."""
    other: str | None = None
    """The sentence that this one is compared with; a hold may take its values from there."""
