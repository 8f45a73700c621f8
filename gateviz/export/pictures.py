"""What is exported of a sentence: the picture, packed, with what stands above it, and the models that made it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from gateviz.i18n.translator import load
from gateviz.models.readings import Reading, tokens_of
from gateviz.models.sequence_model import SequenceModel
from gateviz.models.view import View
from gateviz.openings import opening_of
from gateviz.pretrained.browser_files import card_file, name_of, weights_file
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.catalogue import caption
from gateviz.pretrained.files import load_pretrained, load_snapshot
from gateviz.pretrained.folder import find_card, names, pretrained_folder
from gateviz.results.opening import Opening
from gateviz.results.trace import CELLS, CellName
from gateviz.viewer.packing.picture import Run, picture


@dataclass(frozen=True, eq=False)
class Trio:
    """The models of a task, as they were at a step of their training; None means the trained ones."""

    cards: Mapping[CellName, ModelCard]
    training_step: int | None = None

    @classmethod
    def of(cls, task: str, cells: Sequence[CellName] = (), training_step: int | None = None) -> "Trio":
        """These architectures of a task; all that there are unless some are named.

        Raises:
            PretrainedError: a task or an architecture that is not there, or a damaged card.
        """
        found = cells or [cell for name, cell in names(pretrained_folder()) if name == task]
        return cls({cell: find_card(task, cell) for cell in found or CELLS}, training_step)

    @property
    def task(self) -> str:
        """The task of all of them."""
        return self.first.task

    @property
    def first(self) -> ModelCard:
        """The card of the first."""
        return next(iter(self.cards.values()))

    def read(self, text: str) -> dict[CellName, Reading]:
        """The text as each of them reads it.

        Raises:
            TextError: the text is empty or cannot be read.
            PretrainedError: a model, or a snapshot of its training, that is not there.
        """
        last = [cell for task, cell in names(pretrained_folder()) if task == self.task][-1]
        beside = cache(lambda: load_pretrained(self.task, last))
        return {cell: Reading(model, text, beside) for cell, model in self._models.items()}

    def files(self) -> dict[str, bytes]:
        """Name -> what the engine in the browser reads of each: its card and its weights."""
        step, found = self.training_step, dict[str, bytes]()
        for card in self.cards.values():
            name = name_of(card, step)
            found |= {f"{name}.json": card_file(card, step), f"{name}.safetensors": weights_file(card, step)}
        return found

    @cached_property
    def _models(self) -> dict[CellName, SequenceModel]:
        return {cell: load_snapshot(self.task, cell, self.training_step) for cell in self.cards}


def opening_in(view: View, readings: Mapping[CellName, Reading]) -> Opening:
    """What there is to see in the picture of a view."""
    say = load(view.language)
    answers = {cell: reading.answers(say, view.task) for cell, reading in readings.items()}
    return opening_of(view, readings, answers, say)


def packed_picture(view: View, trio: Trio, readings: Mapping[CellName, Reading]) -> bytes:
    """The picture of a view, which fetches nothing but the models that it names.

    Raises:
        InputError: an unknown language.
        SignalError: a layer or direction that the models do not have.
    """
    say = load(view.language)
    runs = {
        cell: Run(
            reading.trace,
            reading.answers(say, view.task),
            caption(trio.cards[cell], say, view.training_step),
            name_of(trio.cards[cell], view.training_step),
        )
        for cell, reading in readings.items()
    }
    tokens, opening = tokens_of(list(readings.values())), opening_in(view, readings)
    return picture(runs, view.text, tokens, layer=view.layer, direction=view.direction, say=say, opening=opening)
