"""The article under a page."""

import streamlit as st

from gateviz import viewer
from gateviz.app.computed import articles
from gateviz.app.computed.lesson_files import PageName
from gateviz.app.state.session import Key
from gateviz.i18n.translator import Translator

_article = st.components.v2.component(
    "gateviz_article",
    js=viewer.script(viewer.JS / "article" / "article.js"),
    css=viewer.styles("article"),
)


def show(page: PageName, say: Translator) -> None:
    """Draw the article of that page, if the models are there that it speaks of."""
    if articles.can_be_shown(page, say.language):
        _article(key=Key.ARTICLE, data=articles.drawn(page, say.language))
