"""How much of a page jumps while it comes and while one steps: `python -m benchmarks layout_shift`.

The browser's own sum of layout shifts: of each, the share of the window that moved times how far, as a share of the
window's longer side. A browser counts only what it has painted, so a busy machine tells more. Asserted: no key is lost.
"""

import statistics
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.app_page import App
from tests.browser.serving import serving_gateviz

SIZES = ((1920, 1080), (1440, 900), (390, 844))
PATHS = ("", "/gradients")
KEYS = ("ArrowRight", "ArrowRight", "End", "Home")
EXCUSED = 700  # ms; the browser excuses what moves within half a second of a key
REACH = 0.02
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shifts += value;
}).observe({ type: "layout-shift", buffered: true });
"""


def shift(browser: Browser, server: str, path: str, width: int, height: int) -> float:
    """Of one first visit, with four keys where there is something to step through."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-US")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    app = App(page, server).open(path)
    page.wait_for_load_state("networkidle")
    if not path:
        for key in KEYS:
            page.keyboard.press(key)
            page.wait_for_timeout(EXCUSED)
        assert app.step == 0, "a key was lost"
    found: float = page.evaluate("window.shifts")
    context.close()
    return found


def lines(visits: int = 3) -> Iterator[str]:
    """The section of RESULTS.md, line by line."""
    yield "The browser's layout shift of a first visit and four keys; one number sums up all that moved."
    yield ""
    yield f"| page | window | median of {visits} | most | reach |"
    yield "|---|---|---|---|---|"
    with serving_gateviz() as server, sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for path in PATHS:
            for width, height in SIZES:
                found = [shift(browser, server, path, width, height) for _ in range(visits)]
                middle = statistics.median(found)
                yield f"| {path or '/'} | {width} x {height} | {middle:.4f} | {max(found):.4f} | at most {REACH} |"
        browser.close()
