"""The session: what a visitor has chosen, and what the pages remember of the visitor, in one typed place.

    session.sentence = "The Time Traveller"     # as if the visitor had typed it
    session.cells                               # ["lstm"]

No other file touches `st.session_state`. Every widget and component takes its key from `Key`.

A choice is the value of a widget. The first time that a session draws a widget, the browser may already have a value
for it: the page was open while the server started anew. This value is what the visitor sees or has just chosen, so it
must win over the address. Therefore a choice that is set before its widget has ever been drawn is only a beginning:
`begin` hands it to the widget as its default.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from io import BytesIO
from typing import Any, Generic, Literal, TypeVar, cast

import streamlit as st

from gateviz.errors import GatevizError
from gateviz.experiments.settings import Same
from gateviz.results.trace import CellName, Direction

T = TypeVar("T")
Weights = Literal["trained", "untrained"]
Scale = Literal["absolute", "relative"]
Part = Literal["sentence", "lab", "clipping"]
GradientView = Literal["one_step", "every_step", "jacobians", "paths"]


class Key(StrEnum):
    """The keys of widgets, charts and components. Streamlit makes a class of each, such as `.st-key-sentence`."""

    TASK = "task"
    SENTENCE = "sentence"
    CELLS = "cells"
    UPLOAD = "upload"
    LINE = "line"
    LINES = "lines"
    LANGUAGE = "language"
    LAYER = "layer"
    DIRECTION = "direction"
    TRAINING_STEP = "trained"
    LOSS_STEP = "loss_step"
    PART = "part"
    GRADIENT_VIEW = "gradient_view"
    SCALE = "norms"
    VIEWER = "viewer"
    MAPS = "maps"
    SALIENCY = "saliency"
    GRADIENT_MAPS = "gradient_maps"
    LAB = "lab"
    CLIPPING = "clipping"
    HOOD_PART = "hood_part"
    CELL = "cell"
    FORM = "form"
    HOOD = "hood"
    MATRIX = "matrix"
    EIGENVALUES = "eigenvalues"
    PLANE = "plane"
    SHARES = "shares"
    TAKE_WEIGHTS = "take_weights"
    LESSON_PANEL = "lesson_panel"
    TRAINING = "training"
    TAKE_AWAY = "take_away"
    TAKE_AWAY_LINK = "take_away_link"
    TAKE = "take"
    READ_WITH = "read_with"
    PUT_AWAY = "put_away"
    ARTICLE = "article"
    TRAIN_TASK = "train_task"
    LENGTH = "length"
    UNITS = "units"
    SAME = "same"
    RATE = "rate"
    CLIP = "clip"
    BIAS = "bias"
    SEED = "seed"
    BUDGET = "budget"
    OWN_TEXT = "own_text"
    MORE = "more"
    TRAIN = "train"
    USE = "use"
    SAVE = "save"
    FILM = "film"
    FILM_VIEW = "film_view"
    TABLE = "table"
    TABLE_VIEW = "table_view"
    TABLE_RUN = "table_run"
    TABLE_STOP = "table_stop"
    TABLE_SAVE = "table_save"


_BEGINNINGS = "_beginnings"
_BEGUN = "_begun"


class Choice(Generic[T]):
    """The value of a widget; `otherwise` as long as nothing is chosen. None takes the choice back."""

    def __init__(self, key: Key, otherwise: T) -> None:
        self._key, self._otherwise = str(key), otherwise

    def __get__(self, session: "Session", _: object = None) -> T:
        return cast("T", _value(self._key, self._otherwise))

    def __set__(self, session: "Session", value: T) -> None:
        beginnings = _kept(_BEGINNINGS)
        beginnings.pop(self._key, None)
        state: Any = st.session_state if self._key in st.session_state else beginnings
        if value is not None:
            state[self._key] = value
        elif self._key in state:
            del state[self._key]


class Memory(Generic[T]):
    """Something that the pages remember, and no widget shows; `otherwise` as long as there is nothing."""

    def __init__(self, otherwise: T) -> None:
        self._otherwise = otherwise

    def __set_name__(self, _: object, name: str) -> None:
        self._key = f"_{name}"

    def __get__(self, session: "Session", _: object = None) -> T:
        return cast("T", st.session_state.get(self._key, self._otherwise))

    def __set__(self, session: "Session", value: T) -> None:
        st.session_state[self._key] = value


class Session:
    """One visitor's session."""

    task = Choice(Key.TASK, "")
    sentence = Choice[str | None](Key.SENTENCE, None)
    """What stands in the text box, which is not always a text that can be shown."""
    cells = Choice[Sequence[CellName]](Key.CELLS, ())
    line = Choice[str | None](Key.LINE, None)
    """A line of the uploaded file."""
    language = Choice(Key.LANGUAGE, "")
    layer = Choice[int | None](Key.LAYER, None)
    direction = Choice[Direction | None](Key.DIRECTION, None)
    training_step = Choice[int | None](Key.TRAINING_STEP, None)
    """Where the models ship as they were along their training: after which step they are shown."""
    loss_step = Choice[int | None](Key.LOSS_STEP, None)
    """Counts from 1, as the page shows it."""
    part = Choice[Part](Key.PART, "sentence")
    """Of the Gradients page."""
    gradient_view = Choice[GradientView](Key.GRADIENT_VIEW, "one_step")
    """What the Gradients page draws below a sentence."""
    scale = Choice[Scale](Key.SCALE, "relative")
    hood_part = Choice[str | None](Key.HOOD_PART, None)
    """Of the page Under the hood."""
    cell = Choice[CellName | None](Key.CELL, None)
    """The one cell that the page Under the hood is about."""
    form = Choice[str | None](Key.FORM, None)
    """The source whose equations it shows."""
    matrix = Memory[tuple[str, str]](("", ""))
    """The matrix that it shows as a map: its side and the signal of its gate; empty before one is chosen."""

    train_task = Choice(Key.TRAIN_TASK, "")
    length = Choice[int | None](Key.LENGTH, None)
    """None here and below: as the task begins with."""
    units = Choice[int | None](Key.UNITS, None)
    same = Choice[Same | None](Key.SAME, None)
    rate = Choice[float | None](Key.RATE, None)
    clip = Choice[float | None](Key.CLIP, None)
    bias = Choice[str | None](Key.BIAS, None)
    """Of the LSTM's forget gates before training, as `settings.BIASES` has it, written as text."""
    seed = Choice[int | None](Key.SEED, None)
    budget = Choice[int | None](Key.BUDGET, None)
    own_text = Choice(Key.OWN_TEXT, "")
    film = Choice[str | None](Key.FILM, None)
    """The film that is shown, by its name."""

    trainings = Memory[tuple[str, ...]](())
    """The visitor's trainings, by their names, the first one first."""
    tables = Memory[tuple[str, ...]](())
    """The visitor's tables, in the same way; each goes on where the one before ended."""
    owner = Memory("")
    """Stands for the visitor in the queue of trainings."""

    shown = Memory[tuple[str, str]](("", ""))
    """Task and text of the picture. It stays while the text in the box cannot be used."""
    texts = Memory[Mapping[str, str]]({})
    """Task -> what stood in the box when another task was chosen."""
    loss_of = Memory[tuple[str, int | None]](("", None))
    """Text and number of steps that the loss step belongs to; None: however many steps the text has."""

    lesson = Memory[str | None](None)
    """The open card of the lessons, such as "3.2"."""
    last_lesson = Memory[str | None](None)
    lesson_home = Memory[Mapping[str, Any]]({})
    """What was chosen before the lessons were opened, and where the viewer stood."""
    lesson_turn = Memory(0)
    """How often a card has sent the viewer's cursor somewhere."""
    lesson_target = Memory[Mapping[str, Any] | None](None)
    """Where it sent the cursor last."""
    lesson_page = Memory[str | None](None)
    """The page that an opened card asks for, until that page runs."""

    part_settings = Memory[str | None](None)
    """What a lesson has set in a part that is on no sentence, as in the address; None: the address says it."""
    part_turn = Memory(0)
    """How often a lesson or a link has set it."""

    address = Memory[Mapping[str, str] | None](None)
    """What the address bar was last known to say; None in a session that has just begun."""
    link_is_new = Memory(False)
    """Whether this run is the first one of a link."""
    link_left_out = Memory(False)
    """Whether the link held something that could not be used."""
    link_said = Memory[tuple[str, ...]](())
    """The names that a new link said something valid of, until the lessons have looked."""
    cursor = Memory[Mapping[str, str]]({})
    """Step and unit to be written into the address next."""

    gets_pieces = Memory(True)
    """Whether the pieces of long texts reach this browser; a proxy may keep them back."""
    put_away = Memory[tuple[str | None, str]]((None, ""))
    """The text that stood in the box when a notice was put away, and the name of that notice."""
    failures = Memory[tuple[GatevizError, ...]](())
    """What went wrong in callbacks and is still to be said."""
    late = Memory[tuple[str, ...]](())
    """Widgets that were changed before the session knew them, whose callbacks are still to be run."""

    @property
    def upload(self) -> BytesIO | None:
        """The uploaded file, if the server still has it."""
        file = _value(Key.UPLOAD, None)
        return file if isinstance(file, BytesIO) else None

    def begin(self, key: Key, **default: Any) -> dict[str, Any]:
        """The default of a widget, as its keyword argument, if this session draws the widget for the first time."""
        if key in st.session_state:
            return {}
        _kept(_BEGUN)[str(key)] = _value(str(key), None)
        return default

    def changed_before(self) -> tuple[str, ...]:
        """The widgets that this run has drawn for the first time, and that the browser had another value for."""
        begun = _kept(_BEGUN)
        found = tuple(key for key, value in begun.items() if st.session_state.get(key) != value)
        begun.clear()
        return found

    def of_component(self, key: Key) -> Mapping[str, Any]:
        """What a component has said last, by name. It comes from a browser and may be anything."""
        said = st.session_state.get(key)
        return cast("Mapping[str, Any]", said) if isinstance(said, Mapping) else {}

    def choices(self, keys: Iterable[Key]) -> dict[str, Any]:
        """The values of those of these widgets that have one."""
        found = {str(key): _value(str(key), None) for key in keys}
        return {key: value for key, value in found.items() if value is not None}

    def choose(self, choices: Mapping[str, Any]) -> None:
        """Set the values of widgets, by their keys."""
        for key, value in choices.items():
            Choice[Any](Key(key), None).__set__(self, value)


def _kept(name: str) -> dict[str, Any]:
    """A dictionary that lives as long as the session."""
    return cast("dict[str, Any]", st.session_state.setdefault(name, {}))


def _value(key: str, otherwise: object) -> object:
    return st.session_state[key] if key in st.session_state else _kept(_BEGINNINGS).get(key, otherwise)


session = Session()
"""Of the visitor whose page runs: Streamlit keeps the visitors apart."""
