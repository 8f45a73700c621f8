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
from gateviz.results.opening import Opening
from gateviz.results.signals import GATES, KEEPS
from gateviz.results.statistics import activity, cluster_order, half_life, persistence
from gateviz.results.trace import Array, CellName, Direction, Trace
from gateviz.viewer.packing.answers import most_bits, pack_answers
from gateviz.viewer.packing.openings import pack_opening
from gateviz.viewer.packing.pack import pack
from gateviz.viewer.packing.sums import Parts, Stretch

SHOWN: dict[CellName, tuple[str, ...]] = {
    "rnn": ("hidden_state",),
    "lstm": ("hidden_state", "cell_state", "forget_gate", "input_gate", "candidate", "output_gate"),
    "gru": ("hidden_state", "update_gate", "reset_gate", "candidate"),
}
"""The signals on the page from the top down: the hidden state first, so that the three stand side by side."""

ORDERS = ("unit", "activity", "half_life", "cluster")
"""The orders in which the rows of the heatmaps may stand; the first is by number."""

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
    sums: Sequence[Mapping[str, Parts]] = ()
    """The parts of each gate's sum in the layer that is drawn, such as `contributions(...).layer(0).sums`: an entry
    for each stretch of steps with weights of its own, an encoder's and a decoder's. With none the equations show no
    sums."""


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


def squash_of(trace: Trace, layer: int = 0, direction: Direction = "forward") -> Literal["tanh", "relu"]:
    """The function that makes a candidate, or a plain RNN's state, of its sum; a plain RNN's trace tells which."""
    if trace.cell != "rnn":
        return "tanh"
    chosen = trace.layer(layer, direction)
    sums, states = chosen["preactivation"][0], chosen["hidden_state"][0]
    off = {name: float(np.abs(states - squash(sums)).max(initial=0)) for name, squash in _SQUASHES.items()}
    return "relu" if off["relu"] < off["tanh"] else "tanh"


def orders_of(cell: CellName, signals: Mapping[str, Array]) -> dict[str, list[int]]:
    """The units from the top down, in each of ORDERS but the first.

    "activity" puts the largest states first, "half_life" what is kept longest (in an RNN, which has no gate that keeps:
    the state that is most like itself a step earlier), "cluster" puts units side by side that move together.
    """
    states = signals["hidden_state"]
    keeps = KEEPS.get(cell)
    lasting = half_life(signals[keeps]) if keeps else persistence(states)
    by_size = {"activity": activity(states), "half_life": lasting}
    orders = {name: np.argsort(-values, kind="stable").tolist() for name, values in by_size.items()}
    return {**orders, "cluster": cluster_order(states).tolist()}


def sums_of(stretches: Sequence[Mapping[str, Parts]]) -> list[dict[str, Parts]]:
    """The sums of the one sequence, by the signals of SHOWN: a plain RNN's goes by the name of its hidden state."""
    return [
        {
            "hidden_state" if name == "preactivation" else name: Stretch(
                parts.inputs[0], parts.recurrent[0], parts.bias, parts.recurrent_bias
            )
            for name, parts in stretch.items()
        }
        for stretch in stretches
    ]


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
    sums = {cell: sums_of(run.sums) for cell, run in runs.items() if run.sums}
    return pack(header_of(runs, text, tokens, signals, say, layer, direction, opening), signals, sums)


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
        "reverse": direction == "reverse",
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
    units = {cell: arrays["hidden_state"].shape[1] for cell, arrays in signals.items()}
    limits = [limits_of(arrays) for arrays in signals.values()]
    liveliest = signals["lstm" if "lstm" in runs else list(runs)[-1]]["hidden_state"].std(axis=0)
    return {
        "text": text,
        "cells": list(runs),
        "tokens": [{"text": token.text, "known": token.known} for token in tokens],
        "step": min(len(tokens) // 2, len(tokens) - 1),
        "unit": int(liveliest[: min(units.values())].argmax()),
        "units": units,
        "gates": sorted(GATES),
        "limits": {name: max(found.get(name, 0) for found in limits) for names in limits for name in names},
        "geometry": {"left": places.MARGIN_LEFT, "right": places.MARGIN_RIGHT, "bottom": places.MARGIN_BOTTOM},
        "window": places.WINDOW,
        "orders": {cell: orders_of(cell, arrays) for cell, arrays in signals.items()},
        "maps": {cell: [vars(place) for place in places.geometry(SHOWN[cell], units[cell]).maps] for cell in runs},
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
        for kind in ("signal", "symbol")
    }
    return {
        **say.under("viewer"),
        "cells": say.under("cell"),
        "signals": by_cell["signal"],
        "symbols": by_cell["symbol"],
        "gate_counts": say.under("gate_counts"),
        "beat_texts": say.under("beats"),
    }
