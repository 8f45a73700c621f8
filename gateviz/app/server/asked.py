"""What the server is asked for: by the command line, then by Streamlit's environment variables, then by default."""

import os
from collections.abc import Mapping
from typing import Any

from gateviz.app.server.environment import from_environment
from gateviz.app.server.options import HOST, Options
from gateviz.errors import InputError

_LOCAL = ("localhost", "127.0.0.1", "::1")


def asked_for(*, share: bool = False, variables: Mapping[str, str] = os.environ, **said: Any) -> Options:
    """The options, from what the command line says; None there is nothing said.

    Raises:
        InputError: something cannot be used, or --share is to share what only this machine can open.
    """
    streamlits = from_environment(variables)
    headless = streamlits.pop("server.headless", None)
    by_variable = {
        "port": streamlits.pop("server.port", None),
        "host": streamlits.pop("server.address", None),
        "base_path": _with_slash(streamlits.pop("server.baseUrlPath", "")),
        "origins": tuple(streamlits.pop("server.corsAllowedOrigins", ())) or None,
        "open_browser": None if headless is None else not headless,
    }
    found = {name: value for name, value in by_variable.items() if value is not None}
    found |= {name: value for name, value in said.items() if value is not None}
    if share and found.setdefault("host", "0.0.0.0") in _LOCAL:  # noqa: S104
        raise InputError(f"--share lets others in, and {found['host']} is for this machine alone: leave --host away.")
    return Options(**{"host": HOST} | found, share=share, streamlits=streamlits)


def _with_slash(path: str) -> str | None:
    """Streamlit writes the path with or without a slash before it."""
    return f"/{path.strip('/')}" if path.strip("/") else None
