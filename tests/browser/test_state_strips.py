"""The strips at the ends of the diagrams: every unit's state before and after the step, in the colours of the maps."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from gateviz.figures.palette import DARK, LIGHT, Palette
from gateviz.figures.places import state_limit
from gateviz.results.trace import CELLS
from gateviz.viewer.packing.picture import SHOWN, orders_of
from tests.browser.app_page import App, Visit
from tests.browser.expected import EXAMPLE, layer
from tests.browser.map_colours import PIXEL, colour_of
from tests.browser.take_away_dialog import SVG, open_dialog, parsed, saved

LINK = "/?step=20&unit=7&rows=unit"
STATES = {"rnn": ("hidden_state",), "lstm": ("cell_state", "hidden_state"), "gru": ("hidden_state",)}
ROWS = 64  # of the strip of 256 units, in four columns
FEW = 32  # and of that of the few units that stand for all, in one


def strip(app: App, cell: str, signal: str, when: str) -> Locator:
    return app.page.locator(f"[data-panel={cell}] [data-strip={signal}][data-when={when}]")


def check(app: App, cell: str, step: int, units: np.ndarray, palette: Palette, rows: list[int] | None = None) -> None:
    for signal in STATES[cell]:
        states = layer(cell)[signal][0]
        limit = state_limit(states) if signal == "cell_state" else 1.0
        for when, values in (("now", states[step]), ("before", states[step - 1] if step else np.zeros(256))):
            for unit in units.tolist():
                column, row = divmod(rows.index(unit) if rows else unit, ROWS)
                expected = colour_of(palette, signal, values[unit], limit)
                assert strip(app, cell, signal, when).evaluate(PIXEL, [column, row]) == pytest.approx(expected, abs=8)


@pytest.mark.parametrize(("scheme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_a_strip_has_every_units_state_before_and_after_the_step(look: Visit, scheme: str, palette: Palette) -> None:
    app = look(LINK, color_scheme=scheme)
    draw = np.random.default_rng(7)
    for key, step in (("ArrowRight", 21), ("Home", 0), ("End", len(EXAMPLE) - 1)):
        app.page.keyboard.press(key)
        for cell in CELLS:
            check(app, cell, step, draw.integers(256, size=5), palette)


def test_it_stands_in_the_order_of_the_rows_and_a_click_picks_the_unit(visit: Visit) -> None:
    app = visit(LINK)
    app.choose("rows", "activity")
    rows = orders_of("gru", {name: layer("gru")[name][0] for name in SHOWN["gru"]})["activity"]
    check(app, "gru", 20, np.array([3, 99, 255]), LIGHT, rows)
    target = strip(app, "gru", "hidden_state", "now")
    box = target.bounding_box()
    assert box
    target.click(position={"x": 2.5 / 4 * box["width"], "y": 40.5 / ROWS * box["height"]})
    picked = rows[2 * ROWS + 40]
    assert app.unit == picked
    mark = app.page.locator("[data-panel=gru] .strip-unit").last
    expect(mark).to_be_visible()
    place = mark.bounding_box()
    assert place
    assert place["y"] + place["height"] / 2 - box["y"] == pytest.approx(40.5 / ROWS * box["height"], abs=0.6)
    app.viewer.locator("[data-option=all]").click()
    expect(mark).to_be_hidden()


def test_a_strip_has_the_rows_of_the_maps(look: Visit) -> None:
    app = look("/?step=20&unit=7")
    signals = {name: layer("lstm")[name][0] for name in SHOWN["lstm"]}
    rows = orders_of("lstm", signals)["few"]
    for signal in STATES["lstm"]:
        limit = state_limit(signals[signal]) if signal == "cell_state" else 1.0
        shown = strip(app, "lstm", signal, "now")
        assert shown.evaluate("canvas => [canvas.width, canvas.height]") == [1, FEW]
        for row in (0, 13, FEW - 1):
            expected = colour_of(LIGHT, signal, signals[signal][20, rows[row]], limit)
            assert shown.evaluate(PIXEL, [0, row]) == pytest.approx(expected, abs=8)


@pytest.mark.parametrize("width", [390, 1440])
def test_the_strips_stand_inside_the_screen_and_beside_the_drawing(look: Visit, width: int) -> None:
    app = look(LINK, width=width)
    diagram = app.page.locator("svg[data-cell=lstm]").bounding_box()
    assert diagram
    for signal in STATES["lstm"]:
        before, now = (strip(app, "lstm", signal, when).bounding_box() for when in ("before", "now"))
        assert before
        assert now
        assert diagram["x"] <= before["x"] < diagram["x"] + 6
        assert diagram["x"] + diagram["width"] - 6 < now["x"] + now["width"] <= diagram["x"] + diagram["width"]
        assert 0 <= before["x"] < now["x"] <= width - now["width"]
        assert diagram["y"] <= before["y"] < before["y"] + before["height"] <= diagram["y"] + diagram["height"]
    app.picture(f"strips-{width}-light")


def test_a_saved_diagram_has_its_strips(visit: Visit, tmp_path: Path) -> None:
    dialog = open_dialog(app := visit(LINK))
    dialog.locator("[data-take=cell]").select_option("lstm")
    tree = parsed(saved(app, dialog.locator("[data-take=svg]"), tmp_path))
    found = [(image.get("data-strip"), image.get("data-when")) for image in tree.iter(f"{SVG}image")]
    assert found == [(signal, when) for signal in STATES["lstm"] for when in ("before", "now")]
