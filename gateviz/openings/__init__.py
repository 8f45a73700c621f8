"""How a picture opens: the step, the unit, one computed sentence of what there is to see, and what can be tried.

    opening_of(view, readings, answers, say)

Each kind of task has a sentence of its own. What a sentence says is computed from the traces and answers of the text
that is shown; where a text does not have what the sentence is about, another one says what is there instead.
"""

from collections.abc import Callable, Mapping

from gateviz.i18n.translator import Translator, shipped_name
from gateviz.models.readings import Reading, tokens_of
from gateviz.models.view import View
from gateviz.openings import counted, facts, grammar, guesses, recalled, series, sums, turns
from gateviz.openings.sight import Seen, Sight, endings_of
from gateviz.openings.tries import tries_of
from gateviz.results.answers import Answers, Expectation, Forecast, Verdict
from gateviz.results.opening import Opening
from gateviz.results.trace import CellName

_OF_TASK: Mapping[str, Callable[[Sight], Seen | None]] = {
    "hometown": facts.seen,
    "hometown-zh": facts.seen,
    "temporal-order": recalled.in_order,
    "temporal-order-100": recalled.in_order,
    "temporal-order-equal": recalled.in_order,
    "copy": recalled.copied,
    "counting": counted.letters,
    "brackets": counted.brackets,
    "agreement": grammar.agreement,
    "dates": recalled.written,
    "adding": sums.marked,
    "sunspots": series.forecast,
}
"""A function gives None for a text that is not of its kind. A task that is not here has the sentence of its answers."""


def opening_of(
    view: View, readings: Mapping[CellName, Reading], answers: Mapping[CellName, Answers], say: Translator
) -> Opening:
    """The opening of one picture.

    Args:
        view: what is shown: its task, its layer and its direction.
        readings: the text as each of its cells reads it.
        answers: what each of them answers, in the language of `say`.
        say: the words.

    Raises:
        SignalError: a layer or direction that a trace does not have.
    """
    layers = {cell: reading.trace.layer(view.layer, view.direction) for cell, reading in readings.items()}
    task = shipped_name(view.task)
    sight = Sight(task, tokens_of(list(readings.values())), layers, readings, answers, say)
    own = _OF_TASK.get(task)
    seen = (own(sight) if own else None) or _by_answers(sight)
    unit = seen.unit if seen.unit is not None else sight.busiest(seen.step)
    endings = {**endings_of(sight), **seen.endings}
    return Opening(seen.step, unit, tuple(seen.parts), endings, tries_of(sight, seen.step))


def _by_answers(sight: Sight) -> Seen:
    """The sentence of a kind of answers, which there is for any text."""
    kinds = {type(found) for found in sight.answers.values()}
    if kinds == {Verdict}:
        return turns.seen(sight)
    if kinds == {Expectation}:
        return guesses.seen(sight)
    if kinds == {Forecast}:
        return sums.moved(sight)
    return Seen(len(sight.tokens) // 2, None, ())
