"""Other looks at a sentence's gradients, kept for all sessions: a loss at every step, state by state, along which path.

All of these are of trained networks, in float64. `why_not` says which of them a network does not have.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gateviz.app.computed import models
from gateviz.app.computed.kept import kept
from gateviz.app.state.session import GradientView
from gateviz.models.view import View
from gateviz.results.trace import Array, CellName

if TYPE_CHECKING:
    from torch import Tensor, nn

MOST_PRODUCTS = 10**10
"""Multiplications for all pairs of steps, T^2 S^3: some 1.5 s."""

REASONS = ("not_of_two", "not_both_ways", "too_large")
"""Each has a text of the catalogue."""

MOST_BANDS = 8
"""Losses at more steps than this are put together, as many steps side by side as are needed."""


@dataclass(frozen=True)
class Paths:
    """The derivative of the state at the loss by each earlier one, as norms (loss step + 1,), by step."""

    total: Array
    direct: Array | None
    """Along the gates that keep alone; None for an RNN, which has no such path."""
    rest: Array | None


@dataclass(frozen=True)
class Bands:
    """dL/dh with a loss at every step, split by the steps of these losses."""

    shares: Array
    """(time, band) the parts of the norm of dL/dh: they add up to it."""
    spans: tuple[tuple[int, int], ...]
    """(band,) the first and the last step of the losses."""


def why_not(view: View, kind: GradientView, steps: int) -> str | None:
    """Why these networks cannot be looked at so, one of `REASONS`, or None if they can."""
    configs = [models.card(view.task, cell).config for cell in view.cells]
    if kind != "one_step" and any(config.answers == "text" for config in configs):
        return "not_of_two"
    if kind == "every_step":
        return "not_both_ways" if any(config.bidirectional for config in configs) else None
    if kind in ("jacobians", "paths"):
        size = max(config.hidden_size * (2 if config.cell == "lstm" else 1) for config in configs)
        return "too_large" if steps**2 * size**3 > MOST_PRODUCTS else None
    return None


def jacobians(view: View, cell: CellName) -> Array:
    """(t, s) spectral norms of d s_t / d s_s; the state of an LSTM is h and c side by side."""
    return _jacobians(_of_cell(view, cell))


def paths(view: View, cell: CellName, step: int) -> Paths:
    """From the state at the loss back to every earlier one, through the layer and direction of the view."""
    steps = step + 1 if models.card(view.task, cell).config.bidirectional else None  # it reads the text up to the loss
    row = 0 if view.direction == "reverse" else step
    total, *parts = (norms[row, : step + 1] for norms in _paths(_of_cell(view, cell), steps))
    if not parts:
        return Paths(total, None, None)
    direct, rest = parts
    return Paths(total, direct, np.where(np.arange(step + 1) == row, np.nan, rest))  # at the loss itself there is none


def bands(view: View, cell: CellName) -> Bands:
    """Of the sum of the losses at all steps."""
    return _bands(_of_cell(view, cell))


def _of_cell(view: View, cell: CellName) -> View:
    return View(view.task, (cell,), view.text, view.layer, view.direction, training_step=view.training_step)


def _module(view: View, steps: int | None) -> "tuple[nn.Module, Tensor]":
    model = models.in_double(view, view.cells[0])
    inputs = model.loss_at(view.text, -1).inputs
    return model.recurrent, inputs[:, :steps]


@kept
def _jacobians(view: View) -> Array:
    from gateviz.gradients.jacobians import jacobian_norms  # noqa: PLC0415

    norms: Array = jacobian_norms(*_module(view, None), layer=view.layer, direction=view.direction)[0]
    return norms


@kept
def _paths(view: View, steps: int | None) -> tuple[Array, ...]:
    from gateviz.gradients.jacobians import jacobian_norms  # noqa: PLC0415
    from gateviz.gradients.paths import path_norms  # noqa: PLC0415

    module, inputs = _module(view, steps)
    if view.cells[0] == "rnn":
        return (jacobian_norms(module, inputs, layer=view.layer, direction=view.direction)[0],)
    found = path_norms(module, inputs, layer=view.layer, direction=view.direction)
    return found.total[0], found.direct[0], found.rest[0]


@kept
def _bands(view: View) -> Bands:
    from gateviz.gradients.paths import gradient_bands  # noqa: PLC0415

    model = models.in_double(view, view.cells[0])
    steps = len(model.tokenize(view.text))
    losses = [model.loss_at(view.text, step) for step in range(steps)]
    found = gradient_bands(
        model.recurrent,
        losses[0].inputs,
        lambda output: sum(each.loss(output) for each in losses),  # type: ignore[arg-type,return-value]
        layer=view.layer,
        direction=view.direction,
    )
    every = np.zeros((steps, steps))  # (time, loss step); a source is missing where its loss has no gradient
    every[:, found.sources] = found.bands[0]
    cuts = np.array_split(np.arange(steps), min(MOST_BANDS, steps))
    return Bands(
        np.stack([every[:, cut].sum(axis=1) for cut in cuts], axis=1),
        tuple((int(cut[0]), int(cut[-1])) for cut in cuts),
    )
