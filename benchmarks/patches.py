"""What each patch of Streamlit wins by itself: `python -m benchmarks patches`, for the table in app/server/README.md.

Each patch is measured against the app with only this patch turned off (GATEVIZ_PLAIN), on two servers whose visits take
turns. Bytes and requests hold on a busy machine; of the times only large differences do, and of the least more than
of the medians. `welcome` and `pieces` have other measures: the start of a server that a class can reach, and
`python -m benchmarks long_text`.
"""

import asyncio
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import websockets
from playwright.sync_api import Browser, sync_playwright

from benchmarks.classroom import run
from benchmarks.first_page import SCHOOL, app, measure, spread
from tests.browser import chromium

ON_THE_PAGE = ("compression", "outline", "icons", "plotly_late", "plotly_lean", "words", "no_delay")
AT_EACH_RUN = ("collection", "watcher")
EVERYWHERE = "0.0.0.0"  # noqa: S104


def lines(visits: int = 7) -> Iterator[str]:
    """The section of RESULTS.md, line by line."""
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield "A first visit with all patches, and with one turned off (1: all). A network of 20 ms and 20 Mbit/s, but"
        yield f"none for no_delay: such a network is imitated inside the browser. Medians (least) of {visits}."
        yield ""
        yield "| patch | | bytes | requests | layout shift | first paint | four fifths of the files | the picture |"
        yield "|---|---|---|---|---|---|---|---|"
        for patch in (*ON_THE_PAGE, "1"):
            yield from on_the_page(browser, patch, visits)
        yield ""
        yield "| patch | | first visit of a server that has just started |"
        yield "|---|---|---|"
        yield from just_started(browser, "warm_up", visits)
        browser.close()
    yield ""
    yield "| patch | | processor time of the server for a new session |"
    yield "|---|---|---|"
    for patch in AT_EACH_RUN:
        yield from at_each_run(patch)
    yield ""
    yield "| patch | | until the server of a class answers |"
    yield "|---|---|---|"
    yield from start("welcome")


def on_the_page(browser: Browser, patch: str, visits: int) -> Iterator[str]:
    """First visits with the patch on and off."""
    with ExitStack() as stack:
        sites = [stack.enter_context(app("on")), stack.enter_context(app("off", patch))]
        measure(browser, sites, visits, ("first",), None if patch == "no_delay" else dict(SCHOOL))
    for site in sites:
        values = [list(each) for each in zip(*site.visits["first"], strict=True)]
        pictures, paints, files = values[:3]
        size, requests, shift = (statistics.median(each) for each in values[3:])
        counts = f"{size:,.0f} | {requests:.0f} | {shift:.3f}"
        yield f"| {patch} | {site.name} | {counts} | {spread(paints)} | {spread(files)} | {spread(pictures)} |"


def just_started(browser: Browser, patch: str, visits: int) -> Iterator[str]:
    """The first visit of all, five seconds after the server answers."""
    found: dict[str, list[float]] = {"on": [], "off": []}
    for _ in range(visits):
        for name, plain in (("on", ""), ("off", patch)):
            with app(name, plain) as site:
                time.sleep(5)
                measure(browser, [site], 1, ("first",), before=0)
                found[name].append(site.visits["first"][0].picture)
    for name, seconds in found.items():
        yield f"| {patch} | {name} | {spread(seconds)} |"


def at_each_run(patch: str, sessions: int = 30) -> Iterator[str]:
    """Processor time of a server for a session that runs a sentence it has run before (Linux only)."""
    for name, plain in (("on", ""), ("off", patch)):
        with app(name, plain) as site:
            port = int(site.address.rsplit(":", 1)[1])
            for _ in range(3):
                asyncio.run(session(port))
            before = processor_seconds(port)
            for _ in range(sessions):
                asyncio.run(session(port))
            spent = (processor_seconds(port) - before) / sessions
        yield f"| {patch} | {name} | {1000 * spent:.0f} ms |"


async def session(port: int) -> None:
    """One student who opens the page and goes."""
    address = f"ws://localhost:{port}/_stcore/stream"
    async with websockets.connect(address, max_size=None, subprotocols=[websockets.Subprotocol("streamlit")]) as socket:
        await run(socket, "first words")


def processor_seconds(port: int) -> float:
    """What the server on that port has spent."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().split(b"\0")
            if b"app" in command and str(port).encode() in command:
                ticks = (folder / "stat").read_text().rsplit(")", 1)[1].split()[11:13]
                return sum(int(tick) for tick in ticks) / os.sysconf("SC_CLK_TCK")
        except OSError:  # a process that has just gone
            continue
    raise AssertionError(f"no server on port {port}")


def start(patch: str, times: int = 5) -> Iterator[str]:
    """From the command to the first answer."""
    found: dict[str, list[float]] = {"on": [], "off": []}
    for _ in range(times):
        for name, plain in (("on", ""), ("off", patch)):
            begun = time.perf_counter()
            with app(name, plain, "--host", EVERYWHERE):
                found[name].append(time.perf_counter() - begun)
    for name, seconds in found.items():
        yield f"| {patch} | {name} | {spread(seconds)} |"
