"""A text of 2,000 characters: a window goes along with the cursor, an overview shows the whole, no key is lost."""

from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, expect

from gateviz.figures.palette import LIGHT
from gateviz.figures.places import WINDOW
from tests.browser.app_page import App, Visit
from tests.browser.expected import layer
from tests.browser.long_passage import LINK, TEXT
from tests.browser.map_colours import colour_of, drawn

MIDDLE = f"{LINK}&step=1000&unit=11&diagram=unit&rows=unit"
# In every frame in which the widgets are there and the picture is not: how high what stands for it is.
HELD = """
window.held = [];
const look = () => {
  const widgets = document.querySelector(".st-key-controls");
  const picture = document.querySelector(".st-key-viewer, .skeleton");
  const place = widgets && parseFloat(getComputedStyle(widgets, "::after").height);
  if (widgets) window.held.push(picture ? picture.offsetHeight : place || 0);
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def cursor_place(app: App, cell: str) -> float:
    """Where the cursor stands on the plot, as a share of its width."""
    plot = app.map(cell, "hidden_state").bounding_box()
    cursor = app.page.locator(f"[data-maps={cell}] .map-cursor-bracket").bounding_box()
    assert plot
    assert cursor
    return (cursor["x"] + cursor["width"] / 2 - plot["x"]) / plot["width"]


def start(app: App) -> int:
    """The window's first step, as the frame of the overview shows it."""
    frame = app.viewer.locator(".overview-frame").evaluate("frame => [frame.style.left, frame.style.width]")
    left, width = (float(text.removesuffix("%")) / 100 * len(TEXT) for text in frame)
    assert round(width) == WINDOW
    return round(left)


def test_the_window_goes_along_with_the_cursor_and_shows_the_right_columns(look: Visit) -> None:
    app = look(MIDDLE)
    assert app.steps == 2000
    for step in (0, 3, 150, 1000, 1040, 1999, 1990, 700):
        app.go(step=step, unit=11)
        first = start(app)
        assert 0 <= first <= step < first + WINDOW <= 2000
        assert cursor_place(app, "lstm") == pytest.approx((step - first + 0.5) / WINDOW, abs=0.006)
        for signal in ("hidden_state", "forget_gate"):
            assert app.number(f".curve [data-cell=lstm][data-signal={signal}]") == pytest.approx(
                layer("lstm", TEXT)[signal][0, step, 11], rel=1e-4, abs=1e-6
            )
            expected = colour_of(LIGHT, signal, layer("lstm", TEXT)[signal][0, step, 77], 1.0)
            assert drawn(app, "lstm", signal, step, 77) == pytest.approx(expected, abs=8)
    view = app.map("lstm", "hidden_state")
    canvas, window = view.locator("canvas").bounding_box(), view.bounding_box()
    assert canvas
    assert window
    shift = (window["x"] - canvas["x"]) / canvas["width"] * 2000
    assert shift == pytest.approx(start(app), abs=0.5), "the canvas lies where the frame says"
    app.picture("long-1440-light")


def test_inside_the_window_nothing_scrolls_and_at_its_edge_it_does(look: Visit) -> None:
    app = look(MIDDLE)
    first = start(app)
    for _ in range(20):
        app.page.keyboard.press("ArrowRight")
    assert start(app) == first
    for _ in range(60):
        app.page.keyboard.press("ArrowRight")
    assert (app.step, start(app) > first) == (1080, True)
    visible = app.viewer.locator(".token.current").evaluate(
        """token => { const [box, row] = [token, token.closest('.tokens')].map((e) => e.getBoundingClientRect());
                      return box.top >= row.top - 1 && box.bottom <= row.bottom + 1; }"""
    )
    assert visible, "the tokens scroll along"


def test_a_click_in_the_window_and_a_drag_on_the_overview_go_there(look: Visit) -> None:
    app = look(MIDDLE)
    first = start(app)
    view = app.map("rnn", "hidden_state").bounding_box()
    assert view
    app.page.mouse.click(view["x"] + (30.5 / WINDOW) * view["width"], view["y"] + 5.5)
    assert app.step == first + 30
    strip = app.viewer.locator(".overview").bounding_box()
    assert strip
    app.page.mouse.move(strip["x"] + strip["width"] * app.step / 2000, strip["y"] + 17)
    app.page.mouse.down()
    app.page.mouse.move(strip["x"] + strip["width"] * 0.8, strip["y"] + 17, steps=5)
    app.page.mouse.up()
    assert app.step == pytest.approx(1600, abs=6)
    assert start(app) <= app.step < start(app) + WINDOW


