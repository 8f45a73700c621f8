"""The pieces of a long text over http: what a browser shows of it is asked for when it is looked at.

Through Streamlit's socket a text of 2,000 characters would send 12 MB to everybody before anything is seen, and what is
asked for next would wait behind them. So the page gets a head with a name, and /_gateviz/NAME/3 answers with the fourth
piece. A name is that of the numbers, so a browser may keep what it got; which model and text it stands for, pages that
were drawn lately remember. Where nothing answers (Streamlit serves main.py alone) pictures come whole.
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from gateviz.app.computed import cache
from gateviz.results.trace import CellName, Direction
from gateviz.viewer.packing.pieces import comes_in_pieces

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

Place = tuple[str, tuple[CellName, ...], str, int, Direction]
"""Source, cells, text, layer and direction, as the caches take them."""

MOST = 4096  # a name and a text each: 20 MB at most
PATH = re.compile(r"/_gateviz/([0-9a-f]{64})/(sums-)?([0-9]{1,4})$")
HEADERS = (
    (b"content-type", b"application/octet-stream"),
    (b"cache-control", b"private, immutable, max-age=86400"),
    (b"x-content-type-options", b"nosniff"),
)


class Names:
    """What the names of pieces stand for, those that were asked for or drawn last."""

    def __init__(self) -> None:
        self.answered = False
        """Whether there is somebody who answers."""
        self._places: OrderedDict[str, Place] = OrderedDict()
        self._lock = Lock()

    def put(self, name: str, place: Place) -> None:
        """Remember it."""
        with self._lock:
            self._places[name] = place
            self._places.move_to_end(name)
            while len(self._places) > MOST:
                self._places.popitem(last=False)

    def get(self, name: str) -> Place | None:
        """What it stands for, if it is remembered."""
        with self._lock:
            if name in self._places:
                self._places.move_to_end(name)
            return self._places.get(name)


NAMES = Names()


def payload(
    source: str, cells: tuple[CellName, ...], text: str, layer: int, direction: Direction, language: str, steps: int
) -> bytes:
    """What the viewer is mounted on: the whole picture, or the head of a long one."""
    if not (NAMES.answered and comes_in_pieces(steps)):
        return cache.payload(source, cells, text, layer, direction, language)
    name, data = cache.head(source, cells, text, layer, direction, language)
    NAMES.put(name, (source, cells, text, layer, direction))
    return data


class Pieces:
    """ASGI middleware that answers for the pieces; everything else is handed on to `app`."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app
        NAMES.answered = True

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer, or hand on."""
        found = PATH.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        from anyio import to_thread  # noqa: PLC0415

        make: Callable[..., bytes | None] = cache.sums_piece if found[2] else cache.piece
        place = NAMES.get(found[1])
        body = None if place is None else await to_thread.run_sync(make, *place, int(found[3]))
        length = (b"content-length", str(len(body or b"")).encode())
        headers = (length, *HEADERS) if body is not None else (length, (b"cache-control", b"no-store"))
        await send({"type": "http.response.start", "status": 404 if body is None else 200, "headers": headers})
        await send({"type": "http.response.body", "body": body or b""})
