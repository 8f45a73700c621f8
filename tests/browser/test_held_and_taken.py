"""What is held is taken away, and is held without the weights, too: the numbers are those of run_with."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

import gateviz
from gateviz import Clamp
from gateviz.results.trace import Trace
from tests.browser.app_page import App, Visit
from tests.browser.exported_page import OpenFile
from tests.browser.take_away_dialog import button_of, open_dialog, saved

TEXT = "I grew up in France. I speak fluent"
LINK = f"/?task=hometown&text={TEXT.replace(' ', '+')}&step=6&unit=4&diagram=unit&hold=lstm.forget_gate@4-:0"


@cache
def held(value: float = 0.0) -> Trace:
    model = gateviz.load_pretrained("hometown", "lstm")
    clamps = [Clamp("forget_gate", value, steps=slice(4, None))]
    return gateviz.run_with(model.recurrent, model.embed(model.encode(TEXT)), clamps)


def wait_for_numbers(app: App, trace: Trace) -> None:
    """Until the LSTM's numbers of unit 4 at step 6 are those of the trace."""
    number = app.viewer.locator(".curve [data-cell=lstm][data-signal=cell_state][data-unit='4']")
    digits = f"{float(trace.layer(0)['cell_state'][0, 6, 4]):.3g}"[:4]
    expect(number).to_have_attribute("data-value", re.compile(re.escape(digits)))


def test_the_files_and_the_lines_of_python_are_of_what_is_held_now(
    visit: Visit, open_file: OpenFile, tmp_path: Path
) -> None:
    app = visit(LINK)
    wait_for_numbers(app, held())
    dialog = open_dialog(app)
    lines = dialog.locator("[data-take=python]")
    expect(lines).to_have_value(re.compile("forget_gate"))
    made: dict[str, Any] = {}
    exec(lines.input_value(), made)  # noqa: S102
    assert np.array_equal(made["trace"].output, held().output)
    dialog.get_by_role("button", name="The held run in Python").click()
    expect(lines).to_be_visible()
    app.picture("take-away-held")
    path = saved(app, button_of(app, "npz"), tmp_path)
    assert np.array_equal(gateviz.load_trace(path, "lstm").output, held().output)
    assert [clamp.signal for clamp in gateviz.load_clamps(path, "lstm")] == ["forget_gate"]
    file = open_file(saved(app, button_of(app, "html"), tmp_path))
    shown = file.viewer.locator("[data-held='lstm.forget_gate']")
    expect(shown).to_have_attribute("data-held-value", "0")
    app.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_where_the_weights_do_not_come_the_server_holds(visit: Visit) -> None:
    app = visit()
    app.page.route("**/*.safetensors", lambda route: route.fulfill(body=b"cut"))
    app.open(LINK)
    wait_for_numbers(app, held())
    shown = app.number(".curve [data-cell=lstm][data-signal=hidden_state][data-unit='4']")
    assert shown == pytest.approx(held().layer(0)["hidden_state"][0, 6, 4], rel=1e-4)
