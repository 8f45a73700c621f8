"""The sentence coloured by dL/dx, with what is left of the gradients, on the Gradients page."""

from pathlib import Path
from typing import Any

import streamlit as st

from gateviz import viewer
from gateviz.app.components import notices
from gateviz.app.state.session import Key, session

_part = st.components.v2.component(
    "gateviz_saliency",
    js=viewer.script(Path(__file__).with_suffix(".js")),
    css=viewer.styles(*viewer.VIEWER_STYLES),
)


def show(data: dict[str, Any]) -> None:
    """Draw what `gradient_strips.packed` gives; a click on a token moves the loss to its step."""
    _part(key=Key.SALIENCY, data=data, on_loss_step_change=take_step)


@notices.guarded
def take_step() -> None:
    """The loss was left at another token."""
    step = session.of_component(Key.SALIENCY).get("loss_step")
    if type(step) is int:
        session.loss_step = step + 1  # the first step is 1 in the address, as on the page
