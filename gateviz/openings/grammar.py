"""Agreement: the last verb of the text, its two forms, and what each cell thinks of them one word before."""

import numpy as np

from gateviz.data.corpora.agreement_pairs import VERB_FORMS
from gateviz.openings.sight import Seen, Sight, chance, compose, number
from gateviz.results.answers import Expectation
from gateviz.results.opening import Ending, Part
from gateviz.results.statistics import half_life

_IRREGULAR = {
    "is": "are",
    "are": "is",
    "was": "were",
    "were": "was",
    "has": "have",
    "have": "has",
    "does": "do",
    "do": "does",
}


def agreement(sight: Sight) -> Seen | None:
    """The last verb of which a reader of the words before it must choose the number."""
    if not sight.of_kind(Expectation):
        return None
    found = last_verb(sight)
    if found is None:
        return None
    step, other = found
    chances = {cell: sight.chances(cell) for cell in sight.answers}
    verb = sight.tokens[step].text.strip()
    pairs = {
        cell: (float(shares[step - 1, names.index(verb)]), float(shares[step - 1, names.index(other)]))
        for cell, (names, shares) in chances.items()
    }
    parts = compose(
        sight.say("opening.agreement"),
        before=sight.token(step - 1), verb=sight.token(step), other=other,
        cells=sight.joined(
            sight.say("opening.another_pair"),
            (
                {"cell": sight.name(cell), "one": chance(one), "two": chance(two)}
                for cell, (one, two) in pairs.items()
            ),
            between=sight.say("words.joint"),
        ),
    )  # fmt: skip
    endings = {
        cell: Ending(
            sight.say("opening.prefers"), verb if one >= two else other, chance(max(one, two) / (one + two)).text,
            max(one, two) / (one + two), {"kind": "pair", "step": step - 1, "outputs": [verb, other]},
        )
        for cell, (one, two) in pairs.items()
    }  # fmt: skip
    if "rnn" in pairs and len(pairs) > 1 and pairs["rnn"][0] > pairs["rnn"][1]:
        parts += compose(sight.say("opening.plain_too"), cell=sight.name("rnn"))
    return Seen(step - 1, None, [*parts, *_memory(sight)], endings)


def last_verb(sight: Sight) -> tuple[int, str] | None:
    """The step of the last verb of which a reader must choose the number, and its other form; None if there is none."""
    outputs = tuple(next(iter(sight.readings.values())).model.outputs)
    verbs = [(step, other) for step in range(1, len(sight.tokens)) for other in _other_form(sight, step, outputs)]
    return verbs[-1] if verbs else None


def _memory(sight: Sight) -> list[Part]:
    """How long the median unit holds half of what it has, by the gate that keeps."""
    if sight.keeper is None:
        return []
    life = float(np.median(half_life(sight.keeps(sight.keeper))))
    if not np.isfinite(life):
        return []
    return compose(sight.say("opening.half_life"), cell=sight.name(sight.keeper), steps=number(life, 1))


def _other_form(sight: Sight, step: int, outputs: tuple[str, ...]) -> list[str]:
    """The other number of a verb, if the model knows both and both stood to choose there."""
    word = sight.tokens[step].text.strip()
    if not sight.tokens[step].known or word not in outputs:
        return []
    other = _IRREGULAR.get(word) or _spelled_otherwise(word)
    return [other] if other in outputs and word in VERB_FORMS else []


def _spelled_otherwise(word: str) -> str:
    return word[:-1] if word.endswith("s") else word + "s"
