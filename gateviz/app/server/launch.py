"""Starts the app's server: for `gateviz app` from any folder, and for app.py."""

import asyncio
import contextlib
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx

from gateviz.app.components.page_style import page_style
from gateviz.app.computed import trainings
from gateviz.app.computed.kept import MEMORY
from gateviz.app.main import PAGES, main
from gateviz.app.server import listening, warm_up
from gateviz.app.server.allocator import give_back_what_is_free
from gateviz.app.server.connected import is_connected
from gateviz.app.server.films import Films
from gateviz.app.server.frontend import Frontend
from gateviz.app.server.headers import Frames, Replica
from gateviz.app.server.held import HeldReadings
from gateviz.app.server.no_delay import send_at_once
from gateviz.app.server.options import DEFAULT, Options
from gateviz.app.server.paths import BasePath
from gateviz.app.server.pieces import Pieces
from gateviz.app.server.settings import settings
from gateviz.app.server.stopping import end_soon, leave
from gateviz.app.server.switch import Patch, is_on
from gateviz.app.server.weights import Weights
from gateviz.app.state import visitor

SCRIPT = Path(__file__).parents[1] / "script.py"
FRONT_END: tuple[Patch, ...] = ("compression", "outline", "icons", "plotly_late", "plotly_lean", "words", "slash")
"""The patches of what Streamlit's front end is made of."""


def run(options: Options = DEFAULT) -> None:
    """Serve the app until it is stopped. Ctrl-C ends the process.

    Raises:
        InputError: the host or the port cannot be used, or GATEVIZ_PLAIN names no patch.
    """
    listening.check(options.host, options.port)
    own: dict[str, Any] = {
        "server.port": options.port,
        "server.address": options.host,
        "server.headless": not options.open_browser,
        "server.baseUrlPath": "",  # paths.py does it
    }
    if options.origins:  # a frame of another site does not send the cookie; a PUT from elsewhere is refused without it
        own |= {"server.corsAllowedOrigins": list(options.origins), "server.enableXsrfProtection": False}
    if is_on("welcome"):  # Streamlit's message would first ask a server on the internet for this machine's address
        own["logger.hideWelcomeMessage"] = True
    if is_on("welcome") or options.share:
        print(listening.welcome(options), flush=True)  # noqa: T201
    try:
        application(options).run(config=settings() | options.streamlits | own)
    except KeyboardInterrupt:  # uvicorn raises it when it has ended
        print("\ngateviz: interrupted", file=sys.stderr)  # noqa: T201
        leave(130)


def application(options: Options = DEFAULT) -> st.App:
    """The app behind our middleware."""
    MEMORY.resize(options.kept_bytes)
    return st.App(SCRIPT, lifespan=warm, middleware=middleware(options))


def middleware(options: Options = DEFAULT) -> list[Middleware]:
    """Our middleware: paths, headers, and what answers for the engine, films, pieces and the front end."""
    found = [Middleware(BasePath, base=options.base_path)] if options.base_path else []
    if options.replica:
        found.append(Middleware(Replica, name=options.replica, framed=bool(options.origins)))
    if options.origins:
        found.append(Middleware(Frames, origins=options.origins))
    found += [Middleware(HeldReadings), Middleware(Weights), Middleware(Films)]
    if is_on("pieces"):
        found.append(Middleware(Pieces))
    if any(is_on(patch) for patch in FRONT_END):
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
    """What is set while the server starts; and a thread computes the first picture.

    When the server ends, so do the trainings.
    """
    give_back_what_is_free()
    visitor.ask_by(is_connected)
    if is_on("no_delay"):
        send_at_once(asyncio.get_running_loop())
    if is_on("warm_up"):
        threading.Thread(target=warm_up.first_picture, daemon=True).start()
    if is_on("stopping") and threading.current_thread() is threading.main_thread():
        end_soon()
    try:
        yield
    finally:
        trainings.close_pool()
