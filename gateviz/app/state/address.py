"""The address bar: a link is read into the session when it is opened, and the address then follows the session.

The server writes `?task=&cells=&text=&layer=&direction=&lang=&trained=&lesson=`, on the Gradients page `part`, `loss`
and `show`, on the page Under the hood `part`, `cell` and `form`, and on the page Train its settings. The browser writes
`lab`, `clip`, `step`, `unit`, `diagram`, `rows`, `colour`, `shown`, `bet`, `lecture`, `hold` and `other` itself: the
server checks them when a link is opened and carries them along, and a lesson sets step and unit. A link may hold
anything. What is not valid gives way to the nearest that is, and `session.link_left_out` says that there was something.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, get_args

import streamlit as st

from gateviz.app.state import available
from gateviz.app.state.session import GradientView, Key, Part, session
from gateviz.experiments.settings import BIASES, CLIPS, LENGTHS, RATES, SAMES, STEPS, UNITS, bias_name
from gateviz.i18n.translator import languages
from gateviz.models.config import ModelConfig
from gateviz.models.holds import Hold, fitting, read_holds, write_holds
from gateviz.models.view import View
from gateviz.pretrained.folder import unlisted
from gateviz.results.trace import CELLS, CellName, Direction
from gateviz.textbook.conventions import FORMS
from gateviz.viewer.packing import picture

DIRECTIONS: tuple[Direction, ...] = ("forward", "reverse")
PARTS = ("equations", "code", "parameters", "shapes", "sequences", "embedding", "words")
"""The parts of the page Under the hood, in the order in which they are offered."""

KEYS: Mapping[str, Key] = {
    "task": Key.TASK,
    "cells": Key.CELLS,
    "text": Key.SENTENCE,
    "layer": Key.LAYER,
    "direction": Key.DIRECTION,
    "lang": Key.LANGUAGE,
    "trained": Key.TRAINING_STEP,
    "loss": Key.LOSS_STEP,
    "show": Key.GRADIENT_VIEW,
    "part": Key.PART,
    "cell": Key.CELL,
    "form": Key.FORM,
    "train": Key.TRAIN_TASK,
    "length": Key.LENGTH,
    "units": Key.UNITS,
    "same": Key.SAME,
    "rate": Key.RATE,
    "max_norm": Key.CLIP,
    "bias": Key.BIAS,
    "seed": Key.SEED,
    "budget": Key.BUDGET,
    "film": Key.FILM,
}
"""Name in the address -> the widget whose value it is."""
LESSON = "lesson"
PART_SETTINGS: Mapping[Part, str] = {"lab": "lab", "clipping": "clip"}
"""What is set in a part of the Gradients page that is on no sentence. The browser writes it."""

_TRAINING = ("train", "length", "units", "same", "rate", "max_norm", "bias", "seed", "budget", "film")
"""The names of the page Train."""

_OF_TRAINING: Mapping[str, Collection[Any]] = {
    "train": LENGTHS,
    "units": UNITS,
    "same": SAMES,
    "rate": RATES,
    "max_norm": CLIPS,
    "bias": tuple(map(bias_name, BIASES)),
    "budget": STEPS,
}
"""What a link may say of a training, besides its length and seed, which are any numbers."""

_FILM = re.compile(r"[a-z0-9-]{1,64}")

_CARRIED = ("unit", "diagram", "rows", "colour", "shown", "bet", "lecture", "hold", "other")
"""What the browser writes and another text does not change, except for holds of steps that it does not have."""


def read(cards: Collection[str]) -> None:
    """Take over what the address says, if it is a new one: a link, or the browser's Back.

    Args:
        cards: the cards of the lessons that a link may name.
    """
    said = {name: st.query_params[name] for name in (*KEYS, LESSON) if name in st.query_params}
    begins = session.address is None
    session.link_is_new = said != session.address and (bool(said) or begins)  # the link to our other page says nothing
    if said == session.address:
        return
    task = said.get("task", "")
    if unlisted(task) and task not in session.trainings:
        session.trainings = (*session.trainings, task)  # a link to what somebody has trained
    values = {name: _value(name, text, cards) for name, text in said.items()}
    session.link_left_out = None in values.values() or not set(said.get("cells", "rnn").split(",")) <= set(CELLS)
    session.link_left_out |= "part" in said and said["part"] != values["part"]
    session.link_said = tuple(name for name, value in values.items() if value is not None)
    if said:
        session.training_step = None  # a link that names no training step is of the trained models
        session.part, session.loss_step, session.gradient_view = "sentence", None, "one_step"
        session.part_settings, session.part_turn = None, session.part_turn + 1
    if "train" in said:
        session.choose({KEYS[name]: None for name in _TRAINING if name not in said})  # as that task begins
    if values.get(LESSON) is not None:
        session.lesson = values.pop(LESSON)
    if values.get("part") in PARTS:
        session.hood_part = values.pop("part")
    session.choose({KEYS[name]: value for name, value in values.items() if name in KEYS and value is not None})
    session.address = said  # last: a run may be broken off, and the next one then reads the link again


def _value(name: str, text: str, cards: Collection[str]) -> Any:
    """What a name of the address is set to; None if there is no such thing."""
    choices: Mapping[str, Callable[[], Collection[str]]] = {
        "task": available.with_own,
        "direction": lambda: DIRECTIONS,
        "lang": languages,
        "show": lambda: get_args(GradientView),
        "cell": lambda: CELLS,
        "form": lambda: {form.name for form in FORMS},
        LESSON: lambda: cards,
    }
    if name in choices:
        return text if text in choices[name]() else None
    if name == "part":
        parts = (text,) if text in get_args(Part) else PARTS
        return max(parts, key=lambda part: SequenceMatcher(None, part, text[:100]).ratio())
    if name == "film":
        return text if _FILM.fullmatch(text) else None
    if name in _OF_TRAINING:
        return next((known for known in _OF_TRAINING[name] if f"{known}" == text), None)
    if name == "cells":
        return [cell for cell in CELLS if cell in text.split(",")] or None
    return text if name == "text" else _number(text)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None


def nearest(asked: int | str | None, there: Sequence[Any]) -> Any:
    """What was asked for, if it is there, or else the nearest number or the first name; `leave_out` is then called."""
    if asked in there:
        return asked
    if asked is not None:
        leave_out()
    return min(there, key=lambda one: abs(one - asked)) if isinstance(asked, int) else there[0]


def check_place(view: View, steps: int, units: int) -> None:
    """Correct what a new link says of the cursor and of the viewer's looks.

    Of a step that is too large the last step is the nearest. All else that the picture does not have is left out.

    Args:
        view: what is shown.
        steps: how many steps it has.
        units: how many units its smallest layer has.
    """
    if not session.link_is_new:
        return
    signals = [f"{cell}:{name}" for cell in view.cells for name in ("surprise", *picture.SHOWN[cell])]
    looks = {
        "diagram": ("unit",),
        "rows": picture.ORDERS,
        "colour": ("none", *signals),
        "shown": view.cells,
        "bet": ("1",),
    }
    for name, known in looks.items():
        if st.query_params.get(name, known[0]) not in known:
            leave_out()
            del st.query_params[name]
    for name, size in (("step", steps), ("unit", units)):
        text = st.query_params.get(name)
        asked = None if text is None else _number(text)
        if text is None or (asked is not None and asked < size):
            continue
        leave_out()
        if asked is not None and name == "step":
            st.query_params[name] = str(steps - 1)
        else:
            del st.query_params[name]


def check_held(
    configs: Mapping[CellName, ModelConfig], steps: int, can_be_read: Callable[[str], bool]
) -> tuple[Hold, ...]:
    """Correct what the address says of holds and of the sentence that one compares with.

    Of a new link the nearest holds that there are stay. Later, when the text has changed, those stay of which all steps
    are there.

    Args:
        configs: the models of the task.
        steps: how many steps the picture has.
        can_be_read: whether these models can read a text.

    Returns:
        What is held.
    """
    said, other = st.query_params.get("hold"), st.query_params.get("other")
    if other is not None and not can_be_read(other):
        leave_out()
        other = None
        del st.query_params["other"]
    read = read_holds(said)
    fit = fitting(read.holds, configs, steps, has_other=other is not None)
    kept = fit.holds if session.link_is_new else tuple(hold for hold in fit.holds if hold in read.holds)
    if read.left_out or fit.left_out:
        leave_out()
        st.query_params["hold"] = write_holds(kept)
    if said is not None and not kept:
        del st.query_params["hold"]
    return kept


def leave_out() -> None:
    """If a link has just been opened, something in it could not be used."""
    if session.link_is_new:
        session.link_left_out = True


def place(step: int | None, unit: int | None) -> None:
    """Where the cursor is to stand when the next picture comes; None leaves it where it is, or to the viewer."""
    asked = {"step": step, "unit": unit}
    session.cursor = {name: str(value) for name, value in asked.items() if value is not None}


def write(view: View, **more: str) -> None:
    """Show the view in the address bar, with the open card of the lessons and with the browser's own names.

    Args:
        view: what is shown.
        more: what else the page has chosen, by its name in the address.
    """
    values = {
        "task": view.task,
        "cells": ",".join(view.cells),
        "text": view.text,
        "layer": str(view.layer),
        "direction": view.direction,
        "lang": view.language,
        **more,
    }
    if view.training_step is not None:
        values["trained"] = str(view.training_step)
    if session.lesson:
        values[LESSON] = session.lesson
    placed, session.cursor = session.cursor, {}
    same = st.query_params.get("text", view.text) == view.text
    _write(values, (*_CARRIED, "step") if same else _CARRIED, placed)  # another text begins at its own first step


def write_part(part: Part, language: str) -> None:
    """Show a part of the Gradients page that is on no sentence."""
    lesson = {LESSON: session.lesson} if session.lesson else {}
    _write({"part": part, "lang": language, **lesson}, ("lecture", PART_SETTINGS[part]), {})


def _write(values: dict[str, str], carried: Collection[str], placed: Mapping[str, str]) -> None:
    if session.address == values:
        return
    session.address = values
    kept = {name: st.query_params[name] for name in carried if name in st.query_params}
    st.query_params.from_dict({**values, **kept, **placed})


def write_training(language: str) -> None:
    """Show in the address bar what the page Train says, with the open card of the lessons."""
    said = {name: session.choices((key,)).get(key) for name, key in KEYS.items() if name in _TRAINING}
    values = {name: f"{value}" for name, value in said.items() if value is not None} | {"lang": language}
    if session.lesson:
        values[LESSON] = session.lesson
    session.cursor = {}  # where a lesson sends the cursor of other pages
    if session.address != values:
        session.address = values
        kept = {name: st.query_params[name] for name in ("lecture",) if name in st.query_params}
        st.query_params.from_dict({**values, **kept})
