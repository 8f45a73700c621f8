"""Starts the app's server: for `gateviz app` from any folder, and for app.py."""

import asyncio
import contextlib
import os
import socket
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx

from gateviz.app.computed import trainings
from gateviz.app.main import PAGES, main, page_style
from gateviz.app.server import warm_up
from gateviz.app.server.films import Films
from gateviz.app.server.frontend import Frontend
from gateviz.app.server.held import HeldReadings
from gateviz.app.server.no_delay import send_at_once
from gateviz.app.server.pieces import Pieces
from gateviz.app.server.settings import settings
from gateviz.app.server.switch import is_on
from gateviz.app.server.weights import Weights
from gateviz.errors import InputError

SCRIPT = Path(__file__).parents[1] / "script.py"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104
"""The addresses that stand for all of this machine."""


def run(*, port: int = 8501, host: str = "localhost", open_browser: bool = True) -> None:
    """Serve the app until it is stopped.

    Args:
        port: 1 to 65535. It must be free: Streamlit would take another one, and the class is told this one.
        host: the address to listen on; 0.0.0.0 lets other machines connect.
        open_browser: whether to open a browser at the app.

    Raises:
        InputError: the port is no port or in use, or GATEVIZ_PLAIN names no patch.
    """
    _check_free(host, port)
    own: dict[str, Any] = {"server.port": port, "server.address": host, "server.headless": not open_browser}
    if is_on("welcome"):  # Streamlit's message would first ask a server on the internet for this machine's address
        own["logger.hideWelcomeMessage"] = True
        print(f"gateviz is at http://{'localhost' if host in EVERYWHERE else host}:{port}")  # noqa: T201
    application().run(config=settings() | own)


def application() -> st.App:
    """The app behind our middleware."""
    return st.App(SCRIPT, lifespan=warm, middleware=middleware())


def middleware() -> list[Middleware]:
    """Our middleware: what answers for the engine in the browser, for pieces of long texts, and for the front end."""
    found = [Middleware(HeldReadings), Middleware(Weights), Middleware(Films)]
    if is_on("pieces"):
        found.append(Middleware(Pieces))
    if any(is_on(patch) for patch in ("compression", "outline", "icons", "plotly_late", "plotly_lean", "words")):
        pages = {f"/{path}" for _, path in PAGES}
        folder = Path(st.__file__).with_name("static")
        found.append(Middleware(Frontend, folder=folder, pages=pages, style=page_style()))
    return found


def script() -> Path:
    """The script that runs for each visitor. When app.py itself runs as a script, as in `AppTest`, draw the page."""
    if get_script_run_ctx(suppress_warning=True):
        main()
    return SCRIPT


@contextlib.asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """What is done while the server starts: its socket sends at once, and a thread computes the first picture.

    When the server ends, so do the trainings.
    """
    if is_on("no_delay"):
        send_at_once(asyncio.get_running_loop())
    if is_on("warm_up"):
        threading.Thread(target=warm_up.first_picture, daemon=True).start()
    try:
        yield
    finally:
        trainings.close_pool()


def _check_free(host: str, port: int) -> None:
    if not 0 < port < 65536:
        raise InputError(f"port must lie in 1..65535, got {port}")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name == "posix":  # a port that was just left is free; on Windows this would find any port free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise InputError(f"port {port} of {host} is in use or not allowed: choose another with --port") from None
