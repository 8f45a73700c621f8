"""The weights over HTTP: the middleware answers for the models that there are, and passes every other request on."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from gateviz.app.server.weights import Weights
from gateviz.pretrained.browser_files import name_of
from gateviz.pretrained.folder import WEIGHTS, find_card, pretrained_folder


async def streamlit(_: Any, __: Any, send: Any) -> None:
    """What stands behind."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"from Streamlit"})


def ask(path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def keep(message: Any) -> None:
        sent.append(message)

    scope: Any = {"type": "http", "path": path, "method": method, "headers": []}
    nothing: Any = None
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, Weights(streamlit)(scope, nothing, keep)).result()
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, sent[1]["body"]


@pytest.mark.parametrize("prefix", ["", "/below/a/proxy"])
def test_the_weights_come_as_they_ship_and_a_browser_keeps_them(prefix: str) -> None:
    name = name_of(find_card("hometown", "lstm"))
    status, headers, body = ask(f"{prefix}/_gateviz/models/{name}.safetensors")
    assert (status, headers["content-length"]) == (200, str(len(body)))
    assert "immutable" in headers["cache-control"]
    assert body == (pretrained_folder() / "hometown" / "lstm" / WEIGHTS).read_bytes()


def test_a_name_that_no_model_has_is_not_found() -> None:
    status, headers, body = ask("/_gateviz/models/hometown/lstm/0123456789abcdef.safetensors")
    assert (status, headers["cache-control"], body) == (404, "no-store", b"")


@pytest.mark.parametrize("path", ["/", "/_gateviz/models/../../etc/passwd", "/_gateviz/models/a.txt"])
def test_every_other_request_is_passed_on(path: str) -> None:
    assert ask(path)[2] == b"from Streamlit"
