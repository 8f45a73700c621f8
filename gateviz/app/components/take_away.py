"""The quiet place from which a picture is taken away: link, QR code, files, figures.

What is in it is made when it is opened, and a file when it is asked for.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from gateviz import viewer
from gateviz.app.components import qr_code, snapshots
from gateviz.app.components.network_address import reach
from gateviz.app.computed import cache
from gateviz.i18n.translator import Translator, load
from gateviz.models.view import View
from gateviz.results.trace import CellName, Direction

_component = st.components.v2.component(
    "gateviz_take_away", js=viewer.script(viewer.JS / "take_away" / "dialog.js"), css=viewer.styles("take_away")
)
STEPPING = ("diagram", "curves", "maps")
GRADIENTS = ("gradient_curves", "saliency")
VIEW: dict[str, type] = {
    **dict.fromkeys(("step", "start", "unit"), int),
    **dict.fromkeys(("whole", "sorted"), bool),
    **dict.fromkeys(("order", "colour", "shown"), str),
}
"""What a browser may say of how its picture stands, and of what type each is."""

KINDS = {"html": "text/html", "csv": "text/csv", "npz": "application/octet-stream"}


@st.fragment
def show(
    task: str, source: str, cells: tuple[CellName, ...], text: str, layer: int, direction: Direction, language: str
) -> None:
    """Draw the button, and what it opens when it is open. `source` is what the caches call the models."""
    say = load(language)
    with st.popover(
        say("take.title"), icon=":material/ios_share:", key="take_away", type="tertiary", on_change="rerun"
    ) as opened:
        if opened.open:
            top, files = st.container(), st.container()
            with files:  # made before the browser hears that its view is known: a press may wait for that
                makers = files_of(say, task, source, cells, text, layer, direction, view_in_hand())
                _show_files(say, makers, task)
            with top:
                _show_link(say, STEPPING, cells)


@st.fragment
def show_of_gradients(language: str) -> None:
    """The same on the Gradients page, whose figures are of all architectures at once."""
    say = load(language)
    with st.popover(
        say("take.title"), icon=":material/ios_share:", key="take_away", type="tertiary", on_change="rerun"
    ) as opened:
        if opened.open:
            _show_link(say, GRADIENTS, ())


def _show_link(say: Translator, figures: tuple[str, ...], cells: tuple[CellName, ...]) -> None:
    found = reach(st.context.url, st.get_option("server.address"))
    state: Any = st.session_state.get("take_away_link") or {}
    link = str(state.get("link") or "")
    code = qr_code.code_of(link)
    said = say.under("take")
    data = {
        "texts": said,
        "figures": figures,
        "cells": [[cell, say(f"cell.{cell}")] for cell in cells],
        "origin": found.origin,
        "note": say(f"take.{found.kind}") if found.kind else None,
        "code": {"link": link, **(code._asdict() if code else {})} if link else None,
        "turn": _view().get("turn"),  # which of the views that it told of is known here
    }
    _component(key="take_away_link", data=data, on_link_change=_follow, on_view_change=_follow)


def _follow() -> None:
    """A rerun of the fragment is all that a new link asks for."""


def view_in_hand() -> dict[str, object]:
    """How the picture stands in the browser, as it last said: what an exported page is to open with."""
    said = _view()
    return {
        name: said[name] for name, kind in VIEW.items() if type(said.get(name)) is kind and len(str(said[name])) < 50
    }


def _view() -> dict[str, Any]:
    state: Any = st.session_state.get("take_away_link") or {}
    said: Any = state.get("view")
    return said if isinstance(said, dict) else {}


def _show_files(say: Translator, makers: dict[str, Callable[[], bytes]], task: str) -> None:
    st.caption(say("take.files"))
    row = st.container(horizontal=True, gap="small", key="take_files")
    for kind, make in makers.items():
        row.download_button(
            say(f"take.{kind}"),
            make,
            file_name=f"gateviz-{task}.{kind}",
            mime=KINDS[kind],
            key=f"take_{kind}",
            help=say(f"take.about_{kind}"),
            on_click="ignore",
            width="stretch",
        )


def files_of(
    say: Translator,
    task: str,
    source: str,
    cells: tuple[CellName, ...],
    text: str,
    layer: int,
    direction: Direction,
    view: Mapping[str, object] | None = None,
) -> dict[str, Callable[[], bytes]]:
    """By suffix, what makes the file. It runs in a thread of its own, which knows the caches but no session.

    The picture of a long text, which nobody was sent whole, is not put together before a page of it is asked for.
    """
    from gateviz.export import files  # noqa: PLC0415

    traces = {cell: cache.trace(source, cell, text) for cell in cells}
    shown = View(task, cells, text, layer, direction, say.language, snapshots.parts(source)[1])

    def page() -> bytes:
        packed = cache.payload(source, cells, text, layer, direction, say.language)
        return files.html_of_picture(shown, packed, cache.card(task, cells[0]), traces[cells[0]], view).encode()

    return {
        "html": page,
        "csv": lambda: files.csv_of(traces),
        "npz": lambda: files.npz_of(traces),
    }
