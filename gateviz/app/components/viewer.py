"""The viewer in a page: tokens, transport, cells, guesses, curves; it finds the heatmaps by their keys."""

import streamlit as st

from gateviz import viewer

_viewer = st.components.v2.component("gateviz_viewer", js=viewer.javascript(), css=viewer.stylesheet())


def show(payload: bytes) -> None:
    """Mount it on a packed picture (`gateviz.viewer.pack`)."""
    _viewer(key="viewer", data=payload)
