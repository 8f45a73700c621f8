"""The lessons as they are written: app/lessons/<language>/<number>-<name>.md is read as Lesson, Card, Question.

    ---
    task: timemachine                 what every card of the lesson sets, unless it says otherwise
    ---
    # Title of the lesson

    ## Title of a card
    step: 17                          the rest of its scene, a setting a line; steps and units count from 0
    holds: lstm.kept@step > rnn.kept  what the words rely on: conditions that are tested and not shown (`lesson_facts`)

    Words with {lstm.forget_gate[unit]@step:.2f} and *emphasis*.

    ? A question, asked before the answer can be seen.
    - lstm.forget_gate[unit]@then < 0.1 | A choice and when it is the right one.
    = The answer. The picture goes on to the step `then`.

The languages have the same cards with the same settings, conditions and facts; only the words differ.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, cast, get_args

from gateviz.app.state.address import PARTS
from gateviz.app.state.session import GradientView, Part, Scale
from gateviz.i18n.translator import DEFAULT
from gateviz.results.trace import CELLS, CellName, Direction
from gateviz.textbook.conventions import FORMS
from gateviz.viewer.packing.picture import ORDERS

PageName = Literal["step_through", "gradients", "train", "under_the_hood"]

KNOWN_PARTS: Mapping[str, tuple[str, ...]] = {"gradients": get_args(Part), "under_the_hood": PARTS}
KNOWN = {(form.cell, form.name) for form in FORMS}

_CARD = re.compile(r"^## ", re.MULTILINE)
_SETTING = re.compile(r"([a-z_]+): (.+)")


class LessonError(ValueError):
    """A lesson that is not written as this module says; a mistake of ours, found by the tests."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The picture that a card sets. Steps and units count from 0, as in the address bar."""

    task: str
    text: str
    cells: tuple[CellName, ...]
    page: PageName = "step_through"
    layer: int = 0
    direction: Direction = "forward"
    step: int = 0
    """The cursor; on the Gradients page, the step of the loss."""
    then: int | None = None
    """Where the cursor goes when the answer is shown."""
    unit: int | None = None
    """The unit looked at; None for all."""
    point: tuple[CellName, str] | None = None
    """The cell and signal that lights up."""
    colour: str = ""
    """What the text is coloured by, such as "lstm:forget_gate"; without it the picture chooses."""
    rows: str = ""
    """The order of the heatmaps' rows, one of `picture.ORDERS`; without it the visitor's."""
    beats: bool = False
    """Whether the step is played in beats: "yes" in the file. Where a question is asked, once it is answered."""
    other: str = ""
    """A sentence as long as `text` that the words compare it with."""
    part: str = ""
    """Of a page that has parts; empty: its first one. Under the hood shows the first of `cells`."""
    settings: str = ""
    """What a part that is on no sentence is set to, as in the address: viewer/js/lab/settings.js."""
    asked: str = ""
    """What the lab would be set to in the picture that a question asks for."""
    show: GradientView = "one_step"
    """What the Gradients page draws below the sentences."""
    norms: Scale = "relative"
    """On the Gradients page: "absolute" or "relative"."""
    form: str = "pytorch"
    """On the page Under the hood: the source of the equations."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose answer only the model knows."""

    text: str
    choices: tuple[tuple[str, str], ...]
    """(condition, words): the right one is the one whose condition holds."""
    answer: str


@dataclass(frozen=True, slots=True)
class Card:
    """A thought, with its picture: some fifty words."""

    id: str
    """Lesson and card, counted from 1: "3.2"."""
    title: str
    scene: Scene
    holds: tuple[str, ...]
    paragraphs: tuple[str, ...]
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """A handful of cards under one title."""

    number: int
    title: str
    cards: tuple[Card, ...]


@lru_cache(maxsize=8)
def lessons(language: str) -> tuple[Lesson, ...]:
    """All lessons in that language, in their order; in English where a language has none."""
    folder = files("gateviz") / "app" / "lessons"
    place = folder / language if (folder / language).is_dir() else folder / DEFAULT
    numbered = {int(path.name.split("-")[0]): path for path in place.iterdir() if path.name[0].isdigit()}
    return tuple(read(number, path.read_text(encoding="utf-8")) for number, path in sorted(numbered.items()))


