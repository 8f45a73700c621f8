"""The address bar at any moment opens the picture that is on the screen, in a browser that has seen none before."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.app_page import App, Visit


def picture(app: App) -> dict[str, Any]:
    """All that is to be the same elsewhere: where it stands, how it looks, and every number of it."""
    viewer = app.viewer
    chosen = {name: viewer.locator(f"[data-option={name}]").input_value() for name in ("rows", "colour")}
    numbers = viewer.locator("[data-signal][data-cell]").evaluate_all(
        "all => all.map(({ dataset, textContent }) =>"
        " [dataset.cell, dataset.signal, dataset.unit, dataset.value, textContent])"
    )
    return {
        "step": app.step,
        "tokens": app.tokens(),
        "unit": app.unit,
        "one": viewer.locator("[data-option=one]").get_attribute("aria-pressed"),
        "language": app.page.locator("html").get_attribute("lang"),
        "numbers": numbers,
        **chosen,
    }


def link_of(app: App) -> str:
    app.settle()  # the server has written its part
    app.view()  # who asks for it takes a link: the viewer writes the rest
    return app.page.url.removeprefix(app.server)


def check_link(visit: Visit, app: App) -> None:
    link, here = link_of(app), picture(app)
    elsewhere = visit(link)
    assert elsewhere.notices() == []
    assert picture(elsewhere) == here, link


def test_the_address_holds_step_and_unit_before_anything_is_touched(visit: Visit) -> None:
    app = visit()
    app.wait_for_address(f"step={app.step}&unit={app.unit}")


def test_the_unit_that_stays_when_an_architecture_goes_is_in_the_link(visit: Visit) -> None:
    app = visit()
    for cell in ("RNN", "LSTM"):
        app.page.locator(".st-key-cells button", has_text=cell).click()
        expect(app.viewer.locator(f"[data-panel={cell.lower()}]")).to_have_count(0)
    check_link(visit, app)


def test_one_unit_the_rows_and_the_colour_are_in_the_link(visit: Visit) -> None:
    app = visit("/?task=sentiment&direction=reverse&lang=zh")
    app.choose_unit(37)
    app.choose("rows", "half_life")
    app.choose("colour", "gru:update_gate")
    app.page.keyboard.press("Home")
    app.page.keyboard.press("ArrowRight")
    check_link(visit, app)
    app.viewer.locator("[data-option=all]").click()
    check_link(visit, app)


def test_another_sentence_shows_its_own_liveliest_unit_until_one_was_chosen(visit: Visit) -> None:
    app = visit("/?text=He%20said%20so.")
    app.wait_for_address("unit=")
    app.type("Not a word.")
    liveliest = visit("/?text=Not%20a%20word.").unit
    assert app.unit == liveliest
    assert f"unit={liveliest}" in link_of(app)


def test_leaving_the_lessons_brings_back_all_units_where_all_were_shown(visit: Visit) -> None:
    app = visit("/?text=My%20own%20words.&unit=12&step=5")
    before = picture(app)
    app.page.locator("[data-action=open]").click()
    app.page.locator("[data-lesson='1.1'] [data-action=next]").click()
    expect(app.page.locator("[data-lesson]")).to_have_attribute("data-lesson", "1.2")
    expect(app.viewer.locator(".unit-box")).to_have_value("4")
    app.page.locator("[data-action=close]").click()
    app.wait_for_text("My own words.")
    app.wait_for_step(5)
    expect(app.viewer.locator(".unit-box")).to_have_value("12")
    assert picture(app) == before
