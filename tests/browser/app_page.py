"""The app in a tab: it speaks of the viewer as a person would, and waits for what is to be seen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from gateviz.i18n.translator import load

Visit = Callable[..., "App"]
"""What the fixtures `visit` and `look` are: visit(path="/", width=1440, height=900, **options of Tabs.take)."""

ARTEFACTS = Path(__file__).parents[2] / "artefacts"
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
# Plotly has drawn its heatmaps, and they lie over the viewer's own.
DRAWN = """() => {
    const figures = [...document.querySelectorAll("[class*=st-key-maps_]")];
    return figures.length && figures.every((one) => one.querySelector(".heatmaplayer image"));
}"""
# The numbers that are looked at have come, where a long text comes in pieces.
COME = """() => {
    const hosts = [...document.querySelectorAll(".st-key-viewer *")].filter(({ shadowRoot }) => shadowRoot);
    const roots = [document, ...hosts.map(({ shadowRoot }) => shadowRoot)];
    return !roots.some((root) => root.querySelector("[data-waiting], [data-maps-waiting]"));
}"""
# Press keys and read the step after each, before the browser can do anything else: nothing can come from the server.
PRESS = """(root, keys) => keys.map((key) => {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    return Number(root.dataset.step);
})"""
# How the picture stands, in the page's own words; the address then says the same.
VIEW = """() => {
    let found = null;
    document.dispatchEvent(new CustomEvent("gateviz:view", { detail: { answer: (view) => (found = view) } }));
    return found;
}"""


def on_the_book(path: str) -> str:
    """The path, of The Time Machine if it is not empty and names neither a task nor a lesson."""
    if not path or "task=" in path or "lesson=" in path:
        return path
    return path + ("&" if "?" in path else "?") + "task=timemachine"


class App:
    """One student's browser on the app."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server

    def open(self, path: str = "/") -> "App":
        """Go to a path: of The Time Machine, unless it names a task or a lesson; "" is the bare address."""
        self.page.goto(self.server + on_the_book(path))
        self.settle()
        return self

    def settle(self) -> None:
        """Until the script has run and the picture stands. After an action, wait first for what it is to change."""
        self.page.wait_for_selector(IDLE)
        self.page.locator("[data-gateviz=lesson] .bar").wait_for(state="attached")  # it listens to the keys
        if "/gradients" in self.page.url:
            part = self.strips.locator(".panel").or_(
                self.page.locator(":is([data-gateviz=lab], [data-gateviz=clipping]) .chart [data-curve]")
            )
            part.first.wait_for(state="attached")
        elif "/under-the-hood" in self.page.url:
            self.hood.wait_for()
        elif "/train" in self.page.url:
            self.page.locator("[data-gateviz=film]:not([data-frames='0'])").wait_for()
        else:
            self.viewer.wait_for()
            self.page.locator("[data-map]").first.wait_for(state="attached")
            self.page.wait_for_function(DRAWN)
            self.page.wait_for_function(COME)

    @property
    def viewer(self) -> Locator:
        return self.page.locator("[data-gateviz=viewer][data-steps]")

    def map(self, cell: str, signal: str) -> Locator:
        """The place of a heatmap."""
        return self.viewer.locator(f"[data-map={signal}][data-map-cell={cell}]")

    @property
    def strips(self) -> Locator:
        """The sentences of the Gradients page."""
        return self.page.locator("[data-gateviz=saliency][data-steps]")

    @property
    def hood(self) -> Locator:
        """The part of the page Under the hood."""
        return self.page.locator("[data-gateviz=hood][data-steps]")

    @property
    def step(self) -> int:
        return int(self.viewer.get_attribute("data-step") or -1)

    @property
    def steps(self) -> int:
        return int(self.viewer.get_attribute("data-steps") or -1)

    @property
    def unit(self) -> int:
        return int(self.viewer.locator(".unit-box").input_value())

    def enter(self, text: str) -> None:
        """Type into the box of the sentence and press Enter."""
        box = self.page.locator(".st-key-sentence input")
        box.fill(text)
        box.press("Enter")

    def type(self, text: str) -> None:
        """Type a sentence that can be read, and wait for its picture."""
        self.enter(text)
        self.wait_for_text(text)

    def wait_for_text(self, text: str) -> None:
        """Until the viewer shows this sentence."""
        expect(self.viewer).to_have_attribute("data-text", text)
        self.settle()

    def wait_for_step(self, step: int) -> None:
        expect(self.viewer).to_have_attribute("data-step", str(step))

    def wait_for_address(self, part: str) -> None:
        """Until the address holds this: the browser writes step and unit a moment after the last key."""
        self.page.wait_for_function("part => location.search.includes(part)", arg=part)

    def speak(self, language: str) -> None:
        """Choose English or Chinese."""
        name = {"en": "EN", "zh": "中文"}[language]
        self.page.locator(".st-key-language button", has_text=name).click()
        expect(self.page.locator("html")).to_have_attribute("lang", language)
        self.settle()
        if self.viewer.count():
            play = self.viewer.locator("[data-action=play]")
            expect(play).to_have_attribute("aria-label", load(language)("viewer.play"))
            expect(self.viewer).to_be_focused()  # until then the arrow keys are the buttons'

    def to_gradients(self) -> None:
        """Follow the link."""
        self.page.get_by_role("link", name="Gradients").or_(self.page.get_by_role("link", name="梯度")).click()
        self.page.wait_for_url("**/gradients*")
        self.settle()

    def choose_unit(self, unit: int) -> None:
        self.viewer.locator(".unit-box").fill(str(unit))
        self.viewer.locator(".unit-box").press("Enter")

    def choose(self, option: str, value: str) -> None:
        """Choose from one of the viewer's lists: "rows" or "colour"."""
        self.viewer.locator(f"select[data-option={option}]").select_option(value)

    def tokens(self) -> list[str]:
        return self.viewer.locator(".tokens [data-token]").all_inner_texts()

    def text(self) -> str:
        """What the tokens say, spaces as spaces."""
        return "".join(self.tokens()).replace("␣", " ")

    def number(self, selector: str) -> float:
        """The exact value behind a number on the page."""
        return float(self.page.locator(selector).first.get_attribute("data-value") or "nan")

    def go(self, **wish: object) -> None:
        """Ask the viewer for a step, a unit, a cell or a highlight, as another part does, and wait for it."""
        self.viewer.evaluate("(root, detail) => root.dispatchEvent(new CustomEvent('gateviz:go', { detail }))", wish)
        self.page.wait_for_function(COME)

    def press_at_once(self, key: str, times: int) -> list[int]:
        """The step after each press, all of them in one go."""
        steps: list[int] = self.viewer.evaluate(PRESS, [key] * times)
        return steps

    def view(self) -> dict[str, Any] | None:
        """How the picture stands; None where there is none."""
        found: dict[str, Any] | None = self.page.evaluate(VIEW)
        return found

    def let_timers_run(self, ms: int) -> None:
        """Until all timers of the page that are due within so many ms have run: this one is set after them."""
        self.page.evaluate("(ms) => new Promise((done) => setTimeout(done, ms + 1))", ms)

    def let_frames_pass(self, frames: int = 3) -> None:
        """Until what follows a change of sizes is drawn: a ResizeObserver's answer, and the frame that it asks for."""
        script = "(n) => new Promise((done) => { const go = () => (n-- ? requestAnimationFrame(go) : done()); go(); })"
        self.page.evaluate(script, frames)

    def resize(self, width: int, height: int) -> None:
        """Give the window another size, in px."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.let_frames_pass()

    @property
    def notice(self) -> Locator:
        """The sentences that say what was wrong."""
        return self.page.locator("[class*=notice_] [data-testid=stText]")

    def notices(self) -> list[str]:
        return self.notice.all_inner_texts()

    def picture(self, name: str) -> None:
        """Keep a screenshot as an artefact of the run."""
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")
