"""The control that chooses a step of the training: the models as they were after it, where they ship so."""

import streamlit as st

from gateviz.app.computed import models
from gateviz.app.state import address
from gateviz.app.state.session import Key, session
from gateviz.i18n.translator import Translator
from gateviz.results.trace import CellName


def show(say: Translator, task: str, cells: tuple[CellName, ...]) -> int | None:
    """Draw the control where all these models have the same snapshots; None means the trained models."""
    cards = [models.card(task, cell) for cell in cells]
    snapshots = {card.timelapse.steps if card.timelapse else () for card in cards}
    offered = snapshots.pop() if len(snapshots) == 1 else ()
    if not offered:
        session.training_step = None
        return None
    asked = session.training_step
    session.training_step = address.nearest(offered[-1] if asked is None else asked, offered)
    with st.popover(
        say("trained.title", step=f"{session.training_step:,}"),
        icon=":material/model_training:",
        key=Key.TRAINING,
        type="tertiary",
    ):
        st.select_slider(
            say("control.trained"),
            offered,
            key=Key.TRAINING_STEP,
            help=say("trained.help"),
            format_func=lambda step: f"{step:,}",
            persist_state="session",
            **session.begin(Key.TRAINING_STEP, value=session.training_step),
        )
    step = session.training_step
    return None if step == offered[-1] else step
