"""The films of trainings over HTTP: the page asks for new frames, and says when a training is to stop.

GET  /_gateviz/films/NAME?from=12&lang=en     how the training goes, with its frames from the thirteenth on
POST /_gateviz/films/NAME/stop                or pause, or resume

The name of a visitor's training cannot be guessed. A question costs some 1 ms, where a run of the page's script would
cost twenty times as much: thirty people may look at once, each with three questions a second.
"""

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from gateviz.app.components import notices
from gateviz.app.computed import trainings
from gateviz.errors import GatevizError
from gateviz.experiments.pool import WORDS
from gateviz.i18n.translator import DEFAULT, languages, load

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

PATH = re.compile(rf"/_gateviz/films/([a-z0-9-]{{1,60}})(?:/({'|'.join(WORDS)}))?$")


class Films:
    """ASGI middleware that answers such requests and passes every other request on to `app`."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a request for a film; pass any other on."""
        found = PATH.search(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] != ("POST" if found[2] else "GET"):
            await self._app(scope, receive, send)
            return
        from anyio import to_thread  # noqa: PLC0415

        answer = await to_thread.run_sync(_answer, found[1], found[2], scope["query_string"].decode("latin-1"))
        body = json.dumps(answer, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": 404 if answer is None else 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _answer(name: str, word: str | None, query: str) -> dict[str, Any] | None:
    """The answer as JSON has it; None: there is no such film."""
    asked = parse_qs(query)
    language = asked.get("lang", [""])[0]
    say = load(language if language in languages() else DEFAULT)
    training = trainings.pool().find(name) if word else None
    if training is not None and word:
        trainings.pool().ask(training, word)
    first = asked.get("from", ["0"])[0]
    try:
        found = trainings.film(name, int(first) if first.isdecimal() and len(first) < 7 else 0)
    except GatevizError as error:
        return {"state": "ended", "reason": "failed", "problem": notices.sentence(error, say), "frames": []}
    if found is not None and found["problem"] is not None:
        found["problem"] = notices.sentence(found["problem"], say)
    return found
