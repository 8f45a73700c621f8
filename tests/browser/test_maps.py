"""The heatmaps of the first screen: few rows, gates above states, all of them seen, and a cursor that tints nothing."""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

import gateviz
from gateviz.figures.palette import DARK, LIGHT, Palette
from gateviz.pretrained.examples import EXAMPLES
from gateviz.results.arrangement import MOST_ROWS, arrange
from gateviz.results.trace import CELLS, CellName
from gateviz.viewer.packing.picture import MAPPED, SHOWN
from tests.browser.app_page import App, Visit
from tests.browser.expected import layer
from tests.browser.map_colours import colour_of, drawn


def maps(app: App, cell: str) -> tuple[str, ...]:
    """The signals that have a map, from the top down."""
    found = app.page.locator(f"[data-maps={cell}] [data-map]").evaluate_all("all => all.map((e) => e.dataset.map)")
    return tuple(found)


def box_of(app: App, cell: str, signal: str) -> dict[str, float]:
    box = app.map(cell, signal).bounding_box()
    assert box
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1920, 1080)])
def test_every_gate_is_seen_without_scrolling_above_what_it_keeps(look: Visit, width: int, height: int) -> None:
    app = look(width=width, height=height)
    for cell in CELLS:
        assert maps(app, cell) == MAPPED[cell]
        foot = 0.0
        for signal in MAPPED[cell]:
            box = box_of(app, cell, signal)
            rows = app.map(cell, signal).locator("canvas").evaluate("canvas => canvas.height")
            assert rows == MOST_ROWS
            assert box["height"] >= 2 * rows, "each row can be seen"
            assert box["y"] > foot
            foot = box["y"] + box["height"]
        assert foot < height
        expect(app.page.locator(f"[data-maps={cell}] .map-note").first).to_have_text("32 of 256 units")
    assert app.viewer.locator(".curve").count() == 0, "no unit is chosen"
    app.picture(f"maps-{width}-light")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (1920, 1080)])
def test_the_whole_opening_is_seen_without_scrolling(visit: Visit, language: str, width: int, height: int) -> None:
    app = visit("", width=width, height=height, locale={"en": "en-US", "zh": "zh-CN"}[language])
    for cell in CELLS:
        assert maps(app, cell) == MAPPED[cell]
        last = box_of(app, cell, MAPPED[cell][-1])
        assert last["y"] + last["height"] < height
        assert last["height"] >= 1.5 * MOST_ROWS
    for part in (".opening-words", ".tokens", "[data-ending]", ".guesses"):
        for shown in app.viewer.locator(part).all():
            box = shown.bounding_box()
            assert box
            assert box["y"] + box["height"] < height
    app.picture(f"opening-{width}-{language}")


