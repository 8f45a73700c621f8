"""Notices: what goes wrong is one sentence in the reader's language and an entry in the server's log.

Streamlit shows a page of its own for an exception that leaves a page, a callback or a fragment. So a page runs in
`run`, every callback of a widget is `guarded`, and every fragment is a `fragment` of this file.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gateviz.app.state.language import translator
from gateviz.app.state.session import Key, session
from gateviz.errors import GatevizError, PretrainedError
from gateviz.i18n.translator import Translator

LOG = logging.getLogger("gateviz.app")
Arguments = ParamSpec("Arguments")


def run(page: Callable[[], None], key: str) -> None:
    """Run a page or a part of one. What goes wrong in it stands at its foot, in a place of that key."""
    try:
        page()
    except Exception as error:  # st.stop and st.rerun are BaseExceptions and pass
        show(sentence(_expected(error), translator()), key=key)


def guarded(callback: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """A callback of a widget. What goes wrong in it is kept, and the page that is then drawn says it."""

    @wraps(callback)
    def call(*arguments: Arguments.args, **named: Arguments.kwargs) -> None:
        try:
            callback(*arguments, **named)
        except Exception as error:
            session.failures = (*session.failures, _expected(error))

    call.__dict__["is_guarded"] = True
    return call


def fragment(part: Callable[Arguments, None], every: float | None = None) -> Callable[Arguments, None]:
    """A part of a page that Streamlit may run again by itself, or does every so many seconds.

    What goes wrong in it stands in its place.
    """

    @wraps(part)
    def draw(*arguments: Arguments.args, **named: Arguments.kwargs) -> None:
        run(lambda: part(*arguments, **named), key=f"{part.__name__}_notice")

    return st.fragment(draw, run_every=every)


def show_failures(say: Translator) -> None:
    """Say what went wrong in callbacks, once."""
    for text in dict.fromkeys(sentence(error, say) for error in session.failures):
        show(text, key="callback_notice")
    session.failures = ()


def _expected(error: Exception) -> GatevizError:
    """The error itself, or one that says no more than that something went wrong; the log then has the rest."""
    if isinstance(error, GatevizError):
        return error.with_traceback(None)
    LOG.error("a page failed", exc_info=error)
    return GatevizError("something went wrong on the server", code="error.unexpected")


def sentence(error: GatevizError, say: Translator) -> str:
    """The error in the reader's language where the catalogue has it, else as the library says it.

    What is wrong with a model's files, and where they are, belongs in the server's log and is not shown.
    """
    if say.has(error.code):
        return say(error.code, **error.values)
    if isinstance(error, PretrainedError):
        LOG.error("%s", error)
        return say("error.model")
    return str(error)


def show(text: str, *, kind: str = "error", key: str = "notice") -> None:
    """A sentence as plain text: it may hold what a visitor typed, so it is read neither as Markdown nor as HTML.

    Each place of a page that may say something has a key of its own: Streamlit refuses a key that comes twice.
    """
    with st.container(key=f"{key}_{kind}"):
        st.text(text)


def show_over(text: str, say: Translator, *, kind: str = "error", key: str = "notice") -> DeltaGenerator | None:
    """A sentence about what stands in the box. It lies over the page and can be put away.

    Gives back the place after the sentence, or None if it has been put away and the same text still stands in the box.
    """
    name = f"{key}_{kind}"
    if session.put_away == (session.sentence, name):
        return None
    row = st.container(key=name, horizontal=True, vertical_alignment="center", gap="small")
    row.text(text)
    after = row.container(horizontal=True, width="content")
    row.button(say("notice.close"), key=f"{Key.PUT_AWAY}_{key}", type="tertiary", on_click=put_away, args=(name,))
    return after


@guarded
def put_away(name: str) -> None:
    """The sentence of that name has been read."""
    session.put_away = (session.sentence, name)
