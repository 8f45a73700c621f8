"""A reverse proxy between a browser and the server, with the faults that real ones have."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from tests.browser.serving import free_port


@contextmanager
def proxy(server: str, *, strip: str = "", upgrade: bool = True) -> Iterator[str]:
    """The address of a proxy before this server, until the block ends.

    Args:
        server: its address.
        strip: the path that is taken away from the beginning of each request's path; without it a request gets 404.
        upgrade: whether a request for a websocket passes on as one.
    """
    host, _, behind = server.removeprefix("http://").partition(":")
    port, started = free_port(), threading.Event()
    stop: list[Callable[[], object]] = []

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            changed = _changed(head, strip.encode(), upgrade=upgrade)
            if changed is None:
                writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            else:
                there, back = await asyncio.open_connection(host, int(behind))
                back.write(changed)
                await asyncio.gather(_pump(reader, back), _pump(there, writer))
        writer.close()

    async def serve() -> None:
        over, loop = asyncio.Event(), asyncio.get_running_loop()
        stop.append(lambda: loop.call_soon_threadsafe(over.set))
        listening = await asyncio.start_server(pass_on, "localhost", port)
        started.set()
        await over.wait()
        listening.close()  # and asyncio.run ends the connections

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    started.wait(10)
    try:
        yield f"http://localhost:{port}{strip}"
    finally:
        stop[0]()
        thread.join(10)


def _changed(head: bytes, strip: bytes, *, upgrade: bool) -> bytes | None:
    """The head of the request as it goes on; one request a connection, so that each head is seen."""
    line, _, headers = head.partition(b"\r\n")
    method, path, version = line.split(b" ")
    if not path.startswith(strip):
        return None
    path = path[len(strip) :]
    path = path if path.startswith(b"/") else b"/" + path
    kept = [each for each in headers.split(b"\r\n") if each]
    is_socket = any(each.lower().startswith(b"upgrade:") for each in kept) and upgrade
    if not is_socket:
        kept = [each for each in kept if not each.lower().startswith((b"upgrade:", b"connection:"))]
        kept.append(b"Connection: close")
    return b"\r\n".join([b" ".join((method, path, version)), *kept, b"", b""])


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
    except OSError:
        pass  # one of them has gone
    finally:
        target.close()
