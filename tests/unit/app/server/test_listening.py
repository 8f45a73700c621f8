"""Where the server listens: what is refused before anything is served, and what is printed."""

import socket
from collections.abc import Iterator

import numpy as np
import pytest
import zxingcpp

from gateviz.app.server import listening
from gateviz.app.server.options import Options
from gateviz.cli import main
from gateviz.errors import InputError

IPV6 = socket.has_ipv6


@pytest.fixture
def port_in_use() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("localhost", 0))
        holder.listen()
        port: int = holder.getsockname()[1]
        yield port


def test_a_port_in_use_is_refused_with_what_to_do(port_in_use: int) -> None:
    with pytest.raises(InputError, match=rf"^port {port_in_use} of localhost is in use .*choose another with --port$"):
        listening.check("localhost", port_in_use)


def test_an_address_of_another_machine_is_said_to_be_one() -> None:
    with pytest.raises(InputError, match=r"^192\.0\.2\.1 is no address of this machine"):  # TEST-NET-1: nobody's
        listening.check("192.0.2.1", 8501)


@pytest.mark.parametrize("host", ["localhots.invalid", "", "300.1.1.1", "::g", "unix:///tmp/x", "a b", "é" * 80])
def test_a_misspelt_host_is_not_said_to_be_in_use(host: str) -> None:
    with pytest.raises(InputError) as refused:
        listening.check(host, 8501)
    assert "in use" not in str(refused.value)
    assert "localhost" in str(refused.value)


def test_a_free_port_of_this_machine_is_fine() -> None:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        free = probe.getsockname()[1]
    for host in ("localhost", "127.0.0.1", "0.0.0.0"):  # noqa: S104
        listening.check(host, free)


def test_the_command_line_says_it_in_one_line_and_exits_with_2(
    port_in_use: int, capsys: pytest.CaptureFixture[str]
) -> None:
    for port in ("0", str(port_in_use)):
        assert main(["app", "--port", port, "--no-browser"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("gateviz: port ")
        assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (Options(), "http://localhost:8501"),
        (Options(host="::1"), "http://[::1]:8501"),
        (Options(host="::"), "http://localhost:8501"),
        (Options(host="0.0.0.0", port=80), "http://localhost:80"),  # noqa: S104
        (Options(host="teacher.local", base_path="/gateviz/"), "http://teacher.local:8501/gateviz"),
        (Options(streamlits={"server.sslCertFile": "a.pem"}), "https://localhost:8501"),
    ],
)
def test_the_address_that_is_printed_can_be_opened(options: Options, expected: str) -> None:
    assert listening.welcome(options) == f"gateviz is at {expected}"


def test_who_shares_is_told_the_address_the_code_and_what_is_exposed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "network_address", lambda: "192.168.1.7")
    told = listening.welcome(Options(host="0.0.0.0", share=True, base_path="/gateviz"))  # noqa: S104
    assert told.startswith("gateviz is at http://192.168.1.7:8501/gateviz for everybody in this network.\n")
    assert told.endswith(listening.EXPOSED)
    assert read_off_the_terminal(told) == "http://192.168.1.7:8501/gateviz"


def test_without_a_network_it_says_that_nobody_else_can_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "network_address", lambda: None)
    told = listening.welcome(Options(host="0.0.0.0", share=True))  # noqa: S104
    assert told.startswith("gateviz is at http://localhost:8501; ")
    assert "nobody else" in told


def read_off_the_terminal(told: str) -> str:
    """What a phone reads: light letters on a dark terminal, each a module wide and two high."""
    halves = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
    drawn = [line for line in told.splitlines() if line and set(line) <= set(halves)]
    width = max(map(len, drawn))
    rows = [[halves[letter][half] for letter in line.ljust(width)] for line in drawn for half in (0, 1)]
    found = zxingcpp.read_barcodes(np.kron(255 * np.array(rows, np.uint8), np.ones((8, 8), np.uint8)))
    return str(found[0].text)
