"""The timeline of the training: a class plays it and watches the gates learn."""

import re

from playwright.sync_api import Locator, expect

from gateviz.app.computed import training_scores
from gateviz.pretrained.folder import find_card
from gateviz.results.trace import CELLS
from tests.browser.app_page import App, Visit

TASK = "timemachine"
LAPSE = find_card(TASK, "lstm").timelapse
STEPS = LAPSE.steps if LAPSE else ()
# The steps of the training that the picture is of, one after another, from now on.
WATCH = """() => {
    window.shown = [];
    const look = () => {
        const step = new URLSearchParams(location.search).get("trained") ?? "trained";
        if (window.shown.at(-1) !== step) window.shown.push(step);
        requestAnimationFrame(look);
    };
    look();
}"""


def timeline(app: App) -> Locator:
    return app.page.locator("[data-gateviz=training]")


def check_figures(app: App, place: int) -> None:
    for cell in CELLS:
        figure = re.compile(re.escape(f"{training_scores.along(TASK, cell)[place]:.5f}"[:-1]))
        expect(timeline(app).locator(f"[data-score={cell}]")).to_have_attribute("data-value", figure)


def test_play_goes_from_snapshot_to_snapshot_and_stops_at_the_end(visit: Visit) -> None:
    app = visit(f"/?task={TASK}&trained={STEPS[-4]}")
    stood = app.viewer.bounding_box()
    app.page.evaluate(WATCH)
    timeline(app).locator("[data-action=training-quick]").click()
    app.page.wait_for_function("() => window.shown.at(-1) === 'trained'")
    assert app.page.evaluate("window.shown") == [*map(str, STEPS[-4:-1]), "trained"]
    expect(timeline(app).locator(".label")).to_have_text(f"training: {STEPS[-1]:,} of {STEPS[-1]:,}")
    play = timeline(app).locator("header [data-action=training-play]")
    expect(play).to_have_attribute("aria-label", "Play the training")
    assert app.viewer.bounding_box() == stood, "the card moves nothing"
    app.picture("training-1440")
    play.click()
    app.wait_for_address(f"trained={STEPS[0]}")
    app.page.keyboard.press("Escape")
    expect(timeline(app).locator(".card")).to_be_hidden()


def test_the_slider_shows_the_models_of_that_step_and_how_good_they_were(visit: Visit) -> None:
    app = visit(f"/?task={TASK}")
    timeline(app).locator("[data-action=training]").click()
    slider = timeline(app).locator(".slider")
    expect(slider).to_be_focused()
    check_figures(app, -1)
    for _ in range(3):
        app.page.keyboard.press("ArrowLeft")
    app.wait_for_address(f"trained={STEPS[-4]}")
    expect(timeline(app).locator("header strong")).to_have_text(
        f"After {STEPS[-4]:,} of {STEPS[-1]:,} steps of training"
    )
    check_figures(app, -4)
    expect(app.viewer.locator("[data-panel=lstm] .panel-title")).to_contain_text(f"{STEPS[-4]:,}")
    expect(slider).to_be_focused()
