"""The lesson panel: which card is open, the picture that it sets, and the way back to the visitor's own sentence.

A card sets the choices of the session as if the visitor had made them. What the visitor types is the visitor's own:
leaving the lessons brings back the last sentence of that kind, with its model, architectures, layer, step and unit.
"""

from collections.abc import Collection, Mapping
from typing import Any, cast

import streamlit as st

from gateviz import viewer
from gateviz.app.components import notices, training_settings
from gateviz.app.computed import lesson_cards, lesson_files
from gateviz.app.computed.lesson_files import Card
from gateviz.app.state import address
from gateviz.app.state.session import Key, Part, session
from gateviz.i18n.translator import Translator

SET_BY_CARDS = (
    Key.TASK, Key.SENTENCE, Key.CELLS, Key.LAYER, Key.DIRECTION, Key.LOSS_STEP, Key.PART, Key.GRADIENT_VIEW, Key.SCALE,
    Key.TRAINING_STEP, Key.HOOD_PART, Key.CELL, Key.FORM,
)  # fmt: skip
SET_BY_LINKS = ("task", "text", "cells", "layer", "direction")
"""What a link to a card may say otherwise than the card does."""
STANDS = ("step", "unit", "whole")
"""What the panel says of the viewer: where its cursor is, which unit it shows, and whether it shows all units."""
LOOKS = ("colour", "order")
"""And how it looks: what colours the text, and the order of the heatmaps' rows."""

_panel = st.components.v2.component(
    "gateviz_lesson",
    js=viewer.script(viewer.JS / "lesson" / "lesson_panel.js"),
    css=viewer.styles("lesson", "question_strip", "keys"),
    isolate_styles=True,
)


def card_ids() -> Collection[str]:
    """All cards, whether their models are there or not."""
    return [card.id for lesson in lesson_files.lessons("en") for card in lesson.cards]


def arrive(page: str) -> str | None:
    """Open the card that a new link names. Gives back the page that an opened card belongs to, if it is another one."""
    said, session.link_said = session.link_said, ()
    if address.LESSON in said:
        card = _card(session.lesson)
        if card is None:
            session.lesson = None
        else:
            _arrive_at(card, said)
    elif said:
        session.lesson = None  # a link, or the browser's Back, to a picture outside the lessons
    wanted, session.lesson_page = session.lesson_page, None
    return wanted if wanted != page else None


def _arrive_at(card: Card, said: Collection[str]) -> None:
    """Set the card's picture, except for what the link itself says."""
    linked = session.choices(address.KEYS[name] for name in said if name in SET_BY_LINKS)
    session.lesson_home = {key: value for key, value in session.choices(SET_BY_CARDS).items() if key not in linked}
    _set(card, step=None if "step" in st.query_params else card.scene.step)
    session.choose(linked)


def show(say: Translator) -> None:
    """Draw the way in, and the open card."""
    _panel(key=Key.LESSON_PANEL, data=_data(say), on_go_change=go)


def _card(name: object) -> Card | None:
    return next((card for card in lesson_cards.offered() if card.id == name), None)


@notices.guarded
def go() -> None:
    """The panel asks for a card by its id, or with an empty id for the way out, and says where the viewer stands."""
    asked = session.of_component(Key.LESSON_PANEL).get("go")
    if not isinstance(asked, Mapping):
        return
    card = _card(asked.get("card"))
    stands = {name: asked[name] for name in STANDS if isinstance(asked.get(name), int)}
    stands |= {name: asked[name] for name in LOOKS if isinstance(asked.get(name), str) and len(asked[name]) < 50}
    if card is not None:
        _enter(card, stands)
    elif asked.get("card") == "":
        _leave(stands)


def _enter(card: Card, stands: Mapping[str, Any]) -> None:
    session.link_left_out = False
    before = _card(session.lesson)
    if before is None:
        session.lesson_home = {**session.choices(SET_BY_CARDS), **stands}
    elif _has_strayed(before):
        session.lesson_home = {**session.lesson_home, **session.choices((Key.TASK, Key.SENTENCE)), **stands}
    _set(card, step=card.scene.step)


def _leave(stands: Mapping[str, Any]) -> None:
    card, home = _card(session.lesson), dict(session.lesson_home)
    session.lesson, session.lesson_home = None, {}
    if card and _has_strayed(card):
        home |= {**session.choices((Key.TASK, Key.SENTENCE)), **stands}
    step, unit, whole = (home.pop(name, None) for name in STANDS)
    looks = {name: home.pop(name, None) for name in LOOKS}
    session.training_step = None
    session.choose(home)
    _aim(text=session.sentence or "", step=step, unit=unit, whole=whole, cell=None, signal=None, looks=looks)


def _has_strayed(card: Card) -> bool:
    """Whether the visitor has typed something else since the card was opened, or chosen another model."""
    return (session.task, session.sentence) != (card.scene.task, card.scene.text)


def _set(card: Card, *, step: int | None) -> None:
    """Make the card's scene the session's choices, and send the viewer's cursor there."""
    scene = card.scene
    session.lesson = session.last_lesson = card.id
    session.lesson_page = scene.page
    session.training_step = None  # where the models ship as they were along the training, a card means the end
    session.task, session.sentence, session.cells = scene.task, scene.text, list(scene.cells)
    session.layer, session.direction = scene.layer, scene.direction
    if scene.page == "gradients":
        session.loss_of, session.loss_step = (scene.text, None), scene.step + 1
        session.part = cast("Part", scene.part or "sentence")
        session.gradient_view, session.scale = scene.show, scene.norms
        session.part_settings, session.part_turn = scene.settings, session.part_turn + 1
    if scene.page == "under_the_hood":
        session.hood_part, session.cell, session.form = scene.part or None, scene.cells[0], scene.form
    if scene.page == "train":
        training_settings.begin_anew(scene.task)
    cell, signal = scene.point or (None, None)
    looks = {"colour": scene.colour or None, "order": scene.rows or None, "beats": scene.beats}
    _aim(text=scene.text, step=step, unit=scene.unit, whole=None, cell=cell, signal=signal, looks=looks)


def _aim(
    *,
    text: str,
    step: int | None,
    unit: int | None,
    whole: bool | None,
    cell: str | None,
    signal: str | None,
    looks: Mapping[str, str | bool | None],
) -> None:
    """Send the viewer's cursor somewhere. The address gets step and unit too: a new picture opens with them.

    Args:
        text: the sentence of the picture.
        step: where the cursor goes; None leaves it where it is.
        unit: which unit is looked at.
        whole: whether the diagrams show all units; None: only if there is no unit to look at.
        cell: the cell whose signal lights up.
        signal: this signal.
        looks: the colour of the text, None for the picture's own; the order of the rows, None for the visitor's;
            whether the step is played in beats.
    """
    session.lesson_turn += 1
    shows = {} if whole is None else {"whole": whole}
    session.lesson_target = {
        "text": text,
        "step": step,
        "unit": unit,
        "cell": cell,
        "signal": signal,
        **shows,
        **looks,
    }
    address.place(step, unit)


def _data(say: Translator) -> dict[str, Any]:
    cards = [card.id for card in lesson_cards.offered()]
    lessons = lesson_cards.contents(say.language, cards)
    opened, last = session.lesson, session.last_lesson
    return {
        "lessons": lessons,
        "card": lesson_cards.in_its_place(opened, cards, lessons, say.language) if opened in cards else None,
        "resume": last if last in cards else next(iter(cards), ""),
        "turn": session.lesson_turn,
        "target": session.lesson_target,
        "language": say.language,
        "texts": {**say.under("lesson")},
    }
