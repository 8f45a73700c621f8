"""Layer and direction of the models that have several stand in a row that is there: no picture moves for them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Locator

from tests.browser.conftest import App

Visit = Callable[..., App]
SIZES = [(1440, 900), (1280, 720), (390, 844)]


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


def choose_task(app: App, name: str) -> None:
    app.page.locator(".st-key-task input").first.click()
    app.page.get_by_role("option", name=name, exact=True).click()
    app.page.wait_for_timeout(500)
    app.settle()


@pytest.mark.parametrize(("task", "key"), [("sentiment", "direction"), ("tang", "layer")])
@pytest.mark.parametrize("path", ["/", "/gradients"])
@pytest.mark.parametrize(("width", "height", "language"), [(1440, 900, "zh"), (1280, 720, "en"), (390, 844, "en")])
def test_the_choice_covers_nothing_and_pushes_nothing_down(
    visit: Visit, width: int, height: int, path: str, task: str, key: str, language: str
) -> None:
    app = visit(f"{path}?task=agreement&lang={language}", width, height)
    below = app.page.locator("[data-gateviz=viewer]" if path == "/" else ".st-key-settings")
    without = box(below)["y"]
    app.page.goto(f"{app.server}{path}?task={task}&lang={language}")
    app.settle()
    app.page.locator(f".st-key-{key} button").first.wait_for()
    app.page.wait_for_timeout(400)
    choice = box(app.page.locator(f".st-key-{key}"))
    assert box(below)["y"] == without, "the picture stands where it stood"
    assert choice["x"] >= 0
    assert choice["x"] + choice["width"] <= width
    for other in ("task", "sentence", "upload", "cells", "language", "take_away"):
        place = app.page.locator(f".st-key-{other}")
        inner = place.locator("input[type=text], button") if other in ("sentence", "take_away") else place
        if inner.first.is_visible():
            assert apart(choice, box(inner.first)), other
    app.picture(f"choice-{key}-{width}-{path.strip('/') or 'step'}-{language}")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_another_task_is_chosen_without_a_jump_and_the_choice_does_what_it_says(
    visit: Visit, width: int, height: int
) -> None:
    app = visit("/?task=agreement&lang=en", width, height)
    before = box(app.viewer)["y"]
    choose_task(app, "Sentiment (English)")
    assert box(app.viewer)["y"] == before
    app.page.locator(".st-key-direction button", has_text="Reverse").click()
    app.page.wait_for_function("location.search.includes('direction=reverse')")
    assert box(app.viewer)["y"] == before
