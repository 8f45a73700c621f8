"""`gateviz app`: what it refuses before it serves anything, and that `streamlit run app.py` serves the same app."""

import runpy
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.web.server.app_discovery import discover_asgi_app

from gateviz.app.server import launch
from gateviz.app.server.films import Films
from gateviz.app.server.held import HeldReadings
from gateviz.app.server.weights import Weights
from gateviz.cli import main
from gateviz.errors import InputError

PROJECT = Path(__file__).parents[4]


@pytest.fixture
def port_in_use() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("localhost", 0))
        holder.listen()
        port: int = holder.getsockname()[1]
        yield port


@pytest.mark.parametrize("port", [-1, 0, 65536, 10**6])
def test_a_number_that_is_no_port_is_refused_in_one_sentence(port: int) -> None:
    with pytest.raises(InputError, match=rf"^port must lie in 1\.\.65535, got {port}$"):
        launch.run(port=port, open_browser=False)


def test_a_port_in_use_is_refused_with_what_to_do(port_in_use: int) -> None:
    with pytest.raises(InputError, match=rf"^port {port_in_use} of localhost is in use .*choose another with --port$"):
        launch.run(port=port_in_use, open_browser=False)


def test_a_host_that_is_not_this_machine_is_refused() -> None:
    with pytest.raises(InputError, match=r"192\.0\.2\.1"):  # TEST-NET-1: nobody's address
        launch.run(port=8501, host="192.0.2.1", open_browser=False)


def test_the_command_line_says_it_in_one_line_and_exits_with_2(
    port_in_use: int, capsys: pytest.CaptureFixture[str]
) -> None:
    for port in ("0", str(port_in_use)):
        assert main(["app", "--port", port, "--no-browser"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("gateviz: port ")
        assert err.count("\n") == 1


def test_the_script_that_is_served_is_there() -> None:
    assert launch.SCRIPT.is_file()


def test_streamlit_run_finds_the_same_app_in_app_py() -> None:
    found = discover_asgi_app(PROJECT / "app.py")
    assert (found.is_asgi_app, found.import_string) == (True, "app:app")
    scope: dict[str, Any] = runpy.run_path(str(PROJECT / "app.py"))
    ours, served = launch.application()._user_middleware, scope["app"]._user_middleware
    assert [tuple(each) for each in served] == [tuple(each) for each in ours] != []
    assert scope["app"]._user_lifespan is launch.warm


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
    for view, charts in (("step_through", 3), ("gradients", 1)):
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
