"""The line above the tokens, what the cells say in the end, and what keeps it covered while a class bets."""

from pathlib import Path

from playwright.sync_api import expect

import gateviz
from gateviz.export.page import html_of
from gateviz.models.view import View
from gateviz.pretrained.examples import EXAMPLES
from gateviz.results.trace import CELLS
from tests.browser.app_page import App, Visit
from tests.browser.exported_page import OpenFile

ENDINGS = "[data-ending] .ending-said"


def opening_tokens(app: App) -> list[int]:
    marked = app.viewer.locator("[data-opening-step]").all()
    return [int(button.get_attribute("data-opening-step") or -1) for button in marked]


def test_the_line_says_what_there_is_to_see_and_its_tokens_lead_there(look: Visit) -> None:
    app = look("/?task=intent")
    line = app.viewer.locator(".opening-words")
    expect(line).to_contain_text("turns it to time")
    assert app.step == int(app.viewer.locator("[data-opening]").get_attribute("data-opening") or -1)
    steps = opening_tokens(app)
    for index, step in enumerate(steps):
        button = app.viewer.locator("[data-opening-step]").nth(index)
        assert button.inner_text() == app.tokens()[step].strip()
        button.click()
        app.wait_for_step(step)
    app.page.keyboard.press("ArrowRight")
    app.wait_for_step(steps[-1] + 1)  # a click at a word leaves the keys with the picture
    app.picture("opening-1440-light")


def test_another_task_and_another_text_open_at_a_step_of_their_own(visit: Visit) -> None:
    app = visit("/?task=temporal-order&step=3")
    assert app.step == 3
    text = "abXdcbadYccbdab"
    app.type(text)
    app.wait_for_step(text.index("Y"))
    assert opening_tokens(app)[:2] == [text.index("X"), text.index("Y")]


def test_what_a_cell_says_in_the_end_stands_beside_its_name(look: Visit) -> None:
    app = look("/?task=temporal-order&step=2")
    for cell in CELLS:
        model = gateviz.load_pretrained("temporal-order", cell)
        logits = model.logits(EXAMPLES["temporal-order"])[-1]
        ending = app.page.locator(f"[data-panel={cell}] [data-ending={cell}]")
        expect(ending.locator("strong")).to_have_text(model.outputs[int(logits.argmax())])
        title, said = (app.page.locator(f"[data-panel={cell}] .panel-title").bounding_box(), ending.bounding_box())
        assert title
        assert said
        assert title["x"] + title["width"] - said["x"] - said["width"] < 2, "at the right"
        assert title["height"] <= 34


def test_a_class_bets_first_and_the_last_step_reveals_it(visit: Visit) -> None:
    app = visit("/?task=temporal-order&step=2")
    expect(app.viewer.locator(ENDINGS).first).to_be_visible()
    height = app.viewer.locator(".opening").bounding_box()
    app.viewer.locator("[data-option=bet]").click()
    for ending in app.viewer.locator(ENDINGS).all():
        expect(ending).not_to_be_visible()
    expect(app.viewer.locator(".ending-veil").first).to_be_visible()
    expect(app.viewer.locator(".opening .tells").first).to_have_css("color", "rgba(0, 0, 0, 0)")
    expect(app.viewer.locator(".timeline").first).not_to_be_visible()
    assert app.viewer.locator(".opening").bounding_box() == height, "nothing moves"
    app.wait_for_address("bet=1")
    app.page.keyboard.press("End")
    expect(app.viewer.locator(ENDINGS).first).to_be_visible()
    app.page.keyboard.press("Home")
    expect(app.viewer.locator(ENDINGS).first).to_be_visible()


def test_a_link_keeps_the_end_covered_for_whoever_opens_it(visit: Visit) -> None:
    app = visit("/?task=intent&bet=1")
    expect(app.viewer.locator("[data-option=bet]")).to_have_attribute("aria-pressed", "true")
    expect(app.viewer.locator(ENDINGS).first).not_to_be_visible()
    app.speak("zh")
    expect(app.viewer.locator(ENDINGS).first).not_to_be_visible()
    assert app.notices() == []
    app.viewer.locator("[data-option=bet]").click()
    expect(app.viewer.locator(ENDINGS).first).to_be_visible()
    app.page.wait_for_function("() => !location.search.includes('bet=')")


def test_on_a_phone_the_line_stands_above_the_picture_and_nothing_overflows(look: Visit) -> None:
    app = look("/?task=intent", width=390, height=844, has_touch=True)
    assert app.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    line, panel = (app.viewer.locator(name).first.bounding_box() for name in (".opening-words", ".panel.shown"))
    assert line
    assert panel
    assert line["y"] + line["height"] <= panel["y"]
    app.viewer.locator("[data-opening-step]").first.tap()
    app.wait_for_step(opening_tokens(app)[0])


def test_an_exported_page_has_the_line_too(open_file: OpenFile, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(html_of(View("temporal-order", CELLS, EXAMPLES["temporal-order"])), encoding="utf-8")
    file = open_file(path)
    button = file.page.locator("[data-opening-step]").first
    expect(button).to_have_text("X")
    button.click()
    assert file.step == EXAMPLES["temporal-order"].index("X")
    expect(file.page.locator(ENDINGS)).to_have_count(len(CELLS))
