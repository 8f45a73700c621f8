"""How many numbers each cell has as weights, block by block; what its two biases do; and the matrices to look at."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gateviz.app.computed import models, readings
from gateviz.app.computed.hood.layer import WEIGHTS, inputs_of, modules_of, weights_of
from gateviz.app.computed.kept import kept
from gateviz.app.state import available
from gateviz.models.view import View
from gateviz.results.signals import KEEPS
from gateviz.results.trace import CellName
from gateviz.textbook.conventions import form

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from gateviz.i18n.translator import Translator

SIDES = ("inputs", "recurrent")
"""Which matrix of a gate: W, which weighs what the layer reads, or U, which weighs the state before."""


def of_cells(view: View) -> list[dict[str, Any]]:
    """Each cell of the task: the shape of the view's layer, its gates, and its counts."""
    return [_of_cell(View(view.task, (cell,), view.text, view.layer, view.direction, training_step=view.training_step))
            for cell in available.models()[view.task]]  # fmt: skip


@kept
def _of_cell(view: View) -> dict[str, Any]:
    (cell,) = view.cells
    model: Any = models.of_view(view, cell)
    weights = weights_of(model.recurrent, view)
    counts = {name: sum(weight.numel() for weight in part.parameters()) for name, part in model.named_children()}
    moved = bias_moved(view, cell)
    return {
        "cell": cell,
        "units": weights["weight_hh"].shape[1],
        "width": weights["weight_ih"].shape[1],
        "count": sum(array.size for array in weights.values()),
        "whole": [{"name": name, "count": count} for name, count in counts.items()],
        "gates": [
            {
                "signal": signal,
                "symbol": symbol,
                "radius": float(np.abs(eigenvalues(view, cell, signal)).max()),
                "moved": moved[signal],
            }
            for signal, symbol in form(cell, "pytorch").gates.items()
        ],
    }


def matrix(view: View, cell: CellName, side: str, signal: str) -> NDArray[np.floating]:
    """The rows of one gate, (unit, column), in W or in U."""
    _, module = modules_of(view, cell)[0]
    name = {"inputs": "weight_ih", "recurrent": "weight_hh"}[side]
    gates = tuple(form(cell, "pytorch").gates)
    return np.split(weights_of(module, view)[name], len(gates))[gates.index(signal)]


@kept
def eigenvalues(view: View, cell: CellName, signal: str) -> NDArray[np.complexfloating]:
    """Of the gate's U, in float64: (unit,)."""
    return np.linalg.eigvals(matrix(view, cell, "recurrent", signal).astype(np.float64)).astype(np.complex128)


def bias_moved(view: View, cell: CellName) -> dict[str, float]:
    """Signal -> the most that any hidden state changes if the gate's bias b_h is added to b_x instead, in this text.

    It is nothing but rounding wherever the two are added up.
    """
    import torch  # noqa: PLC0415

    from gateviz.recording.recorder import record  # noqa: PLC0415

    name, module = modules_of(view, cell)[0]
    inputs = inputs_of(view, cell)[name]
    right = readings.trace(view, cell).layer(view.layer, view.direction)["hidden_state"][0, : len(inputs)]
    turn = -1 if view.direction == "reverse" else 1
    rows = torch.as_tensor(inputs[::turn].copy())
    found = {}
    for signal in form(cell, "pytorch").gates:
        states = record(_single(module, view, moved=signal, cell=cell), rows).layer(0)["hidden_state"][0]
        found[signal] = float(np.abs(states - right[::turn]).max())
    return found


def _single(module: Any, view: View, *, moved: str, cell: CellName) -> Any:
    """The view's layer and direction as a module of its own, with that gate's b_h moved into b_x."""
    import torch  # noqa: PLC0415

    weights = {kind: torch.as_tensor(array.copy()) for kind, array in weights_of(module, view).items()}
    gates = tuple(form(cell, "pytorch").gates)
    units = module.hidden_size
    rows = slice(gates.index(moved) * units, (gates.index(moved) + 1) * units)
    weights["bias_ih"][rows] += weights["bias_hh"][rows]
    weights["bias_hh"][rows] = 0
    single = type(module)(weights["weight_ih"].shape[1], units)
    single.load_state_dict({f"{kind}_l0": weights[kind] for kind in WEIGHTS})
    return single


def first_gate(cell: CellName) -> str:
    """The gate whose matrix is shown before one is chosen: the one that keeps, if the cell has gates."""
    return KEEPS.get(cell, next(iter(form(cell, "pytorch").gates)))


def map_of(view: View, cell: CellName, side: str, signal: str, say: "Translator") -> "go.Figure":
    """The matrix as a map."""
    from gateviz.figures.palette import THEMED  # noqa: PLC0415
    from gateviz.figures.weights import weight_map  # noqa: PLC0415

    letter = {"inputs": "W", "recurrent": "U"}[side]
    own = "hidden_state" if signal == "preactivation" else signal
    return weight_map(
        matrix(view, cell, side, signal),
        title=f"<i>{letter}<sub>{form(cell, 'pytorch').gates[signal]}</sub></i>, {say.of_cell('signal', cell, own)}",
        row_title=say("matrix.unit"),
        column_title=say(f"matrix.{side}"),
        palette=THEMED,
    )


def plane_of(view: View, cell: CellName, signal: str, say: "Translator") -> "go.Figure":
    """The eigenvalues of the gate's U."""
    from gateviz.figures.palette import THEMED  # noqa: PLC0415
    from gateviz.figures.weights import eigenvalue_plane  # noqa: PLC0415

    found = eigenvalues(view, cell, signal)
    return eigenvalue_plane(
        found,
        title=say("matrix.radius", value=f"{np.abs(found).max():.3f}"),
        hover=say("matrix.size"),
        palette=THEMED,
    )
