"""The address bar: what a link holds, read once into the session, and kept up to date.

`?task=&cells=&text=&layer=&direction=&lang=` belong to the server; `step` and `unit` to the viewer in the browser,
which writes them itself, so they are carried along here untouched. A link may hold anything: what is
not valid is left out, and the page says so in one sentence.
"""

import streamlit as st

from gateviz.app import i18n
from gateviz.shelf import CELLS
from gateviz.trace import Direction

DIRECTIONS: tuple[Direction, ...] = ("forward", "reverse")
_WRITTEN = "_address"
_OURS = ("task", "cells", "text", "layer", "direction", "lang")


def read() -> None:
    """Take over what the address says, when it is a new one: a link, or the browser's Back."""
    now = {name: st.query_params[name] for name in _OURS if name in st.query_params}
    if st.session_state.get(_WRITTEN) == now:
        return
    first = _WRITTEN not in st.session_state
    st.session_state[_WRITTEN] = now
    if not now and not first:
        return  # a bare page of ours, opened from the menu
    state = st.session_state
    if "text" in now:
        state["sentence"] = now["text"]
    if "task" in now:
        state["task"] = now["task"]
    if cells := [cell for cell in CELLS if cell in now.get("cells", "").split(",")]:
        state["cells"] = cells
    if now.get("layer", "").isdecimal():
        state["layer"] = int(now["layer"])
    if now.get("direction") in DIRECTIONS:
        state["direction"] = now["direction"]
    if now.get("lang") in i18n.languages():
        state["language"] = now["lang"]


def write(**values: str) -> None:
    """Show these in the address bar, beside the browser's own `step` and `unit`."""
    if st.session_state.get(_WRITTEN) == values:
        return
    st.session_state[_WRITTEN] = values
    kept = {name: st.query_params[name] for name in ("step", "unit") if name in st.query_params}
    st.query_params.from_dict({**values, **kept})
