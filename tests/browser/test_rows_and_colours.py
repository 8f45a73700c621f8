"""The rows of the maps, the text in the colours of a value: the browser draws both, from the library's numbers."""

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from gateviz.figures.palette import DARK, LIGHT, Palette
from gateviz.figures.places import state_limit
from gateviz.results.answers import expected_next
from gateviz.results.arrangement import arrange
from gateviz.results.trace import CELLS, CellName
from gateviz.viewer.packing.picture import MAPPED, SHOWN, orders_of
from tests.browser.app_page import App, Visit
from tests.browser.expected import EXAMPLE, layer, model
from tests.browser.map_colours import colour_of, drawn

LINK = "/?step=20&unit=7"
SCHEMES = (("light", LIGHT), ("dark", DARK))


def orders(cell: CellName) -> dict[str, list[int]]:
    """The rows of the example's maps, in each order."""
    return orders_of(cell, {name: layer(cell)[name][0] for name in SHOWN[cell]})


@pytest.mark.parametrize(("scheme", "palette"), SCHEMES)
def test_the_rows_of_every_map_are_those_that_were_chosen(visit: Visit, scheme: str, palette: Palette) -> None:
    app = visit(f"{LINK}&diagram=unit", color_scheme=scheme)
    for order in ("few", "cluster", "unit", "activity", "half_life"):
        app.choose("rows", order)
        draw = np.random.default_rng(len(order))
        for cell in CELLS:
            rows = orders(cell)[order]
            if order == "few":
                place = arrange({name: layer(cell)[name][0] for name in SHOWN[cell]}).groups[7]
                rows[place] = 7  # the chosen unit stands for its own group
            for signal in MAPPED[cell] if order == "few" else SHOWN[cell]:
                values = layer(cell)[signal][0]
                limit = state_limit(values) if signal == "cell_state" else 1.0
                for step, row in zip(
                    draw.integers(len(EXAMPLE), size=3), draw.integers(len(rows), size=3), strict=True
                ):
                    expected = colour_of(palette, signal, values[step, rows[row]], limit)
                    assert drawn(app, cell, signal, int(step), int(row)) == pytest.approx(expected, abs=8)
            view = app.map(cell, MAPPED[cell][0]).bounding_box()
            mark = app.page.locator(f"[data-maps={cell}] .map-row").first
            line = mark.bounding_box()
            assert view
            assert line
            assert mark.inner_text() == "7"
            assert line["y"] - view["y"] == pytest.approx((rows.index(7) + 0.5) * view["height"] / len(rows), abs=1)
        app.picture(f"rows-{order}-1440-{scheme}")


def test_a_click_on_a_row_picks_its_unit_and_nothing_is_lost(visit: Visit) -> None:
    app = visit("/?step=20")
    app.choose("rows", "cluster")
    assert app.step == 20
    rows = orders("gru")["cluster"]
    target = app.map("gru", "update_gate")
    target.scroll_into_view_if_needed()
    view = target.bounding_box()
    assert view
    app.page.mouse.click(view["x"] + 9.5 * view["width"] / app.steps, view["y"] + 31.5 / 256 * view["height"])
    assert (app.step, app.unit) == (9, rows[31])
    readout = app.page.locator("[data-maps=gru] .map-readout").inner_text()
    assert f"unit {rows[31]} " in readout
    assert read(readout) == pytest.approx(layer("gru")["update_gate"][0, 9, rows[31]], abs=0.00051)
    app.type("Another one.")
    app.choose("rows", "activity")
    app.speak("zh")
    assert app.viewer.locator("select[data-option=rows]").input_value() == "activity"


def read(text: str) -> float:
    """The number at the end of what is shown."""
    return float(re.split(r"[ ：]", text)[-1].replace("−", "-"))


def tints(app: App) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = app.viewer.evaluate(
        """root => [...root.querySelectorAll(".tokens .token")].map((token) => {
          const style = getComputedStyle(token);
          return { tinted: token.classList.contains("tinted"), current: token.classList.contains("current"),
                   background: style.backgroundColor, colour: style.color, title: token.title };
        })"""
    )
    return found


def channels(css: str) -> list[float]:
    return [float(part) for part in css.removeprefix("rgb(").removesuffix(")").split(",")]


def contrast(one: str, other: str) -> float:
    def luminance(css: str) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in np.array(channels(css)) / 255]
        return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("scheme", "palette"), SCHEMES)
def test_the_text_takes_the_colours_of_a_units_signal_and_can_be_read(
    visit: Visit, scheme: str, palette: Palette
) -> None:
    app = visit(LINK, color_scheme=scheme)
    for signal, symbol in (("forget_gate", "f"), ("cell_state", "c")):
        app.choose("colour", f"lstm:{signal}")
        values = layer("lstm")[signal][0]
        limit = state_limit(values) if signal == "cell_state" else 1.0
        for unit in (7, 90):
            app.go(unit=unit, step=20)
            for step, token in enumerate(tints(app)):
                assert token["tinted"]
                assert read(token["title"]) == pytest.approx(values[step, unit], abs=0.00051)
                assert contrast(token["background"], token["colour"]) >= 4.5
                if not token["current"]:
                    expected = colour_of(palette, signal, values[step, unit], limit)[:3]
                    assert channels(token["background"]) == pytest.approx(expected, abs=8)
        shown = app.viewer.locator(".tokens .token.current").get_attribute("title") or ""
        assert shown.startswith(f"{symbol} = ")
        assert read(shown) == pytest.approx(values[20, 90], abs=0.00051)
        app.picture(f"colour-{signal}-1440-{scheme}")


def test_by_default_a_token_is_as_dark_as_it_surprised_the_lstm_and_says_so_in_words(visit: Visit) -> None:
    app = visit(LINK)
    network = model("lstm")
    surprise = expected_next(network.logits(EXAMPLE), network.outputs, tuple(EXAMPLE)).surprise
    found = tints(app)
    assert not found[0]["tinted"], "nobody expected the first"
    for step in range(1, len(EXAMPLE)):
        assert found[step]["title"] == f"{surprise[step - 1]:.1f} bits"
    dark = [sum(channels(token["background"])) for token in found[1:] if not token["current"]]
    bits = [value for step, value in enumerate(surprise[:-1], start=1) if not found[step]["current"]]
    order = np.argsort(np.minimum(bits, 8), kind="stable")
    assert (np.diff(np.array(dark)[order]) <= 3).all(), "more bits, darker"
    expect(app.viewer.locator(".legend", has_text="surprise")).to_be_visible()
    app.choose("colour", "none")
    assert not any(token["tinted"] for token in tints(app))
    expect(app.viewer.locator(".legend", has_text="surprise")).to_be_hidden()
