"""What the browser gets of a part of the page Under the hood, packed once for all sessions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from gateviz.app.computed import models, readings
from gateviz.app.computed.hood import embedding, forms, layer, parameters, sequences, shapes, words
from gateviz.app.computed.kept import kept
from gateviz.app.state import available
from gateviz.i18n.translator import load
from gateviz.models.view import View
from gateviz.results.signals import KEEPS
from gateviz.results.trace import CellName
from gateviz.textbook.conventions import FormName
from gateviz.textbook.conventions import form as form_of
from gateviz.textbook.source_lines import PASSES, source_lines
from gateviz.viewer.packing.exact import pack_exact

Packed = tuple[dict[str, Any], layer.Arrays]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a part is asked for."""

    view: View
    """Task, text, layer, direction, language and training step."""
    cell: CellName
    form: FormName = "pytorch"
    """The source whose equations are shown."""
    batch: tuple[str, ...] = ()
    """Sentences to be read together."""


@kept
def of_part(part: str, wish: Wish) -> bytes:
    """The header of the page with that of the part, and the numbers of both."""
    view, cell = wish.view, wish.cell
    say = load(view.language)
    header, arrays = PARTS[part](wish)
    common = {**layer.header_of(view, cell, say), "part": part}
    return pack_exact({**common, **header}, {**layer.arrays_of(view, cell), **arrays})


def _equations(wish: Wish) -> Packed:
    return {"form": wish.form, "forms": forms.packed(wish.cell)}, {}


def _code(wish: Wish) -> Packed:
    from gateviz.pretrained.snippets import SYMBOLS, snippets_of  # noqa: PLC0415

    view, cell = wish.view, wish.cell
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


def _parameters(wish: Wish) -> Packed:
    return {"parameters": parameters.of_cells(wish.view), "signal": parameters.first_gate(wish.cell)}, {}


def _shapes(wish: Wish) -> Packed:
    module = shapes.of_module(wish.view, wish.cell)
    return {"module": module, "batch": shapes.batch(wish.view, wish.cell, wish.batch)}, {}


def _sequences(wish: Wish) -> Packed:
    say = load(wish.view.language)
    kinds = sequences.of_language(wish.view.language)
    named = [{**kind, "tasks": [{"task": task, "name": say.task(task)} for task in kind["tasks"]]} for kind in kinds]
    own = sequences.kind_of(models.card(wish.view.task, wish.cell))
    return {"kinds": named, "own_kind": own, "language": say.language}, {}


def _embedding(wish: Wish) -> Packed:
    found = embedding.of_text(wish.view, wish.cell)
    header = {"embedding": found, "symbols": dict(form_of(wish.cell, "pytorch").gates)}
    return header, {"vectors": embedding.vectors_of(wish.view, wish.cell)[found["ids"]]} if "ids" in found else {}


def _words(wish: Wish) -> Packed:
    view = wish.view
    cells = available.models()[view.task]
    arrays = words.of_cells(view)
    task, text = words.EXAMPLE
    address = f"./under-the-hood?{urlencode({'task': task, 'text': text, 'part': 'words', 'lang': view.language})}"
    header = {
        "cells": cells,
        "words": len(arrays[f"{cells[0]}.{words.WAYS[0]}"]),
        "example": {"text": text, "address": address} if task in available.models() else None,
    }
    return header, arrays


PARTS: Mapping[str, Callable[[Wish], Packed]] = {
    "shapes": _shapes,
    "equations": _equations,
    "code": _code,
    "parameters": _parameters,
    "sequences": _sequences,
    "embedding": _embedding,
    "words": _words,
}
"""Part -> what it adds to the header and to the arrays."""
