"""The dialog for taking a picture away: as a link, a QR code, a file or a figure.

Its content is computed when it is opened, and a file when it is asked for.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from gateviz import viewer
from gateviz.app.components import network_address, notices, qr_code, sentence
from gateviz.app.computed import models, pictures, readings
from gateviz.app.state.session import Key, Part, session
from gateviz.data.tokenizing.typed_text import MAX_CHARACTERS
from gateviz.i18n.translator import Translator, load
from gateviz.models.holds import fitting, read_holds
from gateviz.models.view import View
from gateviz.results.trace import CellName, Trace

_component = st.components.v2.component(
    "gateviz_take_away", js=viewer.script(viewer.JS / "take_away" / "dialog.js"), css=viewer.styles("take_away")
)
STEPPING = ("diagram", "curves", "maps")
GRADIENTS: Mapping[Part, tuple[str, ...]] = {
    "sentence": ("gradient_curves", "saliency"),
    "lab": ("lab",),
    "clipping": ("clipping_along", "clipping_training"),
}
STANDS: dict[str, type] = {
    **dict.fromkeys(("step", "start", "unit"), int),
    **dict.fromkeys(("whole", "sorted", "covered"), bool),
    **dict.fromkeys(("order", "colour", "shown", "hold", "other"), str),
}
"""What a browser may say of how its picture stands: name -> type."""
LONGEST = {"hold": 4000, "other": MAX_CHARACTERS}
"""Of texts that may be longer than a word."""
KINDS = {"html": "text/html", "csv": "text/csv", "npz": "application/octet-stream"}


@notices.fragment
def show(view: View) -> None:
    """Draw the button, and what it opens when it is open."""
    say = load(view.language)
    with _popover(say) as opened:
        if opened.open:
            picture: dict[str, object] = {}
            _show_link(say, STEPPING, view, picture)
            _show_files(say, files_of(view, picture), view.task)


@notices.fragment
def show_of_gradients(part: Part, language: str) -> None:
    """The same on the Gradients page, whose figures are of all architectures at once."""
    say = load(language)
    with _popover(say) as opened:
        if opened.open:
            _show_link(say, GRADIENTS[part], None, {})


@notices.fragment
def show_link(language: str) -> None:
    """The link alone, of the page Under the hood, whose figures are many."""
    say = load(language)
    with _popover(say) as opened:
        if opened.open:
            _show_link(say, (), None, {})


def _popover(say: Translator) -> Any:
    return st.popover(
        say("take.title"), icon=":material/ios_share:", key=Key.TAKE_AWAY, type="tertiary", on_change="rerun"
    )


@notices.fragment
def _show_link(say: Translator, figures: tuple[str, ...], view: View | None, picture: dict[str, object]) -> None:
    """Draw the link, and keep in `picture` how the picture of the view stands.

    It is a fragment of its own, because it runs whenever the browser says something, and each time that a download
    button is drawn again Streamlit forgets the file of the old one: a press in that moment would get nothing.
    """
    now = picture_in_hand()
    picture.update(now)
    for name in picture.keys() - now.keys():  # what is held no longer is not in the files
        del picture[name]
    found = network_address.for_others(st.context.url, st.get_option("server.address"))
    link = str(session.of_component(Key.TAKE_AWAY_LINK).get("link") or "")
    code = qr_code.code_of(link)
    said = say.under("take")
    data = {
        "texts": said,
        "figures": figures,
        "cells": [[cell, say(f"cell.{cell}")] for cell in (view.cells if view else ())],
        "python": readings.python_lines(held_view(view, picture)) if view else None,
        "origin": found.origin,
        "note": say(f"take.{found.kind}") if found.kind else None,
        "code": {"link": link, **(code._asdict() if code else {})} if link else None,
        "turn": _said_of_picture().get("turn"),  # tells the browser which of its messages has arrived
    }
    _component(key=Key.TAKE_AWAY_LINK, data=data, on_link_change=follow, on_view_change=follow)


@notices.guarded
def follow() -> None:
    """Nothing is to be done: Streamlit runs the fragment of the link again."""


def picture_in_hand() -> dict[str, object]:
    """How the picture stands in the browser, as it last said: an exported page opens like that.

    Before the dialog's script has said anything, the address says what is held.
    """
    said = _said_of_picture() or {name: st.query_params[name] for name in LONGEST if name in st.query_params}
    return {
        name: said[name]
        for name, kind in STANDS.items()
        if type(said.get(name)) is kind and len(str(said[name])) <= LONGEST.get(name, 50)
    }


def held_view(view: View, picture: Mapping[str, object]) -> View:
    """The view with what is held in the picture, as far as its models have it."""
    other = picture.get("other")
    if not isinstance(other, str) or not sentence.can_be_shown(view.task, view.cells[0], other):
        other = None
    configs = {cell: models.card(view.task, cell).config for cell in view.cells}
    read = read_holds(picture.get("hold")).holds
    found = fitting(read, configs, len(readings.tokens(view)), has_other=other is not None)
    return replace(view, holds=found.holds, other=other)


def _said_of_picture() -> Mapping[str, Any]:
    said = session.of_component(Key.TAKE_AWAY_LINK).get("view")
    return said if isinstance(said, Mapping) else {}


def _show_files(say: Translator, makers: dict[str, Callable[[], bytes]], task: str) -> None:
    st.caption(say("take.files"))
    row = st.container(horizontal=True, gap="small", key="take_files")
    for kind, make in makers.items():
        row.download_button(
            say(f"take.{kind}"),
            make,
            file_name=f"gateviz-{task}.{kind}",
            mime=KINDS[kind],
            key=f"{Key.TAKE}_{kind}",
            help=say(f"take.about_{kind}"),
            on_click="ignore",
            width="stretch",
        )


def files_of(view: View, opened_with: Mapping[str, object] | None = None) -> dict[str, Callable[[], bytes]]:
    """Suffix -> the function that makes the file. It runs in a thread that knows the caches but no session.

    A long text is shown in pieces, so its whole picture is only put together when its page is asked for.

    Args:
        view: what the files are of.
        opened_with: how the picture stands, and what is held in it. It is read when a file is made.
    """
    from gateviz.export import files  # noqa: PLC0415
    from gateviz.export.held import Held  # noqa: PLC0415
    from gateviz.export.page import html_of_picture  # noqa: PLC0415

    def page() -> bytes:
        return html_of_picture(view, pictures.whole(view), opened_with).encode()

    def numbers(write: Callable[[Mapping[CellName, Trace], Held], bytes]) -> bytes:
        held = held_view(view, opened_with or {})
        found = {cell: readings.reading(held, cell) for cell in view.cells}
        return write({cell: reading.trace for cell, reading in found.items()}, Held.of(found))

    return {"html": page, "csv": lambda: numbers(files.csv_of), "npz": lambda: numbers(files.npz_of)}
