"""After a choice the arrow keys step again: by mouse or Enter it brings the focus to the picture, by Tab it stays."""

from collections.abc import Callable
from urllib.parse import quote

from playwright.sync_api import expect

from tests.browser.app_page import App, Visit
from tests.browser.long_passage import TEXT

LINK = "/?text=He%20said%20so.&step=3"
MOMENT = 60  # ms; the focus comes so long after a choice


def choose_rows(app: App) -> None:
    rows = app.viewer.locator("[data-option=rows]")
    rows.dispatch_event("pointerdown", {"bubbles": True, "composed": True})
    rows.focus()  # as a click leaves it; the list that it opens is the system's own
    rows.select_option("activity")


def choose_fewer_architectures(app: App) -> None:
    app.page.locator(".st-key-cells button", has_text="RNN").click()
    expect(app.viewer.locator("svg[data-cell]")).to_have_count(2)


def choose_task(app: App) -> None:
    app.page.locator(".st-key-task input").click()
    app.page.get_by_role("option", name="The Time Machine, equal").first.click()
    app.wait_for_address("task=timemachine-equal")


CHOICES: dict[str, Callable[[App], None]] = {
    "an order of the rows": choose_rows,
    "an architecture less": choose_fewer_architectures,
    "a task": choose_task,
    "a language": lambda app: app.speak("zh"),
}
BOXES = (".st-key-task input", ".unit-box", ".st-key-sentence input")


def check_that_the_arrows_step(app: App) -> None:
    expect(app.viewer).to_be_focused()
    app.settle()
    expect(app.viewer).to_be_focused()
    step = app.step
    app.page.keyboard.press("ArrowRight")
    assert app.step == step + 1


def test_after_a_choice_by_mouse_the_arrows_step(visit: Visit) -> None:
    app = visit(LINK)
    for choose in CHOICES.values():
        choose(app)
        check_that_the_arrows_step(app)


def test_enter_ends_a_choice_and_the_arrows_step(visit: Visit) -> None:
    app = visit(LINK)
    for box in BOXES:
        app.page.locator(box).click()
        app.page.keyboard.press("Enter")
        check_that_the_arrows_step(app)


def test_an_input_methods_enter_leaves_the_box_alone(visit: Visit) -> None:
    app = visit(LINK)
    box = app.page.locator(".st-key-sentence input")
    box.click()
    box.evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))"
    )
    app.let_timers_run(2 * MOMENT)
    expect(box).to_be_focused()


def test_who_chooses_by_keys_stays_there_and_letters_are_still_the_pages(visit: Visit) -> None:
    app = visit(LINK)
    chinese = app.page.locator(".st-key-language button", has_text="中文")
    chinese.focus()
    app.page.keyboard.press(" ")
    expect(app.viewer.locator("[data-action=play]")).to_have_attribute("aria-label", "播放（空格）")
    app.settle()
    app.let_timers_run(2 * MOMENT)
    expect(chinese).to_be_focused()
    app.page.keyboard.press("l")
    expect(app.page.locator("html")).to_have_attribute("data-gateviz-lecture", "")


def test_what_plays_goes_on_in_another_language(visit: Visit) -> None:
    app = visit(f"/?text={quote(TEXT[:300])}&step=0")
    app.page.keyboard.press(" ")
    app.page.locator(".st-key-language button", has_text="中文").click()
    playing = app.viewer.locator("[data-action=play]")
    expect(playing).to_have_attribute("aria-label", "暂停（空格）")
    expect(app.viewer).not_to_have_attribute("data-step", str(app.step))
    app.page.keyboard.press(" ")
    expect(playing).to_have_attribute("aria-label", "播放（空格）")
