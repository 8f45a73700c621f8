"""`gateviz app` serves what it was asked for, and `streamlit run app.py` serves the same app."""

import runpy
import socket
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.web.server.app_discovery import discover_asgi_app

from gateviz.app.computed.kept import MEMORY
from gateviz.app.server import launch
from gateviz.app.server.films import Films
from gateviz.app.server.headers import Frames, Replica
from gateviz.app.server.held import HeldReadings
from gateviz.app.server.options import BESIDES, Options
from gateviz.app.server.paths import BasePath
from gateviz.app.server.weights import Weights
from gateviz.cli import main

PROJECT = Path(__file__).parents[4]


def test_the_script_that_is_served_is_there() -> None:
    assert launch.SCRIPT.is_file()


def test_streamlit_run_finds_the_same_app_in_app_py() -> None:
    found = discover_asgi_app(PROJECT / "app.py")
    assert (found.is_asgi_app, found.import_string) == (True, "app:app")
    scope: dict[str, Any] = runpy.run_path(str(PROJECT / "app.py"))
    ours, served = launch.application()._user_middleware, scope["app"]._user_middleware
    assert [tuple(each) for each in served] == [tuple(each) for each in ours] != []
    assert scope["app"]._user_lifespan is launch.warm


def test_what_is_asked_for_stands_before_all_else() -> None:
    asked = Options(base_path="/gateviz", replica="1", origins=("https://moodle.example.edu",))
    found: list[Any] = [each.cls for each in launch.middleware(asked)]
    assert found == [BasePath, Replica, Frames, *(each.cls for each in launch.middleware())]


def test_the_memory_that_is_asked_for_is_the_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    monkeypatch.setattr(MEMORY, "resize", sizes.append)
    launch.application(Options(memory=2048))
    launch.application()
    assert sizes == [(2048 - BESIDES) * 2**20, (1024 - BESIDES) * 2**20]


def test_with_the_switch_streamlit_serves_the_app_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(launch.middleware()) == 5
    monkeypatch.setenv("GATEVIZ_PLAIN", "1")
    left: list[Any] = [each.cls for each in launch.middleware()]
    assert left == [HeldReadings, Weights, Films], "which are no patches"


@pytest.mark.parametrize("plain", ["", "1"])
def test_app_py_run_as_a_script_draws_both_pages_with_the_patches_and_without(
    plain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GATEVIZ_PLAIN", plain)
    page = AppTest.from_file(PROJECT / "app.py", default_timeout=60).run()
    for view, charts in (("step_through", 3), ("gradients", 0)):
        page.switch_page(f"gateviz/app/views/{view}.py").run()
        assert {box.key for box in page.text_input} == {"sentence"}
        assert len(page.get("plotly_chart")) == charts
        assert not page.exception


def test_a_word_that_is_no_patch_is_one_sentence_on_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GATEVIZ_PLAIN", "yes")
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        free = probe.getsockname()[1]
    assert main(["app", "--port", str(free), "--no-browser"]) == 2
    assert capsys.readouterr().err.startswith("gateviz: GATEVIZ_PLAIN must be 1 or some of compression, ")
