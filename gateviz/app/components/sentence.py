"""The text that is shown: typed, taken from a file, linked to, or a task's own example; always one that can be read.

Each task keeps the text that stood in the box last. A text that was typed goes along to a task that knows its
characters.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gateviz.app.components import notices
from gateviz.app.computed import models
from gateviz.app.state import available
from gateviz.app.state.session import Key, session
from gateviz.data.tokenizing.encodings import decode_upload
from gateviz.data.tokenizing.tokens import Token, unknown_parts
from gateviz.data.tokenizing.typed_text import (
    MAX_BOTH_WAYS,
    MAX_CHARACTERS,
    check_sentence,
    sentences_of,
)
from gateviz.errors import PretrainedError, TextError
from gateviz.i18n.translator import Translator
from gateviz.pretrained import examples
from gateviz.results.trace import CellName

MOST_LISTED = 12
MOSTLY = 0.9
HALF = 0.5


def prepare(task: str, cell: CellName) -> None:
    """Before the box is drawn: it holds something, and there is a text of that task to show if it cannot be used.

    Args:
        task: the task that is chosen.
        cell: an architecture that the task has a model of.
    """
    if session.sentence is None:
        session.sentence = examples.example_of(task)
    shown, text = session.shown
    if not text and can_be_shown(task, cell, session.sentence):
        shown, text = task, session.sentence
    readable = text and (shown == task or _suits(task, text))
    session.shown = (task, text if readable else examples.example_of(task))


@notices.guarded
def change_task() -> None:
    """Another task was chosen: it gets its own text back, unless the one in the box suits it too."""
    session.link_left_out = False
    before, _ = session.shown
    change_text(before, session.task)


def change_text(before: str, task: str) -> None:
    """The box goes from one task to another."""
    text = session.sentence or ""
    session.texts = {**session.texts, before: text}
    typed = text != examples.example_of(before)
    if not (typed and _suits(task, text)):
        session.sentence = session.texts.get(task) or examples.example_of(task)


@notices.guarded
def change_sentence() -> None:
    """Another text was typed: the visitor has gone on from the link, and nothing more is said of it."""
    session.link_left_out = False


def _suits(task: str, text: str) -> bool:
    """Whether nearly all of a text is known to a task."""
    return _known_share(task, text) >= MOSTLY


def _known_share(task: str, text: str) -> float:
    """How much of a text is known to a task, between 0 and 1; 0 where it cannot read the text at all."""
    cells = available.cells_of(task)
    if not cells or not can_be_shown(task, cells[0], text):  # of a damaged model the page says more
        return 0.0
    tokens = models.tokenizer(task, cells[0]).tokenize(text)
    return sum(token.known for token in tokens) / len(tokens)


def valid(typed: str, cell: CellName, say: Translator) -> str:
    """The text to show: what was typed, or, after a sentence that says what is wrong with it, what was shown before.

    Args:
        typed: what stands in the box.
        cell: an architecture that the task has a model of.
        say: the language of that sentence.
    """
    task, last = session.shown
    problem = _problem(task, cell, typed)
    if problem:
        notices.show_over(notices.sentence(problem, say), say)
        return last
    session.shown = (task, typed)
    return typed


def can_be_shown(task: str, cell: CellName, text: str) -> bool:
    """Whether that model can read the text."""
    try:
        return _problem(task, cell, text) is None
    except PretrainedError:
        return False


def _problem(task: str, cell: CellName, text: str) -> TextError | None:
    """Why that model cannot read the text; None if it can."""
    both_ways = models.card(task, cell).config.bidirectional
    try:
        check_sentence(text, MAX_BOTH_WAYS if both_ways else MAX_CHARACTERS)
        models.tokenizer(task, cell).encode(text)
    except TextError as error:
        return error
    return None


def choose_line(place: DeltaGenerator, below: DeltaGenerator, say: Translator) -> None:
    """The list of an uploaded file's sentences, behind a button: the one that is chosen is typed into the box.

    Args:
        place: of the button.
        below: where it is said if the file cannot be read.
        say: the language.
    """
    try:
        lines = _uploaded_lines()
    except TextError as error:
        with below:
            notices.show_over(notices.sentence(error, say), say, key="upload_notice")
        return
    if not lines:
        return
    with place.popover(say("control.lines", count=len(lines)), key=Key.LINES):
        st.selectbox(say("control.line", count=len(lines)), lines, key=Key.LINE, on_change=take_line)


def _uploaded_lines() -> tuple[str, ...]:
    file = session.upload
    return sentences_of(decode_upload(file.getvalue())) if file is not None else ()


def batch(task: str, cell: CellName, most: int) -> tuple[str, ...]:
    """Sentences that the models can read: of the uploaded file, or else the shown one and the task's examples."""
    _, shown = session.shown
    texts = _readable_lines() or (shown, *examples.examples_of(models.card(task, cell)))
    return tuple(text for text in dict.fromkeys(texts) if can_be_shown(task, cell, text))[:most]


