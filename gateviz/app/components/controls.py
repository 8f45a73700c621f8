"""The widgets that both pages share: task, sentence, file, architectures; layer and direction where there are several.

It gives back what is to be shown, which is always valid: where the input is not, one sentence says so and the last
valid choice stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gateviz.app.components import sentence, snapshots
from gateviz.app.computed import cache
from gateviz.app.state import address
from gateviz.app.state.language import translator
from gateviz.errors import PretrainedError
from gateviz.i18n.translator import Translator, languages, load
from gateviz.results.trace import CellName, Direction

UPLOAD_MEGABYTES = 1
WIDTHS = (1.3, 4.4, 1.45, 1.3, 0.9, 0.95)
"""Of the row's columns, in parts: task, sentence, architectures, file, language, and what a page adds."""


@dataclass(frozen=True)
class Choice:
    """What to show: a task, its architectures, a sentence that can be run."""

    task: str
    cells: tuple[CellName, ...]
    text: str
    above: DeltaGenerator
    """The place beside the sentence's label, for layer and direction."""
    aside: DeltaGenerator
    """The place at the end of the row, for what a page adds to it."""


def show(say: Translator) -> Choice:
    """Draw the row and read it."""
    tasks = address.tasks()
    if not tasks:
        raise PretrainedError("there are no models", code="error.no_models")
    _make_valid(tasks)
    columns = st.container(key="controls").columns(WIDTHS, vertical_alignment="top", gap="small")
    with columns[0]:
        task = st.selectbox(
            say("control.task"),
            tasks,
            key="task",
            format_func=say.task,
            on_change=sentence.change_task,
            persist_state="session",
        )
    with columns[1]:
        typed = st.text_input(
            say("control.sentence"), key="sentence", persist_state="session", on_change=address.forget_link
        )
    with columns[2]:
        cells = st.segmented_control(
            say("control.cells"),
            address.cells_of(task),
            selection_mode="multi",
            key="cells",
            format_func=lambda cell: say(f"cell.{cell}"),
            persist_state="session",
        )
    with columns[3]:
        st.file_uploader(
            say("control.upload"),
            type=["txt"],
            key="upload",
            max_upload_size=UPLOAD_MEGABYTES,
            on_change=sentence.take_file,
        )
    with columns[4]:
        st.segmented_control(
            say("control.language"),
            languages(),
            key="language",
            required=True,
            format_func=lambda code: load(code)("language.name"),
            persist_state="session",
        )
    above = columns[1].container(horizontal=True, key="place")
    sentence.choose_line(columns[1], say)
    text = sentence.valid(typed, say)
    available = address.cells_of(task)
    return Choice(task, tuple(cell for cell in available if cell in cells) or available, text, above, columns[5])


def _make_valid(tasks: Sequence[str]) -> None:
    """Before the widgets: defaults, and nothing from a link that they could not show."""
    state = st.session_state
    if state.get("task") not in tasks:
        state["task"] = tasks[0]
    available = address.cells_of(state["task"])
    if not set(state.get("cells", ())) <= set(available):
        address.leave_out()
    state["cells"] = [cell for cell in available if cell in state.get("cells", ())] or list(available)
    if state.get("language") not in languages():
        state["language"] = translator().language
    sentence.make_valid(state["task"])


def show_layer(say: Translator, choice: Choice, num_layers: int, num_directions: int) -> tuple[int, Direction]:
    """Layer and direction, to choose where there are several: in a row that is there, so that no picture moves."""
    state = st.session_state
    layers, directions = tuple(range(num_layers)), address.DIRECTIONS[:num_directions]
    address.nearest("layer", layers)
    address.nearest("direction", directions)
    if num_layers > 1:
        choice.above.segmented_control(
            say("control.layer"),
            layers,
            key="layer",
            format_func=lambda index: str(index + 1),
            required=True,
            persist_state="session",
        )
    if num_directions > 1:
        choice.above.segmented_control(
            say("control.direction"),
            directions,
            key="direction",
            format_func=lambda name: say(f"direction.{name}"),
            required=True,
            persist_state="session",
        )
    return state["layer"], state["direction"]


def choose_source(say: Translator, choice: Choice) -> str:
    """What the caches call the models: trained, or, to choose where they ship, as they were along the training."""
    with choice.aside:
        return snapshots.show(say, choice.task, [cache.card(choice.task, cell) for cell in choice.cells])


def write_address(choice: Choice, source: str, layer: int, direction: str, say: Translator) -> None:
    """Put what is shown into the address bar."""
    _, step = snapshots.parts(source)
    address.write(
        **({} if step is None else {"trained": str(step)}),
        task=choice.task,
        cells=",".join(choice.cells),
        text=choice.text,
        layer=str(layer),
        direction=direction,
        lang=say.language,
    )
