"""Streamlit still says what we say otherwise: an update that spells a text in another way is noticed here."""

import re
from pathlib import Path

import pytest
import streamlit as st

from gateviz.app.server.streamlits_words import BEFORE_ERRORS, TEXTS

SCRIPTS = Path(st.__file__).with_name("static") / "static" / "js"
WIDGETS = ("index", "utils", "FileUploader", "Selectbox", "InputInstructions", "DownloadButton")


def said_by_streamlit() -> str:
    return "".join(path.read_text(encoding="utf-8") for name in WIDGETS for path in SCRIPTS.glob(f"{name}.*.js"))


@pytest.mark.parametrize("text", [*TEXTS.values(), BEFORE_ERRORS])
def test_streamlit_spells_the_text_as_we_know_it(text: str) -> None:
    """Its scripts have a name in place of ours in braces, and the words to press Enter from two pieces."""
    spelled = re.sub(r"\\\{\w+\\\}", r"\\$\\{[^}]+\\}", re.escape(text)).replace("apply", r"(?:apply|\$\{\w+\})")
    assert re.search(f"`{spelled}`", said_by_streamlit()), text