def _readable_lines() -> tuple[str, ...]:
    try:
        return _uploaded_lines()
    except TextError:  # the page says it when it draws the list
        return ()


@notices.guarded
def take_file() -> None:
    """The first sentence of a new file is shown at once. A file that cannot be read changes nothing."""
    session.line = None
    if lines := _readable_lines():
        session.sentence = lines[0]


@notices.guarded
def take_line() -> None:
    """A line of the file was chosen. With a new file the browser may still send a line of the file before."""
    if session.line in _readable_lines():
        session.sentence = session.line


CALLBACKS: Mapping[str, Callable[[], None]] = {
    Key.TASK: change_task,
    Key.SENTENCE: change_sentence,
    Key.UPLOAD: take_file,
}
"""What is done when one of these widgets is changed."""


def say_link(say: Translator) -> None:
    """One sentence on what of the link could not be used, if anything; a text that is refused has its own."""
    if session.link_left_out and session.sentence == session.shown[1]:
        notices.show_over(say("notice.link"), say, kind="remark", key="link_notice")


def say_unknown(say: Translator, tokens: Sequence[Token]) -> None:
    """One sentence on the characters and words that the model has never seen, if there are any.

    Where they are most of the text, it offers the model that knows them best. While another text stands in the box than
    is shown, it says nothing.
    """
    unknown = unknown_parts(tokens)
    if not unknown or session.sentence != session.shown[1]:
        return
    different = list(dict.fromkeys(unknown))
    listed = " ".join(map(_visible, different[:MOST_LISTED]))
    more = " …" if len(different) > MOST_LISTED else ""
    key = "notice.unknown_one" if len(unknown) == 1 else "notice.unknown"
    after = notices.show_over(say(key, count=len(unknown), characters=listed + more), say, kind="remark")
    better = _better_task(tokens) if after else None
    if after and better:
        after.button(
            say("notice.read_with", task=say.task(better)), key=Key.READ_WITH, on_click=read_with, args=(better,)
        )


def _better_task(tokens: Sequence[Token]) -> str | None:
    """The task that knows most of the text, if this one knows less than half of it and that one nearly all."""
    if sum(token.known for token in tokens) >= HALF * len(tokens):
        return None
    _, text = session.shown
    shares = {task: _known_share(task, text) for task in available.models()}
    best = max(shares, key=lambda task: (shares[task], _vocabulary(task)))  # who knows more words was taught for more
    return best if shares[best] >= MOSTLY else None


def _vocabulary(task: str) -> int:
    return len(models.tokenizer(task, available.models()[task][0]))


@notices.guarded
def read_with(task: str) -> None:
    """The text stays and another task reads it."""
    session.task = task
    session.link_left_out = False


def _visible(part: str) -> str:
    """A word or character as it is; a character that prints nothing as its code point."""
    prints_nothing = len(part) == 1 and unicodedata.category(part)[0] in "CZM"
    return f"U+{ord(part):04X}" if prints_nothing else part
