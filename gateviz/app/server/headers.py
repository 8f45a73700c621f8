"""Headers that go with the answers: which sites may frame the page, and which replica has the session."""

import re
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "gateviz_replica"
"""The cookie by which a proxy finds the replica that a page is connected to (deploy/nginx/gateviz.conf)."""
_COOKIE = re.compile(rb"(?:^|[; ])gateviz_replica=[A-Za-z0-9_-]*\.([0-9a-f]{8})(?:$|;)")


class Frames:
    """ASGI middleware that lets some sites show the pages in a frame, and no others.

    Args:
        app: answers the requests.
        origins: such as "https://moodle.example.edu".
    """

    def __init__(self, app: "ASGIApp", origins: tuple[str, ...]) -> None:
        self._app = app
        self._header = (b"content-security-policy", f"frame-ancestors 'self' {' '.join(origins)}".encode())

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass the request on; a page that comes back gets the header."""

        async def with_header(message: "Message") -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                message = {**message, "headers": [*message["headers"], self._header]}
            await send(message)

        await self._app(scope, receive, with_header)


class Replica:
    """ASGI middleware that tells each browser which replica it is connected to.

    The cookie is set by the page and again by the socket: after a failure the socket may have found another replica
    than the page, and what comes by HTTP must follow the socket. After the replica's name stands a number that the
    browser keeps, by which a proxy sends all its tabs to the same other replica.

    Args:
        app: answers the requests.
        name: of this replica.
        framed: whether pages of other sites show the app in a frame: a browser sends a cookie from there only if it is
            marked, and marked cookies need HTTPS.
    """

    def __init__(self, app: "ASGIApp", name: str, *, framed: bool = False) -> None:
        self._app = app
        self._name = name
        self._sent = "SameSite=None; Secure; Partitioned" if framed else "SameSite=Lax"

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass the request on; a page and a socket get the cookie."""

        async def with_cookie(message: "Message") -> None:
            page = message["type"] == "http.response.start" and _is_page(message)
            if page or message["type"] == "websocket.accept":
                cookie = f"{COOKIE}={self._name}.{_browser(scope)}; Path=/; HttpOnly; {self._sent}"
                message = {**message, "headers": [*message.get("headers", ()), (b"set-cookie", cookie.encode())]}
            await send(message)

        await self._app(scope, receive, with_cookie)


def _browser(scope: "Scope") -> str:
    """The number that this browser has, or a new one."""
    sent = b";".join(value for name, value in scope.get("headers", ()) if name == b"cookie")
    found = _COOKIE.search(sent)
    return found[1].decode() if found else secrets.token_hex(4)


def _is_page(message: "Message") -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"])
