"""One layer and direction of one network, with every number that the browser computes its equations from."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gateviz.app.computed import readings
from gateviz.app.computed.kept import kept
from gateviz.app.computed.openings import opening
from gateviz.figures import palette
from gateviz.i18n.translator import Translator
from gateviz.models.view import View
from gateviz.results.signals import GATES
from gateviz.results.trace import CellName
from gateviz.viewer.packing import picture

if TYPE_CHECKING:
    from torch import nn

Arrays = dict[str, NDArray[np.floating]]
WEIGHTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def header_of(view: View, cell: CellName, say: Translator) -> dict[str, Any]:
    """The tokens, the place to begin with, the shape of the layer, and the words and colours."""
    trace = readings.trace(view, cell)
    signals = picture.signals_of(trace, view.layer, view.direction)
    begins = opening(View(view.task, view.cells, view.text, language=view.language, training_step=view.training_step))
    liveliest = int(signals["hidden_state"].std(axis=0).argmax())
    return {
        "text": view.text,
        "tokens": [{"text": token.text, "known": token.known} for token in readings.tokens(view)],
        "step": begins.step,
        "unit": liveliest if begins.unit is None else begins.unit,
        "layer": {
            "cell": cell,
            "units": picture.units_of(signals),
            "reverse": view.direction == "reverse",
            "stretches": [
                {"name": name, "from": start, "width": inputs.shape[1]}
                for name, start, inputs in _stretches(view, cell)
            ],
        },
        "gates": sorted(GATES),
        "limits": picture.limits_of(signals),
        "palettes": {
            name: {"gate": colours.gate, "state": colours.state, "cell": colours.cell}
            for name, colours in (("light", palette.LIGHT), ("dark", palette.DARK))
        },
        "texts": texts(say),
    }


def texts(say: Translator) -> dict[str, Any]:
    """The words of the page's script."""
    signals = {
        cell: {signal: say.of_cell("signal", cell, signal) for signal in names} for cell, names in picture.SHOWN.items()
    }
    signals["gru"]["update_gate"] = say("hood.update_gate")  # what 1 does differs from source to source
    return {
        **say.under("hood"),
        "cells": say.under("cell"),
        "sources": say.under("form"),
        "directions": say.under("direction"),
        "signals": signals,
        "symbols": {
            cell: {signal: say.of_cell("symbol", cell, signal) for signal in names}
            for cell, names in picture.SHOWN.items()
        },
    }


@kept
def arrays_of(view: View, cell: CellName) -> Arrays:
    """The weights and what is read, of each stretch; and the states of all steps, (time, unit).

    A decoder is a stretch of its own: its steps have weights of their own.
    """
    module_of = dict(modules_of(view, cell))
    arrays: Arrays = {}
    for name, _, inputs in _stretches(view, cell):
        weights = weights_of(module_of[name], view)
        arrays |= {f"{name}.{kind}": weights[kind] for kind in WEIGHTS}
        arrays[f"{name}.inputs"] = inputs
    layer = readings.trace(view, cell).layer(view.layer, view.direction)
    states = ("hidden_state", "cell_state") if cell == "lstm" else ("hidden_state",)
    return arrays | {state: layer[state][0] for state in states}


def weights_of(module: "nn.RNNBase", view: View) -> Arrays:
    """The module's weights of the view's layer and direction, by their names without the layer's."""
    suffix = f"_l{view.layer}{'_reverse' if view.direction == 'reverse' else ''}"
    return {kind: getattr(module, kind + suffix).detach().cpu().numpy() for kind in WEIGHTS}


def suffixes(module: "nn.RNNBase") -> list[str]:
    """What the names of the weights end in: of each layer, forward before reverse, as torch orders the rows of h_n."""
    directions = ("", "_reverse")[: 1 + module.bidirectional]
    return [f"_l{layer}{direction}" for layer in range(module.num_layers) for direction in directions]


def modules_of(view: View, cell: CellName) -> "list[tuple[str, nn.RNNBase]]":
    """Each recurrent module by the name that its weights have in the file, in the order in which they read."""
    model: Any = readings.reading(view, cell).model
    return [(name, getattr(model, name)) for name in ("recurrent", "decoder") if hasattr(model, name)]


def inputs_of(view: View, cell: CellName) -> Arrays:
    """What the layer reads, (time, width), by the name of the module that reads it."""
    return {name: inputs for name, _, inputs in _stretches(view, cell)}


@kept
def _stretches(view: View, cell: CellName) -> list[tuple[str, int, NDArray[np.floating]]]:
    """Of each group of steps that share weights: the module's name, the first step, the inputs (time, width)."""
    reading = readings.reading(view, cell)
    found, start = [], 0
    sums = reading.model.contributions(view.text, reading.answer_length)
    for (name, _), each in zip(modules_of(view, cell), sums, strict=True):
        inputs = each.layer(view.layer, view.direction).inputs[0]
        found.append((name, start, inputs))
        start += len(inputs)
    return found
