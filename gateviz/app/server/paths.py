"""The app below a path, such as https://campus.example/gateviz/, behind any proxy.

A proxy keeps the path or strips it; we answer both, and Streamlit never sees it. Without its last slash the page would
look for its scripts one level too high, so that address leads to the one with the slash.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class BasePath:
    """ASGI middleware that takes a path away from the beginning of each request's path, where it is there.

    Args:
        app: answers the requests.
        base: such as "/gateviz".
    """

    def __init__(self, app: "ASGIApp", base: str) -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass the request on without the path, or lead to the path with its slash."""
        path = scope.get("path", "")
        if scope["type"] == "http" and path == self._base:
            query = b"?" + scope["query_string"] if scope["query_string"] else b""
            headers = [(b"location", f"{self._base}/".encode() + query), (b"content-length", b"0")]
            await send({"type": "http.response.start", "status": 307, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        await self._app(self._without_base(scope) if path.startswith(f"{self._base}/") else scope, receive, send)

    def _without_base(self, scope: "Scope") -> "Scope":
        shorter = {**scope, "path": scope["path"][len(self._base) :]}
        if scope.get("raw_path", b"").startswith(self._base.encode()):
            shorter["raw_path"] = scope["raw_path"][len(self._base) :]
        return shorter
