"""What is kept between reruns and shared by all sessions: models once a process, traces and figures with bounds.

Everything cached is frozen or never changed. torch is imported here, inside the functions: a page calls them after its
widgets are painted. Costs of a miss at 256 units and 60 tokens: a trace some 10 ms, its payload 15 ms, a figure 5 ms.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from gateviz.app.components import snapshots
from gateviz.data.tokenizing.tokens import Token, Tokenizer
from gateviz.i18n.translator import load
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.folder import find_card
from gateviz.results.trace import CellName, Direction, Trace
from gateviz.viewer.packing import picture, pieces
from gateviz.viewer.packing.sums import Parts

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from gateviz.models.sequence_model import SequenceModel

Weights = Literal["trained", "untrained"]

READY = threading.Event()
"""Set when the engine has been loaded: from then on no page waits for it."""


@st.cache_resource(show_spinner=False)
def engine() -> None:
    """Load torch once."""
    load_engine()
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)  # thirty sessions are the parallelism: more threads a run only wait for one another
    READY.set()


def load_engine() -> None:
    """Import what the pages need and their widgets do not."""
    import pandas  # noqa: F401, PLC0415  plotly looks for it in sys.modules, where it may stand half imported
    import plotly.graph_objects  # noqa: F401, PLC0415

    import gateviz.gradients.flow  # noqa: PLC0415
    import gateviz.pretrained.files  # noqa: F401, PLC0415


@st.cache_resource(max_entries=128, show_spinner=False)
def model(source: str, cell: CellName) -> "SequenceModel":
    """A pretrained model, or a snapshot of its training (`gateviz.app.snapshots` says how they are called)."""
    from gateviz.pretrained.files import load_pretrained  # noqa: PLC0415

    task, step = snapshots.parts(source)
    return load_pretrained(task, cell) if step is None else _lapse(task, cell)[step]


@st.cache_resource(max_entries=16, show_spinner=False)
def _lapse(task: str, cell: CellName) -> "dict[int, SequenceModel]":
    """All snapshots of a training: they lie in one file."""
    from gateviz.pretrained.files import load_timelapse  # noqa: PLC0415

    return dict(load_timelapse(task, cell))


@st.cache_resource(max_entries=128, show_spinner=False)
def card(task: str, cell: CellName) -> ModelCard:
    """What is known of a model. Needs no torch."""
    return find_card(task, cell)


@st.cache_resource(max_entries=64, show_spinner=False)
def tokenizer(task: str, cell: CellName) -> Tokenizer:
    """What cuts a text up for that task. Needs no torch."""
    return card(task, cell).tokenizer()


@st.cache_resource(max_entries=256, show_spinner=False)
def trace(source: str, cell: CellName, text: str) -> Trace:
    """Every gate at every character."""
    from gateviz.export.files import trace_of  # noqa: PLC0415

    return trace_of(model(source, cell), text, _written(snapshots.parts(source)[0], text))


@st.cache_resource(max_entries=256, show_spinner=False)
def _written(task: str, text: str) -> int | None:
    """How much the decoders of a task write, all as much as that of its last architecture; None where there is none."""
    from gateviz.export.files import characters_written  # noqa: PLC0415
    from gateviz.pretrained.folder import names, pretrained_folder  # noqa: PLC0415

    last = [cell for name, cell in names(pretrained_folder()) if name == task][-1]
    return characters_written(model(task, last), text) if card(task, last).config.answers == "text" else None


def tokens(source: str, cells: tuple[CellName, ...], text: str) -> tuple[Token, ...]:
    """What is read at each step: what was typed, and what the decoders wrote."""
    from gateviz.export.files import tokens_of  # noqa: PLC0415

    return tokens_of(model(source, cells[0]), text, [trace(source, cell, text) for cell in cells])


@st.cache_resource(max_entries=256, show_spinner=False)
def answers(source: str, cell: CellName, text: str, language: str) -> picture.Answers:
    """What the model answered after every token."""
    from gateviz.export.files import answers_of  # noqa: PLC0415

    task, _ = snapshots.parts(source)
    return answers_of(model(source, cell), trace(source, cell, text), load(language), task)


@st.cache_resource(max_entries=256, show_spinner=False)
def maps(source: str, cell: CellName, text: str, layer: int, direction: Direction, language: str) -> "go.Figure":
    """The heatmaps of one architecture, in the colours of the theme."""
    from gateviz.figures.heatmaps import signal_maps  # noqa: PLC0415
    from gateviz.figures.palette import THEMED  # noqa: PLC0415
    from gateviz.figures.places import WINDOW  # noqa: PLC0415

    say = load(language)
    values = picture.signals_of(trace(source, cell, text), layer, direction)
    titles = {
        name: f"<i>{say.of_cell('symbol', cell, name)}</i>  {say.of_cell('signal', cell, name)}" for name in values
    }
    limits = picture.limits_of(values)
    first = {name: array[:WINDOW] for name, array in values.items()}  # the viewer draws the others over it
    return signal_maps(first, titles, limits=limits, palette=THEMED, compact=True)


@st.cache_resource(max_entries=256, show_spinner=False)
def payload(
    source: str, cells: tuple[CellName, ...], text: str, layer: int, direction: Direction, language: str
) -> bytes:
    """All that the viewer draws, packed."""
    runs = {
        cell: replace(run, sums=_sums(source, cell, text, layer, direction))
        for cell, run in _runs(source, cells, text, language).items()
    }
    say = load(language)
    return picture.picture(runs, text, tokens(source, cells, text), layer=layer, direction=direction, say=say)


def _runs(source: str, cells: tuple[CellName, ...], text: str, language: str) -> dict[CellName, picture.Run]:
    """Without their sums."""
    from gateviz.export.files import caption_of  # noqa: PLC0415

    say = load(language)
    task, step = snapshots.parts(source)
    captions = {
        cell: caption_of(card(task, cell), say) if step is None else snapshots.caption(card(task, cell), step, say)
        for cell in cells
    }
    return {
        cell: picture.Run(trace(source, cell, text), answers(source, cell, text, language), captions[cell])
        for cell in cells
    }


@st.cache_resource(max_entries=12, show_spinner=False)  # twice as large as a trace
def _sums(source: str, cell: CellName, text: str, layer: int, direction: Direction) -> "Sequence[Mapping[str, Parts]]":
    """What each gate of a layer sums up."""
    from gateviz.export.files import sums_of  # noqa: PLC0415

    return sums_of(model(source, cell), text, _written(snapshots.parts(source)[0], text), layer, direction)


@st.cache_resource(max_entries=256, show_spinner=False)
def head(
    source: str, cells: tuple[CellName, ...], text: str, layer: int, direction: Direction, language: str
) -> tuple[str, bytes]:
    """Of a long text what comes at once, and the name of its pieces."""
    runs, say = _runs(source, cells, text, language), load(language)
    return pieces.head(runs, text, tokens(source, cells, text), layer=layer, direction=direction, say=say)


@st.cache_resource(max_entries=128, show_spinner=False)  # a class that reads the same text asks for the same pieces
def piece(
    source: str, cells: tuple[CellName, ...], text: str, layer: int, direction: Direction, number: int
) -> bytes | None:
    """The numbers at some steps of a long text; None beyond its end."""
    signals = _signals(source, cells, text, layer, direction)
    if number >= pieces.count(signals):
        return None
    return pieces.piece(signals, number, reverse=direction == "reverse")


@st.cache_resource(max_entries=128, show_spinner=False)
def sums_piece(
    source: str, cells: tuple[CellName, ...], text: str, layer: int, direction: Direction, number: int
) -> bytes | None:
    """The sums behind them."""
    signals = _signals(source, cells, text, layer, direction)
    if number >= pieces.count(signals):
        return None
    sums = {cell: picture.sums_of(_sums(source, cell, text, layer, direction)) for cell in cells}
    squashes = {cell: picture.squash_of(trace(source, cell, text), layer, direction) for cell in cells}
    return pieces.sums_piece(signals, sums, number, squashes=squashes)


def _signals(
    source: str, cells: tuple[CellName, ...], text: str, layer: int, direction: Direction
) -> dict[CellName, picture.Signals]:
    return {cell: picture.signals_of(trace(source, cell, text), layer, direction) for cell in cells}


@dataclass(frozen=True)
class Decay:
    """How one network's gradients decay from the loss step back.

    Attributes:
        hidden_state: (loss step + 1,) L2 norm of dL/dh_t, total derivative. Only a classifier has a reverse layer, and
            the loss at a step is that of its answer to the text up to there.
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
    source: str,
    cell: CellName,
    text: str,
    step: int,
    weights: Weights,
    forget_bias: float,
    layer: int,
    direction: Direction,
) -> Decay:
    """Gradients of the loss at one step, in float64: the curves span more decades than float32 has."""
    from gateviz.models.encoder_decoder import EncoderDecoder  # noqa: PLC0415

    network = network_in_double(source, cell, weights, forget_bias if cell == "lstm" else 0.0)
    written = _written(snapshots.parts(source)[0], text)
    if isinstance(network, EncoderDecoder):
        flow = network.gradients(text, step, written)
    else:
        flow = network.gradients(text, step)
    norms = {
        name: flow.norm(name, layer, direction)[0] for name in ("hidden_state", "cell_state")[: 1 + (cell == "lstm")]
    }
    norms = {name: values[: step + 1] for name, values in norms.items()}
    inputs = np.zeros(len(trace(source, cell, text).tokens or ()))
    inputs[: len(flow.inputs[0])] = flow.norm("inputs")[0]
    return Decay(norms["hidden_state"], norms.get("cell_state"), inputs, flow.loss)


@st.cache_resource(max_entries=32, show_spinner=False)
def network_in_double(source: str, cell: CellName, weights: Weights, forget_bias: float) -> "SequenceModel":
    """The trained network, or one of its shape as PyTorch draws it, with the LSTM's forget bias set."""
    trained = model(source, cell)
    if weights == "trained":
        return trained.clone().double()
    return trained.untrained(seed=0, forget_bias=forget_bias if cell == "lstm" else None).double()
