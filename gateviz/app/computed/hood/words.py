"""How much is left of each word in each later state of every cell: by leaving it out, and by the gradient."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gateviz.app.computed import models, readings
from gateviz.app.computed.hood.layer import Arrays, modules_of
from gateviz.app.computed.kept import kept
from gateviz.app.state import available
from gateviz.data.tokenizing.tokens import Token
from gateviz.models.view import View
from gateviz.results.trace import CellName

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from gateviz.i18n.translator import Translator

MOST = 80
"""Of a longer text the first so many tokens are read: the work grows with their square."""

TICKS = 32
"""At most so many tokens are named along an axis."""

NOTHING = 1e-9
"""A share that is nothing but rounding."""

LARGEST = 16_384
"""Tokens times units: fewer tokens of a large network are read, so that no page waits long."""

WAYS = ("left_out", "gradient")

EXAMPLE = ("intent", "what time is it")
"""A task and a text so short that every step can be drawn."""


def of_cells(view: View) -> Arrays:
    """`lstm.left_out` and `lstm.gradient` of every cell of the task: (time, source), the changes of h_t."""
    arrays: Arrays = {}
    for cell in available.models()[view.task]:
        own = View(view.task, (cell,), view.text, view.layer, view.direction, training_step=view.training_step)
        arrays |= {f"{cell}.{way}": pairs for way, pairs in _pairs(own).items()}
    return arrays


@kept
def _pairs(view: View) -> dict[str, NDArray[np.float64]]:
    from gateviz.gradients.sources import along_inputs, left_out  # noqa: PLC0415

    (cell,) = view.cells
    model = readings.reading(view, cell).model
    largest = max(config.hidden_size for config in models.configs(view.task).values())
    most = min(MOST, LARGEST // largest)  # the same for all cells of the task
    inputs = model.embed(model.encode(view.text)[:most])[0]
    module = modules_of(view, cell)[0][1]
    return {
        "left_out": left_out(module, inputs, view.layer, view.direction),
        "gradient": along_inputs(module, inputs, view.layer, view.direction),
    }


def figure(view: View, cell: CellName, way: str, tokens: tuple[Token, ...], say: "Translator") -> "go.Figure":
    """The shares of one cell as a map: a row for each state, a column for each source."""
    return _figure(View(view.task, (cell,), view.text, view.layer, view.direction, say.language, view.training_step),
                   way, tuple(token.text for token in tokens))  # fmt: skip


@kept
def _figure(view: View, way: str, tokens: tuple[str, ...]) -> "go.Figure":
    from gateviz.figures.heatmaps import plain  # noqa: PLC0415
    from gateviz.figures.matrices import share_map  # noqa: PLC0415
    from gateviz.figures.palette import THEMED  # noqa: PLC0415
    from gateviz.gradients.sources import shares_of  # noqa: PLC0415
    from gateviz.i18n.translator import load  # noqa: PLC0415

    say: Any = load(view.language)
    plain_view = View(view.task, view.cells, view.text, view.layer, view.direction, training_step=view.training_step)
    shares = shares_of(_pairs(plain_view)[way])
    shares[shares < NOTHING] = np.nan  # a word that is not read yet
    found = share_map(
        shares,
        earlier_title=say("words.source"),
        later_title=say("words.state"),
        share_title=say("words.share"),
        palette=THEMED,
    )
    names = [plain(token.strip()) or "␣" for token in tokens[: len(shares)]]
    shown = range(0, len(names), -(-len(names) // TICKS))
    ticks = {"tickvals": list(shown), "ticktext": [names[at] for at in shown], "title": None, "showgrid": False}
    title = {
        "text": f"{say(f'cell.{view.cells[0]}')}: {say(f'words.{way}')}",
        "font": {"size": 14},
        "x": 0,
        "xanchor": "left",
        "y": 0.99,
    }
    found.update_layout(title=title, margin={"l": 60, "r": 8, "t": 30, "b": 60}, height=460, width=None, dragmode=False)
    found.update_xaxes(**ticks, tickangle=-60, fixedrange=True, constrain="domain")
    found.update_yaxes(**ticks, fixedrange=True, constrain="domain")
    found.update_traces(showscale=way == WAYS[-1])
    return found
