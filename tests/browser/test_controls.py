"""Layer and direction of the models that have several stand in a row that is there: no picture moves for them."""

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from tests.browser.app_page import App, Visit

SIZES = [(1440, 900, "zh"), (1280, 720, "en"), (390, 844, "en")]
CHOICES = {"sentiment": "direction", "tang": "layer"}
OTHERS = ("task", "sentence", "upload", "cells", "language", "take_away")


def box(place: Locator) -> FloatRect:
    found = place.bounding_box()
    assert found, place
    return found


def apart(one: FloatRect, other: FloatRect) -> bool:
    return (
        one["x"] + one["width"] <= other["x"]
        or other["x"] + other["width"] <= one["x"]
        or one["y"] + one["height"] <= other["y"]
        or other["y"] + other["height"] <= one["y"]
    )


@pytest.mark.parametrize(("width", "height", "language"), SIZES)
@pytest.mark.parametrize("path", ["/", "/gradients"])
def test_the_choice_covers_nothing_and_pushes_nothing_down(
    visit: Visit, path: str, width: int, height: int, language: str
) -> None:
    app = visit(f"{path}?task=agreement&lang={language}", width, height)
    below = app.page.locator("[data-gateviz=viewer]" if path == "/" else ".st-key-settings")
    without = box(below)["y"]
    for task, key in CHOICES.items():
        app.open(f"{path}?task={task}&lang={language}")
        choice = app.page.locator(f".st-key-{key}")
        choice.locator("button").first.wait_for()
        assert box(below)["y"] == without, "the picture stands where it stood"
        check_apart(app, box(choice), width)
        app.picture(f"choice-{key}-{width}-{path.strip('/') or 'step'}-{language}")


def check_apart(app: App, choice: FloatRect, width: int) -> None:
    assert choice["x"] >= 0
    assert choice["x"] + choice["width"] <= width
    for other in OTHERS:
        place = app.page.locator(f".st-key-{other}")
        inner = place.locator("input[type=text], button") if other in ("sentence", "take_away") else place
        if inner.first.is_visible():
            assert apart(choice, box(inner.first)), other


@pytest.mark.parametrize(("width", "height"), [size[:2] for size in SIZES])
def test_another_task_is_chosen_without_a_jump_and_the_choice_does_what_it_says(
    visit: Visit, width: int, height: int
) -> None:
    app = visit("/?task=agreement&lang=en", width, height)
    before = box(app.viewer)["y"]
    app.page.locator(".st-key-task input").first.click()
    app.page.get_by_role("option", name="Sentiment (English)", exact=True).click()
    expect(app.page.locator(".st-key-direction button").first).to_be_visible()
    app.settle()
    assert box(app.viewer)["y"] == before
    app.page.locator(".st-key-direction button", has_text="Reverse").click()
    app.wait_for_address("direction=reverse")
    assert box(app.viewer)["y"] == before
