"""What the viewer draws of one sentence, packed: for the app's component and for an exported file.

    runs = {"lstm": Run(model.trace(text), expected_next(model.logits(text), model.outputs, text), "256 units")}
    data = picture(runs, text, model.tokenize(text), say=translator.load("en"))

Needs neither torch nor plotly nor streamlit. Takes some 15 ms for 256 units, 60 tokens and three architectures.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from gateviz.data.tokenizing.tokens import Token
from gateviz.figures import palette, places
from gateviz.i18n.translator import Translator
from gateviz.results.answers import Answers
from gateviz.results.arrangement import Arrangement, arrange
from gateviz.results.opening import Opening
from gateviz.results.signals import GATES, KEEPS
from gateviz.results.statistics import activity, half_life, persistence
from gateviz.results.trace import Array, CellName, Direction, Trace
from gateviz.viewer.packing.answers import most_bits, pack_answers
from gateviz.viewer.packing.openings import pack_opening
from gateviz.viewer.packing.pack import pack
from gateviz.viewer.packing.pairs import rules_of

SHOWN: dict[CellName, tuple[str, ...]] = {
    "rnn": ("hidden_state",),
    "lstm": ("forget_gate", "input_gate", "candidate", "output_gate", "cell_state", "hidden_state"),
    "gru": ("update_gate", "reset_gate", "candidate", "hidden_state"),
}
"""The signals on the page from the top down: the gates before the states, each in the order of the equations."""

MAPPED: dict[CellName, tuple[str, ...]] = {
    "rnn": ("hidden_state",),
    "lstm": ("forget_gate", "input_gate", "output_gate", "cell_state"),
    "gru": ("update_gate", "reset_gate", "hidden_state"),
}
"""Those of them that have a heatmap before anybody asks for all: the gates, and the state that they keep."""

ORDERS = ("few", "cluster", "unit", "activity", "half_life")
"""The rows that the heatmaps may have: a few units that stand for all, or all units in one of four orders."""

_SQUASHES: dict[Literal["tanh", "relu"], Callable[[Array], Array]] = {
    "tanh": np.tanh,
    "relu": lambda sums: np.maximum(sums, 0),
}

Signals = dict[str, Array]


@dataclass(frozen=True)
class Run:
    """The sentence as one architecture reads it."""

    trace: Trace
    expected: Answers
    caption: str
    """One line on the model, beside the architecture's name."""
    model: str = ""
    """The name by which the browser asks for the weights (`gateviz.pretrained.browser_files.name_of`). Without it
    nothing is computed in the browser."""
    arrangement: Arrangement | None = None
    """The rows of the layer that is drawn, where they are known; else they are computed."""


def signals_of(trace: Trace, layer: int = 0, direction: Direction = "forward") -> Signals:
    """The signals of one layer that are shown, in the order of SHOWN: (time, unit) each."""
    chosen = trace.layer(layer, direction)
    return {name: chosen[name][0] for name in SHOWN[trace.cell]}


def limits_of(signals: Mapping[str, Array]) -> dict[str, float]:
    """The symmetric limit of each state's and candidate's colours: 1 where a tanh bounds it. A gate has 0 to 1."""
    return {
        name: places.state_limit(values) if name == "cell_state" or (np.abs(values) > 1).any() else 1.0
        for name, values in signals.items()
        if name not in GATES
    }


def limits_of_all(signals: Mapping[CellName, Signals]) -> dict[str, float]:
    """The limits that all architectures share: of each signal the largest."""
    limits = [limits_of(arrays) for arrays in signals.values()]
    return {name: max(found.get(name, 0) for found in limits) for names in limits for name in names}


def squash_of(trace: Trace, layer: int = 0, direction: Direction = "forward") -> Literal["tanh", "relu"]:
    """The function that makes a candidate, or a plain RNN's state, of its sum; a plain RNN's trace tells which."""
    if trace.cell != "rnn":
        return "tanh"
    chosen = trace.layer(layer, direction)
    sums, states = chosen["preactivation"][0], chosen["hidden_state"][0]
    off = {name: float(np.abs(states - squash(sums)).max(initial=0)) for name, squash in _SQUASHES.items()}
    return "relu" if off["relu"] < off["tanh"] else "tanh"


def arrangement_of(signals: Mapping[str, Array]) -> Arrangement:
    """The rows by likeness. A projected hidden state has fewer units than the gates, and does not count."""
    units = units_of(signals)
    return arrange({name: values for name, values in signals.items() if values.shape[1] == units})


def orders_of(cell: CellName, signals: Mapping[str, Array], found: Arrangement | None = None) -> dict[str, list[int]]:
    """The units from the top down, in each of ORDERS.

    "few" are those that stand for all, "cluster" puts all side by side that are alike, "unit" goes by number,
    "activity" puts the largest states first, and "half_life" what is kept longest (in an RNN, which has no gate that
    keeps: the state that is most like itself a step earlier). Where the hidden state is projected, the cell state
    counts.
    """
    found = found or arrangement_of(signals)
    hidden = signals["hidden_state"]
    states = hidden if hidden.shape[1] == len(found.order) else signals["cell_state"]
    keeps = KEEPS.get(cell)
    by_size = {"activity": activity(states), "half_life": half_life(signals[keeps]) if keeps else persistence(states)}
    return {
        "few": found.rows.tolist(),
        "cluster": found.order.tolist(),
        "unit": list(range(len(found.order))),
        **{name: np.argsort(-values, kind="stable").tolist() for name, values in by_size.items()},
    }