def across(app: App, step: float) -> tuple[float, float]:
    """Where a step stands on the strip."""
    strip = app.viewer.locator(".overview").bounding_box()
    assert strip
    return strip["x"] + strip["width"] * (step + 0.5) / 2000, strip["y"] + 17


def drag(app: App, here: float, there: float) -> None:
    app.page.mouse.move(*across(app, here))
    app.page.mouse.down()
    app.page.mouse.move(*across(app, there), steps=6)
    app.page.mouse.up()


def test_the_frame_is_dragged_and_the_cursor_stays_where_it_is(look: Visit) -> None:
    app = look(MIDDLE)
    first = start(app)
    drag(app, first + 20, first + 620)
    moved = start(app)
    assert app.step == 1000
    assert moved == pytest.approx(first + 600, abs=3)
    assert not app.page.locator("[data-maps=lstm] .map-cursor-lane").is_visible(), "it is not in the window"
    assert not app.viewer.locator("[data-panel=lstm] .curve-cursor").is_visible()
    expected = colour_of(LIGHT, "hidden_state", layer("lstm", TEXT)["hidden_state"][0, moved + 5, 77], 1.0)
    assert drawn(app, "lstm", "hidden_state", moved + 5, 77) == pytest.approx(expected, abs=8)
    view = app.map("lstm", "hidden_state")
    canvas, window = view.locator("canvas").bounding_box(), view.bounding_box()
    assert canvas
    assert window
    assert (window["x"] - canvas["x"]) / canvas["width"] * 2000 == pytest.approx(moved, abs=0.5)
    app.picture("long-window-1440-light")
    app.page.keyboard.press("ArrowRight")
    assert app.step == 1001, "the keys step on from the cursor"
    assert start(app) <= 1001 < start(app) + WINDOW, "and the window comes back to it"
    expect(app.page.locator("[data-maps=lstm] .map-cursor-lane")).to_be_visible()


def test_a_click_on_the_strip_moves_the_cursor_inside_the_frame_or_outside(look: Visit) -> None:
    app = look(MIDDLE)
    first = start(app)
    app.page.mouse.click(*across(app, first + 40))
    assert app.step == pytest.approx(first + 40, abs=2)
    assert start(app) == first
    app.page.mouse.click(*across(app, 300))
    assert app.step == pytest.approx(300, abs=2)
    drag(app, 1500, 1700)
    assert app.step == pytest.approx(1700, abs=2), "a drag from outside the frame takes the cursor along"
    here = app.step
    drag(app, start(app) + 5, -500)
    assert (start(app), app.step) == (0, here), "no further than the beginning"
    app.page.mouse.click(*across(app, 20))
    assert app.step == pytest.approx(20, abs=2)


def test_the_window_is_moved_by_keys_too(look: Visit) -> None:
    app = look(MIDDLE)
    first = start(app)
    app.page.keyboard.press("Shift+ArrowRight")
    assert (app.step, start(app)) == (1000, first + WINDOW // 5)
    app.page.keyboard.press("Shift+End")
    assert start(app) == 2000 - WINDOW
    app.page.keyboard.press("Shift+Home")
    assert (app.step, start(app)) == (1000, 0)
    frame = app.viewer.locator(".overview-frame")
    frame.focus()
    app.page.keyboard.press("ArrowRight")
    assert (app.step, start(app)) == (1000, WINDOW // 5)
    assert frame.get_attribute("aria-valuetext") == f"steps {WINDOW // 5 + 1} to {WINDOW // 5 + WINDOW} of 2000"
    app.viewer.locator("[data-token='4']").click()
    assert (app.step, start(app)) == (4, 0)


def test_a_short_text_has_no_overview(look: Visit) -> None:
    app = look()
    expect(app.viewer.locator(".overview")).to_have_count(0)


@pytest.mark.parametrize("begin", [0, 127], ids=["at its start", "where the window scrolls"])
def test_each_key_is_a_step_and_none_is_lost(look: Visit, begin: int) -> None:
    app = look(MIDDLE)
    app.go(step=begin)
    assert app.press_at_once("ArrowRight", 40) == list(range(begin + 1, begin + 41))


def test_while_its_numbers_are_worked_out_the_place_of_the_picture_is_held(
    newcomer: BrowserContext, server: str
) -> None:
    page = newcomer.new_page()
    page.add_init_script(HELD)
    unseen = quote(TEXT[::-1])  # which no test has asked for: nothing of it is kept
    page.goto(f"{server}/?task=timemachine&text={unseen}")
    page.locator("[data-gateviz=viewer][data-steps]").wait_for()
    held = page.evaluate("window.held")
    assert held
    assert min(held) > 400
