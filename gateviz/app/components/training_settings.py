"""The widgets of the page Train: what is to be trained, how, and the button that starts it."""

import secrets
from dataclasses import replace
from functools import partial
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gateviz.app.components import notices
from gateviz.app.computed import trainings
from gateviz.app.state import address
from gateviz.app.state.session import Key, session
from gateviz.experiments.settings import (
    BIASES,
    CLIPS,
    LENGTHS,
    LONGEST_TEXT,
    MAX_SEED,
    OWN_TEXT,
    RATES,
    SAMES,
    STEPS,
    UNITS,
    Settings,
    bias_name,
    usual,
)
from gateviz.i18n.translator import Translator
from gateviz.pretrained.examples import opening
from gateviz.pretrained.folder import unlisted

T = TypeVar("T")

SET_BY_TASK = (Key.LENGTH, Key.UNITS, Key.SAME, Key.RATE, Key.CLIP, Key.BIAS, Key.SEED, Key.BUDGET)
"""What another task sets anew."""
_SAMPLE = "x" * 499 + "y"
"""In the place of a text of one's own, where only the other settings are asked for."""


def prepare(language: str) -> None:
    """Choose a task that is there, and its usual settings where nothing is chosen or what cannot be."""
    tasks = trainings.trainable()
    if session.train_task not in tasks:
        session.train_task = session.task if session.task in tasks else opening(tasks, language)
    begin = _usual(session.train_task)
    least, most, _ = LENGTHS[session.train_task]
    length = begin.length if session.length is None else session.length
    session.length = max(least, min(most, length))
    if session.length != length:
        address.leave_out()
    session.units = _one_of(session.units, UNITS, begin.units)
    session.same = _one_of(session.same, SAMES, begin.same)
    session.rate = _one_of(session.rate, RATES, begin.learning_rate)
    session.clip = _one_of(session.clip, CLIPS, begin.clip)
    session.bias = _one_of(session.bias, tuple(map(bias_name, BIASES)), bias_name(begin.forget_bias))
    session.budget = _one_of(session.budget, STEPS, begin.steps)
    session.seed = max(0, min(MAX_SEED, begin.seed if session.seed is None else session.seed))


def _one_of(value: T | None, known: tuple[T, ...], otherwise: T) -> T:
    return value if value in known and value is not None else otherwise


def _usual(task: str) -> Settings:
    return usual(task, _SAMPLE if task == OWN_TEXT else "")


def chosen() -> Settings:
    """What the widgets say.

    Raises:
        TextError: a text of one's own that cannot be trained on.
    """
    begin = _usual(session.train_task)
    return replace(
        begin,
        length=begin.length if session.length is None else session.length,
        units=session.units or begin.units,
        same=session.same or begin.same,
        learning_rate=session.rate or begin.learning_rate,
        clip=session.clip or begin.clip,
        forget_bias=None if session.bias in (None, "default") else float(session.bias),
        seed=begin.seed if session.seed is None else session.seed,
        steps=session.budget or begin.steps,
        text=session.own_text if begin.task == OWN_TEXT else "",
    )


def show(say: Translator) -> None:
    """Draw the row."""
    prepare(say.language)
    row = st.container(key="training_row", horizontal=True, vertical_alignment="bottom", gap="small")
    task = session.train_task
    row.selectbox(
        say("train.task"),
        trainings.trainable(),
        key=Key.TRAIN_TASK,
        format_func=lambda name: say(f"train.task.{name}"),
        on_change=change_task,
        persist_state="session",
        width=210,
        **session.begin(Key.TRAIN_TASK, index=trainings.trainable().index(task)),
    )
    if task == OWN_TEXT:
        _own_text(say, row)
    least, most, _ = LENGTHS[task]
    row.number_input(
        say(f"train.length.{task}"),
        least,
        most,
        key=Key.LENGTH,
        persist_state="session",
        width=150,
        **session.begin(Key.LENGTH, value=session.length),
    )
    row.selectbox(
        say("train.bias"),
        [bias_name(bias) for bias in BIASES],
        key=Key.BIAS,
        format_func=lambda name: say("train.default") if name == "default" else name,
        persist_state="session",
        width=150,
        **session.begin(Key.BIAS, index=[bias_name(bias) for bias in BIASES].index(session.bias or "default")),
    )
    row.selectbox(
        say("train.budget"),
        STEPS,
        key=Key.BUDGET,
        format_func=lambda steps: f"{steps:,}",
        persist_state="session",
        width=110,
        **session.begin(Key.BUDGET, index=STEPS.index(session.budget or STEPS[0])),
    )
    with row.popover(say("train.more"), key=Key.MORE):
        _more(say)
    row.button(say("train.start"), key=Key.TRAIN, type="primary", on_click=start)
    _choose_film(say, row)
    with row:
        show_models(say)


