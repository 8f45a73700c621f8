"""The app opens with a picture: its own first one, that of a link, the one before."""

from playwright.sync_api import expect

from gateviz.results.trace import CELLS
from gateviz.viewer.packing.picture import SHOWN
from tests.browser.app_page import Visit
from tests.browser.expected import EXAMPLE, check_cursor, check_numbers


def test_the_page_opens_with_a_computed_picture(look: Visit) -> None:
    app = look()
    assert app.text() == EXAMPLE
    assert app.steps == len(EXAMPLE)
    for cell in CELLS:
        assert app.viewer.locator(f"svg[data-cell={cell}]").is_visible()
        assert app.page.locator(f".st-key-maps_{cell} .heatmaplayer image").count() == len(SHOWN[cell])
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
    app = visit("/?text=ok&task=../../etc&cells=tpu&layer=9&direction=up&step=1e9&unit=-4&lang=xx")
    assert (app.step < app.steps, app.steps) == (True, 2)
    assert app.viewer.locator("svg[data-cell]").count() == 3
    expect(app.notice).to_have_text(["Part of the link could not be used; this is the nearest picture."])
    app.page.keyboard.press("End")
    app.type("fine")
    expect(app.notice).to_have_count(0)


def test_back_returns_to_the_sentence_and_the_step(visit: Visit) -> None:
    app = visit()
    app.viewer.locator("[data-token='9']").click()
    app.wait_for_address("step=9")
    app.type("Another one.")
    assert (app.step, app.steps) == (0, 12)
    app.page.go_back()
    app.wait_for_text(EXAMPLE)
    app.wait_for_step(9)
    expect(app.page.locator(".st-key-sentence input")).to_have_value(EXAMPLE)


def test_on_a_phone_one_architecture_is_shown_and_nothing_overflows(look: Visit) -> None:
    app = look(width=390, height=844, has_touch=True)
    assert app.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    assert app.page.locator(".st-key-maps_lstm").is_visible()
    assert not app.page.locator(".st-key-maps_gru").is_visible()
    app.viewer.locator("[data-option=cell-gru]").tap()
    assert app.page.locator(".st-key-maps_gru").is_visible()
    app.viewer.locator("[data-action=on]").tap()
    app.picture("step-through-390-light")


def test_the_architecture_that_a_phone_shows_is_in_the_link(visit: Visit) -> None:
    app = visit("/", width=390, height=844, has_touch=True)
    assert "shown" not in app.page.url
    app.viewer.locator("[data-option=cell-gru]").tap()
    app.wait_for_address("shown=gru")
    again = visit(app.page.url.removeprefix(app.server), width=390, height=844, has_touch=True)
    expect(again.page.locator(".st-key-maps_gru")).to_be_visible()
    expect(again.page.locator(".st-key-maps_lstm")).to_be_hidden()
    wrong = visit("/?cells=rnn,lstm&shown=gru", width=390, height=844, has_touch=True)
    expect(wrong.page.locator(".st-key-maps_lstm")).to_be_visible()
    expect(wrong.notice).to_have_count(1)
