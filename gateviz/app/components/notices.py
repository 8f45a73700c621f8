"""Errors on a page: one sentence in the reader's language, never a stack trace."""

import logging
from collections.abc import Callable

import streamlit as st

from gateviz.errors import GatevizError, PretrainedError
from gateviz.i18n.translator import Translator

LOG = logging.getLogger("gateviz.app")


def run(page: Callable[[], None], say: Translator) -> None:
    """Run a page; what goes wrong in it becomes a sentence at its foot, and an entry in the server's log."""
    try:
        page()
    except GatevizError as error:
        show(sentence(error, say))
    except Exception:  # st.stop and st.rerun are BaseExceptions and pass
        LOG.exception("a page failed")
        show(say("error.unexpected"))


def sentence(error: GatevizError, say: Translator) -> str:
    """The error in the reader's language where the catalogue has it, else as the library says it.

    What is wrong with a model's files, and where they lie, is for the server's log and not for students.
    """
    if say.has(error.code):
        return say(error.code, **error.values)
    if isinstance(error, PretrainedError):
        LOG.error("%s", error)
        return say("error.model")
    return str(error)


def show(text: str, *, kind: str = "error", key: str = "notice") -> None:
    """A sentence as plain text: what a user typed may stand in it, and neither Markdown nor HTML is read."""
    with st.container(key=f"{key}_{kind}"):
        st.text(text)
