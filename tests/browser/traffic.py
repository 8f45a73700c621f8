"""What a page fetches, as the browser counts it."""

from typing import Any

from playwright.sync_api import CDPSession, Page


class Traffic:
    """What a page fetched, by address: bytes on the wire, headers included."""

    def __init__(self, page: Page) -> None:
        self.bytes: dict[str, int] = {}
        self.codes: dict[str, int] = {}
        self.messages = 0
        self._names: dict[str, str] = {}
        session: CDPSession = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._told)

    def _answered(self, event: Any) -> None:
        self._names[event["requestId"]] = event["response"]["url"]
        self.codes[event["response"]["url"]] = event["response"]["status"]

    def _finished(self, event: Any) -> None:
        self.bytes[self._names[event["requestId"]]] = int(event["encodedDataLength"])

    def _told(self, event: Any) -> None:
        self.messages += len(event["response"]["payloadData"]) * 3 // 4  # base64

    @property
    def total(self) -> int:
        return sum(self.bytes.values())

    def names(self, kind: str) -> set[str]:
        """The file names of that ending."""
        return {url.rsplit("/", 1)[1] for url in self.bytes if url.endswith(kind)}
