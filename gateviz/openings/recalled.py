"""What was read must come back later: two signals in their order, a copy, a date that is written."""

import re

from gateviz.openings.sight import OPEN, Seen, Sight, chance, compose, number
from gateviz.openings.turns import others, since
from gateviz.results.answers import Expectation, Verdict
from gateviz.results.opening import Ending, Part

SIGNALS = ("X", "Y")
COPY = re.compile(r"(?P<first>[a-d]+)(?P<gap>\.+)>(?P<again>.*)", re.DOTALL)


def in_order(sight: Sight) -> Seen | None:
    """Two signals among fillers, and who knows their order at the end."""
    at = [step for step, token in enumerate(sight.tokens) if token.text in SIGNALS]
    verdicts = sight.of_kind(Verdict)
    if len(at) != 2 or not verdicts:
        return None
    cell = sight.first
    found = verdicts[cell]
    best = int(found.probabilities[-1].argmax())
    count, pieces = sight.pieces(sight.last - at[1])
    parts = compose(
        sight.say("opening.in_order"),
        first=sight.token(at[0]), second=sight.token(at[1]), count=count, pieces=pieces, cell=sight.name(cell),
        answer=found.classes[best], chance=chance(float(found.probabilities[-1, best])), others=others(sight, cell),
    )  # fmt: skip
    known = since(found)
    if known > at[1]:
        later, more = sight.pieces(known - at[1])
        parts += compose(
            sight.say("opening.knows_late"), cell=sight.name(cell), token=sight.token(known), count=later, pieces=more
        )
    return Seen(at[1], None, parts)


def copied(sight: Sight) -> Seen | None:
    """Symbols that must come back after a gap."""
    found = sight.of_kind(Expectation)
    text = COPY.fullmatch("".join(token.text for token in sight.tokens))
    if not text or not found:
        return None
    first, arrow = text["first"], len(text["first"] + text["gap"])
    asked = min(len(first), len(sight.tokens) - arrow)
    backs = {cell: "".join(each.guesses[arrow + at][0] for at in range(asked)) for cell, each in found.items()}
    right = {cell: sum(one == two for one, two in zip(back, first, strict=False)) for cell, back in backs.items()}
    cell = sight.first
    parts = compose(
        sight.say("opening.copied"),
        first=sight.words(0, len(first) - 1, at=0), gap=number(len(text["gap"])), arrow=sight.token(arrow),
        cell=sight.name(cell), right=number(right[cell]), count=number(asked),
        others=sight.joined(
            sight.say("opening.another_count"),
            ({"cell": sight.name(name), "count": number(n)} for name, n in right.items() if name != cell),
        ),
    )  # fmt: skip
    if sight.keeper:
        opened = (sight.keeps(sight.keeper)[len(first) : arrow] > OPEN).sum(axis=1)
        parts += compose(
            sight.say("opening.held_over_gap"),
            least=number(int(opened.min())), units=number(sight.keeps(sight.keeper).shape[1]),
            gates=sight.gates(sight.keeper), cell=sight.name(sight.keeper),
        )  # fmt: skip
    endings = {
        name: Ending(
            sight.say("opening.gives_back"), back, f"{right[name]} / {asked}", right[name],
            {"kind": "copy", "step": arrow, "wanted": first[:asked]},
        )
        for name, back in backs.items()
    }  # fmt: skip
    return Seen(arrow, None, parts, endings)


def written(sight: Sight) -> Seen | None:
    """What each cell writes once the text has been read, and where two of them differ."""
    found = sight.of_kind(Expectation)
    texts = {cell: _writes(each) for cell, each in found.items()}
    if not texts or not all(texts.values()):
        return None
    arrow = next(iter(found.values())).asked_from
    cell = sight.first
    differs = sorted(
        step
        for name, text in texts.items()
        for step, (one, two) in enumerate(zip(text, texts[cell], strict=False))
        if name != cell and one != two
    )
    others_say = sight.joined(
        sight.say("opening.another_writes"),
        ({"cell": sight.name(name), "text": text} for name, text in texts.items() if name != cell),
    )
    parts = compose(
        sight.say("opening.written"),
        arrow=sight.token(arrow), cell=sight.name(cell), text=texts[cell], others=others_say,
    )  # fmt: skip
    step = arrow
    if differs:
        step = arrow + differs[0]  # here each still guesses what it writes next
        parts += compose(sight.say("opening.differs"), token=_written_so_far(sight, arrow, step))
    endings = {
        name: Ending(sight.say("opening.writes"), text, rule={"kind": "written"}) for name, text in texts.items()
    }
    return Seen(step, None, parts, endings)


def _writes(found: Expectation) -> str:
    """What a decoder wrote; nothing if the model has none."""
    return "".join(token or "" for token in found.came[found.asked_from :]) if found.written else ""


def _written_so_far(sight: Sight, arrow: int, step: int) -> Part:
    return sight.words(min(arrow + 1, step), step, at=step)
