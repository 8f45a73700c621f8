"""How fast the first page comes, beside the same app without our patches: `python -m benchmarks first_page`.

Three warm servers: the app as `gateviz app` serves it, the same app as Streamlit alone serves it (GATEVIZ_PLAIN=1), and
an empty page of Streamlit, which nothing of ours can be faster than. Each is visited with an empty cache and then once
more. The visits take turns, so all servers meet the same disturbances. Asserted: the two apps show the same numbers.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from gateviz.app.server.settings import settings
from tests.browser import chromium
from tests.browser.serving import free_port, program, serving
from tests.browser.traffic import Traffic

PICTURE = "() => document.documentElement.dataset.gatevizCell"  # the viewer writes it when it has drawn
PLOTLY = "() => document.querySelectorAll('.heatmaplayer image').length >= 8"
TEXT = "() => document.querySelector('[data-testid=stText]')"
NUMBERS = "(all) => all.map((one) => [one.dataset.cell, one.dataset.signal, one.dataset.value])"
PAINTED = "() => new Promise((go) => requestAnimationFrame(() => setTimeout(go)))"
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shifted += value;
}).observe({ type: "layout-shift", buffered: true });
"""
TIMES = """() => {
    const ends = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/static/"))
        .map(({ responseEnd }) => responseEnd).sort((one, other) => one - other);
    const [paint] = performance.getEntriesByName("first-paint");
    return [paint?.startTime ?? 0, ends[Math.floor(0.8 * ends.length)] ?? 0];
}"""
BROWSERS = {"viewport": {"width": 1440, "height": 900}, "locale": "en-US"}
SCHOOL = {"offline": False, "latency": 20, "downloadThroughput": 2_500_000, "uploadThroughput": 2_500_000}
"""A classroom's WLAN as Chromium imitates it: 20 ms, 20 Mbit/s."""


class Visit(NamedTuple):
    """What was measured of one visit. Times are in seconds from the start."""

    picture: float
    """Until the picture stands."""
    paint: float
    """Until the browser paints anything."""
    files: float
    """Until four fifths of the files have come."""
    bytes: int
    """On the wire, headers and messages included."""
    requests: int
    shift: float
    """How much of the page moved while it came, as browsers measure layout shifts: 1 is the whole page."""


@dataclass
class Site:
    """A server and the visits by kind. Two scripts say whether its page stands, and whether all of it has come."""

    name: str
    address: str
    stands: str = PICTURE
    whole: str = PLOTLY
    visits: dict[str, list[Visit]] = field(default_factory=dict)


def visit(site: Site, context: BrowserContext, kind: str, network: dict[str, object] | None = None) -> Page:
    """Open the page, wait until it stands and keep what was measured."""
    page = context.new_page()
    page.add_init_script(SHIFTS)
    traffic = Traffic(page)
    if network:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", network)
    start = time.perf_counter()
    page.goto(site.address, wait_until="commit")
    page.wait_for_function(site.stands)
    page.evaluate(PAINTED)
    picture = time.perf_counter() - start
    page.wait_for_function(site.whole)
    paint, files = (milliseconds / 1000 for milliseconds in page.evaluate(TIMES))
    page.wait_for_load_state("networkidle")
    shift = page.evaluate("window.shifted")
    found = Visit(picture, paint, files, traffic.total, len(traffic.bytes), shift)
    site.visits.setdefault(kind, []).append(found)
    return page


def numbers(page: Page) -> list[list[str]]:
    """Every number of the current step."""
    found: list[list[str]] = page.locator("[data-gateviz=viewer] [data-signal][data-value]").evaluate_all(NUMBERS)
    return found


def measure(
    browser: Browser,
    sites: list[Site],
    visits: int,
    kinds: tuple[str, ...] = ("first", "second"),
    network: dict[str, object] | None = None,
    before: int = 1,
) -> None:
    """Visit all sites in turn, that many times. The visits `before` do not count: they warm the servers."""
    for turn in range(before + visits):
        shown = []
        for site in sites if turn % 2 else sites[::-1]:
            context = browser.new_context(**BROWSERS)  # type: ignore[arg-type]
            context.set_default_timeout(180_000)
            pages = [visit(site, context, kind, network) for kind in kinds]
            shown += [numbers(pages[0])] if site.stands == PICTURE else []
            context.close()
            if turn < before:
                site.visits.clear()
        assert all(each == shown[0] != [] for each in shown), "the apps show different numbers"


@contextmanager
def app(name: str, plain: str = "", *options: str) -> Iterator[Site]:
    """The app on a server of its own, with that value of GATEVIZ_PLAIN."""
    port = free_port()
    command = [program("gateviz"), "app", "--no-browser", "--port", str(port), *options]
    with serving(command, port, GATEVIZ_PLAIN=plain) as address:
        yield Site(name, address)


@contextmanager
def empty_page() -> Iterator[Site]:
    """An empty page of Streamlit."""
    port = free_port()
    options = [f"--{name}={str(value).lower()}" for name, value in settings().items() if name.startswith("server.")]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "empty.py"
        script.write_text("import streamlit as st\nst.text('here')\n")
        command = [program("streamlit"), "run", str(script), *options, "--server.headless=true"]
        with serving([*command, f"--server.port={port}", "--browser.gatherUsageStats=false"], port) as address:
            yield Site("an empty page of Streamlit", address, TEXT, TEXT)


def lines(visits: int = 5) -> Iterator[str]:
    """The section of RESULTS.md, line by line."""
    with ExitStack() as stack, sync_playwright() as playwright:
        sites = [
            stack.enter_context(app("gateviz app")),
            stack.enter_context(app("the same app, served by Streamlit", "1")),
            stack.enter_context(empty_page()),
        ]
        browser = chromium.launch(playwright)
        measure(browser, sites, visits)
        browser.close()
    yield "Warm servers, 1440 by 900; a first visit has an empty cache. The two apps show the same numbers."
    yield ""
    yield f"| page | visit | until the picture, median (least) of {visits} | bytes | requests | layout shift |"
    yield "|---|---|---|---|---|---|"
    for site in sites:
        for kind, found in site.visits.items():
            size, requests, shift = (statistics.median(values) for values in list(zip(*found, strict=True))[3:])
            counts = f"{size:,.0f} | {requests:.0f} | {shift:.3f}"
            yield f"| {site.name} | {kind} | {spread([one.picture for one in found])} | {counts} |"


def spread(seconds: list[float]) -> str:
    """Median and least, in seconds."""
    return f"{statistics.median(seconds):.2f} s ({min(seconds):.2f})"
