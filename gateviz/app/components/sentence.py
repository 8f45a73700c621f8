"""The text that is shown: typed, taken from a file, linked to, or a task's own example; always one that can be run.

Each task keeps the text that was last shown of it. A text that was typed goes along to a task that can read it.
"""

import contextlib
import unicodedata
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gateviz.app.components import notices
from gateviz.app.computed import cache
from gateviz.app.state import address, examples
from gateviz.data.tokenizing.tokens import Token
from gateviz.data.tokenizing.typed_text import (
    MAX_BOTH_WAYS,
    MAX_CHARACTERS,
    check_sentence,
    decode_upload,
    sentences_of,
)
from gateviz.errors import TextError
from gateviz.i18n.translator import Translator

MOST_LISTED = 12
MOSTLY = 0.9
_LAST = "_sentence"
"""Task and text of what is shown: what stays where the input cannot be used."""
_KEPT = "_sentences"
"""Task -> what stood in the box when another task was chosen."""


def make_valid(task: str) -> None:
    """Before the widgets: something to show of that task, which a link may have chosen."""
    state = st.session_state
    state.setdefault("sentence", examples.example_of(task))
    shown, text = state.get(_LAST, (task, ""))
    readable = text and (shown == task or _suits(task, text))
    state[_LAST] = (task, text if readable else examples.example_of(task))


def change_task() -> None:
    """Another task was chosen: it gets its own text back, unless the one in the box is for it too."""
    state = st.session_state
    address.forget_link()
    before, _ = state[_LAST]
    task, kept = state["task"], state.setdefault(_KEPT, {})
    kept[before] = state["sentence"]
    typed = state["sentence"] != examples.example_of(before)
    if not (typed and _suits(task, state["sentence"])):
        state["sentence"] = kept.get(task) or examples.example_of(task)


def _suits(task: str, text: str) -> bool:
    """Whether nearly all of a text is known to a task."""
    try:
        tokens = cache.tokenizer(task, address.cells_of(task)[0]).tokenize(check_sentence(text))
    except TextError:
        return False
    return sum(token.known for token in tokens) >= MOSTLY * len(tokens)


def valid(typed: str, say: Translator) -> str:
    """The text to show: what was typed, or, after a sentence that says what is wrong with it, what was shown before."""
    task: str
    last: str
    task, last = st.session_state[_LAST]
    card = cache.card(task, address.cells_of(task)[0])
    try:
        check_sentence(typed, MAX_BOTH_WAYS if card.config.bidirectional else MAX_CHARACTERS)
        cache.tokenizer(task, card.cell).encode(typed)
        last = typed
    except TextError as error:
        notices.show(notices.sentence(error, say))
    st.session_state[_LAST] = (task, last)
    return last


def choose_line(place: DeltaGenerator, say: Translator) -> None:
    """The list of an uploaded file's sentences, under the box that the chosen one is typed into."""
    try:
        lines = _uploaded_lines()
    except TextError as error:
        notices.show(notices.sentence(error, say), key="upload_notice")
        return
    if lines:
        label = say("control.line", count=len(lines))
        place.selectbox(label, lines, key="line", on_change=_take_line, label_visibility="collapsed")


def _uploaded_lines() -> tuple[str, ...]:
    file = st.session_state.get("upload")
    return sentences_of(decode_upload(file.getvalue())) if file is not None else ()


def take_file() -> None:
    """A new file's first sentence is run at once; one that cannot be read changes nothing."""
    st.session_state.pop("line", None)
    with contextlib.suppress(TextError):
        if lines := _uploaded_lines():
            st.session_state["sentence"] = lines[0]


def _take_line() -> None:
    st.session_state["sentence"] = st.session_state["line"]


def say_link(say: Translator) -> None:
    """One sentence on what of the link could not be used, if anything; a text that is refused has its own."""
    if address.left_out() and st.session_state["sentence"] == st.session_state[_LAST][1]:
        notices.show(say("notice.link"), kind="remark", key="link_notice")


def say_unknown(say: Translator, tokens: Sequence[Token]) -> None:
    """One sentence on the characters and words that the model has never seen, if there are any."""
    unknown = list(dict.fromkeys(token.text.strip() or token.text for token in tokens if not token.known))
    if unknown:
        count = sum(not token.known for token in tokens)
        listed = " ".join(map(_visible, unknown[:MOST_LISTED]))
        more = " …" if len(unknown) > MOST_LISTED else ""
        key = "notice.unknown_one" if count == 1 else "notice.unknown"
        notices.show(say(key, count=count, tokens=listed + more), kind="remark")


def _visible(text: str) -> str:
    """A word or character as it is; of what prints nothing, the code points."""
    shown = any(unicodedata.category(character)[0] not in "CZM" for character in text)
    return text if shown else " ".join(f"U+{ord(character):04X}" for character in text)
