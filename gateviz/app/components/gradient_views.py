"""What the Gradients page draws below a sentence: the choice in the row of controls, and the figures of that look."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, get_args

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gateviz.app.state.session import GradientView, Key, session
from gateviz.i18n.translator import Translator
from gateviz.results.trace import CellName

if TYPE_CHECKING:
    import plotly.graph_objects as go


def choose(say: Translator, row: DeltaGenerator) -> tuple[GradientView, bool]:
    """Read which look is chosen in the row, and whether every curve is relative to its norm at the loss."""
    kind = row.segmented_control(
        say("control.gradient_view"),
        get_args(GradientView),
        required=True,
        key=Key.GRADIENT_VIEW,
        format_func=lambda name: say(f"gradients.{name}"),
        label_visibility="collapsed",
        persist_state="session",
        **session.begin(Key.GRADIENT_VIEW, default=session.gradient_view),
    )
    if kind != "one_step":
        return kind, True
    scale = row.segmented_control(
        say("control.scale"),
        ("relative", "absolute"),
        required=True,
        key=Key.SCALE,
        format_func=lambda name: say(f"gradients.{name}"),
        label_visibility="collapsed",
        persist_state="session",
        **session.begin(Key.SCALE, default=session.scale),
    )
    return kind, scale == "relative"


def show_figures(figures: "Mapping[CellName, go.Figure]", say: Translator) -> None:
    """Draw Plotly's figures side by side, in the order of the cells."""
    if not figures:
        return
    columns = st.container(key="gradient_figures").columns(len(figures), gap="medium")
    for column, (cell, figure) in zip(columns, figures.items(), strict=True):
        column.plotly_chart(
            figure,
            key=f"{Key.GRADIENT_MAPS}_{cell}",
            config={"displayModeBar": False},
            alt=say("gradients.alt_of", cell=say(f"cell.{cell}")),
        )
