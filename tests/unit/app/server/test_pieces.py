"""The pieces of a long text over HTTP: the middleware answers for names that a page was given, and for no others."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

import gateviz
from gateviz.app.computed.piece_names import NAMES, payload
from gateviz.app.server.pieces import Pieces
from gateviz.models.view import View
from gateviz.viewer.packing.pieces import PIECE
from tests.packed import unpack

TEXT = "It was 1895, and the fog came down. " * 10
VIEW = View("timemachine", ("rnn", "gru"), TEXT)


async def streamlit(_: Any, __: Any, send: Any) -> None:
    """What stands behind."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"from Streamlit"})


def ask(path: str, *, method: str = "GET", kind: str = "http") -> tuple[int, dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def keep(message: Any) -> None:
        sent.append(message)

    scope: Any = {"type": kind, "path": path, "method": method, "headers": []}
    nothing: Any = None
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, Pieces(streamlit)(scope, nothing, keep)).result()
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, sent[1]["body"]


@pytest.fixture(autouse=True)
def _answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the middleware sets it for the whole process; what is tested next has it as before."""
    monkeypatch.setattr(NAMES, "answered", True)


@pytest.fixture
def name() -> str:
    header, signals = unpack(payload(VIEW, len(TEXT)))
    assert signals == {}
    return str(header["pieces"]["name"])


def test_each_piece_has_the_traces_numbers(name: str) -> None:
    for number in range(3):
        status, headers, body = ask(f"/proxy/8501/_gateviz/{name}/{number}")
        assert status == 200, "a proxy may serve the app below a path of its own"
        assert headers["content-length"] == str(len(body))
        assert "immutable" in headers["cache-control"]
        _, signals = unpack(body)
        assert list(signals) == ["rnn", "gru"]
        for cell in ("rnn", "gru"):
            layer = gateviz.load_pretrained("timemachine", cell).trace(TEXT).layer(0)
            for signal, values in signals[cell].items():
                expected = layer[signal][0, number * PIECE : (number + 1) * PIECE]
                np.testing.assert_allclose(values, expected, rtol=2.0**-15, atol=1e-6)


@pytest.mark.parametrize("piece", ["3", "9999"])
def test_a_piece_beyond_the_end_gets_404(name: str, piece: str) -> None:
    status, headers, body = ask(f"/_gateviz/{name}/{piece}")
    assert (status, body) == (404, b"")
    assert headers["cache-control"] == "no-store", "it may be there later"


def test_an_unknown_name_gets_404() -> None:
    assert ask(f"/_gateviz/{'0' * 64}/0")[0] == 404


@pytest.mark.parametrize("path", ["/", "/_gateviz/", "/_gateviz/abc/0", f"/_gateviz/{'0' * 64}/-1", "/_stcore/health"])
def test_every_other_request_goes_to_streamlit(path: str) -> None:
    assert ask(path)[2] == b"from Streamlit"
    assert ask(f"/_gateviz/{'0' * 64}/0", method="POST")[2] == b"from Streamlit"
    assert ask(f"/_gateviz/{'0' * 64}/0", kind="websocket")[2] == b"from Streamlit"
