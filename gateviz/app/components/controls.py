"""The widgets that both pages share: task, sentence, architectures, file, what else a model has to choose, language.

The language stands in the header, all others in one row.

`show` gives back the view to draw, which is always valid: where the input is not, one sentence says so and the last
valid choice stays. No widget here waits for torch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gateviz.app.components import notices, sentence, training_step
from gateviz.app.computed import models
from gateviz.app.state import address, available
from gateviz.app.state.language import translator
from gateviz.app.state.session import Key, session
from gateviz.errors import PretrainedError
from gateviz.i18n.translator import Translator, languages, load
from gateviz.models.view import View
from gateviz.pretrained.examples import opening
from gateviz.results.trace import CellName, Direction

UPLOAD_MEGABYTES = 1
COLUMNS = 5
"""Of the row: task, sentence, what else a model has to choose, architectures, file; styles/controls.css has widths."""


@dataclass(frozen=True)
class Shown:
    """What the controls say."""

    view: View
    aside: DeltaGenerator
    """The place at the end of the header, for what a page adds to it."""
    notices: DeltaGenerator
    """Where sentences about the input stand: below the row, over the page, so that they move nothing."""
    timeline: DeltaGenerator | None
    """The place of the timeline of the training, if the models have one."""


def show(say: Translator, header: DeltaGenerator | None = None) -> Shown:
    """Draw the controls and read them; the header too, unless the page has drawn it before."""
    there = available.with_own()
    if not there:
        raise PretrainedError("there are no models", code="error.no_models")
    gone = _leave_a_task_that_is_gone(tuple(there), say.language)
    sentence.prepare(session.task, there[session.task][0])
    aside = header or show_header(say)
    row = st.container(key="controls")
    columns = row.columns(COLUMNS, vertical_alignment="top", gap="small")
    with columns[0]:
        task = _choose_task(say, tuple(there))
    with columns[3]:
        cells = _choose_cells(say, there[task])
    with columns[4]:
        _choose_file(say)
    with columns[1]:
        typed = _type_text(say)
    _look_for_early_changes()
    below = row.container(key="notices")
    with below:
        if gone:
            notices.show(say("error.no_such_task", task=say.task(gone)), key="task_notice")
        text = sentence.valid(typed, cells[0], say)
    more = columns[2].container(horizontal=True, gap="small", key="place")
    sentence.choose_line(more, below, say)
    layer, direction = _choose_layer(say, more, task, cells)
    step = training_step.chosen(task, cells)
    timeline = more.container(key="timeline") if training_step.offered(task, cells) else None
    return Shown(View(task, cells, text, layer, direction, say.language, step), aside, below, timeline)


def show_header(say: Translator) -> DeltaGenerator:
    """Draw the language in the header. Gives back the place at its end, for what a page adds to it."""
    aside = st.container(key="header_end", horizontal=True, gap="small")
    with aside:
        _choose_language(say)
    return aside


def show_timeline(say: Translator, shown: Shown) -> None:
    """Draw the timeline of the training in its place, once the models are loaded, if these models have one."""
    if shown.timeline:
        with shown.timeline:
            training_step.show(say, shown.view)


def _leave_a_task_that_is_gone(tasks: Sequence[str], language: str) -> str:
    """Choose a task that is there, before the widgets are drawn: at first the one that this language opens on.

    Gives back the task that was chosen, if its models have been deleted meanwhile; else "".
    """
    asked, before = session.task, session.shown[0]
    if asked not in tasks:
        session.task = before if before in tasks else opening(tasks, language)
        if asked:
            sentence.change_text(asked, session.task)
    return "" if asked in tasks else asked


def _choose_task(say: Translator, tasks: Sequence[str]) -> str:
    chosen: str = st.selectbox(
        say("control.task"),
        tasks,
        key=Key.TASK,
        format_func=say.task,
        on_change=sentence.change_task,
        persist_state="session",
        width=_width_of(say.task(session.task)),
        **session.begin(Key.TASK, index=tasks.index(session.task)),
    )
    return chosen if chosen in tasks else tasks[0]  # a page that has long been open may offer what is gone


def _width_of(name: str) -> int:
    """Of a list that shows this name, in px: as much as the name needs at 14 px, and the list's own arrow."""
    letters = sum(15 if east_asian_width(letter) in "WF" else 7.6 for letter in name)
    return round(letters) + 52


