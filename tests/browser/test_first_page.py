"""A first visit: how many bytes come, what is asked for and when, what a second visit still has to fetch."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from gateviz.results.arrangement import MOST_ROWS
from tests.browser.app_page import App, on_the_book
from tests.browser.expected import EXAMPLE
from tests.browser.serving import free_port, program, serving
from tests.browser.tabs import LOOKING, TIMEOUT, listen
from tests.browser.traffic import Traffic

MEGABYTE = 1_000_000
PICTURE = 100  # px; a heatmap is at least twice as wide

# Of each heatmap red, green and blue at the middles of some steps and rows: the viewer's canvas and Plotly's picture.
COLOURS = """
async ([images, steps, rows]) => {
  const found = [];
  for (const node of images) {
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
      for (let row = 0; row < rows; row += 3) {
        const place = [((step + 0.5) * image.width) / steps, ((row + 0.5) * image.height) / rows].map(Math.floor);
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
        if not request.param:  # the Gradients page opens without a figure of Plotly
            page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")  # its script is the last
        page.wait_for_load_state("networkidle")
    yield Visits(page, traffics[0], traffics[1], complaints)
    context.close()


def test_a_first_page_comes_in_three_megabytes_and_the_next_visit_in_little(visits: Visits) -> None:
    first, second = visits.first, visits.second
    print(f"\n{visits.page.url}: {first.files:,} bytes of files, {first.messages:,} of messages")
    assert MEGABYTE / 2 < first.files < first.total < 3 * MEGABYTE, "files and messages together"
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


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1920, 1080)])
def test_the_picture_stands_before_plotlys_script_is_there_and_plotly_draws_the_same_over_it(
    newcomer: BrowserContext, server: str, width: int, height: int
) -> None:
    page = newcomer.new_page()
    page.set_viewport_size({"width": width, "height": height})
    held: list[Route] = []
    page.route("**/late.PlotlyChart.*", lambda route: held.append(route))
    with page.expect_request("**/late.PlotlyChart.*"):
        page.goto(server + on_the_book("/"))
    own, theirs = page.locator("[data-map] canvas"), page.locator(".heatmaplayer image")
    expect(own).to_have_count(8)
    early = colours(own)
    assert theirs.count() == 0
    held[0].continue_()
    expect(theirs).to_have_count(8)
    late = colours(theirs)
    assert np.shape(early) == np.shape(late) == (8, 14 * 11 * 3)
    assert (np.abs(np.subtract(early, late)) > 12).mean() < 0.01  # colours of 255 steps against colours of 127
    places = boxes(page.locator("[data-map]"))
    np.testing.assert_allclose(boxes(theirs), places, atol=1)
    assert np.min(np.array(places)[:, 2]) > 2 * PICTURE
    for image in theirs.all():
        assert image.is_visible()


def colours(images: Locator) -> list[list[int]]:
    handles = images.element_handles()
    found: list[list[int]] = images.page.evaluate(COLOURS, [handles, len(EXAMPLE), MOST_ROWS])
    return found


def boxes(places: Locator) -> list[list[float]]:
    found = [place.bounding_box() for place in places.all()]
    return [[box["x"], box["y"], box["width"], box["height"]] for box in found if box]
