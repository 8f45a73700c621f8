"""The page Under the hood: its row of controls, and its part in the browser."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gateviz import viewer
from gateviz.app.components import notices
from gateviz.app.computed.hood import embedding, forms, parameters, words
from gateviz.app.state import address, available
from gateviz.app.state.session import Key, session
from gateviz.data.tokenizing.tokens import Token
from gateviz.i18n.translator import Translator
from gateviz.models.view import View
from gateviz.results.trace import CellName
from gateviz.textbook.conventions import FormName
from gateviz.textbook.conventions import form as form_of

FIRST_CELL: CellName = "lstm"
"""The cell that is shown before one is chosen, if it is among those of the picture."""

_hood = st.components.v2.component(
    "gateviz_hood",
    js=viewer.script(viewer.JS / "hood" / "hood.js"),
    css=viewer.styles(*viewer.VIEWER_STYLES, "hood"),
)


@dataclass(frozen=True)
class Settings:
    """What is set."""

    part: str
    cell: CellName
    form: FormName


def show_settings(say: Translator, view: View) -> Settings:
    """Draw the row of controls, and read it."""
    row = st.container(key="hood_settings", horizontal=True, gap="small")
    part = session.hood_part = address.nearest(session.hood_part, address.PARTS)
    part = row.segmented_control(
        say("control.part"),
        address.PARTS,
        key=Key.HOOD_PART,
        required=True,
        format_func=lambda name: say(f"part.{name}"),
        label_visibility="collapsed",
        persist_state="session",
        **session.begin(Key.HOOD_PART, default=part),
    )
    cells = available.models()[view.task]
    first = FIRST_CELL if FIRST_CELL in view.cells else view.cells[-1]
    cell = session.cell = address.nearest(session.cell, (first, *cells))
    cell = row.segmented_control(
        say("control.cell"),
        cells,
        key=Key.CELL,
        required=True,
        format_func=lambda name: say(f"cell.{name}"),
        label_visibility="collapsed",
        persist_state="session",
        **session.begin(Key.CELL, default=cell),
    )
    return Settings(part, cell, _choose_form(say, row, part, forms.names(cell)))


def _choose_form(say: Translator, row: DeltaGenerator, part: str, names: tuple[FormName, ...]) -> FormName:
    """The source, to choose where there are equations."""
    form: FormName = address.nearest(session.form, names)
    session.form = form
    if part != "equations":
        return form
    chosen: FormName = row.selectbox(
        say("control.form"),
        names,
        key=Key.FORM,
        format_func=lambda name: say(f"form.{name}"),
        label_visibility="collapsed",
        persist_state="session",
        width=200,
        **session.begin(Key.FORM, index=names.index(form)),
    )
    return chosen


def show(payload: bytes) -> None:
    """Draw the part."""
    _hood(key=Key.HOOD, data=payload, on_matrix_change=take_matrix)


@notices.guarded
def take_matrix() -> None:
    """A block of weights was chosen."""
    said = session.of_component(Key.HOOD).get("matrix")
    if isinstance(said, Mapping):
        session.matrix = (str(said.get("side")), str(said.get("signal")))


def show_matrix(say: Translator, view: View, settings: Settings) -> None:
    """Draw the chosen matrix as a map; and the eigenvalues of the gate's U."""
    signals = tuple(form_of(settings.cell, "pytorch").gates)
    side, signal = session.matrix
    side = side if side in parameters.SIDES else parameters.SIDES[-1]
    signal = signal if signal in signals else parameters.first_gate(settings.cell)
    left, right = st.columns([3, 2], gap="medium")
    left.plotly_chart(
        parameters.map_of(view, settings.cell, side, signal, say),
        key=Key.MATRIX,
        config={"displayModeBar": False},
        alt=say("matrix.alt"),
    )
    right.plotly_chart(
        parameters.plane_of(view, settings.cell, signal, say),
        key=Key.EIGENVALUES,
        config={"displayModeBar": False},
        alt=say("matrix.plane_alt"),
    )


def show_weights(say: Translator, view: View, settings: Settings) -> None:
    """Draw the button that gives the weights as the source stores them."""
    st.download_button(
        say("control.take_weights"),
        partial(forms.weights_file, view, settings.cell, settings.form),
        file_name=f"{view.task}-{settings.cell}-{settings.form}.npz",
        mime="application/octet-stream",
        key=Key.TAKE_WEIGHTS,
        on_click="ignore",
    )


def show_plane(say: Translator, view: View, settings: Settings) -> None:
    """Draw the vectors of the tokens in a plane, and say whether those lie together that one expects to."""
    if sentence := embedding.sentence(view, settings.cell, say):
        st.text(sentence)
    st.plotly_chart(
        embedding.figure(view, settings.cell, say.language),
        key=Key.PLANE,
        config={"displayModeBar": False},
        alt=say("plane.alt"),
    )


def show_shares(say: Translator, view: View, settings: Settings, tokens: tuple[Token, ...]) -> None:
    """Draw the shares of all words in all states of the chosen cell, by both ways."""
    for column, way in zip(st.columns([10, 11], gap="small"), words.WAYS, strict=True):
        column.plotly_chart(
            words.figure(view, settings.cell, way, tokens, say),
            key=f"{Key.SHARES}_{way}",
            config={"displayModeBar": False},
            alt=say("words.alt"),
        )
