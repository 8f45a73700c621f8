"""Whose address stands in a link: the browser's, or this machine's in its network."""

import ipaddress
import socket

import pytest

from gateviz.app.components import network_address as module
from gateviz.app.components.network_address import LinkAddress, for_others

ALONE = LinkAddress(None, "alone")
AS_IT_IS = LinkAddress(None, None)


@pytest.fixture
def in_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "network_address", lambda: "192.168.1.7")


@pytest.mark.usefixtures("in_a_network")
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.1.1", "[::1]", "gateviz.localhost"])
def test_a_page_on_localhost_is_linked_by_the_machines_address_if_the_server_listens_there(host: str) -> None:
    for listening in (None, "", "0.0.0.0", "::"):  # noqa: S104
        assert for_others(f"http://{host}:8501/", listening) == LinkAddress("http://192.168.1.7:8501", "network")
    assert for_others(f"http://{host}/", None).origin == "http://192.168.1.7"
    for listening in ("localhost", "127.0.0.1"):
        assert for_others(f"http://{host}:8501/", listening) == ALONE


@pytest.mark.usefixtures("in_a_network")
@pytest.mark.parametrize(
    "url", ["http://192.168.1.9:8501/", "https://gates.example/app", "http://teacher.local:8501", None, "", "nonsense"]
)
def test_an_address_that_others_have_too_stays(url: str | None) -> None:
    assert for_others(url, None) == AS_IT_IS


def test_without_a_network_nobody_else_can_come(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_route(*_: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", no_route)
    assert for_others("http://localhost:8501/", None) == ALONE


def test_the_machines_own_address_is_one_that_is_not_only_its_own() -> None:
    found = for_others("http://localhost:8501/", None)
    if found.origin is not None:
        host = found.origin.removeprefix("http://").removesuffix(":8501")
        assert not ipaddress.ip_address(host).is_loopback
