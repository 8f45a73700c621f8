"""Streamlit's scripts, styles and fonts from memory, compressed once; and its first page, told what to fetch ahead.

Streamlit sends its front end uncompressed, reading each of some hundred files anew for every visitor: 7 MB a student,
over a school's WLAN. Here a file is compressed when it is first asked for and then kept (gzip, for browsers offer
nothing better over plain http). All compressed files together would take 9 MB; those of the two pages take 2.5.

What is not a file of Streamlit's or one of our pages goes to Streamlit as it came.
"""

import gzip
import threading
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from gateviz.app.server import first_page, late
from gateviz.app.server.lean import lean

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

KINDS = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
"""The files that are answered for, and their types: a machine's own table of types may know better, or worse."""
LEVEL = 9  # 0.4 s for a whole page, once a process; level 6 would save half of that and cost each visitor a hundredth
FOREVER = "public, immutable, max-age=31536000"  # as Streamlit says: a file's name changes with its content
ANEW = "no-cache"


class Answer(NamedTuple):
    """What one path is answered with."""

    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]


class Frontend:
    """ASGI middleware that answers for the front end.

    Args:
        app: what answers everything else.
        folder: Streamlit's folder with index.html and static/.
        pages: the paths of our pages, "/" among them.
        style: the style sheet of our pages.
    """

    def __init__(self, app: "ASGIApp", folder: Path, pages: Collection[str], style: str) -> None:
        self._app = app
        self._shelf = Shelf(folder, pages, style)
        threading.Thread(target=self._shelf.fill, daemon=True).start()

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer, or hand on."""
        answer = await self._answer(scope) if scope["type"] == "http" else None
        if answer is None:
            await self._app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body if scope["method"] == "GET" else b""})

    async def _answer(self, scope: "Scope") -> Answer | None:
        from anyio import to_thread  # noqa: PLC0415

        path: str = scope["path"]
        if path not in self._shelf or scope["method"] not in ("GET", "HEAD"):
            return None
        if scope.get("root_path") or st.get_option("server.baseUrlPath"):  # paths are not what they seem
            return None
        headers = dict(scope["headers"])
        if b"range" in headers or b"gzip" not in headers.get(b"accept-encoding", b""):
            return None
        return self._shelf.kept.get(path) or await to_thread.run_sync(self._shelf.get, path)


class Shelf:
    """The answers by path, made when they are first asked for and then kept."""

    def __init__(self, folder: Path, pages: Collection[str], style: str) -> None:
        self.kept: dict[str, Answer] = {}
        self._folder = folder
        self._pages = frozenset(pages)
        self._style = style
        self._files = {f"/{path.relative_to(folder).as_posix()}": path for path in _files(folder / "static")}
        self._late = {path: late.path_of(path) for path in self._files if late.is_late(path)}
        self._files |= {other: self._files[path] for path, other in self._late.items()}
        self._making = threading.Lock()

    def __contains__(self, path: str) -> bool:
        return path in self._files or path in self._pages

    def get(self, path: str) -> Answer:
        """The answer for a path that the shelf has."""
        with self._making:  # thirty first visitors at once: one of them compresses
            if path not in self.kept:
                self.kept[path] = self._make(path)
            return self.kept[path]

    def fill(self) -> None:
        """Make what the first page asks for before anybody does."""
        html = gzip.decompress(self.get("/").body).decode()
        for path in (*first_page.linked(html), *self._late, *self._late.values()):
            if path in self:
                self.get(path)

    def _make(self, path: str) -> Answer:
        if path in self._pages:
            return self._page()
        file = self._files[path]
        if path in self._late:
            stand_in = late.stand_in(file.name, file.read_text(encoding="utf-8"))
            return _pack(file) if stand_in is None else _answer(stand_in.encode(), KINDS[".js"], ANEW)
        if path in self._late.values():
            return _answer(lean(file.read_text(encoding="utf-8")).encode(), KINDS[".js"], FOREVER)
        return _pack(file)

    def _page(self) -> Answer:
        html = (self._folder / "index.html").read_text(encoding="utf-8")
        origins = st.get_option("client.allowedOrigins")
        prepared = first_page.prepare(html, self._folder / "static" / "js", self._pages, origins, self._style)
        return _answer(prepared.encode(), "text/html", ANEW)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.suffix in KINDS)


def _pack(file: Path) -> Answer:
    return _answer(file.read_bytes(), KINDS[file.suffix], FOREVER)


def _answer(body: bytes, kind: str, keep: str) -> Answer:
    is_text = kind.startswith("text/")  # a font is compressed as it is
    if is_text:
        body = gzip.compress(body, LEVEL, mtime=0)
    headers = {
        "content-type": f"{kind}; charset=utf-8" if is_text else kind,
        "content-length": str(len(body)),
        "cache-control": keep,
        "vary": "accept-encoding",
        **({"content-encoding": "gzip"} if is_text else {}),
    }
    return Answer(body, tuple((name.encode(), value.encode()) for name, value in headers.items()))
