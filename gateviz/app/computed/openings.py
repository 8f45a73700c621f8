"""How each picture opens, computed once for all sessions."""

from gateviz.app.computed import readings
from gateviz.app.computed.kept import kept
from gateviz.i18n.translator import load
from gateviz.models.view import View
from gateviz.results.opening import Opening


@kept
def opening(view: View) -> Opening:
    """The step, the unit and the sentence that the picture opens with."""
    from gateviz.openings import opening_of  # noqa: PLC0415

    read = {cell: readings.reading(view, cell) for cell in view.cells}
    answers = {cell: readings.answers(view, cell) for cell in view.cells}
    return opening_of(view, read, answers, load(view.language))
