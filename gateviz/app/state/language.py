"""The language of a session: the one that was chosen or linked, else the browser's, else English.

The texts are in `gateviz.i18n`, which knows no session.
"""

import streamlit as st

from gateviz.app.state.session import session
from gateviz.i18n.translator import DEFAULT, Translator, languages, load


def translator() -> Translator:
    """The words of this session."""
    chosen = session.language
    return load(chosen if chosen in languages() else _of_browser(st.context.locale))


def _of_browser(locale: str | None) -> str:
    asked = (locale or DEFAULT).split("-")[0].lower()
    return asked if asked in languages() else DEFAULT