def units_of(signals: Mapping[str, Array]) -> int:
    """How many units a layer has; its hidden state may be projected to fewer."""
    return max(int(values.shape[1]) for values in signals.values())


def picture(
    runs: Mapping[CellName, Run],
    text: str,
    tokens: Sequence[Token],
    *,
    layer: int = 0,
    direction: Direction = "forward",
    say: Translator,
    opening: Opening | None = None,
) -> bytes:
    """All that the viewer draws, packed as `gateviz.viewer.packing.pack` says.

    Args:
        runs: the architectures, in the order in which they are drawn; all have read the same sentence.
        text: the sentence.
        tokens: (time,) what was read at each step.
        layer: the layer that is drawn; negative counts from the top.
        direction: "forward" or "reverse".
        say: the catalogue of the language.
        opening: the step and the unit to begin with, and the sentence above the tokens; None: there is no sentence.

    Raises:
        SignalError: a layer or direction that a trace does not have.
    """
    signals = {cell: signals_of(run.trace, layer, direction) for cell, run in runs.items()}
    return pack(header_of(runs, text, tokens, signals, say, layer, direction, opening), signals)


def header_of(
    runs: Mapping[CellName, Run],
    text: str,
    tokens: Sequence[Token],
    signals: Mapping[CellName, Signals],
    say: Translator,
    layer: int,
    direction: Direction,
    opening: Opening | None = None,
) -> dict[str, Any]:
    """All but the numbers. "id" names the picture, "numbers" names its signals, which are the same in any language."""
    header = {
        **_header(runs, text, tokens, signals, say),
        **(pack_opening(opening) if opening else {}),
        "layer": next(iter(runs.values())).trace.layer(layer, direction).index,
        "direction": direction,
        "language": say.language,
        "reverse": direction == "reverse",
        "models": {cell: run.model for cell, run in runs.items() if run.model},
        "pairs": rules_of(next(iter(runs.values())).model.partition("/")[0]),
        "squashes": {cell: squash_of(run.trace, layer, direction) for cell, run in runs.items()},
        "numbers": name_of(signals),
    }
    found = hashlib.sha256(json.dumps(header, sort_keys=True).encode()).hexdigest()
    return {"id": found, **header}


def _header(
    runs: Mapping[CellName, Run],
    text: str,
    tokens: Sequence[Token],
    signals: Mapping[CellName, Signals],
    say: Translator,
) -> dict[str, Any]:
    units = {cell: units_of(arrays) for cell, arrays in signals.items()}
    found = {cell: runs[cell].arrangement or arrangement_of(arrays) for cell, arrays in signals.items()}
    liveliest = signals["lstm" if "lstm" in runs else list(runs)[-1]]["hidden_state"].std(axis=0)
    return {
        "text": text,
        "cells": list(runs),
        "tokens": [{"text": token.text, "known": token.known} for token in tokens],
        "step": min(len(tokens) // 2, len(tokens) - 1),
        "unit": int(liveliest[: min(units.values())].argmax()),
        "units": units,
        "gates": sorted(GATES),
        "limits": limits_of_all(signals),
        "window": places.WINDOW,
        "maps": {cell: MAPPED[cell] for cell in runs},
        "orders": {cell: orders_of(cell, arrays, found[cell]) for cell, arrays in signals.items()},
        "groups": {cell: found[cell].groups.tolist() for cell in runs},
        "map_heights": {
            cell: {"few": places.page_map_height(len(each.rows)), "all": places.page_map_height(len(each.order))}
            for cell, each in found.items()
        },
        "expected": {cell: pack_answers(run.expected) for cell, run in runs.items()},
        "captions": {cell: run.caption for cell, run in runs.items()},
        "texts": _texts(say),
        "surprise": palette.SURPRISE,
        "most_bits": max(most_bits(run.expected) for run in runs.values()),
        "palettes": {
            name: {"gate": colours.gate, "state": colours.state, "cell": colours.cell}
            for name, colours in (("light", palette.LIGHT), ("dark", palette.DARK))
        },
    }


def name_of(signals: Mapping[CellName, Signals]) -> str:
    """A name that these numbers have and no others."""
    found = hashlib.sha256()
    for cell, arrays in signals.items():
        for name, values in arrays.items():
            found.update(f"{cell} {name} {values.shape} {values.dtype} ".encode())
            found.update(np.ascontiguousarray(values).data)
    return found.hexdigest()


def _texts(say: Translator) -> dict[str, Any]:
    by_cell = {
        kind: {cell: {signal: say.of_cell(kind, cell, signal) for signal in shown} for cell, shown in SHOWN.items()}
        for kind in ("signal", "symbol", "map_title")
    }
    return {
        **say.under("viewer"),
        "cells": say.under("cell"),
        "signals": by_cell["signal"],
        "symbols": by_cell["symbol"],
        "titles": by_cell["map_title"],
        "gate_counts": say.under("gate_counts"),
        "beat_texts": say.under("beats"),
        "hold": say.under("hold"),
        "compare": say.under("compare"),
        "typed": {name: say(f"error.{name}") for name in ("empty", "too_long", "control_character", "not_a_number")},
    }
