"""The lesson panel: which card is open, the picture that it sets, and the way back to a person's own sentence.

A card sets the choices of the session as if a person had made them. What a person types is theirs: leaving the lessons
brings back the last sentence of theirs, with its model, architectures, layer, step and unit.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from gateviz import viewer
from gateviz.app.computed import cache, lesson_files
from gateviz.app.computed.lesson_facts import Facts
from gateviz.app.computed.lesson_files import Card, PageName, Question, Scene
from gateviz.app.state import address
from gateviz.i18n.translator import Translator

OWN = ("task", "sentence", "cells", "layer", "direction", "loss_step", "weights", "norms", "trained")
"""The choices that a card changes."""
LINKED = {"task": "task", "text": "sentence", "cells": "cells", "layer": "layer", "direction": "direction"}
"""What a link may say itself: name in the address -> key in the session."""

_OPEN, _LAST, _HOME, _TURN, _TARGET, _GO_TO = (
    "lesson", "_lesson_last", "_lesson_home", "_lesson_turn", "_lesson_target", "_lesson_page",
)  # fmt: skip

_panel = st.components.v2.component(
    "gateviz_lesson",
    js=viewer.script(viewer.JS / "lesson" / "lesson_panel.js"),
    css=viewer.styles("lesson"),
    isolate_styles=True,
)


def arrive(page: str) -> PageName | None:
    """Take over the card that a newly opened link names; gives back the page that an opened card wants, if another."""
    state, linked = st.session_state, address.arrived()
    if "lesson" in linked:
        card = _card(state[_OPEN])
        if card is None:
            state[_OPEN] = None
        else:
            said = {LINKED[name]: state[LINKED[name]] for name in linked if name in LINKED}
            step = None if "step" in st.query_params else card.scene.step
            state[_HOME] = {key: state[key] for key in OWN if key in state and key not in said}
            _set(card, step=step)
            state.update(said)
    elif linked:
        state[_OPEN] = None  # a link, or the browser's Back, to a picture outside the lessons
    wanted: PageName | None = state.pop(_GO_TO, None)
    return wanted if wanted != page else None


def show(say: Translator) -> None:
    """Draw the way in, and the open card."""
    _panel(key="lesson_panel", data=_data(say), on_go_change=_go)


def available() -> tuple[Card, ...]:
    """The cards whose models are there, in their order."""
    there = {task: set(address.cells_of(task)) for task in address.tasks()}
    return tuple(
        card
        for lesson in lesson_files.lessons("en")
        for card in lesson.cards
        if set(card.scene.cells) <= there.get(card.scene.task, set())
    )


def _card(name: object) -> Card | None:
    return next((card for card in available() if card.id == name), None)


def _go() -> None:
    """The panel asks for a card by its id, or for the way out by an empty one, and says where the viewer stands."""
    asked = st.session_state["lesson_panel"].get("go")
    if not isinstance(asked, dict):
        return
    card = _card(asked.get("card"))
    stands = {name: asked[name] for name in ("step", "unit", "whole") if isinstance(asked.get(name), int)}
    if card is not None:
        _enter(card, stands)
    elif asked.get("card") == "":
        _leave(stands)


def _enter(card: Card, stands: Mapping[str, int]) -> None:
    address.forget_link()
    state = st.session_state
    before = _card(state.get(_OPEN))
    if before is None:
        state[_HOME] = {**{key: state[key] for key in OWN if key in state}, **stands}
    elif _strayed(before):
        own = {"task": state["task"], "sentence": state["sentence"], **stands}
        state[_HOME] = {**state.get(_HOME, {}), **own}
    _set(card, step=card.scene.step)


def _leave(stands: Mapping[str, int]) -> None:
    state = st.session_state
    card, home = _card(state.get(_OPEN)), dict(state.pop(_HOME, {}))
    state[_OPEN] = None
    if card and _strayed(card):
        home |= {"task": state["task"], "sentence": state["sentence"], **stands}
    step, unit, whole = (home.pop(name, None) for name in ("step", "unit", "whole"))
    state.pop("trained", None)
    state.update(home)
    _aim(text=home.get("sentence", state["sentence"]), step=step, unit=unit, whole=whole, cell=None, signal=None)


def _strayed(card: Card) -> bool:
    """Whether a person has typed something else since the card was opened, or chosen another model."""
    state = st.session_state
    return (state["task"], state["sentence"]) != (card.scene.task, card.scene.text)


def _set(card: Card, *, step: int | None) -> None:
    """Make the card's scene the session's choices, and send the viewer's cursor there."""
    state, scene = st.session_state, card.scene
    state[_OPEN] = state[_LAST] = card.id
    state[_GO_TO] = scene.page
    choices: Mapping[str, Any] = {
        "task": scene.task,
        "sentence": scene.text,
        "cells": list(scene.cells),
        "layer": scene.layer,
        "direction": scene.direction,
    }
    if scene.page == "gradients":
        loss = {"_loss_text": scene.text, "_loss_steps": None, "loss_step": scene.step + 1}
        choices = {**choices, **loss, "weights": list(scene.weights), "norms": scene.norms}
    state.pop("trained", None)  # of a task with snapshots of its training, a card means the end
    state.update(choices)
    cell, signal = scene.point or (None, None)
    _aim(text=scene.text, step=step, unit=scene.unit, whole=None, cell=cell, signal=signal)


