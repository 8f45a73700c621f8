"""The figures of the Gradients page as files: the norms in them are the library's, on white, whatever the theme."""

import re
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

import gateviz
from gateviz.figures.palette import LIGHT
from gateviz.results.trace import CELLS
from tests.browser.app_page import ARTEFACTS, Visit
from tests.browser.take_away_dialog import SVG, numbers_in, open_dialog, saved, saved_figure

COLOURS: dict[str, str] = {**LIGHT.cell}
TEXT = "He said not a word <so>."
LINK = f"/gradients?text={quote(TEXT)}"


def flow(cell: str) -> gateviz.GradientTrace:
    network = gateviz.load_pretrained("timemachine", cell).double()
    return gateviz.gradient_flow(network.recurrent, *network.loss_at(TEXT, len(TEXT) - 1))


def test_the_saved_chart_has_the_norms_on_its_log_axis(visit: Visit, tmp_path: Path) -> None:
    app = visit(LINK, color_scheme="dark")
    dialog = open_dialog(app)
    tree = saved_figure(app, dialog, "gradient_curves", tmp_path)
    assert (tmp_path / "gateviz-gradient_curves.svg").is_file()
    assert tree.find(f"{SVG}rect").get("fill") == "#ffffff"  # type: ignore[union-attr]
    groups = {str(group.get("data-curve")): group for group in tree.iter(f"{SVG}g") if group.get("data-curve")}
    assert list(groups) == ["RNN dL/dh", "LSTM dL/dh", "LSTM dL/dc", "GRU dL/dh"]
    logs, heights = [], []
    for label, group in groups.items():
        cell, signal = label.split()[0].lower(), "cell_state" if label.endswith("dc") else "hidden_state"
        line = next(iter(group))
        assert line.get("stroke") == COLOURS[cell]
        heights += [float(y) for _, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", str(line.get("d")))]
        norms = flow(cell).norm(signal)[0]
        logs += list(np.log10(norms / norms[-1]))
    assert len(heights) == len(logs) == 4 * len(TEXT)
    slope, start = np.polyfit(logs, heights, 1)
    assert slope < 0
    np.testing.assert_allclose(slope * np.array(logs) + start, heights, atol=0.05)
    texts = [text.text for text in tree.iter(f"{SVG}text")]
    marks = {"10⁻¹": -1, "10⁻²": -2, "10⁻⁴": -4}
    shown = {t.text: float(t.get("y") or 0) - 4 for t in tree.iter(f"{SVG}text") if t.text in marks}
    assert shown
    for mark, height in shown.items():
        assert slope * marks[str(mark)] + start == pytest.approx(height, abs=0.05)
    assert [text for text in texts if text in {*TEXT, "␣"}][: len(TEXT)] == list(TEXT.replace(" ", "␣"))
    with Image.open(saved(app, dialog.locator("[data-take=png]"), tmp_path)) as png:
        assert png.size == (2 * 960, 2 * int(float(tree.get("height") or 0)))
        ARTEFACTS.mkdir(exist_ok=True)
        png.save(ARTEFACTS / "figure-gradient-curves.png")


def test_the_saved_sentence_is_as_dark_as_the_gradient_is_large(visit: Visit, tmp_path: Path) -> None:
    app = visit(f"{LINK}&lang=zh")
    dialog = open_dialog(app)
    tree = saved_figure(app, dialog, "saliency", tmp_path)
    assert (tmp_path / "gateviz-saliency.svg").is_file()
    norms = {str(cell): flow(cell).norm("inputs")[0] for cell in CELLS}
    largest = max(norm.max() for norm in norms.values())
    for row in (group for group in tree.iter(f"{SVG}g") if group.get("data-saliency")):
        cell = str(row.get("data-saliency"))
        tone = np.array([int(COLOURS[cell][i : i + 2], 16) for i in (1, 3, 5)])
        boxes = list(row.iter(f"{SVG}rect"))
        assert len(boxes) == len(TEXT)
        for box, norm in zip(boxes, norms[cell], strict=True):
            share = 0.55 * max(0.0, 1 + np.log10(norm / largest) / 6)
            assert numbers_in(str(box.get("fill"))) == pytest.approx(list(255 + (tone - 255) * share), abs=1)
        assert boxes[-1].get("stroke"), "where the loss is"
    with Image.open(saved(app, dialog.locator("[data-take=png]"), tmp_path)) as png:
        ARTEFACTS.mkdir(exist_ok=True)
        png.save(ARTEFACTS / "figure-saliency-zh.png")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_dialog_stands_on_this_page_too_with_its_link(visit: Visit, width: int) -> None:
    app = visit("/gradients", width=width)
    dialog = open_dialog(app)
    expect(dialog.locator(".code")).to_be_visible()
    assert dialog.locator("[data-take=link]").input_value() == app.page.url
    assert dialog.locator("[data-take=cell]").count() == 0, "its figures are of all architectures"
    app.picture(f"take-away-gradients-{width}-light")
