"""Connections to our server send at once, as Streamlit makes its socket and uvicorn hands it over."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import uvicorn
from starlette.applications import Starlette
from streamlit.web.server.starlette.starlette_server import _bind_socket

from gateviz.app.server.no_delay import send_at_once


async def no_delay_of_a_connection(wrapped: bool) -> bool:
    """Whether a connection that uvicorn accepts has the option, with our start-up hook or without."""

    @contextlib.asynccontextmanager
    async def hook(_: Starlette) -> AsyncIterator[None]:
        if wrapped:
            send_at_once(asyncio.get_running_loop())
        yield

    listener = _bind_socket("127.0.0.1", 0, 5)
    server = uvicorn.Server(uvicorn.Config(Starlette(lifespan=hook), log_level="critical"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            await asyncio.sleep(0.01)
        _, writer = await asyncio.open_connection(*listener.getsockname())
        while not server.server_state.connections:
            await asyncio.sleep(0.01)
        (connection,) = server.server_state.connections
        accepted = connection.transport.get_extra_info("socket")
        found = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        writer.close()
        return bool(found)
    finally:
        server.should_exit = True
        await serving


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_connection_sends_at_once_only_by_our_hook(wrapped: bool) -> None:
    """If it does so without the hook, Streamlit has mended its socket: then delete the patch."""
    with ThreadPoolExecutor(1) as thread:  # in this thread a loop may be running already
        assert thread.submit(asyncio.run, no_delay_of_a_connection(wrapped)).result() is wrapped


def test_a_server_without_a_socket_or_of_another_kind_starts_as_ever(tmp_path: object) -> None:
    async def start() -> int:
        loop = asyncio.get_running_loop()
        send_at_once(loop)
        ports = 0
        with socket.socket(socket.AF_UNIX) as other:
            other.bind(f"{tmp_path}/socket")
            for options in ({"host": "127.0.0.1", "port": 0}, {"sock": other}):
                server = await loop.create_server(asyncio.Protocol, **options)
                ports += len(server.sockets)
                server.close()
                await server.wait_closed()
        return ports

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, start()).result() == 2
