"""What the models make of the texts: traces, tokens, answers; kept for all sessions.

A cache takes the part of a `View` that its result depends on, and the rest of that View has its defaults: two visitors
who read the same text in two languages share one trace. What is cached is never changed. At 256 units and 60 tokens a
trace takes some 10 ms.
"""

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
    return _reading(View(view.task, (cell,), view.text, training_step=view.training_step))


@kept
def _reading(view: View) -> "Reading":
    found = reading_by(models.of_view(view, view.cells[0]), view)
    _ = found.trace  # computed here: whoever asks for the same at the same time waits for it and does not repeat it
    return found


def reading_by(model: "SequenceModel", view: View) -> "Reading":
    """The text read by this model. A decoder writes as much as the trained one of the task's last architecture."""
    from gateviz.models.readings import Reading  # noqa: PLC0415

    return Reading(model, view.text, beside=lambda: models.last_of(view.task))


def tokens(view: View) -> tuple[Token, ...]:
    """What is read at each step: what was typed, and what the decoders wrote."""
    from gateviz.models.readings import tokens_of  # noqa: PLC0415

    return tokens_of([reading(view, cell) for cell in view.cells])


def answers(view: View, cell: CellName) -> Answers:
    """What one architecture answered after every token, in the view's language."""
    return _answers(View(view.task, (cell,), view.text, language=view.language, training_step=view.training_step))


@kept
def _answers(view: View) -> Answers:
    return reading(view, view.cells[0]).answers(load(view.language), view.task)