def read(number: int, text: str) -> Lesson:
    """One lesson from the text of its file.

    Raises:
        LessonError: it is not written as the head of this module says.
    """
    head, *cards = _CARD.split(text)
    matter = re.fullmatch(r"---\n(.*?)\n---\n+# (.+?)\s*", head, re.DOTALL)
    if not matter:
        raise LessonError(f"lesson {number}: it begins with settings between two lines ---, then # and a title")
    shared = _settings(matter[1].splitlines(), f"lesson {number}")
    return Lesson(number, matter[2], tuple(_card(f"{number}.{at}", card, shared) for at, card in enumerate(cards, 1)))


def _card(name: str, text: str, shared: Mapping[str, list[str]]) -> Card:
    blocks = [block.splitlines() for block in re.split(r"\n\s*\n", text.strip())]
    own = _settings(blocks[0][1:], f"card {name}")
    asked = [block for block in blocks[1:] if block[0].startswith("? ")]
    if len(asked) > 1:
        raise LessonError(f"card {name}: one question a card")
    return Card(
        name,
        blocks[0][0],
        _scene({**shared, **own}, name),
        (*shared.get("holds", ()), *own.get("holds", ())),
        tuple(" ".join(block) for block in blocks[1:] if block not in asked),
        _question(asked[0], name) if asked else None,
    )


def _question(lines: list[str], name: str) -> Question:
    choices = tuple(_choice(line[2:], name) for line in lines if line.startswith("- "))
    answers = [line[2:] for line in lines if line.startswith("= ")]
    if len(choices) < 2 or len(answers) != 1 or len(lines) != len(choices) + 2:
        raise LessonError(f"card {name}: a question has a line ?, two or more lines - and one line =")
    return Question(lines[0][2:], choices, answers[0])


def _choice(line: str, name: str) -> tuple[str, str]:
    condition, bar, words = line.partition(" | ")
    if not bar:
        raise LessonError(f"card {name}: a choice is a condition, a bar and words, not {line!r}")
    return condition, words


def _settings(lines: list[str], where: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        setting = _SETTING.fullmatch(line.strip())
        if not setting:
            raise LessonError(f"{where}: {line!r} is not a setting")
        found.setdefault(setting[1], []).append(setting[2])
    return found


def _scene(settings: Mapping[str, list[str]], name: str) -> Scene:
    values = {key: values[-1] for key, values in settings.items() if key != "holds"}
    readers = {
        "cells": _cells,
        "point": _point,
        "beats": _yes,
        **dict.fromkeys(("layer", "step", "then", "unit"), int),
    }
    try:
        scene = Scene(**{key: readers.get(key, str)(text) for key, text in values.items()})  # type: ignore[operator]
    except (TypeError, ValueError) as problem:
        raise LessonError(f"card {name}: {problem}") from None
    if scene.page not in get_args(PageName) or scene.direction not in get_args(Direction):
        raise LessonError(f"card {name}: there is no page {scene.page!r}, or no direction {scene.direction!r}")
    if scene.part not in ("", *KNOWN_PARTS.get(scene.page, ())):
        raise LessonError(f"card {name}: there is no part {scene.part!r} of the page")
    if scene.show not in get_args(GradientView) or any((cell, scene.form) not in KNOWN for cell in scene.cells[:1]):
        raise LessonError(f"card {name}: there is no view {scene.show!r}, or no form {scene.form!r} of its cell")
    if scene.rows not in ("", *ORDERS):
        raise LessonError(f"card {name}: there is no order of rows {scene.rows!r}")
    return scene


def _cells(text: str) -> tuple[CellName, ...]:
    if not set(text.split()) <= set(CELLS):
        raise ValueError(f"{text!r} names a cell that is none of {', '.join(CELLS)}")
    return tuple(cell for cell in CELLS if cell in text.split())


def _point(text: str) -> tuple[CellName, str]:
    cell, _, signal = text.partition(".")
    return cast("CellName", cell), signal


def _yes(text: str) -> bool:
    if text != "yes":
        raise ValueError(f"{text!r} is not yes")
    return True


def facts_in(text: str) -> Iterator[tuple[str, str, str]]:
    """(words before, fact, format) for each {fact:format} of a text; the last has the words after it and no fact."""
    at = 0
    for hole in re.finditer(r"\{([^{}:]+)(?::([^{}]*))?\}", text):
        yield text[at : hole.start()], hole[1], hole[2] or ""
        at = hole.end()
    yield text[at:], "", ""
