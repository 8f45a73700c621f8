"""The app opens with a picture: its own first one, that of a link, the one before."""

import pytest
from playwright.sync_api import expect

from gateviz.pretrained.examples import EXAMPLES
from gateviz.results.trace import CELLS
from gateviz.viewer.packing.picture import MAPPED
from tests.browser.app_page import Visit
from tests.browser.expected import EXAMPLE, check_cursor, check_numbers


def test_the_page_opens_with_a_computed_picture(look: Visit) -> None:
    app = look()
    assert app.text() == EXAMPLE
    assert app.steps == len(EXAMPLE)
    for cell in CELLS:
        assert app.viewer.locator(f"svg[data-cell={cell}]").is_visible()
        shown = app.page.locator(f"[data-maps={cell}] [data-map]").evaluate_all("all => all.map((e) => e.dataset.map)")
        assert tuple(shown) == MAPPED[cell]
    check_cursor(app)
    check_numbers(app, EXAMPLE, app.unit)
    app.picture("step-through-1440-light")


def test_a_link_reopens_the_picture(visit: Visit) -> None:
    app = visit("/?text=Link%20me&cells=lstm,gru&step=4&unit=12")
    assert (app.step, app.steps, app.unit) == (4, 7, 12)
    assert app.viewer.locator("svg[data-cell]").count() == 2
    app.page.keyboard.press("ArrowRight")
    app.wait_for_address("step=5")
    again = visit(app.page.url.removeprefix(app.server))
    assert (again.step, again.tokens()) == (5, app.tokens())


def test_a_hostile_link_opens_the_nearest_picture_and_says_so(visit: Visit) -> None:
    app = visit("/?text=I%20speak&task=../../etc&cells=tpu&layer=9&direction=up&step=1e9&unit=-4&lang=xx")
    assert (app.step < app.steps, app.steps) == (True, 2)
    assert app.viewer.locator("svg[data-cell]").count() == 3
    expect(app.notice).to_have_text(["Part of the link could not be used; this is the nearest picture."])
    app.page.keyboard.press("End")
    app.type("I grew up")
    expect(app.notice).to_have_count(0)


def test_back_returns_to_the_sentence_and_the_step(visit: Visit) -> None:
    app = visit()
    app.viewer.locator("[data-token='9']").click()
    app.wait_for_address("step=9")
    app.type("Another one.")
    assert app.steps == 12
    app.page.go_back()
    app.wait_for_text(EXAMPLE)
    app.wait_for_step(9)
    expect(app.page.locator(".st-key-sentence input")).to_have_value(EXAMPLE)


def test_on_a_phone_one_architecture_is_shown_and_nothing_overflows(look: Visit) -> None:
    app = look(width=390, height=844, has_touch=True)
    assert app.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    assert app.page.locator("[data-maps=lstm]").is_visible()
    assert not app.page.locator("[data-maps=gru]").is_visible()
    app.viewer.locator("[data-option=cell-gru]").tap()
    assert app.page.locator("[data-maps=gru]").is_visible()
    app.viewer.locator("[data-action=on]").tap()
    app.picture("step-through-390-light")


@pytest.mark.parametrize(("locale", "task"), [("en-US", "hometown"), ("zh-CN", "hometown-zh")])
def test_the_bare_address_opens_the_hometown_of_the_browsers_language(visit: Visit, locale: str, task: str) -> None:
    app = visit("", locale=locale)
    assert app.viewer.get_attribute("data-text") == EXAMPLES[task]
    app.wait_for_address(f"task={task}&")
    expect(app.notice).to_have_count(0)


def test_the_architecture_that_a_phone_shows_is_in_the_link(visit: Visit) -> None:
    app = visit("/", width=390, height=844, has_touch=True)
    assert "shown" not in app.page.url
    app.viewer.locator("[data-option=cell-gru]").tap()
    app.wait_for_address("shown=gru")
    again = visit(app.page.url.removeprefix(app.server), width=390, height=844, has_touch=True)
    expect(again.viewer.locator("[data-maps=gru]")).to_be_visible()
    expect(again.viewer.locator("[data-maps=lstm]")).to_be_hidden()
    wrong = visit("/?cells=rnn,lstm&shown=gru", width=390, height=844, has_touch=True)
    expect(wrong.viewer.locator("[data-maps=lstm]")).to_be_visible()
    expect(wrong.notice).to_have_count(1)
