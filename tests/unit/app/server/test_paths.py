"""The app below a path: with the path or without it every request arrives as if there were none."""

import asyncio
from typing import Any

import pytest

from gateviz.app.server.paths import BasePath

BASE = "/campus/gateviz"


def ask(path: str, *, kind: str = "http", query: bytes = b"") -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the app behind was asked, and what was sent back without it."""
    asked: list[dict[str, Any]] = []
    sent: list[dict[str, Any]] = []

    async def behind(scope: Any, _: Any, __: Any) -> None:
        asked.append(scope)

    async def keep(message: Any) -> None:
        sent.append(message)

    scope: Any = {"type": kind, "path": path, "raw_path": path.encode(), "query_string": query}
    nothing: Any = None
    asyncio.run(BasePath(behind, BASE)(scope, nothing, keep))
    return asked, sent


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("path", ["/", "/gradients", "/_stcore/stream", "/static/js/index.js", "/_gateviz/abc/3"])
def test_the_path_may_be_there_or_stripped(path: str, kind: str) -> None:
    for whole in (path, BASE + path):
        (scope,), sent = ask(whole, kind=kind)
        assert (scope["path"], scope["raw_path"]) == (path, path.encode())
        assert sent == []


def test_without_its_slash_the_address_leads_to_the_one_with_it() -> None:
    asked, sent = ask(BASE, query=b"text=a+b&step=4")
    assert asked == []
    assert sent[0]["status"] == 307
    assert dict(sent[0]["headers"])[b"location"] == b"/campus/gateviz/?text=a+b&step=4"
    assert dict(ask(BASE)[1][0]["headers"])[b"location"] == b"/campus/gateviz/"


@pytest.mark.parametrize(
    "path", ["/campus", "/campus/", "/campus/gatevizard", "/campus/gateviz.js", "/x/campus/gateviz"]
)
def test_another_path_stays_as_it_is(path: str) -> None:
    (scope,), sent = ask(path)
    assert scope["path"] == path
    assert sent == []


def test_what_has_no_path_passes() -> None:
    scopes: list[Any] = []

    async def behind(scope: Any, _: Any, __: Any) -> None:
        scopes.append(scope)

    nothing: Any = None
    asyncio.run(BasePath(behind, BASE)({"type": "lifespan"}, nothing, nothing))
    assert scopes == [{"type": "lifespan"}]
