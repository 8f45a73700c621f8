"""What axe-core finds on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.app_page import App


def faults(app: App, part: str | None = None) -> list[str]:
    return grave_faults(app.page, part)


def grave_faults(page: Page, part: str | None = None) -> list[str]:
    """What axe-core calls serious or critical, with the elements."""
    found: dict[str, Any] = Axe().run(page, context=part).response
    grave = [fault for fault in found["violations"] if fault["impact"] in ("serious", "critical")]
    return [f"{fault['id']}: {[(node['target'], node['html'][:160]) for node in fault['nodes']]}" for fault in grave]
