"""A person steps through a sentence by keys, by the slider, by a click; the step is the browser's own."""

from playwright.sync_api import BrowserContext, expect

from tests.browser.app_page import App, Visit
from tests.browser.expected import EXAMPLE, check_cursor, check_numbers, layer


def test_a_typed_sentence_is_stepped_through_with_the_keyboard(visit: Visit) -> None:
    app = visit()
    text = "Shall I tell you what he said? Never!"
    app.type(text)
    assert app.steps == len(text)
    app.page.keyboard.press("Home")
    app.wait_for_step(0)
    unit = app.unit
    check_numbers(app, text, unit)
    before = app.page.locator("[data-maps=lstm] .map-cursor-bracket").bounding_box()
    for _ in range(7):
        app.page.keyboard.press("ArrowRight")
    app.page.keyboard.press("ArrowLeft")
    assert app.step == 6
    assert app.viewer.locator(".token.current").get_attribute("data-token") == "6"
    assert app.page.locator("[data-maps=lstm] .map-cursor-bracket").bounding_box() != before
    check_numbers(app, text, unit)
    check_cursor(app)
    app.page.keyboard.press("End")
    assert app.step == len(text) - 1
    check_numbers(app, text, unit)
    app.page.keyboard.press("ArrowRight")
    assert app.step == len(text) - 1
    app.page.keyboard.press("Home")
    assert app.step == 0


def test_a_step_is_shown_before_the_server_can_have_heard_of_it(look: Visit) -> None:
    app = look()
    app.go(step=0)
    assert app.press_at_once("ArrowRight", 40) == list(range(1, 41)), "and no key is lost"


def test_stepping_asks_the_server_for_nothing(visit: Visit) -> None:
    app = visit()
    requests: list[str] = []
    app.page.on("request", lambda request: requests.append(request.url))
    for _ in range(10):
        app.page.keyboard.press("ArrowRight")
    app.wait_for_address(f"step={app.step}")
    app.settle()
    assert requests == []


def test_space_plays_and_pauses(newcomer: BrowserContext, server: str) -> None:
    app = App(newcomer.new_page(), server).open("/?step=0")
    play = app.viewer.locator("[data-action=play]")
    newcomer.clock.install()
    app.page.keyboard.press(" ")
    newcomer.clock.run_for(1500)
    assert app.step >= 4, "a step each 350 ms"
    expect(play).to_have_attribute("aria-label", "Pause (Space)")
    app.page.keyboard.press(" ")
    expect(play).to_have_attribute("aria-label", "Play (Space)")
    stopped = app.step
    newcomer.clock.run_for(5000)
    assert app.step == stopped


def test_the_slider_and_a_token_go_there_and_the_keys_go_on_from_there(look: Visit) -> None:
    app = look()
    app.viewer.locator("[data-token='11']").click()
    assert app.step == 11
    app.page.keyboard.press("ArrowRight")
    assert app.step == 12
    app.viewer.locator("input[type=range]").fill("3")
    assert app.step == 3


def test_typing_never_steps(visit: Visit) -> None:
    app = visit()
    step = app.step
    box = app.page.locator(".st-key-sentence input")
    box.click()
    for key in ("Home", "ArrowRight", "ArrowRight", "x", " ", "ArrowLeft", "End"):
        box.press(key)
    assert app.step == step


def test_a_click_on_a_heatmap_picks_the_unit_and_the_step(look: Visit) -> None:
    app = look("/?rows=unit")
    target = app.map("gru", "update_gate")
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box
    step, unit = 5, 120
    app.page.mouse.click(box["x"] + (step + 0.5) * box["width"] / app.steps, box["y"] + unit + 0.5)
    assert (app.step, app.unit) == (step, unit)
    check_numbers(app, EXAMPLE, unit)
    shown = app.number(f"svg [data-cell=lstm][data-signal=forget_gate][data-unit='{unit}']")
    assert abs(shown - layer("lstm")["forget_gate"][0, step, unit]) < 1e-4
