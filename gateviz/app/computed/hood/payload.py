"""What the browser gets of a part of the page Under the hood, packed once for all sessions."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from gateviz.app.computed import readings
from gateviz.app.computed.hood import forms, layer, parameters
from gateviz.i18n.translator import load
from gateviz.models.view import View
from gateviz.results.signals import KEEPS
from gateviz.results.trace import CellName
from gateviz.textbook.conventions import FormName
from gateviz.textbook.source_lines import PASSES, source_lines
from gateviz.viewer.packing.exact import pack_exact

Packed = tuple[dict[str, Any], layer.Arrays]


def of_part(part: str, view: View, cell: CellName, form: FormName) -> bytes:
    """The header of the page with that of the part, and the numbers of both."""
    return _payload(part, view, cell, form)


@st.cache_resource(max_entries=32, show_spinner=False)
def _payload(part: str, view: View, cell: CellName, form: FormName) -> bytes:
    say = load(view.language)
    header, arrays = PARTS[part](view, cell, form)
    common = {**layer.header_of(view, cell, say), "part": part}
    return pack_exact({**common, **header}, {**layer.arrays_of(view, cell), **arrays})


def _equations(_: View, cell: CellName, form: FormName) -> Packed:
    return {"form": form, "forms": forms.packed(cell)}, {}


def _code(view: View, cell: CellName, _: FormName) -> Packed:
    from gateviz.pretrained.snippets import SYMBOLS, snippets_of  # noqa: PLC0415

    written = snippets_of(
        readings.reading(view, cell),
        view.task,
        layer=view.layer,
        direction=view.direction,
        training_step=view.training_step,
    )
    header = {
        "forms": forms.packed(cell)[:1],
        "source": {part: [line._asdict() for line in source_lines(cell, part)] for part in PASSES},
        "snippets": written,
        "symbols": SYMBOLS[cell],
        "signal": KEEPS.get(cell, "hidden_state"),
    }
    return header, {}


def _parameters(view: View, cell: CellName, _: FormName) -> Packed:
    return {"parameters": parameters.of_cells(view), "signal": parameters.first_gate(cell)}, {}


PARTS: Mapping[str, Callable[[View, CellName, FormName], Packed]] = {
    "equations": _equations,
    "code": _code,
    "parameters": _parameters,
}
"""Part -> what it adds to the header and to the arrays."""
