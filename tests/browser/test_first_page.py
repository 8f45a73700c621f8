"""A first visit: how many bytes come, what is asked for and when, what a second visit still has to fetch."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.app_page import App
from tests.browser.serving import free_port, program, serving
from tests.browser.tabs import LOOKING, TIMEOUT, listen
from tests.browser.traffic import Traffic

MEGABYTE = 1_000_000
PICTURE = 100  # px; a heatmap is at least twice as wide, and half as high


@dataclass(frozen=True)
class Visits:
    """The first visit of a browser and its second, which is still open."""

    page: Page
    first: Traffic
    second: Traffic
    complaints: list[str]


@pytest.fixture(scope="module", params=["/", "/gradients"])
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
        app = App(newcomer.new_page(), address).open("/")
        assert app.page.locator("[data-testid=stSkillsNudge]:visible").count() == 0
        app.page.close()  # before its server goes, of which it would complain


def test_the_first_picture_needs_no_plotly(newcomer: BrowserContext, server: str) -> None:
    page = newcomer.new_page()
    traffic = Traffic(page)
    App(page, server).open("/")
    page.wait_for_load_state("networkidle")
    boxes = [place.bounding_box() for place in page.locator("[data-map]").all()]
    assert len(boxes) == 8
    assert all(box and box["width"] > 2 * PICTURE and box["height"] > PICTURE / 2 for box in boxes)
    assert not [name for name in traffic.names(".js") if "Plotly" in name]
