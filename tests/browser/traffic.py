"""What a page fetches, as the browser counts it."""

import base64
import zlib
from typing import Any

from playwright.sync_api import CDPSession, Page


class Traffic:
    """What a page fetched, by address: bytes on the wire, headers included.

    A browser tells the messages of a WebSocket as they were before they were deflated, so they are deflated here once
    more where server and browser agreed on that, one stream a socket as permessage-deflate has it.
    """

    def __init__(self, page: Page) -> None:
        self.bytes: dict[str, int] = {}
        self.codes: dict[str, int] = {}
        self.messages = 0
        self._names: dict[str, str] = {}
        self._deflating: dict[str, Any] = {}
        session: CDPSession = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketHandshakeResponseReceived", self._shaken)
        session.on("Network.webSocketFrameReceived", self._told)

    def _answered(self, event: Any) -> None:
        self._names[event["requestId"]] = event["response"]["url"]
        self.codes[event["response"]["url"]] = event["response"]["status"]

    def _finished(self, event: Any) -> None:
        self.bytes[self._names[event["requestId"]]] = int(event["encodedDataLength"])

    def _shaken(self, event: Any) -> None:
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        if "permessage-deflate" in headers.get("sec-websocket-extensions", ""):
            self._deflating[event["requestId"]] = zlib.compressobj(wbits=-zlib.MAX_WBITS)

    def _told(self, event: Any) -> None:
        message = base64.b64decode(event["response"]["payloadData"])
        deflating = self._deflating.get(event["requestId"])
        if deflating:
            message = deflating.compress(message) + deflating.flush(zlib.Z_SYNC_FLUSH)
        self.messages += len(message)

    @property
    def files(self) -> int:
        return sum(self.bytes.values())

    @property
    def total(self) -> int:
        return self.files + self.messages

    def names(self, kind: str) -> set[str]:
        """The file names of that ending."""
        return {url.rsplit("/", 1)[1] for url in self.bytes if url.endswith(kind)}
