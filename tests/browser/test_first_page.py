"""A first visit: how many bytes come, that nothing jumps, what a second visit still has to fetch."""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

import gateviz
from gateviz.app.state.examples import EXAMPLES
from tests.browser.conftest import LOOKING, App, free_port, serving
from tests.browser.traffic import Traffic

MEGABYTE = 1_000_000
PICTURE = 100  # the least px of a heatmap, a side
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, startTime, sources } of list.getEntries()) {
    if (!hadRecentInput) window.shifts.push([value, startTime, sources.map(({ node }) => node?.className ?? "")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""

# Red, green and blue at the middles of some units and steps of every heatmap, be it a canvas or Plotly's picture.
COLOURS = """
async ([selector, steps, units]) => {
  const found = [];
  for (const node of document.querySelectorAll(selector)) {
    let image = node;
    if (node.tagName !== "CANVAS") {
      image = new Image();
      image.src = node.getAttribute("href") ?? node.getAttributeNS("http://www.w3.org/1999/xlink", "href");
      await image.decode();
    }
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
    context.drawImage(image, 0, 0);
    const colours = [];
    for (let step = 0; step < steps; step += 5) {
      for (let unit = 0; unit < units; unit += 11) {
        const place = [((step + 0.5) * image.width) / steps, ((unit + 0.5) * image.height) / units].map(Math.floor);
        colours.push(...context.getImageData(...place, 1, 1).data.slice(0, 3));
      }
    }
    found.push(colours);
  }
  return found;
}
"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    context.set_default_timeout(20_000)
    yield context
    context.close()


def first_visit(context: BrowserContext, server: str, path: str = "/") -> tuple[App, Traffic]:
    page = context.new_page()
    page.add_init_script(SHIFTS)
    traffic = Traffic(page)
    app = App(page, server).open(path)
    page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")  # its script is the last
    page.wait_for_timeout(500)
    return app, traffic


@pytest.mark.parametrize("path", ["/", "/gradients"])
def test_a_first_page_comes_in_three_megabytes_and_the_next_visit_in_little(
    context: BrowserContext, server: str, path: str
) -> None:
    app, traffic = first_visit(context, server, path)
    print(f"\n{path}: {traffic.files:,} bytes of files, {traffic.messages:,} of messages")
    assert MEGABYTE < traffic.files < traffic.total < 3 * MEGABYTE, "files and messages together"
    assert {code for url, code in traffic.codes.items() if not LOOKING.search(url)} == {200}
    assert app.complaints == []
    app.page.close()
    _, again = first_visit(context, server, path)
    assert again.files < 0.02 * MEGABYTE
    assert again.names(".js") <= traffic.names(".js") | again.names("")


@pytest.mark.parametrize("path", ["/", "/gradients"])
def test_the_icons_are_there_without_their_font(context: BrowserContext, server: str, path: str) -> None:
    app, traffic = first_visit(context, server, path)
    icons = app.page.locator("[data-testid=stIconMaterial]")
    drawn = icons.evaluate_all("(all) => all.map((one) => getComputedStyle(one).maskImage)")
    assert len(drawn) >= 3
    assert all(picture.startswith('url("data:image/svg') for picture in drawn)
    assert not [name for name in traffic.names(".woff2") if "MaterialSymbols" in name]


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1440, 900), (390, 844)])
@pytest.mark.parametrize("path", ["/", "/gradients"])
def test_nothing_jumps_while_a_page_comes_and_steps(
    browser: Browser, server: str, path: str, width: int, height: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-US")
    app, _ = first_visit(context, server, path)
    if path == "/":
        for key in ("ArrowRight", "ArrowRight", "End", "Home"):
            app.page.keyboard.press(key)
            app.page.wait_for_timeout(700)  # longer than the half second in which a shift would be excused by the key
    shifts = app.page.evaluate("window.shifts")
    context.close()
    assert sum(value for value, *_ in shifts) < 0.02, shifts


@pytest.mark.parametrize(
    "command",
    [["gateviz", "app", "--port"], ["streamlit", "run", "app.py", "--server.headless=false", "--server.port"]],
)
def test_streamlit_offers_a_teacher_nothing_of_its_own(
    context: BrowserContext, tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / ".claude").mkdir()  # what makes Streamlit offer its skills for agents, in front of the language
    port, program = free_port(), Path(sys.executable).with_name(command[0])
    with serving([str(program), *command[1:], str(port)], port, HOME=str(tmp_path), BROWSER="true") as address:
        app = App(context.new_page(), address).open("/")
        app.page.wait_for_timeout(1500)
        assert app.page.locator("[data-testid=stSkillsNudge]:visible").count() == 0


def test_the_picture_stands_before_plotlys_script_is_asked_for(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    page.route("**/late.PlotlyChart.*", lambda _: None)  # it never comes
    page.goto(server)
    page.locator("[data-gateviz=viewer][data-steps]").wait_for()
    page.wait_for_function("() => document.querySelectorAll('.gateviz-first-heatmaps image').length === 11")
    assert page.locator(".js-plotly-plot").count() == 0
    assert np.min(np.array(boxes(page, ".gateviz-first-heatmaps image"))[:, 2:]) > PICTURE


def test_the_first_maps_are_those_that_plotly_draws(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    held: list[Route] = []
    page.route("**/late.PlotlyChart.*", lambda route: held.append(route))
    page.goto(server)
    page.wait_for_function("() => document.querySelectorAll('.gateviz-first-heatmaps image').length === 11")
    size = [len(EXAMPLES["timemachine"]), gateviz.load_pretrained("timemachine", "lstm").recurrent.hidden_size]
    early, places = (
        page.evaluate(COLOURS, [".gateviz-first-heatmaps image", *size]),
        boxes(page, ".gateviz-first-heatmaps image"),
    )
    page.wait_for_timeout(100)
    held[0].continue_()
    page.wait_for_function("() => document.querySelectorAll('.heatmaplayer image').length === 11")
    page.wait_for_timeout(300)
    assert page.locator(".gateviz-first-heatmaps").first.is_hidden()
    late = page.evaluate(COLOURS, [".heatmaplayer image", *size])
    np.testing.assert_allclose(places, boxes(page, ".heatmaplayer image"), atol=1)
    assert np.shape(early) == np.shape(late) == (11, 14 * 24 * 3)
    off = np.abs(np.subtract(early, late))
    assert (off > 12).mean() < 0.01  # colours of 255 steps are held against colours of 127


def boxes(page: Page, selector: str) -> list[list[float]]:
    """Left, top, width and height of each."""
    found: list[list[float]] = page.locator(selector).evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect()).map(({ x, y, width, height }) => [x, y, width, height])"
    )
    return found
