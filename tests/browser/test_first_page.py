"""A first visit: how many bytes come, what is asked for and when, what a second visit still has to fetch."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

import gateviz
from tests.browser.app_page import App, on_the_book
from tests.browser.expected import EXAMPLE
from tests.browser.serving import free_port, program, serving
from tests.browser.tabs import LOOKING, TIMEOUT, listen
from tests.browser.traffic import Traffic

MEGABYTE = 1_000_000
PICTURE = 100  # the least px of a heatmap, a side

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


@dataclass(frozen=True)
class Visits:
    """The first visit of a browser and its second, which is still open."""

    page: Page
    first: Traffic
    second: Traffic
    complaints: list[str]


@pytest.fixture(scope="module", params=["", "/gradients"])
def visits(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Visits]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    context.set_default_timeout(TIMEOUT)
    complaints: list[str] = []
    traffics: list[Traffic] = []
    for _ in range(2):
        page = context.new_page()
        listen(page, complaints)
        traffics.append(Traffic(page))
        App(page, server).open(request.param)
        page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")  # its script is the last
        page.wait_for_load_state("networkidle")
    yield Visits(page, traffics[0], traffics[1], complaints)
    context.close()


def test_a_first_page_comes_in_three_megabytes_and_the_next_visit_in_little(visits: Visits) -> None:
    first, second = visits.first, visits.second
    print(f"\n{visits.page.url}: {first.files:,} bytes of files, {first.messages:,} of messages")
    assert MEGABYTE < first.files < first.total < 3 * MEGABYTE, "files and messages together"
    assert {code for url, code in first.codes.items() if not LOOKING.search(url)} == {200}
    assert visits.complaints == []
    assert second.files < 0.02 * MEGABYTE
    assert second.names(".js") <= first.names(".js") | second.names("")


def test_the_icons_are_there_without_their_font(visits: Visits) -> None:
    icons = visits.page.locator("[data-testid=stIconMaterial]")
    drawn = icons.evaluate_all("(all) => all.map((one) => getComputedStyle(one).maskImage)")
    assert len(drawn) >= 3
    assert all(picture.startswith('url("data:image/svg') for picture in drawn)
    assert not [name for name in visits.first.names(".woff2") if "MaterialSymbols" in name]


@pytest.mark.parametrize(
    "command",
    [["gateviz", "app", "--port"], ["streamlit", "run", "app.py", "--server.headless=false", "--server.port"]],
)
def test_streamlit_offers_a_teacher_nothing_of_its_own(
    newcomer: BrowserContext, tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / ".claude").mkdir()  # what makes Streamlit offer its skills for agents, in front of the language
    port = free_port()
    command = [program(command[0]), *command[1:], str(port)]
    with serving(command, port, HOME=str(tmp_path), BROWSER="true") as address:
        app = App(newcomer.new_page(), address).open("")
        assert app.page.locator("[data-testid=stSkillsNudge]:visible").count() == 0
        app.page.close()  # before its server goes, of which it would complain


def test_the_picture_stands_before_plotlys_script_is_there_and_plotly_draws_the_same(
    newcomer: BrowserContext, server: str
) -> None:
    page = newcomer.new_page()
    held: list[Route] = []
    page.route("**/late.PlotlyChart.*", lambda route: held.append(route))
    with page.expect_request("**/late.PlotlyChart.*"):
        page.goto(server + on_the_book("/"))
    page.wait_for_function("() => document.querySelectorAll('.gateviz-first-heatmaps image').length === 11")
    assert page.locator(".js-plotly-plot").count() == 0
    size = [len(EXAMPLE), gateviz.load_pretrained("timemachine", "lstm").recurrent.hidden_size]
    early, places = (
        page.evaluate(COLOURS, [".gateviz-first-heatmaps image", *size]),
        boxes(page, ".gateviz-first-heatmaps image"),
    )
    assert np.min(np.array(places)[:, 2:]) > PICTURE
    held[0].continue_()
    page.wait_for_function("() => document.querySelectorAll('.heatmaplayer image').length === 11")
    page.locator(".gateviz-first-heatmaps").first.wait_for(state="hidden")
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
