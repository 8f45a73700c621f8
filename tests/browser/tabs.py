"""The tabs of one test process. In a tab that is open a page costs a third of what it does in a new browser."""

import re
from collections.abc import Hashable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page

# On a page with a path Streamlit first looks for its server below that path, and the browser reports the 404.
LOOKING = re.compile(r"/[\w-]+/_stcore/(health|host-config)$")
TIMEOUT = 60_000  # ms; a busy machine makes a test slow, never wrong


def listen(page: Page, complaints: list[str]) -> None:
    """Add every error of the page and of its console to the complaints."""

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and not LOOKING.search(message.location["url"]):
            complaints.append(message.text)

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(str(error)))


class Tab:
    """A page in a browser of its own, and what it complained of and asked for since a test took it."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.taken = False
        self.shows: Hashable = None
        """What a test that only looks finds in it; None where a test may have changed something."""
        self.stood: Any = None
        """How that stood when it was opened."""
        listen(self.page, self.complaints)
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda request: self.requests.append(request.url))

    def _dialog(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog {dialog.message}")
        dialog.dismiss()


class Tabs:
    """Hands out tabs and takes them back."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._tabs: dict[tuple[str, bool], list[Tab]] = {}

    def take(
        self,
        *,
        width: int = 1440,
        height: int = 900,
        color_scheme: str = "light",
        shows: Hashable = None,
        **options: Any,
    ) -> Tab:
        """A tab that no test has.

        Two tabs that are taken at the same time are two browsers: they share neither files nor storage.

        Args:
            width: of the window, in px.
            height: of the window, in px.
            color_scheme: "light" or "dark".
            shows: what a test wants only to look at; such tests have tabs of their own, where it may still stand.
            options: of the browser's context, as Playwright calls them.
        """
        options = {"locale": "en-US", **options}
        tabs = self._tabs.setdefault((repr(sorted(options.items())), shows is None), [])
        tab = next((tab for tab in tabs if not tab.taken), None) or self._open(tabs, options)
        tab.taken = True
        tab.complaints.clear()
        tab.requests.clear()
        if tab.shows != shows:
            tab.shows = None
        tab.page.set_viewport_size({"width": width, "height": height})
        tab.page.emulate_media(color_scheme="dark" if color_scheme == "dark" else "light")
        return tab

    def give_back(self, tab: Tab, *, usable: bool) -> None:
        """The next test may have it; one that is not usable is closed.

        A page that is not to be looked at again goes: it would complain to the next test when its server ends.
        """
        if usable:
            tab.page.unroute_all(behavior="ignoreErrors")
            if tab.shows is None:
                tab.page.goto("about:blank")
            tab.taken = False
        else:
            tab.page.context.close()  # it stays taken

    def _open(self, tabs: list[Tab], options: dict[str, Any]) -> Tab:
        context = self._browser.new_context(**options)
        context.set_default_timeout(TIMEOUT)
        tabs.append(Tab(context))
        return tabs[-1]
