"""An exported page opened from the disk, with no network at all: it steps, and its numbers are the trace's."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

import gateviz
from gateviz import cli
from gateviz.figures.palette import DARK, LIGHT, Palette
from gateviz.figures.places import state_limit
from gateviz.i18n import translator
from gateviz.results.answers import expected_next
from gateviz.results.signals import GATES
from gateviz.results.trace import CELLS, Trace
from gateviz.viewer.packing.picture import SHOWN
from tests.browser.conftest import ARTEFACTS

TEXT = "</script><img src=x onerror=alert(1)> said the Time Traveller."
Open = Callable[..., "File"]


@cache
def trace_of(cell: str) -> Trace:
    return gateviz.load_pretrained("timemachine", cell).trace(TEXT)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What `gateviz export` writes, in each language."""
    folder = tmp_path_factory.mktemp("exported")
    files = {language: folder / f"{language}.html" for language in translator.languages()}
    for language, file in files.items():
        assert cli.main(["export", "--text", TEXT, "--lang", language, "--out", str(file)]) == 0
    return files


class File:
    """A browser that is cut off from every network, on the file."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        page.goto(file.as_uri())
        page.locator(".gateviz-cursor").first.wait_for(state="attached")

    @property
    def viewer(self) -> Locator:
        return self.page.locator("[data-gateviz=viewer]")

    @property
    def step(self) -> int:
        return int(self.viewer.get_attribute("data-step") or -1)

    def number(self, cell: str, signal: str) -> tuple[int, float]:
        """The unit that the curves show, and the value beside its curve."""
        shown = self.page.locator(f".curve [data-cell={cell}][data-signal={signal}]")
        return int(shown.get_attribute("data-unit") or -1), float(shown.get_attribute("data-value") or "nan")

    def pixel(self, cell: str, signal: str, step: int, unit: int) -> list[int]:
        """The colour of a place of a heatmap."""
        script = """async (image, [x, y]) => {
            const bitmap = new Image();
            bitmap.src = image.getAttribute("href");
            await bitmap.decode();
            const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
            canvas.drawImage(bitmap, 0, 0);
            return [...canvas.getImageData(x, y, 1, 1).data];
        }"""
        found: list[int] = self.page.locator(f"[data-maps={cell}] image[data-map={signal}]").evaluate(
            script, [step, unit]
        )
        return found


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Open]:
    contexts: list[BrowserContext] = []
    opened: list[File] = []

    def open_one(file: Path, width: int = 1440, height: int = 900, **options: Any) -> File:
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        opened.append(File(context.new_page(), file))
        return opened[-1]

    yield open_one
    seen = [
        (file.complaints, [url for url in file.requests if not url.startswith(("file:", "data:"))]) for file in opened
    ]
    for context in contexts:
        context.close()
    assert seen == [([], [])] * len(opened), "no complaint of the browser, no request to anywhere"


def colour_of(palette: Palette, signal: str, value: float, limit: float) -> list[float]:
    """Where the value lies on the palette's scale, in 256 steps."""
    share = value if signal in GATES else 0.5 + value / (2 * limit)
    stops = palette.gate if signal in GATES else palette.state
    channels = np.array([[int(stop[at : at + 2], 16) for at in (1, 3, 5)] for stop in stops], dtype=float)
    place = np.round(np.clip(share, 0, 1) * 255) / 255 * (len(stops) - 1)
    return [float(np.interp(place, np.arange(len(stops)), channels[:, at])) for at in range(3)] + [255]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_file_steps_with_the_keys_and_every_number_and_colour_is_the_traces(
    open_file: Open, exported: dict[str, Path], scheme: str
) -> None:
    file = open_file(exported["en"], color_scheme=scheme)
    draw = np.random.default_rng(len(scheme))
    file.page.keyboard.press("Home")
    step = 0
    for _ in range(3):
        moves = int(draw.integers(1, 12))
        for _ in range(moves):
            file.page.keyboard.press("ArrowRight")
        step += moves
        assert file.step == step
        for cell in CELLS:
            layer = trace_of(cell).layer(0)
            for signal in SHOWN[cell]:
                unit, value = file.number(cell, signal)
                assert value == pytest.approx(layer[signal][0, step, unit], rel=1e-4, abs=1e-6)
                limit = state_limit(layer[signal]) if signal == "cell_state" else 1.0
                place = int(draw.integers(len(TEXT))), int(draw.integers(layer[signal].shape[2]))
                colour = colour_of(LIGHT if scheme == "light" else DARK, signal, layer[signal][0][place], limit)
                assert file.pixel(cell, signal, *place) == pytest.approx(colour, abs=8)
    file.page.keyboard.press("End")
    assert file.step == len(TEXT) - 1


