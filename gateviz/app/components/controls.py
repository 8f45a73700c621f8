"""The widgets that both pages share: task, sentence, file, architectures; layer and direction where there are several.

It gives back what is to be shown, which is always valid: where the input is not, one sentence says so and the last
valid choice stays.
"""

import contextlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gateviz.app import address, guard, i18n
from gateviz.app.i18n import Translator
from gateviz.data.text import check_sentence, decode_upload, sentences_of
from gateviz.data.tokens import Token
from gateviz.errors import PretrainedError, TextError
from gateviz.trace import CellName, Direction

EXAMPLE = "The Time Traveller came back at last, and told us where he had been."
UPLOAD_MEGABYTES = 1
MOST_LISTED = 12
_LAST_TEXT = "_sentence"


@dataclass(frozen=True)
class Choice:
    """What to show: a task, its architectures, a sentence that can be run."""

    task: str
    cells: tuple[CellName, ...]
    text: str


def show(words: Translator) -> Choice:
    """Draw the row and read it."""
    tasks = address.tasks()
    if not tasks:
        raise PretrainedError("there are no models", code="error.no_models")
    _make_valid(tasks)
    columns = st.container(key="controls").columns([1.3, 4.2, 1.75, 1.4, 1.05], vertical_alignment="top", gap="small")
    with columns[0]:
        task = st.selectbox(
            words("control.task"),
            tasks,
            key="task",
            format_func=lambda name: _task_name(words, name),
            persist_state="session",
        )
    with columns[1]:
        typed = st.text_input(
            words("control.sentence"), key="sentence", persist_state="session", on_change=address.forget_link
        )
    with columns[2]:
        cells = st.segmented_control(
            words("control.cells"),
            address.cells_of(task),
            selection_mode="multi",
            key="cells",
            format_func=lambda cell: words(f"cell.{cell}"),
            persist_state="session",
        )
    with columns[3]:
        st.file_uploader(
            words("control.upload"), type=["txt"], key="upload", max_upload_size=UPLOAD_MEGABYTES, on_change=_take_file
        )
    with columns[4]:
        st.segmented_control(
            words("control.language"),
            i18n.languages(),
            key="language",
            required=True,
            format_func=lambda code: i18n.load(code)("language.name"),
            persist_state="session",
        )
    _choose_line(columns[1], words)
    text = _valid_text(typed, words)
    available = address.cells_of(task)
    return Choice(task, tuple(cell for cell in available if cell in cells) or available, text)


def _make_valid(tasks: Sequence[str]) -> None:
    """Before the widgets: defaults, and nothing from a link that they could not show."""
    state = st.session_state
    if state.get("task") not in tasks:
        state["task"] = tasks[0]
    available = address.cells_of(state["task"])
    if not set(state.get("cells", ())) <= set(available):
        address.leave_out()
    state["cells"] = [cell for cell in available if cell in state.get("cells", ())] or list(available)
    if state.get("language") not in i18n.languages():
        state["language"] = i18n.translator().language
    state.setdefault("sentence", EXAMPLE)
    state.setdefault(_LAST_TEXT, EXAMPLE)


def _task_name(words: Translator, task: str) -> str:
    key = f"task.{task}"
    return words(key) if words.has(key) else task


def _valid_text(typed: str, words: Translator) -> str:
    try:
        st.session_state[_LAST_TEXT] = check_sentence(typed)
    except TextError as error:
        guard.show(guard.sentence(error, words))
    last: str = st.session_state[_LAST_TEXT]
    return last


def _choose_line(place: DeltaGenerator, words: Translator) -> None:
    """The list of an uploaded file's sentences, under the box that the chosen one is typed into."""
    try:
        lines = _uploaded_lines()
    except TextError as error:
        guard.show(guard.sentence(error, words), key="upload_notice")
        return
    if lines:
        label = words("control.line", count=len(lines))
        place.selectbox(label, lines, key="line", on_change=_take_line, label_visibility="collapsed")


def _uploaded_lines() -> tuple[str, ...]:
    file = st.session_state.get("upload")
    return sentences_of(decode_upload(file.getvalue())) if file is not None else ()


def _take_file() -> None:
    """A new file's first sentence is run at once; one that cannot be read changes nothing."""
    st.session_state.pop("line", None)
    with contextlib.suppress(TextError):
        if lines := _uploaded_lines():
            st.session_state["sentence"] = lines[0]


def _take_line() -> None:
    st.session_state["sentence"] = st.session_state["line"]


def show_layer(words: Translator, num_layers: int, num_directions: int) -> tuple[int, Direction]:
    """Layer and direction, to choose where there are several."""
    state = st.session_state
    layers, directions = tuple(range(num_layers)), address.DIRECTIONS[:num_directions]
    address.nearest("layer", layers)
    address.nearest("direction", directions)
    if num_layers * num_directions > 1:
        with st.container(horizontal=True):
            st.segmented_control(
                words("control.layer"),
                layers,
                key="layer",
                format_func=lambda index: str(index + 1),
                required=True,
                persist_state="session",
            )
            st.segmented_control(
                words("control.direction"),
                directions,
                key="direction",
                format_func=lambda name: words(f"direction.{name}"),
                required=True,
                persist_state="session",
            )
    return state["layer"], state["direction"]


def say_link(words: Translator) -> None:
    """One sentence on what of the link could not be used, if anything; a text that is refused has its own."""
    if address.left_out() and st.session_state["sentence"] == st.session_state[_LAST_TEXT]:
        guard.show(words("notice.link"), kind="remark", key="link_notice")


def say_unknown(words: Translator, tokens: Sequence[Token]) -> None:
    """One sentence on the characters that the model has never seen, if there are any."""
    unknown = list(dict.fromkeys(token.text for token in tokens if not token.known))
    if unknown:
        count = sum(not token.known for token in tokens)
        listed = " ".join(_visible(character) for character in unknown[:MOST_LISTED])
        more = " …" if len(unknown) > MOST_LISTED else ""
        key = "notice.unknown_one" if count == 1 else "notice.unknown"
        guard.show(words(key, count=count, characters=listed + more), kind="remark")


def _visible(character: str) -> str:
    shown = unicodedata.category(character)[0] not in "CZM"
    return character if shown else f"U+{ord(character):04X}"


def write_address(choice: Choice, layer: int, direction: str, words: Translator) -> None:
    """Put what is shown into the address bar."""
    address.write(
        task=choice.task,
        cells=",".join(choice.cells),
        text=choice.text,
        layer=str(layer),
        direction=direction,
        lang=words.language,
    )
