"""The language of a session: as chosen or linked, else as the browser asks, else English.

The texts are in `gateviz.i18n`, which knows no session.
"""

import streamlit as st

from gateviz.i18n.translator import DEFAULT, Translator, languages, load


def translator() -> Translator:
    """The words of this session."""
    chosen = st.session_state.get("language")
    if chosen not in languages():
        chosen = _of_browser(st.context.locale)
    return load(chosen)


def _of_browser(locale: str | None) -> str:
    asked = (locale or DEFAULT).split("-")[0].lower()
    return asked if asked in languages() else DEFAULT
