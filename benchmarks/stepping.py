"""What a step costs in the browser: `python -m benchmarks stepping`.

Three architectures of 64 units on 60 steps, and of 256 units on 300 and on 2,000, in the app and in an exported file.
The arrow key is pressed now and then, and it is held down, which repeats it thirty times a second. Chromium draws
without a graphics card, as on a school's virtual desktop. Asserted: no press is lost, and after single presses and at
the end of a held key every number of the chosen unit is the trace's.
"""

import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import numpy as np
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.frames import CATEGORIES, Reading, read
from gateviz import cli
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.files import load_pretrained, pretrained_folder, save_pretrained
from gateviz.pretrained.folder import VARIABLE, find_card
from gateviz.results.trace import CELLS, CellName, LayerTrace
from gateviz.viewer.packing.picture import SHOWN
from tests.browser import chromium
from tests.browser.app_page import DRAWN, IDLE
from tests.browser.serving import serving_gateviz

SENTENCE = "The Time Traveller (for so it will be convenient to speak of him) was expounding a recondite matter to us. "
SIZES = ((64, 60), (256, 300), (256, 2000))  # units, steps
REACH = {(64, 60): 16, (256, 300): 33}  # ms on the main thread
UNIT = 11
REPEAT = 1 / 30  # seconds: a held key's
VIEWER = "[data-gateviz=viewer][data-steps]"
NUMBERS = """root => Object.fromEntries([...root.querySelectorAll(".curve-value")].map(
    ({ dataset }) => [`${dataset.cell} ${dataset.signal} ${dataset.unit}`, Number(dataset.value)]))"""
Way = Literal["single", "held"]


