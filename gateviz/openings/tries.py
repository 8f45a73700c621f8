"""What can be tried in a picture with one click: some holds, and what they make of the run.

What a task's own tries say is true of its example. Of a text that somebody types it is a guess, and the page tells what
came of it. Any other text has the tries of any text: at the step that it opens with nothing is taken in, or from there
on nothing is kept.
"""

import re
from collections.abc import Callable, Iterable, Mapping

import numpy as np

from gateviz.models.holds import HeldValue, Hold, write_holds
from gateviz.openings.grammar import last_verb
from gateviz.openings.mentions import Mention, mentions
from gateviz.openings.recalled import COPY, SIGNALS
from gateviz.openings.sight import SHUT, Sight, visible
from gateviz.openings.sums import MARK
from gateviz.results.answers import Expectation, Verdict
from gateviz.results.opening import Try

LEAK = 0.9
"""A forget gate that keeps so much of a state at each step."""


def tries_of(sight: Sight, step: int) -> tuple[Try, ...]:
    """What can be tried in this picture, which opens with that step; nothing where a decoder writes the answer."""
    if any(isinstance(found, Expectation) and found.written for found in sight.answers.values()):
        return ()
    own = _OF_TASK.get(sight.task)
    found = tuple(own(sight)) if own and "lstm" in sight.layers else ()
    return found or tuple(_of_any_text(sight, step))


def _facts(sight: Sight) -> Iterable[Try]:
    """The first country is forgotten, or cannot be; one that is only passed through is taken for home."""
    verdict = sight.answers["lstm"]
    named = mentions(sight.task, [token.text for token in sight.tokens], sight.readings["lstm"].model.outputs)
    if not named or not isinstance(verdict, Verdict):
        return
    first = named[0]
    lost = _hold(sight, "forget_gate", 0, first.first)
    yield _try(sight, "forgets", min(first.last + 1, sight.last), lost, word=_word(sight, first))
    shut = 2 * (sight.keeps("lstm") < SHUT).sum(axis=1) >= sight.keeps("lstm").shape[1]
    wipe = next((int(step) for step in np.flatnonzero(shut) if first.last < step <= named[-1].first), None)
    if wipe is not None:
        hold = _hold(sight, "forget_gate", 1, wipe)
        yield _try(sight, "cannot_forget", named[-1].last, hold, word=_word(sight, first))
    passing = _passing(named, verdict)
    if passing is not None:
        wiped = _hold(sight, "forget_gate", 0, passing.first - 1, passing.first)
        taken = _hold(sight, "input_gate", 1, passing.first, passing.last)
        yield _try(sight, "fooled", passing.last, wiped, taken, word=_word(sight, passing))


def _passing(named: list[Mention], verdict: Verdict) -> Mention | None:
    """The first country after which the cell does not say its language."""
    best = verdict.probabilities.argmax(axis=1)
    return next((each for each in named[1:] if best[each.last] != each.output), None)


def _agreement(sight: Sight) -> Iterable[Try]:
    """The subject is lost on the way to the verb, or never taken in."""
    found = last_verb(sight)
    if found is None or found[0] < 4:
        return
    verb = found[0]
    yield _try(sight, "loses_subject", verb - 1, _hold(sight, "forget_gate", 0, 2), word=sight.token(1).text)
    yield _try(sight, "never_reads", verb - 1, _hold(sight, "input_gate", 0, 1), word=sight.token(1).text)


def _counting(sight: Sight) -> Iterable[Try]:
    """What is counted gets less at each step, or half of it is not counted."""
    text = re.fullmatch(r"(a{2,})b*\.?", "".join(token.text for token in sight.tokens))
    if text is None:
        return
    count = len(text[1])
    yield from _leaking(sight)
    half = _hold(sight, "input_gate", 0, count // 2, count - 1)
    yield _try(sight, "counts_half", sight.last, half, count=count // 2)


def _leaking(sight: Sight) -> Iterable[Try]:
    """What is counted, or what is open, gets less at each step."""
    yield _try(sight, "leaks", sight.last, _hold(sight, "forget_gate", LEAK))


def _between(sight: Sight) -> Iterable[Try]:
    """Nothing is kept between two places that belong together."""
    texts = [token.text.strip() for token in sight.tokens]
    if sight.task == "copy":
        copied = COPY.fullmatch("".join(token.text for token in sight.tokens))
        ends = [len(copied["first"]) - 1, len(copied["first"] + copied["gap"])] if copied else []
    else:
        ends = [step for step, text in enumerate(texts) if text in SIGNALS or text.endswith(MARK)]
    if len(ends) == 2 and ends[1] - ends[0] > 1:
        first, last = ends
        lost = _hold(sight, "forget_gate", 0, first + 1, last - 1)
        yield _try(sight, "loses_between", last, lost, first=texts[first], last=texts[last])


def _of_any_text(sight: Sight, step: int) -> Iterable[Try]:
    """At a step nothing is taken in; from it on nothing is kept, or nothing changes any more."""
    word = visible(sight.tokens[step].text)
    if "lstm" in sight.layers:
        yield _try(sight, "not_read", step, _hold(sight, "input_gate", 0, step, step), word=word)
        yield _try(sight, "keeps_nothing", step, _hold(sight, "forget_gate", 0, step), word=word)
    elif "gru" in sight.layers:
        yield _try(sight, "not_read", step, _hold(sight, "update_gate", 1, step, step), word=word)
        yield _try(sight, "keeps_nothing", step, _hold(sight, "update_gate", 0, step), word=word)
    else:
        yield _try(sight, "stands_still", step, _hold(sight, "hidden_state", "freeze", step), word=word)


_OF_TASK: Mapping[str, Callable[[Sight], Iterable[Try]]] = {
    "hometown": _facts,
    "hometown-zh": _facts,
    "agreement": _agreement,
    "counting": _counting,
    "brackets": _leaking,
    "temporal-order": _between,
    "temporal-order-100": _between,
    "temporal-order-equal": _between,
    "copy": _between,
    "adding": _between,
}
"""What the LSTM of a task can be made to do."""


def _hold(sight: Sight, signal: str, value: HeldValue, first: int = 0, last: int | None = None) -> Hold:
    """A hold of the layer that is shown, in the cell that the tries are about."""
    layer = sight.layers[sight.first]
    return Hold(sight.first, signal, value, first=first, last=last, layer=layer.index, direction=layer.direction)


def _try(sight: Sight, name: str, step: int, *holds: Hold, **words: object) -> Try:
    return Try(sight.say(f"try.{name}", **words), write_holds(holds), step)


def _word(sight: Sight, name: Mention) -> str:
    return sight.words(name.first, name.last, at=name.last).text
