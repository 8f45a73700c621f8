"""What the models make of the texts: traces, tokens, answers; kept for all sessions.

If the view holds something, all this is of the run under its holds.

A cache takes the part of a `View` that its result depends on, and the rest of that View has its defaults: two visitors
who read the same text in two languages share one trace. What is cached is never changed. At 256 units and 60 tokens a
trace takes some 10 ms.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from gateviz.app.computed import models
from gateviz.app.computed.kept import kept
from gateviz.data.tokenizing.tokens import Token
from gateviz.i18n.translator import load
from gateviz.models.view import View
from gateviz.results.answers import Answers
from gateviz.results.trace import CellName, Trace

if TYPE_CHECKING:
    from gateviz.models.readings import Reading
    from gateviz.models.sequence_model import SequenceModel


def trace(view: View, cell: CellName) -> Trace:
    """Every gate at every step."""
    return reading(view, cell).trace


def reading(view: View, cell: CellName) -> "Reading":
    """What one architecture makes of the text."""
    return _reading(_of_cell(view, cell))


def _of_cell(view: View, cell: CellName) -> View:
    """What the numbers of one architecture depend on."""
    holds = tuple(hold for hold in view.holds if hold.cell == cell)
    other = view.other if any(hold.value == "other" for hold in holds) else None
    return View(view.task, (cell,), view.text, training_step=view.training_step, holds=holds, other=other)


@kept
def _reading(view: View) -> "Reading":
    found = reading_by(models.of_view(view, view.cells[0]), view)
    _ = found.trace  # computed here: whoever asks for the same at the same time waits for it and does not repeat it
    return found


def reading_by(model: "SequenceModel", view: View) -> "Reading":
    """The text read by this model. A decoder writes as much as the trained one of the task's last architecture."""
    from gateviz.models.readings import Reading  # noqa: PLC0415

    return Reading(model, view.text, lambda: models.last_of(view.task), view.holds, view.other)


def python_lines(view: View) -> str | None:
    """The lines of Python that make the runs under the view's holds again; None if nothing is held."""
    from gateviz.models.holds_as_python import python_of  # noqa: PLC0415

    held = [cell for cell in view.cells if any(hold.cell == cell for hold in view.holds)]
    lines = [python_of(reading(view, cell), view.task, view.training_step) for cell in held]
    return "\n\n".join(lines) or None


def tokens(view: View) -> tuple[Token, ...]:
    """What is read at each step: what was typed, and what the decoders wrote."""
    from gateviz.models.readings import tokens_of  # noqa: PLC0415

    return tokens_of([reading(view, cell) for cell in view.cells])


def answers(view: View, cell: CellName) -> Answers:
    """What one architecture answered after every token, in the view's language."""
    return _answers(replace(_of_cell(view, cell), language=view.language))


@kept
def _answers(view: View) -> Answers:
    return reading(view, view.cells[0]).answers(load(view.language), view.task)
