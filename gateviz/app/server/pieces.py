"""The pieces of a long text over HTTP: the browser asks for a piece when a person looks at it.

Through Streamlit's socket a text of 2,000 characters would send 12 MB to everybody before anything is seen, and later
answers would wait behind it. So the page gets a head with a name, and /_gateviz/NAME/3 answers with the fourth piece.
Where this middleware does not run (Streamlit serves main.py alone) every picture is sent whole.
"""

import re
from typing import TYPE_CHECKING

from gateviz.app.computed import pictures
from gateviz.app.computed.piece_names import NAMES

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

PATH = re.compile(r"/_gateviz/([0-9a-f]{64})/([0-9]{1,4})$")
HEADERS = (
    (b"content-type", b"application/octet-stream"),
    (b"cache-control", b"private, immutable, max-age=86400"),
    (b"x-content-type-options", b"nosniff"),
)


class Pieces:
    """ASGI middleware that answers requests for pieces and passes every other request on to `app`."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app
        NAMES.answered = True

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a request for a piece; pass any other on."""
        found = PATH.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        from anyio import to_thread  # noqa: PLC0415

        view = NAMES.get(found[1])
        body = None if view is None else await to_thread.run_sync(pictures.piece, view, int(found[2]))
        await send_bytes(send, body)


async def send_bytes(send: "Send", body: bytes | None) -> None:
    """Answer with bytes that a browser may keep; None: there is nothing of that name."""
    length = (b"content-length", str(len(body or b"")).encode())
    headers = (length, *HEADERS) if body is not None else (length, (b"cache-control", b"no-store"))
    await send({"type": "http.response.start", "status": 404 if body is None else 200, "headers": headers})
    await send({"type": "http.response.body", "body": body or b""})
