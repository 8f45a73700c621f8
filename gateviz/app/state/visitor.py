"""Whether the visitor whose page runs is still there: nobody waits for the texts of sockets that were cut."""

from collections.abc import Callable

import streamlit as st


def _unknown() -> bool:
    return True


_is_there: Callable[[], bool] = _unknown


def ask_by(is_there: Callable[[], bool] = _unknown) -> None:
    """How it is found out: the server knows. Where there is none, everybody is there."""
    global _is_there  # noqa: PLW0603
    _is_there = is_there


def stop_if_gone() -> None:
    """End the run of a page that nobody waits for. A browser that comes back asks for a run by itself (`main`).

    Streamlit does so too, but only where a page draws something.
    """
    if not _is_there():
        st.stop()
