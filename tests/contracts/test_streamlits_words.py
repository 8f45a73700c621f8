"""Streamlit still has each text that we replace: this notices an update that spells one in another way."""

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
    """Its scripts have names of their own in the braces, and join the words about Enter from two parts."""
    spelled = re.sub(r"\\\{\w+\\\}", r"\\$\\{[^}]+\\}", re.escape(text)).replace("apply", r"(?:apply|\$\{\w+\})")
    assert re.search(f"`{spelled}`", said_by_streamlit()), text
