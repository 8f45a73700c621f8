"""The options that we start Streamlit with: those of .streamlit/config.toml, which travels with the package."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from gateviz.app.server.switch import is_on


def settings() -> dict[str, Any]:
    """The options of config.toml by dotted name, less those that GATEVIZ_PLAIN turns off.

    An installed package carries the folder .streamlit inside, as gateviz._settings.
    """
    tree = Path(__file__).parents[3]
    folder = tree / ".streamlit" if (tree / "pyproject.toml").is_file() else files("gateviz") / "_settings"
    options = _flat(tomllib.loads((folder / "config.toml").read_text(encoding="utf-8")))
    if not is_on("collection"):
        del options["runner.postScriptGC"]
    if not is_on("watcher"):
        del options["server.fileWatcherType"]
    return options


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    options: dict[str, Any] = {}
    for name, value in table.items():
        options |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name: value}
    return options
