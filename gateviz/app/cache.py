"""What is kept between reruns and shared by all sessions: models once a process, traces and figures with bounds.

Everything cached is frozen or never changed. torch is imported here, inside the functions: a page calls them after its
widgets are painted. Costs of a miss at 256 units and 60 tokens: a trace some 10 ms, its payload 15 ms, a figure 5 ms.
"""

import gc
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from gateviz.app import i18n
from gateviz.trace import CellName, Direction, Trace
from gateviz.viewer import picture

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from gateviz.cards import ModelCard
    from gateviz.expectation import Expectation
    from gateviz.models import SequenceModel

Weights = Literal["trained", "untrained"]

READY = threading.Event()
"""Set when the engine has been loaded: from then on no page waits for it."""


@st.cache_resource(show_spinner=False)
def engine() -> None:
    """Load torch once, and take what was loaded out of the garbage collector's rounds for good.

    Streamlit collects after every run of every session: with torch's modules in the rounds that is 95 ms each time.
    """
    load()
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)  # thirty sessions are the parallelism: more threads a run only wait for one another
    gc.collect()
    gc.freeze()
    READY.set()


def load() -> None:
    """Import what the pages need and their widgets do not."""
    import pandas  # noqa: F401, PLC0415  plotly looks for it in sys.modules, where it may stand half imported
    import plotly.graph_objects  # noqa: F401, PLC0415

    import gateviz.gradients  # noqa: PLC0415
    import gateviz.pretrained  # noqa: F401, PLC0415


@st.cache_resource(max_entries=64, show_spinner=False)
def model(task: str, cell: CellName) -> "SequenceModel":
    """A pretrained model."""
    from gateviz.pretrained import load_pretrained  # noqa: PLC0415

    return load_pretrained(task, cell)


@st.cache_resource(max_entries=4, show_spinner=False)
def cards() -> "dict[tuple[str, str], ModelCard]":
    """Every card by task and cell."""
    from gateviz.pretrained import list_pretrained  # noqa: PLC0415

    return {(card.task, card.cell): card for card in list_pretrained()}


@st.cache_resource(max_entries=256, show_spinner=False)
def trace(task: str, cell: CellName, text: str) -> Trace:
    """Every gate at every character."""
    return model(task, cell).trace(text)


@st.cache_resource(max_entries=256, show_spinner=False)
def expectation(task: str, cell: CellName, text: str) -> "Expectation":
    """What the model expected after every character."""
    from gateviz.export import expectation_of  # noqa: PLC0415

    return expectation_of(model(task, cell), trace(task, cell, text))


@st.cache_resource(max_entries=256, show_spinner=False)
def maps(task: str, cell: CellName, text: str, layer: int, direction: Direction, language: str) -> "go.Figure":
    """The heatmaps of one architecture, in the colours of the theme."""
    from gateviz.figures.heatmaps import signal_maps  # noqa: PLC0415
    from gateviz.figures.palette import THEMED  # noqa: PLC0415

    words = i18n.load(language)
    values = picture.signals_of(trace(task, cell, text), layer, direction)
    titles = {
        name: f"<i>{words.of_cell('symbol', cell, name)}</i>  {words.of_cell('signal', cell, name)}" for name in values
    }
    return signal_maps(values, titles, limits=picture.limits_of(values), palette=THEMED, compact=True)


@st.cache_resource(max_entries=256, show_spinner=False)
def payload(
    task: str, cells: tuple[CellName, ...], text: str, layer: int, direction: Direction, language: str
) -> bytes:
    """All that the viewer draws, packed."""
    from gateviz.export import caption_of, sums_of  # noqa: PLC0415

    words = i18n.load(language)
    captions = {cell: caption_of(cards()[task, cell], words) for cell in cells}
    runs = {
        cell: picture.Run(
            trace(task, cell, text),
            expectation(task, cell, text),
            captions[cell],
            sums_of(model(task, cell), text, layer, direction),
        )
        for cell in cells
    }
    tokens = model(task, cells[0]).tokenize(text)
    return picture.picture(runs, text, tokens, layer=layer, direction=direction, words=words)


@dataclass(frozen=True)
class Decay:
    """How one network's gradients decay from the loss step back.

    Attributes:
        hidden_state: (loss step + 1,) L2 norm of dL/dh_t, total derivative. Of a reverse layer, which the loss reaches
            from its step on: (time,), NaN before.
        cell_state: the same of dL/dc_t; None but for an LSTM.
        inputs: (time,) L2 norm of dL/dx_t; zero after the loss step.
        loss: in nats.
    """

    hidden_state: NDArray[np.float64]
    cell_state: NDArray[np.float64] | None
    inputs: NDArray[np.float64]
    loss: float


@st.cache_resource(max_entries=512, show_spinner=False)
def decay(
    task: str,
    cell: CellName,
    text: str,
    step: int,
    weights: Weights,
    forget_bias: float,
    layer: int,
    direction: Direction,
) -> Decay:
    """Gradients of the loss at one step, in float64: the curves span more decades than float32 has."""
    from gateviz.gradients import gradient_flow  # noqa: PLC0415

    network = network_in_double(task, cell, weights, forget_bias if cell == "lstm" else 0.0)
    flow = gradient_flow(network.recurrent, *network.loss_at(text, step))
    norms = {
        name: flow.norm(name, layer, direction)[0] for name in ("hidden_state", "cell_state")[: 1 + (cell == "lstm")]
    }
    if direction == "forward":
        norms = {name: values[: step + 1] for name, values in norms.items()}
    else:
        norms = {
            name: np.where(np.arange(len(flow.inputs[0])) < step, np.nan, values) for name, values in norms.items()
        }
    return Decay(norms["hidden_state"], norms.get("cell_state"), flow.norm("inputs")[0], flow.loss)


@st.cache_resource(max_entries=32, show_spinner=False)
def network_in_double(task: str, cell: CellName, weights: Weights, forget_bias: float) -> "SequenceModel":
    """The trained network, or one of its shape as PyTorch draws it, with the LSTM's forget bias set."""
    trained = model(task, cell)
    if weights == "trained":
        return trained.clone().double()
    return trained.untrained(seed=0, forget_bias=forget_bias if cell == "lstm" else None).double()
