"""The page Train: the film that ships is scrubbed in the browser, and a training runs before one's eyes."""

import re

from playwright.sync_api import Locator, Page, expect

from gateviz.experiments.shipped import shipped_film
from gateviz.results.trace import CELLS
from tests.browser.app_page import App, Visit


def film(page: Page) -> Locator:
    return page.locator("[data-gateviz=film]")


def number(part: Locator, attribute: str = "data-value") -> float:
    return float(part.get_attribute(attribute) or "nan")


def check_frame(app: App, frame: dict[str, dict[str, dict[str, object]]]) -> None:
    """What is written beside the maps is what the library says of these models."""
    for cell in CELLS:
        part = frame["cells"][cell]
        norms = part["gradients"]
        assert isinstance(norms, dict)
        left = film(app.page).locator(f"[data-left={cell}]")
        hidden = norms["hidden_state"]
        assert abs(number(left) - hidden[0] / hidden[-1]) <= 1e-9 + 1e-6 * number(left)
        answer = film(app.page).locator(f"[data-answer={cell}]")
        expect(answer).to_have_text(str(part["answer"]))
        expect(answer).to_have_attribute("data-right", str(part["right"]).lower())


def test_the_film_that_ships_is_scrubbed_without_the_server(visit: Visit) -> None:
    app = visit("/train?train=hometown")
    _, frames = shipped_film("hometown")
    expect(film(app.page)).to_have_attribute("data-frames", str(len(frames)))
    check_frame(app, frames[-1])
    app.picture("train-1440")
    asked: list[str] = []
    app.page.on("request", lambda request: asked.append(request.url))
    app.page.keyboard.press("Home")
    expect(film(app.page)).to_have_attribute("data-step", "0")
    check_frame(app, frames[0])
    for _ in range(3):
        app.page.keyboard.press("ArrowRight")
    expect(film(app.page)).to_have_attribute("data-step", str(frames[3]["step"]))
    check_frame(app, frames[3])
    film(app.page).locator("[data-action=play]").click()
    expect(film(app.page)).to_have_attribute("data-step", str(frames[-1]["step"]))
    assert [url for url in asked if "_gateviz" in url] == []


def test_a_training_runs_before_ones_eyes_and_can_be_stopped(visit: Visit) -> None:
    app = visit("/train?train=counting&length=10&budget=4000&units=64")
    stood = film(app.page).locator(".film").bounding_box()
    app.page.locator(".st-key-train button").click()
    expect(film(app.page)).to_have_attribute("data-state", "running")
    expect(film(app.page)).to_have_attribute("data-step", re.compile("[1-9]"))
    assert film(app.page).locator(".film").bounding_box() == stood, "what comes moves nothing"
    pause = film(app.page).locator("[data-action=pause]")
    pause.click()
    expect(film(app.page)).to_have_attribute("data-state", "paused")
    pause.click()
    expect(film(app.page)).to_have_attribute("data-state", "running")
    film(app.page).locator("[data-action=stop]").click()
    expect(film(app.page)).to_have_attribute("data-state", "ended")
    app.page.keyboard.press("Home")
    expect(film(app.page)).to_have_attribute("data-step", "0")
