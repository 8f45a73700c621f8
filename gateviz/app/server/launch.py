"""What serves the app: `gateviz app` from any folder, with the settings that travel with the package, and app.py."""

import contextlib
import gc
import os
import socket
import threading
import tomllib
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx

from gateviz.app.main import PAGES, main, page_style
from gateviz.app.server import warm_up
from gateviz.app.server.frontend import Frontend
from gateviz.app.server.pieces import Pieces
from gateviz.errors import InputError

SCRIPT = Path(__file__).parents[1] / "main.py"


def run(*, port: int = 8501, host: str = "localhost", open_browser: bool = True) -> None:
    """Serve the app until it is stopped.

    Args:
        port: 1 to 65535; it must be free, for the class is told this one.
        host: the address to listen on; 0.0.0.0 lets other machines connect.
        open_browser: whether to open a browser at the app.

    Raises:
        InputError: the port is no port, or in use.
    """
    _check_free(host, port)
    own = {"server.port": port, "server.address": host, "server.headless": not open_browser}
    own |= {"logger.hideWelcomeMessage": True}  # ours is enough; with it goes the offer of skills for agents
    print(f"gateviz is at http://{'localhost' if host in ('0.0.0.0', '::') else host}:{port}")  # noqa: S104, T201
    application().run(config={**settings(), **own})


def application() -> st.App:
    """The app behind its own front end."""
    return st.App(SCRIPT, lifespan=warm, middleware=middleware())


def middleware() -> list[Middleware]:
    """What answers for the front end."""
    pages = {f"/{path}" for _, path in PAGES}
    folder = Path(st.__file__).with_name("static")
    return [Middleware(Pieces), Middleware(Frontend, folder=folder, pages=pages, style=page_style())]


def script() -> Path:
    """What runs for each visitor. Where app.py is itself run like that, as `AppTest` runs it, the page is drawn."""
    if get_script_run_ctx(suppress_warning=True):
        main()
    return SCRIPT


@contextlib.asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Compute the first picture beside the server's start: the first visitor then waits less for it."""
    _send_at_once()
    threading.Thread(target=warm_up.first_picture, daemon=True).start()
    yield


def _send_at_once() -> None:
    """Let no answer wait until the one before is acknowledged: connections inherit what the server's socket has.

    asyncio sees to that itself, but not for a socket of protocol 0, as Streamlit makes it. Head and body of an answer
    are sent one after the other, and the body then waits, 40 ms where the browser acknowledges late.
    """
    for found in gc.get_objects():  # uvicorn and Streamlit keep the socket to themselves
        if isinstance(found, socket.socket) and found.fileno() >= 0:
            with contextlib.suppress(OSError):  # not of TCP
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def settings() -> dict[str, Any]:
    """The options of .streamlit/config.toml, by dotted name; an installed package carries that folder inside."""
    tree = Path(__file__).parents[3]
    folder = tree / ".streamlit" if (tree / "pyproject.toml").is_file() else files("gateviz") / "_settings"
    return _flat(tomllib.loads((folder / "config.toml").read_text(encoding="utf-8")))


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    options: dict[str, Any] = {}
    for name, value in table.items():
        options |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name: value}
    return options


def _check_free(host: str, port: int) -> None:
    if not 0 < port < 65536:
        raise InputError(f"port must lie in 1..65535, got {port}")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name == "posix":  # there it lets a port be taken that has just been left; on Windows any port at all
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise InputError(f"port {port} of {host} is in use or not allowed: choose another with --port") from None
