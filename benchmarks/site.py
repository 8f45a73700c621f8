"""How fast a site comes from a plain file server, and how large an exported page is: `python -m benchmarks site`.

The site lies under a path of `python -m http.server`, which compresses nothing. Each visit has an empty browser. A
sentence is timed from the key Enter until its picture is painted. Asserted: offline the same picture stands.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.first_page import BROWSERS, PAINTED, SHIFTS, numbers, spread
from gateviz.export.page import html_of
from gateviz.export.site import write_site
from gateviz.models.view import View
from gateviz.pretrained.examples import example_of
from gateviz.results.trace import CELLS
from tests.browser import chromium
from tests.browser.file_server import serving_files

TASKS = ("hometown", "hometown-zh", "timemachine", "tang", "sentiment")
VIEWER = "[data-gateviz=viewer][data-steps]"
BYTES = """() => {
    const entries = ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind));
    return entries.reduce((sum, { transferSize }) => sum + transferSize, 0);
}"""
TYPED = """(text) => new Promise((done) => {
    const box = document.querySelector(".sentence-box");
    const root = document.querySelector("[data-gateviz=viewer]");
    const end = () => done(performance.now() - start);
    root.addEventListener("gateviz:ready", () => requestAnimationFrame(() => setTimeout(end)));
    box.value = text;
    const start = performance.now();
    box.form.requestSubmit();
})"""
REACH = {"hometown": "at most 0.5 s and 600 KB"}
SIZES = {"hometown": 0.6, "timemachine": 4.0}  # MB


def visit(page: Page, address: str, ready: str) -> tuple[float, float, float]:
    """Seconds until it stands, bytes until then, and how much of it moved."""
    page.add_init_script(SHIFTS)
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(ready)
    page.evaluate(PAINTED)
    seconds = time.perf_counter() - start
    return seconds, page.evaluate(BYTES), page.evaluate("window.shifted")


def rows(browser: Browser, site: str, visits: int) -> Iterator[str]:
    """A line for the index, and one for each task."""
    for task in ("index", *TASKS):
        ready = "[data-task]" if task == "index" else VIEWER
        found, typed, offline = [], [], []
        for _ in range(visits + 1):
            context = browser.new_context(**BROWSERS)  # type: ignore[arg-type]
            page = context.new_page()
            found.append(visit(page, f"{site}{task}.html", ready))
            if task != "index":
                shown = numbers(page)
                page.locator("html[data-kept]").wait_for()
                text = example_of(task)[::-1]
                typed += [page.evaluate(TYPED, text) / 1e3, page.evaluate(TYPED, text[1:]) / 1e3]
                context.set_offline(True)
                offline.append(visit(page, f"{site}{task}.html?lang=en", ready)[0])
                assert numbers(page) == shown, "offline the page shows other numbers"
            context.close()
        times, sizes, shifts = (list(values) for values in zip(*found[1:], strict=True))
        first = f"{spread(times)} | {statistics.median(sizes) / 1e3:,.0f} KB | {statistics.median(shifts):.3f}"
        read = f"{spread(typed[2::2])} | {spread(typed[3::2])} | {spread(offline[1:])}" if typed else "| | "
        yield f"| {task} | {first} | {read} | {REACH.get(task, '')} |"


def lines(visits: int = 5) -> Iterator[str]:
    """The section of RESULTS.md, line by line."""
    yield "Chromium, 1440 by 900, an empty browser each time. Median (least) of 5; sizes are what has come by then."
    yield ""
    yield "| page | until the picture | bytes | layout shift | first sentence typed | the next | offline | reach |"
    yield "|---|---|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        began = time.perf_counter()
        count, size = write_site(Path(folder) / "under" / "path")
        seconds = time.perf_counter() - began
        browser = chromium.launch(playwright)
        with serving_files(Path(folder)) as address:
            yield from rows(browser, f"{address}under/path/", visits)
        browser.close()
    yield ""
    yield f"All {count} tasks are {size / 1e6:.1f} MB, written in {seconds:.0f} s."
    yield ""
    yield "| exported page | size | reach |"
    yield "|---|---|---|"
    for task, most in SIZES.items():
        page = html_of(View(task, CELLS, example_of(task))).encode()
        yield f"| {task} | {len(page) / 1e6:.2f} MB | at most {most} MB |"
