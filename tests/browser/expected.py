"""What the library computes, held against what the page shows."""

from functools import cache

import pytest

import gateviz
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.examples import EXAMPLES
from gateviz.results.answers import expected_next
from gateviz.results.trace import CELLS, LayerTrace, Trace
from gateviz.viewer.packing.picture import MAPPED, SHOWN
from tests.browser.app_page import App

EXAMPLE = EXAMPLES["timemachine"]
SIGNS = str.maketrans({"␣": " ", "↵": "\n"})


@cache
def model(cell: str) -> SequenceModel:
    return gateviz.load_pretrained("timemachine", cell)


@cache
def trace(cell: str, text: str) -> Trace:
    return model(cell).trace(text)


def layer(cell: str, text: str = EXAMPLE) -> LayerTrace:
    return trace(cell, text).layer(0)


def check_numbers(app: App, text: str, unit: int) -> None:
    """Every number on the page at its current step equals the library's, with this unit chosen."""
    app.go(unit=unit)
    step = app.step
    for cell in CELLS:
        for signal in SHOWN[cell]:
            shown = app.number(f".curve [data-cell={cell}][data-signal={signal}][data-unit='{unit}']")
            assert shown == pytest.approx(layer(cell, text)[signal][0, step, unit], rel=1e-4, abs=1e-7)
        expected = expected_next(model(cell).logits_of(trace(cell, text)), model(cell).outputs, tuple(text))
        rows = app.page.locator(f"[data-panel={cell}] [data-guess]")
        assert rows.count() == 5
        tokens = [token.translate(SIGNS) for token in rows.locator(".guess-token").all_inner_texts()]
        assert tokens == list(expected.guesses[step])
        values = [float(v.get_attribute("data-value") or "nan") for v in rows.locator(".guess-value").all()]
        assert values == pytest.approx(list(expected.probabilities[step]), rel=1e-4)
        verdict = app.page.locator(f"[data-panel={cell}] .verdict")
        if step + 1 < len(text):
            assert float(verdict.get_attribute("data-value") or "nan") == pytest.approx(
                expected.probability[step], rel=1e-4
            )
            assert f"{expected.surprise[step]:.1f} bits" in verdict.inner_text()


def check_cursor(app: App) -> None:
    """The cursor of the heatmaps stands on the column of the current step."""
    for cell in CELLS:
        plot = app.map(cell, MAPPED[cell][0]).bounding_box()
        cursor = app.page.locator(f"[data-maps={cell}] .map-cursor-bracket").bounding_box()
        assert plot
        assert cursor
        middle = cursor["x"] + cursor["width"] / 2 - plot["x"]
        assert middle == pytest.approx((app.step + 0.5) * plot["width"] / app.steps, abs=2.5)
