"""Sight: what the sentences look at, and the words that they are made of.

A template of the catalogue has {holes} for tokens, numbers and names. What stands between [brackets] tells how the text
ends for a cell. What stands between ‹angles› is said where there is room.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

import numpy as np

from gateviz.data.tokenizing.tokens import Token
from gateviz.i18n.translator import Translator
from gateviz.models.readings import Reading
from gateviz.results.answers import Answers, Forecast, Verdict
from gateviz.results.opening import Ending, Part
from gateviz.results.signals import KEEPS
from gateviz.results.trace import Array, CellName, LayerTrace

OPEN, SHUT = 0.9, 0.1
"""The thresholds of the line under each cell in the viewer."""

Words = str | Part | Sequence[Part]
A = TypeVar("A")

_SIGNS = {" ": "␣", "\n": "↵", "\t": "⇥"}
_MARKS = re.compile(r"(\{\w+\}|[\[\]‹›])")


@dataclass(frozen=True)
class Seen:
    """What a sentence is about: the step, the unit (None: any), the words, and endings other than the usual ones."""

    step: int
    unit: int | None
    parts: Sequence[Part]
    endings: Mapping[CellName, Ending] = field(default_factory=dict)


@dataclass(frozen=True)
class Sight:
    """One text as the cells of a picture read it."""

    task: str
    tokens: Sequence[Token]
    layers: Mapping[CellName, LayerTrace]
    readings: Mapping[CellName, Reading]
    answers: Mapping[CellName, Answers]
    say: Translator

    @property
    def last(self) -> int:
        """The last step."""
        return len(self.tokens) - 1

    @property
    def keeper(self) -> CellName | None:
        """The cell whose gate that keeps is spoken of: the LSTM, else the GRU; None if neither is shown."""
        return next((cell for cell in KEEPS if cell in self.layers), None)

    @property
    def first(self) -> CellName:
        """The cell that the sentence is about: the one with a gate that keeps, else the only one."""
        return self.keeper or "rnn"

    def keeps(self, cell: CellName) -> Array:
        """(time, unit) of the gate that keeps."""
        values: Array = self.layers[cell][KEEPS[cell]][0]
        return values

    def state(self, cell: CellName) -> Array:
        """(time, unit) of the state that a cell carries along: c, or h where there is no c."""
        values: Array = self.layers[cell]["cell_state" if cell == "lstm" else "hidden_state"][0]
        return values

    @cached_property
    def shared_units(self) -> int:
        """How many units every cell has."""
        return min(int(layer["hidden_state"].shape[2]) for layer in self.layers.values())

    def busiest(self, step: int) -> int:
        """The unit whose state changes most at a step."""
        state = self.state(self.first)[:, : self.shared_units]
        change = state[step] - (state[step - 1] if step else 0)
        return int(np.abs(change).argmax())

    def of_kind(self, kind: type[A]) -> dict[CellName, A]:
        """The answers, if all of them are of that kind; else nothing."""
        found: dict[CellName, A] = {}
        for cell, answers in self.answers.items():
            if not isinstance(answers, kind):
                return {}
            found[cell] = answers
        return found

    def chances(self, cell: CellName) -> tuple[tuple[str, ...], Array]:
        """All outputs, and (time, output) their probabilities after each step."""
        reading = self.readings[cell]
        logits = reading.model.logits_of(reading.trace).astype(np.float64)
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        return tuple(reading.model.outputs), shares / shares.sum(axis=1, keepdims=True)

    # Words

    def name(self, cell: CellName) -> str:
        """The cell's name."""
        return self.say(f"cell.{cell}")

    def gates(self, cell: CellName) -> str:
        """What the sentence calls the cell's gates that keep."""
        return self.say(f"opening_gate.{KEEPS[cell]}")

    def token(self, step: int) -> Part:
        """A token, to be clicked at."""
        text = self.tokens[step].text
        return Part(text.strip() or text, step)

    def words(self, first: int, last: int, *, at: int) -> Part:
        """Several tokens as one word, which leads to one of them."""
        text = "".join(token.text for token in self.tokens[first : last + 1])
        return Part(text.strip() or text, at)

    def pieces(self, count: int) -> tuple[Part, Part]:
        """A number of tokens, as "38" and "words"."""
        kind = next(iter(self.readings.values())).model.tokenizer.kind
        if kind == "words":
            name = self.say("opening.word" if count == 1 else "opening.words")
        elif kind == "numbers":
            name = self.say("opening.number" if count == 1 else "opening.numbers")
        else:
            name = self.say("opening.character" if count == 1 else "opening.characters")
        return number(count), Part(name)

    def joined(self, template: str, each: Iterable[Mapping[str, Words]], between: str = "") -> list[Part]:
        """The template once for each, one after another."""
        found: list[Part] = []
        for words in each:
            found += [Part(between)] if found and between else []
            found += compose(template, **words)
        return found


def compose(template: str, **words: Words) -> list[Part]:
    """The template with its holes filled."""
    parts: list[Part] = []
    tells = aside = False
    for piece in _MARKS.split(template):
        if piece and piece in "[]":
            tells = piece == "["
        elif piece and piece in "‹›":
            aside = piece == "‹"
        else:
            filled = words[piece[1:-1]] if _MARKS.fullmatch(piece) else piece
            found = [Part(filled)] if isinstance(filled, str) else [filled] if isinstance(filled, Part) else filled
            more = (replace(part, tells=part.tells or tells, aside=part.aside or aside) for part in found)
            parts += [part for part in more if part.text]
    return _together(parts)


def _together(parts: Iterable[Part]) -> list[Part]:
    """Plain words that follow each other as one part."""
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        plain = before and all(each.step is None and each.value is None for each in (before, part))
        if before and plain and (before.tells, before.aside) == (part.tells, part.aside):
            found[-1] = replace(before, text=before.text + part.text)
        else:
            found.append(part)
    return found


def visible(token: str) -> str:
    """A token that is no place to go to, without the spaces around it; a space alone as a sign."""
    return token.strip() or _SIGNS.get(token, token)


def number(value: float, places: int = 0) -> Part:
    """A number with fixed decimals and a real minus sign."""
    return Part(shown(value, places), value=float(f"{value:.6g}"))


def chance(value: float) -> Part:
    """A probability."""
    return number(value, 2)


def shown(value: float, places: int) -> str:
    """A number as it is written."""
    return f"{value:z.{places}f}".replace("-", "−")


def endings_of(sight: Sight) -> dict[CellName, Ending]:
    """What each cell says in the end."""
    return {cell: _ending(found, sight.say) for cell, found in sight.answers.items()}


def _ending(found: Answers, say: Translator) -> Ending:
    if isinstance(found, Verdict):
        best = int(found.probabilities[-1].argmax())
        value = float(found.probabilities[-1, best])
        return Ending(say("opening.says"), found.classes[best], shown(value, 2), value, {"kind": "class"})
    if isinstance(found, Forecast):
        value = float(found.values[-1])
        return Ending(say("opening.says"), shown(value, 2), value=value, rule={"kind": "value"})
    if np.isfinite(found.surprise).any():
        value = float(np.nanmean(found.surprise))
        return Ending(say("opening.on_average"), shown(value, 2), say("opening.bits"), value, {"kind": "surprise"})
    value = float(found.probabilities[-1, 0])
    return Ending(say("opening.expects"), visible(found.guesses[-1][0]), shown(value, 2), value, {"kind": "guess"})
