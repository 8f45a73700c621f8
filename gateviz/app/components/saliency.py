"""The sentence coloured by dL/dx, with the half-lives, on the Gradients page."""

from typing import Any

import streamlit as st

from gateviz import viewer

_saliency = st.components.v2.component(
    "gateviz_saliency",
    js=viewer.script(viewer.JS / "gradients" / "token_strips.js"),
    css=viewer.styles(*viewer.VIEWER_STYLES),
)


def show(data: dict[str, Any]) -> None:
    """Draw the strips; a click on a token puts the loss there: it is session_state["loss_step"] in the next run."""
    _saliency(key="saliency", data=data, on_loss_step_change=_take_step)


def _take_step() -> None:
    step = st.session_state["saliency"].get("loss_step")
    if isinstance(step, int):
        st.session_state["loss_step"] = step + 1  # as the slider counts
