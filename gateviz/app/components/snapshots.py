"""Models as they were along their training: which there are, what they are called, and the control that chooses one.

A source is what a page shows the insides of: a task's trained models, "temporal-order", or the same after so many steps
of training, "temporal-order@22". One short name keeps every cache and figure the same for both.
"""

from collections.abc import Sequence

import streamlit as st

from gateviz.app.state import address
from gateviz.i18n.translator import Translator
from gateviz.pretrained.cards import ModelCard

_AT = "@"


def source_of(task: str, step: int | None) -> str:
    """The name of a task's models after that step; None: of the trained ones."""
    return task if step is None else f"{task}{_AT}{step}"


def parts(source: str) -> tuple[str, int | None]:
    """Task and step of a name."""
    task, _, step = source.partition(_AT)
    return task, int(step) if step else None


def show(say: Translator, task: str, cards: Sequence[ModelCard]) -> str:
    """Draw the control where all these models have the same snapshots, and give back the source that is chosen."""
    steps = {card.timelapse.steps if card.timelapse else () for card in cards}
    offered = steps.pop() if len(steps) == 1 else ()
    if not offered:
        st.session_state.pop("trained", None)
        return task
    if "trained" not in st.session_state:
        st.session_state["trained"] = offered[-1]
    address.nearest("trained", offered)
    step = st.session_state["trained"]
    with st.popover(
        say("trained.title", step=f"{step:,}"), icon=":material/model_training:", key="training", type="tertiary"
    ):
        st.select_slider(
            say("control.trained"),
            offered,
            key="trained",
            help=say("trained.help"),
            format_func=lambda step: f"{step:,}",
            persist_state="session",
        )
    return source_of(task, None if step == offered[-1] else step)
