"""The weights of the models over HTTP, for the engine in the browser (js/engine, decision 16).

/_gateviz/models/hometown/lstm/6f0c....safetensors answers with the weights as they ship, and .json with what else the
engine must know. The name changes with the weights, so a browser keeps what it got.
"""

import re
from typing import TYPE_CHECKING

from gateviz.app.computed import models
from gateviz.app.server.pieces import send_bytes
from gateviz.errors import PretrainedError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

PATH = re.compile(r"/_gateviz/models/([a-z0-9@/-]{1,100}\.(?:json|safetensors))$")


class Weights:
    """ASGI middleware that answers requests for weights and passes every other request on to `app`."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a request for weights; pass any other on."""
        found = PATH.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        from anyio import to_thread  # noqa: PLC0415

        await send_bytes(send, await to_thread.run_sync(_file, found[1]))


def _file(name: str) -> bytes | None:
    try:
        return models.browser_file(name)
    except PretrainedError:
        return None
