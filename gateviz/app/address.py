"""The address bar: what a link holds, read once into the session, and kept up to date.

`?task=&cells=&text=&layer=&direction=&lang=` belong to the server; `step` and `unit` to the viewer in the browser,
which writes them itself, so they are carried along here untouched. A link may hold anything: what is not valid is left
out, and `left_out` says that there was something.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from gateviz.app import i18n
from gateviz.shelf import names, pretrained_folder
from gateviz.trace import CELLS, CellName, Direction

DIRECTIONS: tuple[Direction, ...] = ("forward", "reverse")
_WRITTEN = "_address"
_LEFT_OUT = "_address_left_out"


def tasks() -> tuple[str, ...]:
    """The tasks that there are models of."""
    return tuple(dict.fromkeys(task for task, _ in names(pretrained_folder())))


def cells_of(task: str) -> tuple[CellName, ...]:
    """The architectures that the task has models of."""
    return tuple(cell for name, cell in names(pretrained_folder()) if name == task)


def _cells(text: str) -> list[str] | None:
    return [cell for cell in CELLS if cell in text.split(",")] or None


def _one_of(choices: Callable[[], tuple[str, ...]]) -> Callable[[str], str | None]:
    return lambda text: text if text in choices() else None


_READERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "task": ("task", _one_of(tasks)),
    "cells": ("cells", _cells),
    "text": ("sentence", lambda text: text),
    "layer": ("layer", lambda text: int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None),
    "direction": ("direction", _one_of(lambda: DIRECTIONS)),
    "lang": ("language", _one_of(i18n.languages)),
}
"""Name in the address -> key in the session, and what makes a value of the text, or None."""


def read() -> None:
    """Take over what the address says, when it is a new one: a link, or the browser's Back."""
    state = st.session_state
    now = {name: st.query_params[name] for name in _READERS if name in st.query_params}
    if state.get(_WRITTEN) == now:
        return
    state[_WRITTEN] = now
    values = {name: read_one(now[name]) for name, (_, read_one) in _READERS.items() if name in now}
    state[_LEFT_OUT] = None in values.values()
    for name, value in values.items():
        if value is not None:
            state[_READERS[name][0]] = value


def left_out() -> bool:
    """Whether the link that was opened held something that could not be used."""
    return bool(st.session_state.get(_LEFT_OUT))


def forget_link() -> None:
    """The person has gone on from the link: nothing more is said of it."""
    st.session_state[_LEFT_OUT] = False


def write(**values: str) -> None:
    """Show these in the address bar, beside the browser's own `step` and `unit`."""
    if st.session_state.get(_WRITTEN) == values:
        return
    st.session_state[_WRITTEN] = values
    same = st.query_params.get("text", values["text"]) == values["text"]
    mine = ("step", "unit") if same else ("unit",)  # another sentence begins at its beginning
    kept = {name: st.query_params[name] for name in mine if name in st.query_params}
    st.query_params.from_dict({**values, **kept})
