"""The sentence coloured by dL/dx, with the half-lives, on the Gradients page."""

from typing import Any

import streamlit as st

from gateviz import viewer
from gateviz.app.components import notices
from gateviz.app.state.session import Key, session

_saliency = st.components.v2.component(
    "gateviz_saliency",
    js=viewer.script(viewer.JS / "gradients" / "token_strips.js"),
    css=viewer.styles(*viewer.VIEWER_STYLES),
)


def show(data: dict[str, Any]) -> None:
    """Draw the strips; a click on a token moves the loss to its step."""
    _saliency(key=Key.SALIENCY, data=data, on_loss_step_change=take_step)


@notices.guarded
def take_step() -> None:
    """A token was clicked."""
    step = session.of_component(Key.SALIENCY).get("loss_step")
    if isinstance(step, int):
        session.loss_step = step + 1  # as the slider counts
