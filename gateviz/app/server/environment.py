"""Streamlit's own environment variables, such as STREAMLIT_SERVER_MAX_UPLOAD_SIZE.

`streamlit run` reads them, an app that starts itself does not; so we do. A variable counts more than our settings and
less than the command line. One that Streamlit does not know, that says nothing it could take, or that our pages cannot
live with is refused: a server that quietly did otherwise would be looked at for an hour.
"""

import os
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit import config

from gateviz.errors import InputError, as_given

PREFIX = "STREAMLIT_"
REFUSED = {
    "global.developmentMode": "then Streamlit serves no pages of its own",
    "server.customComponentBaseUrlPath": "our parts of the page come from this server",
}
"""Option -> why our pages cannot live with it."""
_TRUE, _FALSE = ("1", "true", "t", "yes", "y", "on"), ("0", "false", "f", "no", "n", "off")


def from_environment(variables: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The options that the variables set, by dotted name. Streamlit itself reads those that are secret.

    Raises:
        InputError: a variable is no option, has no value that its option could have, or is refused.
    """
    known = {option.env_var: option for option in config._config_options_template.values()}
    found: dict[str, Any] = {}
    for name, text in sorted(variables.items()):
        if not name.startswith(PREFIX):
            continue
        if name not in known:
            raise InputError(f"{name} is no option of Streamlit {st.__version__}: take it away.")
        option = known[name]
        if option.key in REFUSED:
            raise InputError(f"{name} cannot be set for gateviz, because {REFUSED[option.key]}: take it away.")
        if not option.sensitive:
            found[option.key] = text.split() if option.multiple else _read(name, text, option.type)
    return found


def _read(name: str, text: str, kind: type) -> Any:
    kinds: dict[type, tuple[Callable[[str], Any], str]] = {
        bool: (_yes_or_no, "true or false"),
        int: (int, "a whole number"),
        float: (float, "a number"),
    }
    read, wanted = kinds.get(kind, (str, "a text"))
    try:
        return read(text)
    except ValueError:
        raise InputError(f"{name} must be {wanted}, got {as_given(text)}.") from None


def _yes_or_no(text: str) -> bool:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise ValueError(text)
