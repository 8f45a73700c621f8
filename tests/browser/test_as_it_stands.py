"""What is taken away looks as the page does: saved heatmaps in their order and window, a page at its step and unit."""

import base64
import io
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

import gateviz
from gateviz.figures.palette import LIGHT
from gateviz.figures.places import WINDOW, state_limit
from gateviz.viewer.packing.picture import SHOWN, orders_of
from tests.browser.app_page import App, Visit
from tests.browser.expected import layer
from tests.browser.exported_page import OpenFile
from tests.browser.long_passage import SENTENCE
from tests.browser.map_colours import colour_of
from tests.browser.take_away_dialog import SVG, open_dialog, saved, saved_figure

LONG = (SENTENCE * 6)[:500]
POEM = "白日依山尽，黄河入海流。"


def saved_as_svg(app: App, kind: str, folder: Path) -> ElementTree.Element:
    dialog = open_dialog(app)
    dialog.locator("[data-take=cell]").select_option("lstm")
    return saved_figure(app, dialog, kind, folder)


def window_of(app: App) -> int:
    """The first step of the window, as the frame of the overview shows it."""
    frame = app.viewer.locator(".overview-frame").evaluate("frame => frame.style.left")
    return round(float(frame.removesuffix("%")) / 100 * len(LONG))


def test_a_saved_heatmap_has_the_rows_and_the_window_that_are_on_the_screen(visit: Visit, tmp_path: Path) -> None:
    app = visit(f"/?text={quote(LONG)}&step=300&unit=4")
    app.choose("rows", "activity")
    begin = window_of(app)
    assert 0 < begin <= 300 < begin + WINDOW
    tree = saved_as_svg(app, "maps", tmp_path)
    signals = {name: layer("lstm", LONG)[name][0] for name in SHOWN["lstm"]}
    rows = orders_of("lstm", signals)["activity"]
    draw = np.random.default_rng(3)
    images = {str(image.get("data-map")): image.get("href") or "" for image in tree.iter(f"{SVG}image")}
    assert tuple(images) == SHOWN["lstm"]
    for signal, address in images.items():
        picture = Image.open(io.BytesIO(base64.b64decode(address.split(",")[1]))).convert("RGB")
        zoom = picture.width // WINDOW
        limit = state_limit(signals[signal]) if signal == "cell_state" else 1.0
        for step, row in zip(draw.integers(WINDOW, size=4), draw.integers(256, size=4), strict=True):
            shown = picture.getpixel((int(step) * zoom + zoom // 2, int(row) * zoom + zoom // 2))
            expected = colour_of(LIGHT, signal, signals[signal][begin + step, rows[row]], limit)
            assert list(shown) == pytest.approx(list(expected[:3]), abs=8)  # type: ignore[arg-type]
    texts = [text.text or "" for text in tree.iter(f"{SVG}text")]
    assert {str(rows[0]), str(rows[-1])} <= set(texts)
    assert str(begin - begin % 20 + 20) in texts, "the steps' own numbers"
    heading = "".join(next(tree.iter(f"{SVG}text")).itertext())
    assert heading.endswith(f"256 units, by activity · steps {begin + 1} to {begin + WINDOW} of 500")


def test_saved_curves_are_those_of_the_window(visit: Visit, tmp_path: Path) -> None:
    app = visit(f"/?text={quote(LONG)}&step=300&unit=4")
    begin = window_of(app)
    tree = saved_as_svg(app, "curves", tmp_path)
    gate = next(group for group in tree.iter(f"{SVG}g") if group.get("data-curve") == "forget_gate")
    heights = [float(rect.get("height") or 0) / 44 for rect in gate.iter(f"{SVG}rect")]
    values = layer("lstm", LONG)["forget_gate"][0, begin : begin + WINDOW, 4]
    assert heights == pytest.approx(list(values), abs=1e-3)


def test_the_downloaded_page_opens_as_the_picture_stood(visit: Visit, open_file: OpenFile, tmp_path: Path) -> None:
    app = visit(f"/?task=tang&text={quote(POEM)}&lang=zh&layer=1")
    app.viewer.locator("[data-token='3']").click()
    app.choose_unit(21)
    app.choose("rows", "cluster")
    app.choose("colour", "gru:update_gate")
    open_dialog(app)
    file = open_file(saved(app, app.page.locator(".st-key-take_html").get_by_role("button").first, tmp_path))
    expected = {"step": 3, "unit": 21, "whole": False, "order": "cluster", "colour": "gru:update_gate"}
    assert expected.items() <= file.view().items()
    assert file.view() == app.view()
    assert file.step == 3
    signals = gateviz.load_pretrained("tang", "gru").trace(POEM).layer(1)
    shown = file.value(".curve [data-cell=gru][data-signal=update_gate]")
    assert shown == pytest.approx(signals["update_gate"][0, 3, 21], rel=1e-4)
    assert file.page.locator("select[data-option=rows]").input_value() == "cluster"
