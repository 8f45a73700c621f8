"""The outline that stands where the picture will be, while the first visitor of a process waits for torch."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from gateviz.app.computed import models
from gateviz.i18n.translator import Translator


@contextmanager
def until_loaded(say: Translator) -> Iterator[None]:
    """Show the outline of the page while the block runs, if torch is still to be loaded."""
    place = st.empty()  # always: what comes after it keeps its place in the page, and so its focus
    if models.READY.is_set():
        yield
        return
    place.html(f'<div class="skeleton" role="status" aria-label="{say("notice.loading")}"></div>')
    try:
        yield
    finally:
        place.empty()