@pytest.mark.parametrize(("scheme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_the_cursor_is_seen_beside_the_data_and_tints_none(look: Visit, scheme: str, palette: Palette) -> None:
    app = look("/?step=20", color_scheme=scheme)
    app.page.mouse.move(5, 5)
    values = layer("lstm")["forget_gate"][0]
    rows = arrange({name: layer("lstm")[name][0] for name in SHOWN["lstm"]}).rows
    box = box_of(app, "lstm", "forget_gate")
    with Image.open(io.BytesIO(app.page.screenshot())) as shown:
        pixels = np.array(shown.convert("RGB")).astype(int)
    each = box["width"] / app.steps
    x = box["x"] + 20.5 * each
    for row in (3, 16, 30):
        y = box["y"] + (row + 0.5) * box["height"] / len(rows)
        expected = colour_of(palette, "forget_gate", values[20, rows[row]], 1.0)[:3]
        assert pixels[int(y), int(x)].tolist() == pytest.approx(expected, abs=8)
    page, ink = pixels[int(box["y"]) - 3, 3], [32, 36, 43] if scheme == "light" else [230, 232, 236]
    beside = pixels[int(box["y"] + box["height"]) + 6, int(x - each) - 3 : int(x + each) + 4]
    assert (np.abs(beside - ink).max(axis=1) < 30).sum() >= 3, "two lines, between this map and the next"
    assert (np.abs(beside - page).max(axis=1) < 30).sum() >= 1, "and the page between them"


def test_a_chosen_unit_stands_for_its_group_and_its_curves_come_below(look: Visit) -> None:
    app = look("/?step=20")
    before = {cell: box_of(app, cell, MAPPED[cell][0]) for cell in CELLS}
    found = {cell: arrange({name: layer(cell)[name][0] for name in SHOWN[cell]}) for cell in CELLS}
    unit = next(unit for unit in range(256) if all(unit not in each.rows for each in found.values()))
    app.choose_unit(unit)
    for cell in CELLS:
        assert box_of(app, cell, MAPPED[cell][0]) == before[cell], "nothing moves"
        row = int(found[cell].groups[unit])
        for signal in MAPPED[cell]:
            limit = 8.0 if signal == "cell_state" else 1.0
            expected = colour_of(LIGHT, signal, layer(cell)[signal][0, 33, unit], limit)
            assert drawn(app, cell, signal, 33, row) == pytest.approx(expected, abs=8)
        marks = app.page.locator(f"[data-maps={cell}] .map-row")
        assert marks.all_inner_texts() == [str(unit)] * len(MAPPED[cell])
        assert app.page.locator(f"[data-panel={cell}] .curve").count() == len(SHOWN[cell])
    app.picture("maps-unit-1440-light")
    app.viewer.locator("[data-option=all]").click()
    expect(app.viewer.locator(".curve")).to_have_count(0)
    expect(app.page.locator("[data-maps=lstm] .map-row").first).to_be_hidden()


def test_all_units_and_all_signals_are_one_click_away_and_in_the_link(visit: Visit) -> None:
    app = visit()
    app.choose("rows", "unit")
    for cell in CELLS:
        assert maps(app, cell) == SHOWN[cell]
        for signal in SHOWN[cell]:
            assert box_of(app, cell, signal)["height"] >= 256, "a pixel a unit"
    app.wait_for_address("rows=unit")
    again = visit(app.page.url.removeprefix(app.server))
    assert maps(again, "lstm") == SHOWN["lstm"]
    again.choose("rows", "few")
    assert maps(again, "lstm") == MAPPED["lstm"]
    again.page.wait_for_function("() => !location.search.includes('rows=')")


def test_a_lesson_that_points_at_another_signal_shows_its_map(look: Visit) -> None:
    app = look()
    app.go(cell="lstm", highlight="candidate")
    assert maps(app, "lstm") == SHOWN["lstm"]
    assert maps(app, "gru") == MAPPED["gru"]
    expect(app.page.locator("[data-maps=lstm] .map.lit [data-map]")).to_have_attribute("data-map", "candidate")
    app.go(step=3)
    assert maps(app, "lstm") == MAPPED["lstm"]


def test_a_units_curve_is_scaled_to_that_unit(look: Visit) -> None:
    text = EXAMPLES["counting"]
    cell: CellName = "lstm"
    states = gateviz.load_pretrained("counting", cell).trace(text).layer(0)["cell_state"][0]
    unit = int(np.abs(states).max(axis=0).argmax())
    app = look(f"/?task=counting&unit={unit}&diagram=unit")
    ends = app.page.locator("[data-panel=lstm] [data-curve=cell_state] .curve-ends span").all_inner_texts()
    high, low = (float(end.replace("−", "-")) for end in ends)
    assert high == pytest.approx(max(0, states[:, unit].max()), rel=0.01, abs=0.01)
    assert low == pytest.approx(min(0, states[:, unit].min()), rel=0.01, abs=0.01)
    ends = app.page.locator("[data-panel=lstm] [data-curve=forget_gate] .curve-ends span").all_inner_texts()
    assert ends == ["1", "0"]
    app.picture("curves-counting-1440-light")


def test_on_a_phone_the_maps_of_one_architecture_are_shown(look: Visit) -> None:
    app = look(width=390, height=844, has_touch=True)
    assert app.page.locator("[data-maps]:visible").count() == 1
    box = box_of(app, "lstm", "forget_gate")
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    app.picture("maps-390-light")


def test_plotlys_maps_lie_over_those_of_the_same_rows_and_steps_only(look: Visit) -> None:
    app = look("/?step=20")
    figure = {cell: app.page.locator(f"[class*=st-key-maps_{cell}_]") for cell in CELLS}
    for cell in CELLS:
        expect(figure[cell]).to_have_css("visibility", "visible")
        places = [box_of(app, cell, signal) for signal in MAPPED[cell]]
        images = [image.bounding_box() for image in figure[cell].locator(".heatmaplayer image").all()]
        for place, image in zip(places, images, strict=True):
            assert image
            assert [image[side] for side in place] == pytest.approx(list(place.values()), abs=1)  # type: ignore[literal-required]
    app.choose("rows", "cluster")
    for cell in CELLS:
        expect(figure[cell]).to_have_css("visibility", "hidden")
    app.choose("rows", "few")
    expect(figure["lstm"]).to_have_css("visibility", "visible")
    rows = arrange({name: layer("lstm")[name][0] for name in SHOWN["lstm"]}).rows.tolist()
    app.choose_unit(next(unit for unit in range(256) if unit not in rows))
    expect(figure["lstm"]).to_have_css("visibility", "hidden")
    app.choose_unit(rows[3])
    expect(figure["lstm"]).to_have_css("visibility", "visible")
    box = box_of(app, "lstm", "cell_state")
    app.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 16.5 * box["height"] / MOST_ROWS)
    assert app.unit == rows[16], "a click goes through to the map below"
