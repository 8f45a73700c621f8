"""Any request to what stands before Streamlit: an answer of ours, or passed on; never an exception."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateviz.app.computed.piece_names import NAMES
from gateviz.app.server.held import HeldReadings
from gateviz.app.server.launch import middleware
from gateviz.app.server.options import Options
from gateviz.pretrained.browser_files import name_of
from gateviz.pretrained.folder import find_card
from tests.fuzz.bad_inputs import ANY_TEXT, BODIES, CELL
from tests.fuzz.counted import COUNTED, inputs


async def streamlit(_: Any, __: Any, send: Any) -> None:
    """What stands behind."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"from Streamlit"})


def ask(app: Any, path: str, *, method: str = "GET", body: bytes = b"", headers: Any = ()) -> tuple[int, bytes]:
    """Status and content of the answer."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def keep(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "method": method, "headers": headers, "query_string": b"", "scheme": "http"}
    with ThreadPoolExecutor(1) as thread:
        try:
            thread.submit(asyncio.run, app(scope, receive, keep)).result()
        except Exception:
            COUNTED.exceptions += 1
            raise
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


@inputs(30)
@given(CELL, BODIES)
def test_a_sentence_under_holds(cell: str, body: bytes) -> None:
    path = f"/gates/_gateviz/models/{name_of(find_card('hometown', cell))}/read"
    status, answer = ask(HeldReadings(streamlit), path, method="POST", body=body)
    COUNTED.count("request under holds", sentence=status != 200)
    assert status in (200, 400)
    if status == 400:
        said = json.loads(answer)["problem"]
        assert said
        assert "\n" not in said


_PARTS = st.sampled_from(
    [
        "_gateviz",
        "models",
        "hometown",
        "lstm",
        "..",
        "%2e%2e",
        "0" * 64,
        "0",
        "read",
        "a.json",
        "_stcore",
        "gates",
        "static",
    ]
)
_PATHS = st.lists(_PARTS | ANY_TEXT, max_size=6).map(lambda parts: "/" + "/".join(parts))
_HEADERS = st.lists(
    st.tuples(
        st.sampled_from([b"cookie", b"origin", b"host", b"referer", b"range", b"if-none-match", b"accept-encoding"]),
        st.binary(max_size=30),
    ),
    max_size=3,
)


def test_any_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NAMES, "answered", True)  # as the middleware sets it for the whole process
    app: Any = streamlit
    for each in reversed(middleware(Options(base_path="/gates", origins=("https://moodle.example.edu",), replica="1"))):
        app = each.cls(app, *each.args, **each.kwargs)

    @inputs(60)
    @given(_PATHS, st.sampled_from(["GET", "POST", "HEAD", "OPTIONS", "PUT"]), _HEADERS)
    def try_address(path: str, method: str, headers: list[tuple[bytes, bytes]]) -> None:
        status, _ = ask(app, path, method=method, headers=headers)
        COUNTED.count("request", sentence=status != 200)
        assert status in (200, 206, 304, 307, 400, 403, 404, 405, 416)

    try_address()