def _aim(
    *, text: str, step: int | None, unit: int | None, whole: bool | None, cell: str | None, signal: str | None
) -> None:
    """Where the viewer's cursor goes, in the browser; the address says it too, for the first sight of a new picture.

    `whole` has the diagrams show all units, or that one; None: that one, if there is one.
    """
    state = st.session_state
    state[_TURN] = state.get(_TURN, 0) + 1
    shows = {} if whole is None else {"whole": whole}
    state[_TARGET] = {"text": text, "step": step, "unit": unit, "cell": cell, "signal": signal, **shows}
    address.place(step, unit)


def _data(say: Translator) -> dict[str, Any]:
    cards = [card.id for card in available()]
    listed = [
        {
            "number": lesson.number,
            "title": lesson.title,
            "cards": [card.id for card in lesson.cards if card.id in cards],
        }
        for lesson in lesson_files.lessons(say.language)
    ]
    lessons = [{**lesson, "place": place} for place, lesson in enumerate((each for each in listed if each["cards"]), 1)]
    state = st.session_state
    last = state.get(_LAST)
    opened = state.get(_OPEN) if state.get(_OPEN) in cards else None
    return {
        "lessons": lessons,
        "card": _shown(opened, cards, lessons, say.language) if opened else None,
        "resume": last if last in cards else next(iter(cards), ""),
        "turn": state.get(_TURN, 0),
        "target": state.get(_TARGET),
        "language": say.language,
        "texts": {**say.under("lesson")},
    }


def _shown(name: str, cards: list[str], lessons: list[dict[str, Any]], language: str) -> dict[str, Any]:
    """The card as the browser draws it, with its place among the others."""
    lesson = next(each for each in lessons if name in each["cards"])
    at = cards.index(name)
    return {
        **_told(name, language),
        "lesson": lesson["title"],
        "place": lesson["place"],
        "cards": lesson["cards"],
        "previous": cards[at - 1] if at else None,
        "next": cards[at + 1] if at + 1 < len(cards) else None,
    }


@st.cache_resource(max_entries=256, show_spinner=False)
def _told(name: str, language: str) -> dict[str, Any]:
    """The card's words with its facts computed."""
    cache.engine()
    card = next(card for lesson in lesson_files.lessons(language) for card in lesson.cards if card.id == name)
    facts = Facts(card.scene, language)
    return {
        "id": card.id,
        "title": card.title,
        "paragraphs": [facts.told(paragraph) for paragraph in card.paragraphs],
        "question": _asked(card.question, card.scene, facts) if card.question else None,
    }


def _asked(question: Question, scene: Scene, facts: Facts) -> dict[str, Any]:
    return {
        "text": facts.told(question.text),
        "choices": [{"text": facts.told(say), "right": facts.holds(condition)} for condition, say in question.choices],
        "answer": facts.told(question.answer),
        "then": scene.then,
    }
