"""The address bar: what a link holds, read once into the session, and kept up to date.

`?task=&cells=&text=&layer=&direction=&lang=&lesson=` belong to the server; `step`, `unit`, `diagram`, `rows`, `colour`
and `lecture` to the browser, which writes them itself: they are looked at when a link is opened, and carried along, or
set where a lesson moves the cursor. A link may hold anything: what is not valid gives way to the nearest that is, and
`left_out` says that there was something.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from gateviz.app.computed import lesson_files
from gateviz.app.state.examples import ordered
from gateviz.i18n.translator import languages
from gateviz.pretrained.folder import names, pretrained_folder
from gateviz.results.trace import CELLS, CellName, Direction
from gateviz.viewer.packing import picture

DIRECTIONS: tuple[Direction, ...] = ("forward", "reverse")
_WRITTEN = "_address"
_NEW = "_address_new"
_LEFT_OUT = "_address_left_out"
_ARRIVED = "_address_arrived"
_PLACE = "_address_place"


def tasks() -> tuple[str, ...]:
    """The tasks that there are models of."""
    return ordered(dict.fromkeys(task for task, _ in names(pretrained_folder())))


def cells_of(task: str) -> tuple[CellName, ...]:
    """The architectures that the task has models of."""
    return tuple(cell for name, cell in names(pretrained_folder()) if name == task)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None


def _one_of(choices: Callable[[], tuple[str, ...]]) -> Callable[[str], str | None]:
    return lambda text: text if text in choices() else None


_READERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "task": ("task", _one_of(tasks)),
    "cells": ("cells", lambda text: [cell for cell in CELLS if cell in text.split(",")] or None),
    "text": ("sentence", lambda text: text),
    "layer": ("layer", _number),
    "direction": ("direction", _one_of(lambda: DIRECTIONS)),
    "lang": ("language", _one_of(languages)),
    "trained": ("trained", _number),
    "lesson": ("lesson", _one_of(lambda: tuple(card.id for each in lesson_files.lessons("en") for card in each.cards))),
}
"""Name in the address -> key in the session, and what makes a value of the text, or None."""


def read() -> None:
    """Take over what the address says, when it is a new one: a link, or the browser's Back."""
    state = st.session_state
    now = {name: st.query_params[name] for name in _READERS if name in st.query_params}
    state[_NEW] = state.get(_WRITTEN) != now
    if not state[_NEW]:
        return
    state[_WRITTEN] = now
    values = {name: read_one(now[name]) for name, (_, read_one) in _READERS.items() if name in now}
    state[_LEFT_OUT] = None in values.values() or not set(now.get("cells", "rnn").split(",")) <= set(CELLS)
    state[_ARRIVED] = tuple(name for name, value in values.items() if value is not None)
    state.pop("trained", None)  # a link that names no training step is of the trained models
    for name, value in values.items():
        if value is not None:
            state[_READERS[name][0]] = value


def nearest(key: str, there: Sequence[Any]) -> None:
    """Let the session's value under that key be one of those that are there; a link that asked for another is told."""
    state = st.session_state
    asked = state.get(key)
    if asked in there:
        return
    beyond = isinstance(asked, int) and asked > there[-1]
    state[key] = there[-1] if beyond else there[0]
    if asked is not None:
        leave_out()


def check_place(steps: int, units: int, cells: Sequence[CellName]) -> None:
    """Of a new link, put right what the picture does not have: the last step is the nearest, the rest is left out."""
    signals = [f"{cell}:{name}" for cell in cells for name in ("surprise", *picture.SHOWN[cell])]
    looks = {"diagram": ("unit",), "rows": picture.ORDERS, "colour": ("none", *signals)}
    for name, known in looks.items():
        if st.session_state[_NEW] and st.query_params.get(name, known[0]) not in known:
            leave_out()
            del st.query_params[name]
    for name, size in (("step", steps), ("unit", units)):
        text = st.query_params.get(name)
        if not st.session_state[_NEW] or text is None:
            continue
        asked = _number(text)
        if asked is not None and asked < size:
            continue
        leave_out()
        if asked is not None and name == "step":
            st.query_params[name] = str(steps - 1)
        else:
            del st.query_params[name]


def leave_out() -> None:
    """If a link has just been opened, something in it could not be used."""
    if st.session_state[_NEW]:
        st.session_state[_LEFT_OUT] = True


def arrived() -> tuple[str, ...]:
    """The names that an address which has just been opened said something valid of; once, and then none."""
    found: tuple[str, ...] = st.session_state.pop(_ARRIVED, ())
    return found


def place(step: int | None, unit: int | None) -> None:
    """Where the cursor is to stand when the next picture comes; None leaves it where it is, or to the viewer."""
    asked = {"step": step, "unit": unit}
    st.session_state[_PLACE] = {name: str(value) for name, value in asked.items() if value is not None}


def left_out() -> bool:
    """Whether the link that was opened held something that could not be used."""
    return bool(st.session_state.get(_LEFT_OUT))


def forget_link() -> None:
    """The person has gone on from the link: nothing more is said of it."""
    st.session_state[_LEFT_OUT] = False


def write(**values: str) -> None:
    """Show these in the address bar, with the open card of the lessons, beside the browser's own names."""
    state = st.session_state
    placed: dict[str, str] = state.pop(_PLACE, {})
    if state.get("lesson"):
        values["lesson"] = state["lesson"]
    if state.get(_WRITTEN) == values:
        return
    state[_WRITTEN] = values
    same = st.query_params.get("text", values["text"]) == values["text"]
    mine = ("unit", "diagram", "rows", "colour", "lecture", *(("step",) if same else ()))  # another text begins anew
    kept = {name: st.query_params[name] for name in mine if name in st.query_params}
    st.query_params.from_dict({**values, **kept, **placed})
