"""The controls stand in two rows, whatever a model has to choose and whatever is said of the text: no picture moves."""

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
    below = app.page.locator("[data-gateviz=viewer]" if path == "/" else ".st-key-saliency")
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


@pytest.mark.parametrize("width", [1024, 1280, 1920])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_row_is_one_line_of_one_height_and_a_models_name_is_not_cut(
    visit: Visit, width: int, language: str
) -> None:
    app = visit(f"/?task=timemachine-equal&lang={language}", width, 768)
    row = [box(app.page.locator(f".st-key-{key}")) for key in ("task", "sentence", "cells", "upload")]
    assert {(place["y"], place["height"]) for place in row} == {(row[0]["y"], row[0]["height"])}
    name = app.page.locator(".st-key-task input")
    assert name.evaluate("(input) => input.scrollWidth <= input.clientWidth")
    parts = app.viewer.locator(".segment.units, .choice select, [data-option=sorted]")
    places = [box(part) for part in parts.all()]
    assert {place["y"] for place in places} == {places[0]["y"]}
    assert {place["height"] for place in places} == {places[0]["height"]}
    play = box(app.viewer.locator("[data-action=play]"))
    assert play["y"] + play["height"] / 2 == pytest.approx(places[0]["y"] + places[0]["height"] / 2, abs=1)
    assert app.page.evaluate("document.querySelector('.stMain').scrollWidth") <= width


def test_a_notice_moves_nothing_and_can_be_put_away(visit: Visit) -> None:
    app = visit("/?task=timemachine&lang=en")
    stood = box(app.viewer)
    app.type("caf\u00e9 \u4f60\u597d")
    expect(app.notice).to_have_count(1)
    assert box(app.viewer)["y"] == stood["y"]
    app.page.locator(".st-key-put_away_notice button").click()
    expect(app.notice).to_have_count(0)
    assert box(app.viewer)["y"] == stood["y"]


def test_a_unit_is_typed_or_stepped_through_in_its_place_and_each_cell_is_said_to_have_its_own(visit: Visit) -> None:
    app = visit("/?task=timemachine&lang=en&unit=0")
    units = app.viewer.locator(".units")
    title = app.viewer.locator("[data-panel=gru] .panel-title .mark + strong")
    expect(title).to_have_text("GRU")
    app.choose_unit(12)
    expect(units.locator("[data-option=one]")).to_have_attribute("aria-pressed", "true")
    expect(title).to_have_text("GRU unit 12")
    units.get_by_label("The next unit").click()
    assert app.unit == 13
    app.choose_unit(0)
    units.get_by_label("The unit before").click()
    assert app.unit == 255
    assert "not unit 5 of another" in (units.locator(".unit-field").get_attribute("title") or "")
    units.locator("[data-option=all]").click()
    expect(title).to_have_text("GRU")
