"""Under the hood: the numbers of the picture once more, in equations, code and shapes."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

import gateviz
from gateviz.app.state.address import PARTS
from gateviz.i18n.translator import load
from gateviz.results.trace import CellName
from tests.browser.app_page import App, Visit
from tests.browser.axe import faults

TEXT = "I grew up in France. I speak fluent"
WORDS = load("en")


def to_part(app: App, part: str) -> None:
    app.page.locator(".st-key-hood_part button", has_text=WORDS(f"part.{part}")).click()
    expect(app.hood).to_have_attribute("data-part", part)
    app.settle()


def choose_cell(app: App, cell: CellName) -> None:
    app.page.locator(".st-key-cell button", has_text=WORDS(f"cell.{cell}")).click()
    app.hood.locator(f"[data-part=result][data-cell={cell}], [data-cell={cell}] [data-part=result]").first.wait_for()


def shown(app: App, signal: str) -> float:
    """The result of an equation."""
    return float(app.hood.locator(f".eq-result[data-signal={signal}]").first.get_attribute("data-value") or "nan")


def test_the_place_comes_along_and_every_equation_ends_in_the_number_of_the_trace(visit: Visit) -> None:
    app = visit(f"/?task=hometown&text={TEXT}&unit=5&step=4&lang=en")
    app.page.keyboard.press("ArrowRight")
    app.wait_for_step(5)
    app.wait_for_address("step=5")
    app.page.get_by_role("link", name=WORDS("page.under_the_hood")).click()
    app.page.wait_for_url("**/under-the-hood*")
    app.settle()
    expect(app.hood).to_have_attribute("data-step", "5")
    expect(app.hood).to_have_attribute("data-unit", "5")
    traces = {cell: gateviz.load_pretrained("hometown", cell).trace(TEXT) for cell in ("lstm", "gru")}
    for step in (5, 6, 7):
        for signal in ("forget_gate", "input_gate", "candidate", "output_gate", "cell_state", "hidden_state"):
            assert shown(app, signal) == pytest.approx(traces["lstm"].layer(0)[signal][0, step, 5], abs=1e-5)
        app.page.keyboard.press("ArrowRight")
    app.page.keyboard.press("Home")
    expect(app.hood).to_have_attribute("data-step", "0")
    app.hood.locator("[data-token='4']").click()
    choose_cell(app, "gru")
    app.page.locator(".st-key-form [role=combobox], .st-key-form input").first.click()
    app.page.get_by_role("option", name=WORDS("form.chung")).click()
    app.hood.locator("[data-form=chung]").wait_for()
    keeps = traces["gru"].layer(0)["update_gate"][0, 4, 5]
    assert shown(app, "update_gate") == pytest.approx(1 - keeps, abs=1e-5)
    app.wait_for_address("form=chung")
    app.wait_for_address("step=4")
    with app.page.expect_download() as download:
        app.page.locator(".st-key-take_weights button").click()
    assert download.value.suggested_filename == "hometown-gru-chung.npz"


def test_the_code_on_the_page_prints_the_number_on_the_page(visit: Visit, tmp_path: Path) -> None:
    app = visit(f"/under-the-hood?task=hometown&text={TEXT}&part=code&cell=gru&unit=3&step=6&lang=en")
    line = app.hood.locator(".hood-line", has_text="n = np.tanh")
    line.hover()
    expect(app.hood.locator("[data-node=candidate].lit").first).to_be_visible()
    expect(app.hood.locator(".hood-equation.lit")).to_have_count(1)
    app.hood.locator("[data-choose=candidate]").click()
    field, prints = app.hood.locator(".hood-snippet"), app.hood.locator(".hood-prints")
    for way in ("numpy", "pytorch", "loop"):
        app.hood.locator(f"[data-option={way}]").click()
        script = tmp_path / f"by_{way}.py"
        script.write_text(field.input_value(), encoding="utf-8")
        answer = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, timeout=100)
        assert f"prints {answer.stdout.strip()}" == prints.inner_text()
    assert float(answer.stdout) == pytest.approx(shown(app, "candidate"), abs=5.1e-5)


def test_every_part_opens_finished_and_a_link_to_none_gives_the_nearest(visit: Visit) -> None:
    app = visit(f"/under-the-hood?task=hometown&text={TEXT}&part=shape&lang=en")
    expect(app.hood).to_have_attribute("data-part", "shapes")
    assert WORDS("notice.link") in app.notices()
    cell = app.hood.locator(".unrolled-cell").first
    cell.hover()
    expect(app.hood.locator(".unrolled-cell.shared")).to_have_count(app.hood.locator(".unrolled-cell").count())
    app.hood.locator("[data-point=output]").click()
    assert app.hood.locator(".unrolled-cell.lit").count() == app.hood.locator(".unrolled-cell").count()
    for part in PARTS:
        to_part(app, part)
        assert faults(app) == [], part
    app.page.locator(".st-key-shares_left_out .heatmaplayer image").wait_for()
    to_part(app, "parameters")
    app.hood.locator("[data-areas=lstm] [data-side=inputs][data-gate=output_gate]").click()
    title = app.page.locator(".st-key-matrix .gtitle", has_text=WORDS("signal.output_gate"))
    expect(title).to_have_count(1)  # beside it the map before may stand for a moment
