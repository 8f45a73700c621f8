"""How fast a long text opens, in pieces and whole: `python -m benchmarks long_text`.

Two warm servers of the same app. One sends a text of 2,000 characters in pieces, as `gateviz app` does; the other has
GATEVIZ_PLAIN=pieces and sends it whole. They take turns, and each visit has an empty cache and a text that no server
has seen. Asserted: at the step that a link opens with, and at three others, every number of the chosen unit is the
trace's in both.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.first_page import app
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.files import load_pretrained
from gateviz.results.trace import CELLS
from gateviz.viewer.packing.picture import SHOWN
from tests.browser import chromium
from tests.browser.traffic import Traffic

SENTENCE = "The Time Traveller (for so it will be convenient to speak of him) was expounding a recondite matter to us. "
LENGTHS = (60, 2000)
VIEWER = "[data-gateviz=viewer][data-steps]"
STANDS = """() => {
    const viewer = [...document.querySelectorAll(".st-key-viewer *")].map(({ shadowRoot }) => shadowRoot).find(Boolean);
    return viewer?.querySelector("[data-steps]:not([data-waiting]):not([data-maps-waiting]) [data-map]");
}"""
NUMBERS = """root => Object.fromEntries([...root.querySelectorAll(".curve-value")].map(
    ({ dataset }) => [`${dataset.cell} ${dataset.signal}`, Number(dataset.value)]))"""
UNIT = 11


@dataclass
class Way:
    """A server, and what was measured of it, by the length of the text."""

    name: str
    address: str
    seconds: dict[int, list[float]] = field(default_factory=lambda: {length: [] for length in LENGTHS})
    stood: dict[int, list[int]] = field(default_factory=lambda: {length: [] for length in LENGTHS})
    bytes: dict[int, list[int]] = field(default_factory=lambda: {length: [] for length in LENGTHS})


@contextmanager
def ways() -> Iterator[list[Way]]:
    """The servers, running."""
    with app("in pieces") as pieces, app("whole", "pieces") as whole:
        yield [Way(site.name, site.address) for site in (pieces, whole)]


def text_of(length: int, turn: int) -> str:
    """A text of that many characters, another one at each turn."""
    return (f"{turn}: " + SENTENCE * (length // len(SENTENCE) + 1))[:length]


def visit(browser: Browser, way: Way, text: str, models: dict[str, SequenceModel]) -> None:
    """Open a link into the middle of the text, check the numbers, and wait for the other pieces."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(way.address)  # the browser has the page, and the server is warm, as when a class changes its sentence
    page.wait_for_function(STANDS)
    page.wait_for_load_state("networkidle")
    page.close()
    page = context.new_page()
    traffic = Traffic(page)
    start, length = time.perf_counter(), len(text)
    page.goto(f"{way.address}/?task=timemachine&text={quote(text)}&step={length // 2}&unit={UNIT}", wait_until="commit")
    page.wait_for_function(STANDS)
    page.evaluate(
        "() => new Promise((go) => requestAnimationFrame(() => setTimeout(go)))"
    )  # the picture has been painted
    way.seconds[length].append(time.perf_counter() - start)
    way.stood[length].append(traffic.total)
    for step in (length // 2, length - 1, length // 7, length // 2 + 1):
        page.locator(VIEWER).evaluate(
            "(root, step) => root.dispatchEvent(new CustomEvent('gateviz:go', { detail: { step } }))", step
        )
        page.wait_for_function(STANDS)
        check(page, models, text, step)
    page.wait_for_timeout(6000 if length > 1000 else 0)
    page.wait_for_load_state("networkidle")
    way.bytes[length].append(traffic.total)
    context.close()


def check(page: Page, models: dict[str, SequenceModel], text: str, step: int) -> None:
    """Every number of the chosen unit at this step is the trace's."""
    shown = page.locator(VIEWER).evaluate(NUMBERS)
    for cell, model in models.items():
        layer = model.trace(text).layer(0)
        for signal in SHOWN[model.cell]:
            expected = layer[signal][0, step, UNIT]
            np.testing.assert_allclose(shown[f"{cell} {signal}"], expected, rtol=1e-4, atol=1e-6)


def lines(visits: int = 5) -> Iterator[str]:
    """The section of RESULTS.md, line by line."""
    models: dict[str, SequenceModel] = {cell: load_pretrained("timemachine", cell) for cell in CELLS}
    with ways() as both, sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for turn in range(visits + 1):
            for length in LENGTHS:
                for way in both:
                    visit(browser, way, text_of(length, turn), models)
                    if turn == 0:  # the servers get warm
                        for found in (way.seconds, way.stood, way.bytes):
                            found[length].clear()
        browser.close()
    yield "Warm servers, 1440 by 900, three architectures of 256 units; the browser has the page's files, not the text."
    yield "Bytes are those of messages and pieces, headers included."
    yield ""
    yield f"| characters | comes | until the picture, median (least) of {visits} | bytes until then | bytes in all |"
    yield "|---|---|---|---|---|"
    for length in LENGTHS:
        for way in both:
            seconds, stood, whole = way.seconds[length], way.stood[length], way.bytes[length]
            yield (
                f"| {length:,} | {way.name} | {statistics.median(seconds):.2f} s ({min(seconds):.2f}) | "
                f"{statistics.median(stood):,.0f} | {statistics.median(whole):,.0f} |"
            )
