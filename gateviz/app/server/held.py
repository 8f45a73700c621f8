"""A sentence under holds, read by the server for a model that a browser cannot have (js/reading/server_reader.js).

POST /_gateviz/models/hometown/lstm/6f0c.../read with a JSON object of text, layer, direction, language, holds and other
answers with the packed picture of that one architecture. What cannot be read is one sentence, {"problem": ...}.
"""

import json
import re
from typing import TYPE_CHECKING, Any, cast

from gateviz.app.components import notices
from gateviz.app.computed import models, pictures
from gateviz.app.state.address import DIRECTIONS
from gateviz.data.tokenizing.typed_text import MAX_BOTH_WAYS, MAX_CHARACTERS, check_sentence, check_text
from gateviz.errors import GatevizError, InputError, PretrainedError
from gateviz.i18n.translator import DEFAULT, languages, load
from gateviz.models.holds import MOST, read_hold
from gateviz.models.view import View
from gateviz.pretrained.browser_files import NAME, name_of
from gateviz.pretrained.cards import ModelCard
from gateviz.results.arguments import choice_of, whole_number
from gateviz.results.trace import Direction

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

PATH = re.compile(rf"/_gateviz/models/({NAME.pattern})/read$")
LONGEST = 65_536
"""Bytes of a request."""


class HeldReadings:
    """ASGI middleware that answers such requests and passes every other request on to `app`."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a request for a sentence under holds; pass any other on."""
        found = PATH.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "POST" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        from anyio import to_thread  # noqa: PLC0415

        body = await _body_of(receive)
        status, kind, answer = await to_thread.run_sync(_answer, found[1], body)
        headers = [
            (b"content-type", kind),
            (b"content-length", str(len(answer)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": answer})


async def _body_of(receive: "Receive") -> bytes:
    """What was sent, or a little more than the longest that is read."""
    body, more = b"", True
    while more and len(body) <= LONGEST:
        message = await receive()
        body += message.get("body", b"")
        more = bool(message.get("more_body"))
    return body


def _answer(name: str, body: bytes) -> tuple[int, bytes, bytes]:
    """Status, kind and content of the answer."""
    language = DEFAULT
    try:
        said = _read(body)
        language = said["language"] if said.get("language") in languages() else DEFAULT
        return 200, b"application/octet-stream", pictures.alone(_view(name, said, language))
    except PretrainedError as error:
        return 404, b"application/json", _problem(error, language)
    except GatevizError as error:
        return 400, b"application/json", _problem(error, language)


def _problem(error: GatevizError, language: str) -> bytes:
    return json.dumps({"problem": notices.sentence(error, load(language))}, ensure_ascii=False).encode()


def _read(body: bytes) -> dict[str, Any]:
    if len(body) > LONGEST:
        raise InputError(f"the request has more than {LONGEST} bytes: send a shorter one.")
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise InputError("the request is no JSON object: send text, layer, direction, language, holds and other.")
    return said


def _view(name: str, said: dict[str, Any], language: str) -> View:
    """What the request names, once all of it is checked."""
    found = NAME.fullmatch(name)
    card = models.card(found[1], found[2]) if found else None  # type: ignore[arg-type]
    step = int(found[3]) if found and found[3] else None
    if card is None or name_of(card, step) != name:
        raise PretrainedError("there is no such model: open the page again.")
    holds = said.get("holds") or ""
    parts = holds.split(",", MOST) if isinstance(holds, str) else [str(holds)]
    return View(
        card.task,
        (card.cell,),
        _sentence(card, said.get("text")),
        whole_number("layer", said.get("layer"), 0, card.config.num_layers - 1),
        cast("Direction", choice_of("direction", said.get("direction"), DIRECTIONS[: card.config.num_directions])),
        language,
        step,
        tuple(read_hold(part.strip()) for part in parts if part.strip()),
        None if said.get("other") is None else _sentence(card, said["other"]),
    )


def _sentence(card: ModelCard, text: object) -> str:
    checked = check_sentence(check_text(text), MAX_BOTH_WAYS if card.config.bidirectional else MAX_CHARACTERS)
    models.tokenizer(card.task, card.cell).encode(checked)
    return checked
