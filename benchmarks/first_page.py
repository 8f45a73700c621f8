"""How fast the first page comes, beside what it would be: `python -m benchmarks first_page`.

Three servers, each warm, in a browser with an empty cache and then in one that has been there: the app as `gateviz app`
serves it, the same app as Streamlit alone serves it, and an empty Streamlit page, which is the floor. Asserted: the two
apps show the same numbers at the same step. Printed: medians of the visits, which take turns.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from gateviz.app.server.launch import SCRIPT, settings
from tests.browser import chromium
from tests.browser.serving import free_port, program, serving, serving_gateviz
from tests.browser.traffic import Traffic

PICTURE = "() => document.querySelector('.gateviz-cursor') && document.querySelectorAll({maps}).length >= 11"
STANDS = PICTURE.replace("{maps}", "'.gateviz-ground image, .heatmaplayer image'")
TEXT = "() => document.querySelector('[data-testid=stText]')"
NUMBERS = "(all) => all.map((one) => [one.dataset.cell, one.dataset.signal, one.dataset.value])"


@dataclass
class Site:
    """A server, when its page counts as there, and what was measured of it: seconds and bytes by visit."""

    name: str
    address: str
    there: str
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"first": [], "second": []})
    sizes: dict[str, list[int]] = field(default_factory=lambda: {"first": [], "second": []})


def visit(site: Site, context: BrowserContext, kind: str) -> Page:
    """Open the page and wait for it."""
    page = context.new_page()
    traffic = Traffic(page)
    start = time.perf_counter()
    page.goto(site.address, wait_until="commit")
    page.wait_for_function(site.there)
    page.evaluate("() => new Promise((go) => requestAnimationFrame(() => setTimeout(go)))")  # it has been painted
    site.seconds[kind].append(time.perf_counter() - start)
    page.wait_for_load_state("networkidle")
    site.sizes[kind].append(traffic.total)
    return page


def numbers(page: Page) -> list[list[str]]:
    """Every number of the current step."""
    found: list[list[str]] = page.locator("[data-gateviz=viewer] [data-signal][data-value]").evaluate_all(NUMBERS)
    return found


def measure(browser: Browser, sites: list[Site], visits: int) -> None:
    """Visit all of them in turn, that many times and once before."""
    for turn in range(visits + 1):
        shown = []
        for site in sites:
            context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
            context.set_default_timeout(60_000)
            pages = [visit(site, context, kind) for kind in site.seconds]
            shown.append(numbers(pages[0]))
            context.close()
            if turn == 0:  # the servers get warm
                for kind in site.seconds:
                    site.seconds[kind].clear()
                    site.sizes[kind].clear()
        assert shown[0] == shown[1] != [], "the two apps show different numbers"


@contextmanager
def sites() -> Iterator[list[Site]]:
    """The servers, running."""
    options = [f"--{name}={str(value).lower()}" for name, value in settings().items() if name.startswith("server.")]
    with ExitStack() as stack:
        empty = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "empty.py"
        empty.write_text("import streamlit as st\nst.text('here')\n")
        pages = {"the same app, served by Streamlit": (SCRIPT, STANDS), "an empty page of Streamlit": (empty, TEXT)}
        found = [Site("gateviz app", stack.enter_context(serving_gateviz()), STANDS)]
        for name, (script, there) in pages.items():
            port = free_port()
            command = [program("streamlit"), "run", str(script), *_plain(options), "--server.port", str(port)]
            found.append(Site(name, stack.enter_context(serving(command, port)), there))
        yield found


def _plain(options: list[str]) -> list[str]:
    return [*options, "--server.headless=true", "--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]


def lines(visits: int = 5) -> Iterator[str]:
    """The section of RESULTS.md, line by line."""
    with sites() as all_sites, sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        measure(browser, all_sites, visits)
        browser.close()
    yield "Warm servers, 1440 by 900; a first visit has an empty cache. The two apps show the same numbers."
    yield ""
    yield f"| page | visit | until the picture, median (least) of {visits} | bytes of files |"
    yield "|---|---|---|---|"
    for site in all_sites:
        for kind, seconds in site.seconds.items():
            size = statistics.median(site.sizes[kind])
            yield f"| {site.name} | {kind} | {statistics.median(seconds):.2f} s ({min(seconds):.2f}) | {size:,.0f} |"
