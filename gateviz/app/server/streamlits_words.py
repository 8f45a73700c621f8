"""Streamlit's own words, which it cannot translate, and a script that shows ours in their place.

TEXTS holds each text of Streamlit's that a person can meet on our pages, as Streamlit 1.67 spells it. A contract test
finds every one of them in Streamlit's scripts, so we notice when an update says something else. The catalogue has our
words for them, under streamlit.*, in every language. English has some too, where Streamlit says too little.

The script stands in the page before Streamlit's scripts, so nobody sees Streamlit's words. A text that is not in TEXTS
stays as it is.
"""

import json
from functools import cache
from pathlib import Path

from gateviz.i18n.translator import languages, load

TEXTS = {
    "upload": "Upload",
    "drop": "Drag and drop a file here",
    "add_files": "Add files",
    "choose_file": "file upload",
    "remove": "Remove {name}",
    "cancel": "Cancel upload of {name}",
    "too_large": "File must be {size} or smaller.",
    "wrong_kind": "{kind} files are not allowed.",
    "too_many": "Only one file is allowed.",
    "apply": "Press Enter to apply",
    "no_results": "No results",
    "open": "Open",
    "clear": "Clear value",
    "skip": "Skip to main content",
    "pages": "App pages",
    "home": "Navigate to home page",
    "running": "Running...",
    "connecting": "Connecting",
    "connection_error": "Connection error",
    "still_running": "Is Streamlit still running? "
    "If you accidentally stopped Streamlit, just restart it in your terminal:",
    "close": "Close",
    "download_failed": "Download failed",
}
"""Key in the catalogue -> Streamlit's text. A name in braces stands for what Streamlit puts in."""

BEFORE_ERRORS = "Error: "
"""Streamlit says this before each of its sentences about an error. We leave it out."""


@cache
def script() -> str:
    """The script with the words of every language."""
    said = {}
    for code in languages():
        say = load(code)
        said[code] = say.under("streamlit")
    data = json.dumps({"texts": TEXTS, "said": said, "needless": BEFORE_ERRORS}, ensure_ascii=False)
    body = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    return f"(() => {{const {{ texts, said, needless }} = {data.replace('<', chr(92) + 'u003c')};\n{body}}})();"