def _own_text(say: Translator, row: DeltaGenerator) -> None:
    with row.popover(say("train.own_text"), key=f"{Key.MORE}_text"):
        st.text_area(
            say("train.own_text"),
            key=Key.OWN_TEXT,
            height=320,
            max_chars=LONGEST_TEXT,
            persist_state="session",
            **session.begin(Key.OWN_TEXT, value=session.own_text),
        )


def _more(say: Translator) -> None:
    """The settings that a lesson needs less often."""
    st.selectbox(
        say("train.units"),
        UNITS,
        key=Key.UNITS,
        persist_state="session",
        **session.begin(Key.UNITS, index=UNITS.index(session.units or UNITS[0])),
    )
    st.segmented_control(
        say("train.same"),
        SAMES,
        key=Key.SAME,
        required=True,
        format_func=lambda name: say(f"train.same.{name}"),
        persist_state="session",
        **session.begin(Key.SAME, default=session.same),
    )
    st.selectbox(
        say("train.rate"),
        RATES,
        key=Key.RATE,
        format_func=lambda rate: f"{rate:g}",
        persist_state="session",
        **session.begin(Key.RATE, index=RATES.index(session.rate or RATES[0])),
    )
    st.selectbox(
        say("train.clip"),
        CLIPS,
        key=Key.CLIP,
        format_func=lambda clip: say("train.no_clip") if clip == CLIPS[-1] else f"{clip:g}",
        persist_state="session",
        **session.begin(Key.CLIP, index=CLIPS.index(session.clip or CLIPS[-1])),
    )
    st.number_input(
        say("train.seed"),
        0,
        MAX_SEED,
        key=Key.SEED,
        persist_state="session",
        **session.begin(Key.SEED, value=session.seed),
    )


def _take_linked_film() -> None:
    """A link may name the film of somebody's training: whoever has the link sees it, too."""
    name = session.film
    if name and trainings.find(name) and name not in session.trainings:
        session.trainings = (*session.trainings, name)


def show_models(say: Translator) -> None:
    """What the film's own models can be used for, once they are there: the other pages, and as files."""
    name = session.film
    if not name or not unlisted(name):
        return
    with st.popover(say("train.use"), key=Key.USE):
        text = trainings.film_text(name)
        address = {"task": name, "lang": say.language} | ({"text": text} if text else {})
        st.page_link("views/step_through.py", label=say("page.step_through"), query_params=address)
        st.page_link("views/gradients.py", label=say("page.gradients"), query_params=address)
        st.download_button(
            say("train.save"), partial(trainings.zipped, name), f"{name}.zip", key=Key.SAVE, on_click="ignore"
        )


def films() -> tuple[str, ...]:
    """The films that this visitor can look at: that of the task as it ships, and the own trainings."""
    shipped = () if session.train_task == OWN_TEXT else (trainings.SHIPPED + session.train_task,)
    return shipped + tuple(name for name in session.trainings if trainings.find(name))


def _choose_film(say: Translator, row: DeltaGenerator) -> None:
    _take_linked_film()
    there = films()
    if session.film not in there:
        if session.film:
            address.leave_out()
        session.film = there[-1] if session.train_task == OWN_TEXT and there else next(iter(there), None)
    if not there:
        return
    numbers = {name: number for number, name in enumerate(session.trainings, 1)}
    row.segmented_control(
        say("train.film"),
        there,
        key=Key.FILM,
        required=True,
        format_func=lambda name: (
            say("train.film_of", number=numbers[name]) if name in numbers else say("train.shipped")
        ),
        persist_state="session",
        **session.begin(Key.FILM, default=session.film),
    )


@notices.guarded
def change_task() -> None:
    """Another task begins with its own settings, and shows its own film."""
    begin_anew()


def begin_anew(task: str | None = None) -> None:
    """Set everything to what a task begins with, and show its own film; None stands for the task that is chosen."""
    if task:
        session.train_task = task
    session.choose(dict.fromkeys(SET_BY_TASK))
    session.film = None


@notices.guarded
def start() -> None:
    """Put a training into the queue, and show its film.

    Raises:
        GatevizError: it cannot be trained.
    """
    session.owner = session.owner or secrets.token_hex(16)
    training = trainings.pool().submit(chosen(), session.owner)
    session.trainings = (*session.trainings, training.name)
    session.film = training.name