def test_what_each_expected_stands_beside_what_came(open_file: Open, exported: dict[str, Path]) -> None:
    file = open_file(exported["en"])
    file.viewer.locator("[data-token='40']").click()
    for cell in CELLS:
        model = gateviz.load_pretrained("timemachine", cell)
        expected = expected_next(model.logits(TEXT), model.outputs, TEXT)
        rows = file.page.locator(f"[data-panel={cell}] [data-guess] .guess-value")
        values = [float(row.get_attribute("data-value") or "nan") for row in rows.all()]
        assert values == pytest.approx(list(expected.probabilities[40]), rel=1e-4)
    ARTEFACTS.mkdir(exist_ok=True)
    file.page.screenshot(path=ARTEFACTS / "exported-1440-light.png", full_page=True)


def test_a_click_on_a_heatmap_goes_there_in_all_of_them(open_file: Open, exported: dict[str, Path]) -> None:
    file = open_file(exported["en"])
    image = file.page.locator("[data-maps=gru] image").first
    box = image.bounding_box()
    assert box
    file.page.mouse.click(box["x"] + (20.5 / len(TEXT)) * box["width"], box["y"] + (99.5 / 256) * box["height"])
    assert file.step == 20
    assert file.number("lstm", "forget_gate")[0] == 99
    for cell in CELLS:
        plot = file.page.locator(f"[data-maps={cell}] image").first.bounding_box()
        cursor = file.page.locator(f"[data-maps={cell}] .gateviz-cursor").bounding_box()
        assert plot
        assert cursor
        middle = cursor["x"] + cursor["width"] / 2 - plot["x"]
        assert middle == pytest.approx(20.5 * plot["width"] / len(TEXT), abs=2.5)


def test_a_hostile_sentence_is_shown_as_it_was_typed(open_file: Open, exported: dict[str, Path]) -> None:
    file = open_file(exported["en"])
    tokens = file.viewer.locator(".tokens [data-token]").all_inner_texts()
    assert "".join(tokens).replace("␣", " ") == TEXT
    assert file.page.locator("img").count() == 0


def test_the_policy_of_the_file_stops_a_script_that_got_in(browser: Browser, exported: dict[str, Path]) -> None:
    """The net under the net: were a text taken for markup after all, it would not run."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(exported["en"].as_uri())
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = true'>");
    }""")
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    context.close()


def test_a_file_speaks_the_language_that_it_was_made_in(open_file: Open, exported: dict[str, Path]) -> None:
    file = open_file(exported["zh"], locale="en-US")
    assert file.page.locator("html").get_attribute("lang") == "zh"
    assert file.page.locator("footer").inner_text().startswith(translator.load("zh")("export.keys"))
    assert re.search("[\u4e00-\u9fff]", file.viewer.locator(".place").inner_text())


def test_a_link_into_the_file_opens_at_its_step_and_unit(open_file: Open, exported: dict[str, Path]) -> None:
    file = open_file(exported["en"])
    file.page.goto(exported["en"].as_uri() + "?step=12&unit=34")
    file.page.locator(".gateviz-cursor").first.wait_for(state="attached")
    assert file.step == 12
    assert file.number("rnn", "hidden_state")[0] == 34


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_one_architecture_fits_and_nothing_overflows(
    open_file: Open, exported: dict[str, Path], scheme: str
) -> None:
    file = open_file(exported["zh"], 390, 844, color_scheme=scheme)
    assert file.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert file.page.locator("[data-maps]:visible").count() == 1
    file.page.locator("[data-option=cell-gru]").click()
    assert file.page.locator("[data-maps]:visible").get_attribute("data-maps") == "gru"
    file.page.locator("[data-action=on]").click()
    ARTEFACTS.mkdir(exist_ok=True)
    file.page.screenshot(path=ARTEFACTS / f"exported-390-{scheme}-zh.png")


def test_a_file_of_three_architectures_is_small_enough_to_mail(exported: dict[str, Path]) -> None:
    """64 units and 60 steps may take 3 MB; here it is 256 units and 62 steps."""
    assert exported["en"].stat().st_size < 1_500_000
