"""Streamlit still has each text that we replace: this notices an update that spells one in another way."""

import re
from pathlib import Path

import pytest
import streamlit as st

from gateviz.app.server.streamlits_words import ASSEMBLED, BEFORE_ERRORS, TEXTS

SCRIPTS = Path(st.__file__).with_name("static") / "static" / "js"
WIDGETS = ("index", "axios", "utils", "FileUploader", "Selectbox", "InputInstructions", "DownloadButton")


def said_by_streamlit() -> str:
    return "".join(path.read_text(encoding="utf-8") for name in WIDGETS for path in SCRIPTS.glob(f"{name}.*.js"))


@pytest.mark.parametrize("text", [*(text for key, text in TEXTS.items() if key not in ASSEMBLED), BEFORE_ERRORS])
def test_streamlit_spells_the_text_as_we_know_it(text: str) -> None:
    """Its scripts have names of their own in the braces, and join the words about Enter from two parts."""
    spelled = re.sub(r"\\\{\w+\\\}", r"\\$\\{[^}]+\\}", re.escape(text)).replace("apply", r"(?:apply|\$\{\w+\})")
    assert re.search(f"`{spelled}`", said_by_streamlit()), text


@pytest.mark.parametrize("key", ASSEMBLED)
def test_streamlit_has_the_parts_of_the_texts_that_it_puts_together(key: str) -> None:
    assert all(part in said_by_streamlit() for part in ASSEMBLED[key])
    for part in ASSEMBLED[key]:
        assert part.strip("`+${") in TEXTS[key]
