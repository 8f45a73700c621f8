"""Formal languages: letters that are counted, and brackets that are to be closed in their order."""

import re

import numpy as np

from gateviz.openings.sight import Seen, Sight, chance, compose, number
from gateviz.results.answers import Expectation
from gateviz.results.opening import Ending, Part
from gateviz.results.trace import Array

_LETTERS = re.compile(r"(a+)(b*)(\.?)")
_CLOSES = {"(": ")", "[": "]"}


def letters(sight: Sight) -> Seen | None:
    """How far the state of one unit goes while it reads a, and after how many b each cell expects the end."""
    found = sight.of_kind(Expectation)
    text = _LETTERS.fullmatch("".join(token.text for token in sight.tokens))
    if not text or not found:
        return None
    cell, n, m = sight.first, len(text[1]), len(text[2])
    state = sight.state(cell)[:, : sight.shared_units]
    unit = int(np.abs(state[n - 1] - state[0]).argmax())
    signal = "cell_state" if cell == "lstm" else "hidden_state"
    symbol = sight.say.of_cell("symbol", cell, signal)
    parts = compose(
        sight.say("opening.counts_up"),
        cell=sight.name(cell), unit=number(unit), symbol=symbol, first=number(float(state[0, unit]), 2),
        top=number(float(state[n - 1, unit]), 2), n=number(n), a=sight.token(n - 1),
    )  # fmt: skip
    if not m:
        return Seen(n - 1, unit, [*parts, *compose(sight.say("opening.counted_up"))])
    ends = {name: _end(each, n, m) for name, each in found.items()}
    parts += compose(
        sight.say("opening.counts_down"),
        b=sight.token(n + m - 1), back=number(float(state[n + m - 1, unit]), 2), m=number(m),
        ends=sight.joined(
            sight.say("opening.another_end"),
            ({"cell": sight.name(name), "count": _counted(sight, end)} for name, end in ends.items()),
            between=sight.say("words.joint"),
        ),
    )  # fmt: skip
    endings = {
        name: Ending(
            sight.say("opening.ends_after"),
            f"{end} b" if end else "–",
            value=end,
            rule={"kind": "end", "after": n, "most": m},
        )
        for name, end in ends.items()
    }
    return Seen(n - 1, unit, parts, endings)


def _counted(sight: Sight, end: int | None) -> Part | str:
    return number(end) if end else sight.say("opening.never")


def _end(found: Expectation, n: int, m: int) -> int | None:
    """After how many b the end is the likeliest first; None: never."""
    return next((count for count in range(1, m + 1) if found.guesses[n + count - 1][0] == "."), None)


def brackets(sight: Sight) -> Seen | None:
    """Where one bracket alone may close, and the other one is likeliest; how often it is the first guess."""
    found = sight.of_kind(Expectation)
    wanted = _wanted([token.text for token in sight.tokens])
    if not wanted or not found or not any(wanted):
        return None
    wrong = {cell: _wrong(each, wanted) for cell, each in found.items()}
    step = int(np.max(list(wrong.values()), axis=0).argmax())
    broken = {cell: _broken(each, wanted) for cell, each in found.items()}
    asked = sum(map(bool, wanted))
    parts = compose(
        sight.say("opening.brackets"),
        token=sight.token(step), closer=wanted[step], wrong="]" if wanted[step] == ")" else ")",
        cells=sight.joined(
            sight.say("opening.another_share"),
            ({"cell": sight.name(cell), "chance": chance(float(values[step]))} for cell, values in wrong.items()),
            between=sight.say("words.joint"),
        ),
        broken=sight.joined(
            sight.say("opening.another_end"),
            ({"cell": sight.name(cell), "count": number(count)} for cell, count in broken.items()),
            between=sight.say("words.joint"),
        ),
        asked=number(asked),
    )  # fmt: skip
    endings = {
        cell: Ending(
            sight.say("opening.breaks_rule"), str(count), f"/ {asked}", count, {"kind": "wrong", "wanted": wanted}
        )
        for cell, count in broken.items()
    }
    return Seen(step, None, parts, endings)


def _wanted(tokens: list[str]) -> list[str] | None:
    """After each token the bracket that may close, "" where nothing is open; None if the text breaks the rule."""
    opened: list[str] = []
    wanted = []
    for token in tokens:
        if token in _CLOSES:
            opened.append(_CLOSES[token])
        elif not opened or opened.pop() != token:
            return None
        wanted.append(opened[-1] if opened else "")
    return wanted


def _wrong(found: Expectation, wanted: list[str]) -> Array:
    """(time,) the probability of the bracket that may not close; 0 where nothing is open."""
    shares = [
        sum(share for guess, share in zip(guesses, probabilities, strict=True) if right and _is_wrong(guess, right))
        for guesses, probabilities, right in zip(found.guesses, found.probabilities, wanted, strict=True)
    ]
    return np.array(shares, dtype=np.float64)


def _broken(found: Expectation, wanted: list[str]) -> int:
    """At how many steps with open brackets the first guess is one that may not close."""
    return sum(
        bool(right) and _is_wrong(guesses[0], right) for guesses, right in zip(found.guesses, wanted, strict=True)
    )


def _is_wrong(guess: str, right: str) -> bool:
    return guess in _CLOSES.values() and guess != right
