"""After a choice the arrow keys step again: by mouse or Enter it brings the focus to the picture, by Tab it stays."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import App

Visit = Callable[..., App]
LINK = "/?text=He%20said%20so.&step=3"


def choose_task(app: App) -> None:
    app.page.locator(".st-key-task input").click()
    app.page.get_by_role("option", name="The Time Machine, equal").first.click()


def choose_rows(app: App) -> None:
    rows = app.viewer.locator("[data-option=rows]")
    rows.dispatch_event("pointerdown", {"bubbles": True, "composed": True})
    rows.focus()  # as a click leaves it; the list that it opens is the system's own
    rows.select_option("activity")


CHOICES: dict[str, Callable[[App], None]] = {
    "a language": lambda app: app.page.locator(".st-key-language button", has_text="中文").click(),
    "an architecture less": lambda app: app.page.locator(".st-key-cells button", has_text="RNN").click(),
    "a task": choose_task,
    "an order of the rows": choose_rows,
}


@pytest.mark.parametrize("choice", CHOICES)
def test_after_a_choice_by_mouse_the_arrows_step(visit: Visit, choice: str) -> None:
    app = visit(LINK)
    CHOICES[choice](app)
    expect(app.viewer).to_be_focused()
    app.settle()
    app.page.wait_for_timeout(600)  # nothing takes the focus away again
    app.page.keyboard.press("ArrowRight")
    assert app.step == 4


@pytest.mark.parametrize("box", [".st-key-task input", ".unit-box", ".st-key-sentence input"])
def test_enter_ends_a_choice_and_the_arrows_step(visit: Visit, box: str) -> None:
    app = visit(LINK)
    app.page.locator(box).click()
    app.page.keyboard.press("Enter")
    expect(app.viewer).to_be_focused()
    app.page.keyboard.press("ArrowRight")
    assert app.step == 4


def test_an_input_methods_enter_leaves_the_box_alone(visit: Visit) -> None:
    app = visit(LINK)
    box = app.page.locator(".st-key-sentence input")
    box.click()
    box.evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))"
    )
    app.page.wait_for_timeout(300)
    expect(box).to_be_focused()


def test_who_chooses_by_keys_stays_there_and_letters_are_still_the_pages(visit: Visit) -> None:
    app = visit(LINK)
    chinese = app.page.locator(".st-key-language button", has_text="中文")
    chinese.focus()
    app.page.keyboard.press(" ")
    expect(app.viewer.locator("[data-action=play]")).to_have_attribute("aria-label", "播放（空格）")
    app.page.wait_for_timeout(300)
    expect(chinese).to_be_focused()
    app.page.keyboard.press("l")
    expect(app.page.locator("html")).to_have_attribute("data-gateviz-lecture", "")


def test_what_plays_goes_on_in_another_language(visit: Visit) -> None:
    app = visit("/?text=He%20said%20so%2C%20and%20smiled%20at%20us%20once%20again.&step=0")
    app.page.keyboard.press(" ")
    app.page.locator(".st-key-language button", has_text="中文").click()
    playing = app.viewer.locator("[data-action=play]")
    expect(playing).to_have_attribute("aria-label", "暂停（空格）")
    step = app.step
    app.page.wait_for_timeout(1200)
    assert app.step > step
    app.page.keyboard.press(" ")
    expect(playing).to_have_attribute("aria-label", "播放（空格）")
