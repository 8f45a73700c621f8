"""The headers of frames and replicas go with pages and sockets, and with nothing else."""

import asyncio
import re
from typing import Any

import pytest

from gateviz.app.server.headers import Frames, Replica

PAGE = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html; charset=utf-8")]}
SCRIPT = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/javascript")]}
SOCKET = {"type": "websocket.accept", "subprotocol": "streamlit"}


def headers_of(make: Any, message: dict[str, Any], cookie: bytes = b"") -> list[tuple[bytes, bytes]]:
    """The headers that the middleware adds to an answer."""
    sent: list[dict[str, Any]] = []

    async def behind(_: Any, __: Any, send: Any) -> None:
        await send(message)

    async def keep(each: Any) -> None:
        sent.append(each)

    nothing: Any = None
    asyncio.run(make(behind)({"type": "http", "headers": [(b"cookie", cookie)]}, nothing, keep))
    (found,) = sent
    assert {**found, "headers": None} == {**message, "headers": None}, "all else stays"
    before = message.get("headers", [])
    assert found.get("headers", [])[: len(before)] == before
    return list(found.get("headers", [])[len(before) :])


def test_a_page_names_the_sites_that_may_frame_it() -> None:
    def frames(app: Any) -> Frames:
        return Frames(app, ("https://a.example", "https://b.example"))

    assert headers_of(frames, PAGE) == [
        (b"content-security-policy", b"frame-ancestors 'self' https://a.example https://b.example")
    ]
    assert headers_of(frames, SCRIPT) == []
    assert headers_of(frames, SOCKET) == []


@pytest.mark.parametrize("message", [PAGE, SOCKET])
def test_page_and_socket_tell_the_browser_its_replica(message: dict[str, Any]) -> None:
    ((name, cookie),) = headers_of(lambda app: Replica(app, "2"), message)
    assert name == b"set-cookie"
    assert re.fullmatch(rb"gateviz_replica=2\.[0-9a-f]{8}; Path=/; HttpOnly; SameSite=Lax", cookie)
    ((_, cookie),) = headers_of(lambda app: Replica(app, "2", framed=True), message)
    assert cookie.endswith(b"SameSite=None; Secure; Partitioned"), "else no browser sends it from a frame"


def test_a_browser_that_comes_from_another_replica_keeps_its_number() -> None:
    def cookie_of(sent: bytes) -> bytes:
        ((_, cookie),) = headers_of(lambda app: Replica(app, "2"), SOCKET, sent)
        return cookie.split(b";")[0]

    for sent in (b"gateviz_replica=1.9c41f07a", b"a=b; gateviz_replica=1.9c41f07a; c=d"):
        assert cookie_of(sent) == b"gateviz_replica=2.9c41f07a"
    for nonsense in (b"gateviz_replica=1", b"gateviz_replica=1.x; a", b"other_gateviz_replica=1.9c41f07a", b"\xff"):
        assert b"9c41f07a" not in cookie_of(nonsense)
    assert cookie_of(b"") != cookie_of(b""), "each browser has a number of its own"


def test_nothing_else_carries_the_cookie() -> None:
    assert headers_of(lambda app: Replica(app, "2"), SCRIPT) == []
