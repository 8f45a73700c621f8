"""Sends each answer at once: sets TCP_NODELAY on the socket that Streamlit makes.

uvicorn sends the head and the body of an answer one after the other. Without the option the system holds the body back
until the browser has acknowledged the head, and the browser takes 40 ms for that. asyncio sets the option itself, but
only on sockets that say they are of TCP; Streamlit's socket has protocol 0.

Neither Streamlit nor uvicorn gives the socket out. But uvicorn hands it to the event loop after the app's start-up hook
has run, so the hook wraps `create_server` of its own loop.
"""

import asyncio
import contextlib
import functools
import socket
from typing import Any


def send_at_once(loop: asyncio.AbstractEventLoop) -> None:
    """Set TCP_NODELAY on every socket that is handed to this loop's `create_server` from now on.

    An accepted connection inherits the option. A loop that cannot be wrapped is left as it is: uvloop's sets the option
    itself.
    """
    create_server = loop.create_server

    @functools.wraps(create_server)
    async def with_no_delay(*args: Any, sock: socket.socket | None = None, **options: Any) -> Any:
        if sock is not None:
            with contextlib.suppress(OSError):  # it is not a socket of TCP
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return await create_server(*args, sock=sock, **options)

    with contextlib.suppress(AttributeError):
        loop.create_server = with_no_delay  # type: ignore[method-assign]
