"""The options that Streamlit is started with."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config

from gateviz.app.server.settings import settings

PROJECT = Path(__file__).parents[4]
FILE = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_the_settings_are_those_of_the_file_by_dotted_name() -> None:
    found = settings()
    assert found["runner.postScriptGC"] is FILE["runner"]["postScriptGC"] is False
    assert found["theme.dark.primaryColor"] == FILE["theme"]["dark"]["primaryColor"]
    leaves = 0
    tables = [FILE]
    while tables:
        for value in tables.pop().values():
            if isinstance(value, dict):
                tables.append(value)
            else:
                leaves += 1
    assert len(found) == leaves > 20
    assert not any(isinstance(value, dict) for value in found.values())


def test_streamlit_knows_every_option() -> None:
    known = config.get_config_options()
    assert not set(settings()) - set(known)
    for option in ("server.port", "server.address", "server.headless", "logger.hideWelcomeMessage"):
        assert option in known


def test_the_switch_leaves_out_only_the_options_that_are_there_for_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    patched = set(settings())
    monkeypatch.setenv("GATEVIZ_PLAIN", "1")
    assert patched - set(settings()) == {"runner.postScriptGC", "server.fileWatcherType"}
