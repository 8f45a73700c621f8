"""The viewer on a page: tokens, transport, cells, guesses, heatmaps, curves."""

from pathlib import Path

import streamlit as st

from gateviz import viewer
from gateviz.app.components import notices
from gateviz.app.state.session import Key, session

_script = viewer.script(Path(__file__).with_suffix(".js"))
_viewer = st.components.v2.component("gateviz_viewer", js=_script, css=viewer.styles(*viewer.VIEWER_STYLES))


def show(payload: bytes) -> None:
    """Draw a packed picture (`gateviz.viewer.packing`)."""
    _viewer(
        key=Key.VIEWER,
        data=payload,
        on_whole_change=send_whole,
        on_again_change=run_again,
        on_sentence_change=take_over,
    )


@notices.guarded
def send_whole() -> None:
    """The browser could not get the pieces of a long text."""
    session.gets_pieces = False


@notices.guarded
def run_again() -> None:
    """The server did not know the picture. Nothing is to be done: the page runs again, and then it does."""


@notices.guarded
def take_over() -> None:
    """The visitor goes on with a text that a cell has written: it is typed into the box."""
    text = session.of_component(Key.VIEWER).get("sentence")
    if isinstance(text, str) and text:
        session.sentence = text
        session.link_left_out = False
