"""What Streamlit says itself, which it has no translation for: its words, and a script that says ours in their place.

Each text of Streamlit's that can be met on our pages stands here as Streamlit 1.67 spells it; a contract test finds
every one in its scripts, so that an update which says something else is noticed. The catalogue has what we say instead,
under streamlit.*, in every language: in English too, where Streamlit says less than a person needs.

The script is in the page before any of Streamlit's own, so that its words are never seen.
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
"""Key in the catalogue -> Streamlit's text; a name in braces is what it puts in."""

BEFORE_ERRORS = "Error: "
"""What it says before each sentence of its own; our sentences need it not."""


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
