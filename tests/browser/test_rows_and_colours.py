"""Rows in another order, the text in the colours of a value: the browser draws both, from the library's numbers."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

import gateviz
from gateviz.app.state.examples import EXAMPLES
from gateviz.figures.palette import DARK, LIGHT
from gateviz.figures.places import state_limit
from gateviz.results.answers import expected_next
from gateviz.results.statistics import cluster_order
from gateviz.results.trace import CELLS, LayerTrace
from gateviz.viewer.packing.picture import SHOWN, orders_of
from tests.browser.conftest import App
from tests.browser.test_export import colour_of

Visit = Callable[..., App]
EXAMPLE = EXAMPLES["timemachine"]
PIXEL = """(canvas, [x, y]) => [...canvas.getContext("2d").getImageData(x, y, 1, 1).data]"""


@cache
def layer(cell: str) -> LayerTrace:
    return gateviz.load_pretrained("timemachine", cell).trace(EXAMPLE).layer(0)


def choose(app: App, option: str, value: str) -> None:
    app.viewer.locator(f"select[data-option={option}]").select_option(value)


def drawn(app: App, cell: str, signal: str, step: int, row: int) -> Any:
    return app.page.locator(f".st-key-maps_{cell} [data-view={signal}] canvas").evaluate(PIXEL, [step, row])


@pytest.mark.parametrize(("order", "scheme"), [("activity", "light"), ("half_life", "light"), ("cluster", "dark")])
def test_the_rows_of_every_map_stand_in_the_order_that_was_chosen(visit: Visit, order: str, scheme: str) -> None:
    app = visit("/?step=20&unit=7", color_scheme=scheme)
    choose(app, "rows", order)
    draw = np.random.default_rng(len(order))
    palette = LIGHT if scheme == "light" else DARK
    for cell in CELLS:
        signals = {name: layer(cell)[name][0] for name in SHOWN[cell]}
        rows = orders_of(cell, signals)[order]
        if order == "cluster":
            assert rows == cluster_order(signals["hidden_state"]).tolist()
        for signal, values in signals.items():
            limit = state_limit(values) if signal == "cell_state" else 1.0
            for step, row in zip(draw.integers(len(EXAMPLE), size=3), draw.integers(256, size=3), strict=True):
                expected = colour_of(palette, signal, values[step, rows[row]], limit)
                assert drawn(app, cell, signal, int(step), int(row)) == pytest.approx(expected, abs=8)
        ends = app.page.locator(f".st-key-maps_{cell} .gateviz-rows").first.locator("span").all_inner_texts()
        assert ends == [str(rows[0]), str(rows[-1])]
        line = app.page.locator(f".st-key-maps_{cell} .gateviz-unit").first.bounding_box()
        view = app.page.locator(f".st-key-maps_{cell} .gateviz-view").first.bounding_box()
        assert line
        assert view
        middle = line["y"] + line["height"] / 2 - view["y"]
        assert middle == pytest.approx((rows.index(7) + 0.5) * view["height"] / 256, abs=1.5)
    app.picture(f"rows-{order}-1440-{scheme}")


def test_a_click_on_a_sorted_row_picks_its_unit_and_nothing_is_lost(visit: Visit) -> None:
    app = visit("/?step=20")
    choose(app, "rows", "cluster")
    assert app.step == 20
    view = app.page.locator(".st-key-maps_gru .gateviz-view").first.bounding_box()
    assert view
    rows = orders_of("gru", {name: layer("gru")[name][0] for name in SHOWN["gru"]})["cluster"]
    app.page.mouse.click(view["x"] + 9.5 * view["width"] / app.steps, view["y"] + 31.5)
    assert (app.step, app.viewer.locator(".unit-box").input_value()) == (9, str(rows[31]))
    readout = app.page.locator(".st-key-maps_gru .gateviz-readout").inner_text()
    assert f"unit {rows[31]} " in readout
    assert read(readout) == pytest.approx(layer("gru")["hidden_state"][0, 9, rows[31]], abs=0.00051)
    choose(app, "rows", "unit")
    expect(app.page.locator(".st-key-maps_gru .gateviz-view").first).to_be_hidden()
    app.type("Another one.")
    choose(app, "rows", "activity")
    app.page.locator(".st-key-language button", has_text="中文").click()
    app.page.wait_for_timeout(300)
    app.settle()
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("signal", ["forget_gate", "cell_state"])
def test_the_text_takes_the_colours_of_a_units_signal_and_can_be_read(visit: Visit, signal: str, scheme: str) -> None:
    app = visit("/?step=20&unit=7", color_scheme=scheme)
    choose(app, "colour", f"lstm:{signal}")
    values = layer("lstm")[signal][0]
    limit = state_limit(values) if signal == "cell_state" else 1.0
    palette = LIGHT if scheme == "light" else DARK
    for unit in (7, 90):
        app.go(unit=unit, step=20)
        for step, token in enumerate(tints(app)):
            assert token["tinted"]
            assert read(token["title"]) == pytest.approx(values[step, unit], abs=0.00051)
            assert contrast(token["background"], token["colour"]) >= 4.5
            if not token["current"]:
                expected = colour_of(palette, signal, values[step, unit], limit)[:3]
                assert channels(token["background"]) == pytest.approx(expected, abs=8)
    shown = app.viewer.locator(".tint-value").inner_text()
    assert shown.startswith({"forget_gate": "f = ", "cell_state": "c = "}[signal])
    assert read(shown) == pytest.approx(values[20, 90], abs=0.00051)
    app.picture(f"colour-{signal}-1440-{scheme}")


def test_by_default_a_token_is_as_dark_as_it_surprised_the_lstm_and_says_so_in_words(visit: Visit) -> None:
    app = visit("/?step=20")
    model = gateviz.load_pretrained("timemachine", "lstm")
    surprise = expected_next(model.logits(EXAMPLE), model.outputs, tuple(EXAMPLE)).surprise
    found = tints(app)
    assert not found[0]["tinted"], "nobody expected the first"
    for step in range(1, len(EXAMPLE)):
        assert found[step]["title"] == f"{surprise[step - 1]:.1f} bits"
    dark = [sum(channels(token["background"])) for token in found[1:] if not token["current"]]
    bits = [value for step, value in enumerate(surprise[:-1], start=1) if not found[step]["current"]]
    order = np.argsort(np.minimum(bits, 8), kind="stable")
    assert (np.diff(np.array(dark)[order]) <= 3).all(), "more bits, darker"
    expect(app.viewer.locator(".legend", has_text="surprise")).to_be_visible()
    choose(app, "colour", "none")
    assert not any(token["tinted"] for token in tints(app))
    expect(app.viewer.locator(".legend", has_text="surprise")).to_be_hidden()
