"""An exported page, opened from the disk in a browser that is cut off from every network."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator

from tests.browser.app_page import VIEW
from tests.browser.tabs import Tab

OpenFile = Callable[..., "File"]
"""What the fixture `open_file` is: open_file(path, query="", **options of Tabs.take)."""


class File:
    """The page at this address in a tab."""

    def __init__(self, tab: Tab, address: str) -> None:
        self.page, self.complaints = tab.page, tab.complaints
        self.page.goto(address)
        self.viewer.wait_for()
        self.page.locator("[data-map]").first.wait_for(state="attached")

    @property
    def viewer(self) -> Locator:
        return self.page.locator("[data-gateviz=viewer][data-steps]")

    @property
    def step(self) -> int:
        return int(self.viewer.get_attribute("data-step") or -1)

    def go(self, **wish: object) -> None:
        """Ask the viewer for a step, a unit, a cell or a highlight."""
        self.viewer.evaluate("(root, detail) => root.dispatchEvent(new CustomEvent('gateviz:go', { detail }))", wish)

    def view(self) -> Any:
        """How the picture stands."""
        return self.page.evaluate(VIEW)

    def value(self, selector: str) -> float:
        """The exact value behind a number on the page."""
        return float(self.page.locator(selector).first.get_attribute("data-value") or "nan")

    def number(self, cell: str, signal: str) -> tuple[int, float]:
        """The unit that the curves show, and the value beside its curve."""
        shown = self.page.locator(f".curve [data-cell={cell}][data-signal={signal}]")
        return int(shown.get_attribute("data-unit") or -1), float(shown.get_attribute("data-value") or "nan")