@dataclass(frozen=True)
class Scene:
    """One picture in one kind of page."""

    units: int
    steps: int
    page: Literal["app", "file"]

    @property
    def text(self) -> str:
        """As many characters as steps."""
        return (SENTENCE * (self.steps // len(SENTENCE) + 1))[: self.steps]

    @property
    def task(self) -> str:
        """The task whose models read it."""
        return "timemachine" if self.units == 256 else f"timemachine-{self.units}"


@contextmanager
def models() -> Iterator[None]:
    """A folder with the trained trio of 256 units, and an untrained trio of 64."""
    before = os.environ.get(VARIABLE)
    with tempfile.TemporaryDirectory() as folder:
        shipped, shelf = pretrained_folder(), Path(folder)
        shutil.copytree(shipped / "timemachine", shelf / "timemachine")
        for cell in CELLS:
            card = find_card("timemachine", cell, shipped)
            config = replace(card.config, hidden_size=64)
            model = SequenceModel(config, load_pretrained("timemachine", cell, shipped).tokenizer, seed=0)
            parameters = sum(tensor.numel() for tensor in model.parameters())
            save_pretrained(model, replace(card, task="timemachine-64", config=config, parameters=parameters), shelf)
        os.environ[VARIABLE] = folder
        try:
            yield
        finally:
            os.environ.pop(VARIABLE)
            if before is not None:
                os.environ[VARIABLE] = before


def open_page(browser: Browser, scene: Scene, address: str, folder: Path) -> Page:
    """Open the picture, and wait until everything stands at the first step."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    context.set_default_timeout(60_000)
    page = context.new_page()
    place = f"step=0&unit={UNIT}&diagram=unit"
    if scene.page == "app":
        page.goto(f"{address}/?task={scene.task}&text={quote(scene.text)}&{place}")
        page.wait_for_selector(IDLE)
        page.wait_for_function(DRAWN)
    else:
        file = folder / f"{scene.task}-{scene.steps}.html"
        if not file.exists():
            assert cli.main(["export", "--task", scene.task, "--text", scene.text, "--out", str(file)]) == 0
        page.goto(f"{file.as_uri()}?{place}")
    page.locator("[data-map]").first.wait_for(state="attached")
    page.locator(VIEWER).evaluate("root => root.dispatchEvent(new CustomEvent('gateviz:go', { detail: { step: 0 } }))")
    page.wait_for_timeout(1500)
    return page


def press(session: CDPSession, *, again: bool = False) -> None:
    """Press the arrow key down; `again` as the system repeats a held key."""
    key = {"key": "ArrowRight", "code": "ArrowRight", "windowsVirtualKeyCode": 39}
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "autoRepeat": again, **key})


def release(session: CDPSession) -> None:
    """Let the arrow key go."""
    key = {"key": "ArrowRight", "code": "ArrowRight", "windowsVirtualKeyCode": 39}
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def check(page: Page, layers: dict[CellName, LayerTrace], step: int) -> None:
    """Every number of the unit is the trace's at that step."""
    viewer = page.locator(VIEWER)
    assert viewer.get_attribute("data-step") == str(step), "a press was lost"
    shown = viewer.evaluate(NUMBERS)
    wanted = {f"{c} {name} {UNIT}": layers[c][name][0, step, UNIT] for c in CELLS for name in SHOWN[c]}
    assert shown.keys() == wanted.keys()
    np.testing.assert_allclose([shown[name] for name in wanted], list(wanted.values()), rtol=1e-4, atol=1e-5)


def drive(browser: Browser, page: Page, way: Way, presses: int, layers: dict[CellName, LayerTrace]) -> Reading:
    """Press the key while the browser traces, and check the numbers."""
    session = page.context.new_cdp_session(page)
    begin = int(page.locator(VIEWER).get_attribute("data-step") or 0)
    browser.start_tracing(page=page, categories=CATEGORIES)
    start = time.perf_counter()
    for turn in range(presses):
        press(session, again=way == "held" and turn > 0)
        if way == "single":
            release(session)
            page.wait_for_timeout(330 + 7 * (turn % 5))  # a key comes at any time of a frame
            check(page, layers, begin + turn + 1)
        else:
            time.sleep(max(0.0, start + (turn + 1) * REPEAT - time.perf_counter()))
    if way == "held":
        release(session)
    page.wait_for_timeout(500)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    check(page, layers, begin + presses)
    session.detach()
    return read(events)


def row(scene: Scene, way: Way, reading: Reading) -> str:
    """A line of the table: medians; for the time until the screen also the 95th percentile and the least."""
    script, layout, paint, whole, seen = (
        [getattr(press, name) for press in reading.presses] for name in ("script", "layout", "paint", "whole", "seen")
    )
    parts = " | ".join(f"{statistics.median(part):.1f}" for part in (script, layout, paint, whole))
    reach = f"at most {REACH[scene.units, scene.steps]}" if (scene.units, scene.steps) in REACH else ""
    clock = f"{statistics.median(seen):.0f} ({np.quantile(seen, 0.95):.0f}, {min(seen):.0f})"
    frames = f"{reading.frames} of {len(reading.presses)}"
    where = f"{scene.units} x {scene.steps:,}"
    return f"| {where} | {scene.page} | {way} | {parts} | {reach} | {reading.raster:.1f} | {clock} | {frames} |"


def lines(presses: int = 40) -> Iterator[str]:
    """The section of RESULTS.md, line by line."""
    yield "Milliseconds a step, 1440 by 900, Chromium without a graphics card, numbers equal to the trace's asserted."
    yield "Processor time of the page's main thread: medians. By the clock, from the key until its frame is seen:"
    yield "median (95th percentile, least)."
    yield ""
    yield (
        "| units x steps | page | key | script | style, layout | paint | in all | reach | pixels, other threads "
        "| to the screen | frames of their own |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    with ExitStack() as stack:
        stack.enter_context(models())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = stack.enter_context(serving_gateviz())
        browser = chromium.launch(stack.enter_context(sync_playwright()))
        for units, steps in SIZES:
            for kind in ("app", "file"):
                scene = Scene(units, steps, kind)
                layers = {cell: load_pretrained(scene.task, cell).trace(scene.text).layer(0) for cell in CELLS}
                page = open_page(browser, scene, address, folder)
                for way in ("single", "held"):
                    yield row(scene, way, drive(browser, page, way, min(presses, steps // 3), layers))
                page.context.close()
        browser.close()
