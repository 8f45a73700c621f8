"""Streamlit's scripts, styles and fonts from memory, compressed once; and its first page with our additions.

Streamlit sends its front end uncompressed, and reads each of some hundred files again for every visitor: 7 MB a
student, over a school's WLAN. Here a file is compressed when it is first asked for and then kept. We use gzip, because
browsers accept nothing better over plain HTTP. The files of our two pages take 2.5 MB of memory.

Any request that is not plainly for such a file or for one of our pages goes to Streamlit, and so does a request for a
file that could not be prepared.
"""

import gzip
import logging
import threading
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from gateviz.app.server import first_page, plotly_script
from gateviz.app.server.switch import is_on

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
"""The files that we answer for, and their content types. We do not ask the machine's own table of types."""
LEVEL = 9  # 0.4 s for a whole page, once a process; level 6 would save half of that, and costs each visitor a hundredth
FOREVER = "public, immutable, max-age=31536000"  # as Streamlit says: a file's name changes with its content
ASK_AGAIN = "no-cache"

LOG = logging.getLogger(__name__)


class Answer(NamedTuple):
    """The answer to a request for one path."""

    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    tag: bytes
    """A browser that names it has the body already."""


class Frontend:
    """ASGI middleware that answers for the front end.

    Args:
        app: answers everything else.
        folder: Streamlit's folder with index.html and static/.
        pages: the paths of our pages, "/" among them.
        style: the style sheet of our pages.
    """

    def __init__(self, app: "ASGIApp", folder: Path, pages: Collection[str], style: str) -> None:
        self._app = app
        self._answers = Answers(folder, pages, style)
        threading.Thread(target=self._answers.prepare_first_page, daemon=True).start()

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a request for the front end; pass any other on."""
        answer = await self._answer(scope) if scope["type"] == "http" else None
        if answer is None:
            await self._app(scope, receive, send)
            return
        if dict(scope["headers"]).get(b"if-none-match") == answer.tag:
            headers = [header for header in answer.headers if header[0] != b"content-length"]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body if scope["method"] == "GET" else b""})

    async def _answer(self, scope: "Scope") -> Answer | None:
        from anyio import to_thread  # noqa: PLC0415

        path: str = scope["path"]
        if path not in self._answers or scope["method"] not in ("GET", "HEAD"):
            return None
        if scope.get("root_path") or st.get_option("server.baseUrlPath"):  # paths then have a prefix
            return None
        headers = dict(scope["headers"])
        if b"range" in headers or b"gzip" not in headers.get(b"accept-encoding", b""):
            return None
        if path in self._answers.kept:
            return self._answers.kept[path]
        return await to_thread.run_sync(self._answers.get, path)


class Answers:
    """The answers by path. Each is made when it is first asked for, and then kept."""

    def __init__(self, folder: Path, pages: Collection[str], style: str) -> None:
        self.kept: dict[str, Answer | None] = {}
        """None for a path whose answer could not be made: Streamlit answers for it."""
        self._index = folder / "index.html"
        self._pages = frozenset(pages)
        self._style = style
        files = (path for path in (folder / "static").rglob("*") if path.suffix in TYPES)
        self._files = {f"/{path.relative_to(folder).as_posix()}": path for path in files}
        self._plotly = {path: file for path, file in self._files.items() if plotly_script.is_plotly_script(path)}
        self._late = {plotly_script.late_path(path): file for path, file in self._plotly.items()}
        self._making = threading.Lock()

    def __contains__(self, path: str) -> bool:
        return path in self._files or path in self._late or path in self._pages

    def get(self, path: str) -> Answer | None:
        """The answer for a path that is in here."""
        with self._making:  # of thirty first visitors at once only one compresses
            if path not in self.kept:
                try:
                    self.kept[path] = self._make(path)
                except Exception:  # whatever it is: the page must come all the same
                    LOG.error("%s could not be prepared and is sent as Streamlit sends it", path, exc_info=True)
                    self.kept[path] = None
            return self.kept[path]

    def prepare_first_page(self) -> None:
        """Make the answers that a first page asks for, before anybody does."""
        html = self._index.read_text(encoding="utf-8") if self._index.is_file() else ""
        for path in ("/", *(path for path in self._files if f'".{path}"' in html), *self._plotly):
            self.get(path)

    def _make(self, path: str) -> Answer:
        if path in self._pages:
            page = first_page.prepare(self._index.read_text(encoding="utf-8"), self._style, path)
            return _answer(page.encode(), "text/html", ASK_AGAIN)
        if path in self._plotly or path in self._late:
            return self._make_plotly(path)
        file = self._files[path]
        return _answer(file.read_bytes(), TYPES[file.suffix], FOREVER)

    def _make_plotly(self, path: str) -> Answer:
        """The stand-in for Plotly's script; at its late path the script without its unused parts."""
        file = self._plotly.get(path) or self._late[path]
        script = file.read_text(encoding="utf-8")
        known, keep = plotly_script.is_known(script), FOREVER
        if known and path in self._plotly and is_on("plotly_late"):
            late = plotly_script.late_path(path)
            self.kept[late] = self._make_plotly(late)  # there is no stand-in without the script itself
            script, keep = plotly_script.stand_in(file.name, script), ASK_AGAIN
        elif known and is_on("plotly_lean"):
            script, keep = plotly_script.without_unused(script), FOREVER if path in self._late else ASK_AGAIN
        return _answer(script.encode(), TYPES[".js"], keep)


def _answer(body: bytes, kind: str, keep: str) -> Answer:
    headers = {"content-type": kind, "cache-control": keep, "vary": "accept-encoding"}
    if kind.startswith("text/"):
        headers["content-type"] += "; charset=utf-8"
        if is_on("compression"):  # a font is compressed as it is
            body = gzip.compress(body, LEVEL, mtime=0)
            headers["content-encoding"] = "gzip"
    tag = f'"{zlib.crc32(body):08x}-{len(body)}"'
    headers |= {"content-length": str(len(body)), "etag": tag}
    return Answer(body, tuple((name.encode(), value.encode()) for name, value in headers.items()), tag.encode())
