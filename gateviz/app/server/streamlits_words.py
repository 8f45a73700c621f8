"""Streamlit's own words, which it cannot translate, and a script that shows ours in their place.

TEXTS holds each text of Streamlit's that a person can meet on our pages, as Streamlit 1.67 spells it. A contract test
finds every one of them in Streamlit's scripts, so we notice when an update says something else. The catalogue has our
words for them, under streamlit.*, in every language. English has some too, where Streamlit says too little.

The script stands in the page before Streamlit's scripts, so nobody sees Streamlit's words. A text that is not in TEXTS
stays as it is. no_connection.js says what Streamlit does not say at all.
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
    "server_away": "Streamlit server is not responding. Are you connected to the internet?",
    "timed_out": "Connection timed out.",
    "no_access": "Connection failed with status {status}.",
    "no_access_because": "Connection failed with status {status}, and response:",
    "upload_forbidden": "AxiosError: Request failed with status code 403",
    "upload_failed": "AxiosError: Request failed with status code {status}",
    "upload_lost": "AxiosError: Network Error",
    "close": "Close",
    "download_failed": "Download failed",
}
"""Key in the catalogue -> Streamlit's text. A name in braces stands for what Streamlit puts in."""

ASSEMBLED = {
    "no_access": ("`Connection failed with status ${", "`.`"),
    "no_access_because": ("`Connection failed with status ${", "`, and response:`"),
    "upload_forbidden": ("`AxiosError`", "`Request failed with status code `+"),
    "upload_failed": ("`AxiosError`", "`Request failed with status code `+"),
    "upload_lost": ("`AxiosError`", "`Network Error`"),
}
"""Key -> the parts of which Streamlit's scripts put that text together."""

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
    files = ("streamlits_words.js", "no_connection.js")
    body = "\n".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in files)
    return f"(() => {{const {{ texts, said, needless }} = {data.replace('<', chr(92) + 'u003c')};\n{body}}})();"