def _type_text(say: Translator) -> str:
    typed: str = st.text_input(
        say("control.sentence"),
        key=Key.SENTENCE,
        on_change=sentence.change_sentence,
        persist_state="session",
        **session.begin(Key.SENTENCE, value=session.sentence),
    )
    return typed


def _choose_cells(say: Translator, there: tuple[CellName, ...]) -> tuple[CellName, ...]:
    """The chosen architectures of those that are there; all where none is chosen."""
    if not set(session.cells) <= set(there):
        address.leave_out()
    session.cells = [cell for cell in there if cell in session.cells] or list(there)
    chosen = st.segmented_control(
        say("control.cells"),
        there,
        selection_mode="multi",
        key=Key.CELLS,
        format_func=lambda cell: say(f"cell.{cell}"),
        persist_state="session",
        **session.begin(Key.CELLS, default=session.cells),
    )
    return tuple(cell for cell in there if cell in chosen) or there


def _choose_file(say: Translator) -> None:
    session.begin(Key.UPLOAD)
    st.file_uploader(
        say("control.upload"),
        type=["txt"],
        key=Key.UPLOAD,
        max_upload_size=UPLOAD_MEGABYTES,
        on_change=sentence.take_file,
    )


def _choose_language(say: Translator) -> None:
    """Draw the choice of the language, which each page has in its header."""
    if session.language not in languages():
        session.language = translator().language
    st.segmented_control(
        say("control.language"),
        languages(),
        key=Key.LANGUAGE,
        required=True,
        format_func=lambda code: load(code)("language.name"),
        persist_state="session",
        **session.begin(Key.LANGUAGE, default=session.language),
    )


def _look_for_early_changes() -> None:
    """Begin the run again if a visitor changed a widget before this session knew it; first its callback is then run.

    Streamlit runs the callbacks of widgets that a session has drawn before. But the first that a new session hears may
    be a change: the page was open while the server started anew.
    """
    changed = session.changed_before()
    session.late = tuple(key for key in changed if key in sentence.CALLBACKS)
    if session.late or Key.LANGUAGE in changed:
        st.rerun()


def run_late_callbacks() -> None:
    """Run the callbacks of changes that came before this session knew the widgets."""
    late, session.late = session.late, ()
    for key in late:
        sentence.CALLBACKS[key]()


def _choose_layer(
    say: Translator, place: DeltaGenerator, task: str, cells: tuple[CellName, ...]
) -> tuple[int, Direction]:
    """Layer and direction, to choose where there are several: in a row that is there, so that no picture moves."""
    configs = [models.card(task, cell).config for cell in cells]
    layers = tuple(range(min(config.num_layers for config in configs)))
    directions = address.DIRECTIONS[: min(config.num_directions for config in configs)]
    layer = session.layer = address.nearest(session.layer, layers)
    direction = session.direction = address.nearest(session.direction, directions)
    if len(layers) > 1:
        layer = place.segmented_control(
            say("control.layer"),
            layers,
            key=Key.LAYER,
            format_func=lambda index: str(index + 1),
            required=True,
            persist_state="session",
            **session.begin(Key.LAYER, default=layer),
        )
    if len(directions) > 1:
        direction = place.segmented_control(
            say("control.direction"),
            directions,
            key=Key.DIRECTION,
            format_func=lambda name: say(f"direction.{name}"),
            required=True,
            persist_state="session",
            **session.begin(Key.DIRECTION, default=direction),
        )
    return layer, direction
