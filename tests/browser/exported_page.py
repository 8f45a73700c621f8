"""An exported page, opened from the disk in a browser that is cut off from every network."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator

from tests.browser.app_page import VIEW
from tests.browser.tabs import Tab

OpenFile = Callable[..., "File"]
"""What the fixture `open_file` is: open_file(path, query="", **options of Tabs.take)."""

PIXEL = """async (image, [x, y]) => {
    const bitmap = new Image();
    bitmap.src = image.getAttribute("href");
    await bitmap.decode();
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    canvas.drawImage(bitmap, 0, 0);
    return [...canvas.getImageData(x, y, 1, 1).data];
}"""


class File:
    """The page at this address in a tab."""

    def __init__(self, tab: Tab, address: str) -> None:
        self.page, self.complaints = tab.page, tab.complaints
        self.page.goto(address)
        self.viewer.wait_for()
        self.page.locator(".gateviz-cursor").first.wait_for(state="attached")

    @property
    def viewer(self) -> Locator:
        return self.page.locator("[data-gateviz=viewer][data-steps]")

    @property
    def step(self) -> int:
        return int(self.viewer.get_attribute("data-step") or -1)

    def go(self, step: int) -> None:
        self.viewer.evaluate(
            "(root, step) => root.dispatchEvent(new CustomEvent('gateviz:go', { detail: { step } }))", step
        )

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

    def pixel(self, cell: str, signal: str, step: int, unit: int) -> list[int]:
        """The colour of a place of a heatmap."""
        image = self.page.locator(f"[data-maps={cell}] image[data-map={signal}]")
        found: list[int] = image.evaluate(PIXEL, [step, unit])
        return found
