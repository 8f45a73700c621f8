"""What is taken away looks as the page does: saved heatmaps in their order and window, a page at its step and unit."""

import base64
import io
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

import gateviz
from gateviz.figures.palette import LIGHT
from gateviz.figures.places import WINDOW, state_limit
from gateviz.viewer.packing.picture import SHOWN, orders_of
from tests.browser.conftest import App
from tests.browser.test_export import colour_of
from tests.browser.test_rows_and_colours import choose
from tests.browser.test_take_away import SVG, open_dialog, saved

Visit = Callable[..., App]
SENTENCE = "The Time Traveller (for so it will be convenient to speak of him) was expounding a matter to us. "
LONG = (SENTENCE * 6)[:500]


def saved_as_svg(app: App, kind: str, folder: Path) -> ElementTree.Element:
    dialog = open_dialog(app)
    dialog.locator("[data-take=cell]").select_option("lstm")
    dialog.locator("[data-take=kind]").select_option(kind)
    return ElementTree.parse(saved(app, dialog.locator("[data-take=svg]"), folder)).getroot()  # noqa: S314


def test_a_saved_heatmap_has_the_rows_and_the_window_that_are_on_the_screen(visit: Visit, tmp_path: Path) -> None:
    app = visit(f"/?text={quote(LONG)}&step=300&unit=4")
    choose(app, "rows", "activity")
    frame = app.viewer.locator(".overview-frame").evaluate("frame => frame.style.left")
    begin = round(float(frame.removesuffix("%")) / 100 * len(LONG))
    assert 0 < begin <= 300 < begin + WINDOW
    tree = saved_as_svg(app, "maps", tmp_path)
    layer = gateviz.load_pretrained("timemachine", "lstm").trace(LONG).layer(0)
    signals = {name: layer[name][0] for name in SHOWN["lstm"]}
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
    assert heading.endswith(f"Rows by activity · steps {begin + 1} to {begin + WINDOW} of 500")


def test_saved_curves_are_those_of_the_window(visit: Visit, tmp_path: Path) -> None:
    app = visit(f"/?text={quote(LONG)}&step=300&unit=4")
    frame = app.viewer.locator(".overview-frame").evaluate("frame => frame.style.left")
    begin = round(float(frame.removesuffix("%")) / 100 * len(LONG))
    tree = saved_as_svg(app, "curves", tmp_path)
    gate = next(group for group in tree.iter(f"{SVG}g") if group.get("data-curve") == "forget_gate")
    heights = [float(rect.get("height") or 0) / 44 for rect in gate.iter(f"{SVG}rect")]
    layer = gateviz.load_pretrained("timemachine", "lstm").trace(LONG).layer(0)
    assert heights == pytest.approx(list(layer["forget_gate"][0, begin : begin + WINDOW, 4]), abs=1e-3)


def stands(page: Page) -> dict[str, object]:
    """How the picture of a page stands, in the page's own words."""
    found: dict[str, object] = page.evaluate(
        """() => { let found = null;
                   const answer = (view) => (found = view);
                   document.dispatchEvent(new CustomEvent("gateviz:view", { detail: { answer } }));
                   return found; }"""
    )
    return found


def test_the_downloaded_page_opens_as_the_picture_stood(visit: Visit, tmp_path: Path) -> None:
    app = visit(f"/?task=tang&text={quote('白日依山尽，黄河入海流。')}&lang=zh&layer=1")
    app.viewer.locator("[data-token='3']").click()
    app.viewer.locator(".unit-box").fill("21")
    app.viewer.locator(".unit-box").press("Enter")
    choose(app, "rows", "cluster")
    choose(app, "colour", "gru:update_gate")
    open_dialog(app)
    app.page.locator(".viewer, [data-gateviz=viewer]").first.evaluate("root => root.focus()")
    app.page.wait_for_timeout(1500)
    file = saved(app, app.page.locator(".st-key-take_html").get_by_role("button").first, tmp_path)
    page = app.page.context.new_page()
    page.goto(file.as_uri())
    page.locator(".gateviz-cursor").first.wait_for(state="attached")
    expected = {"step": 3, "unit": 21, "whole": False, "order": "cluster", "sorted": False, "colour": "gru:update_gate"}
    assert expected.items() <= stands(page).items()
    assert stands(page) == stands(app.page)
    viewer = page.locator("[data-gateviz=viewer]")
    assert viewer.get_attribute("data-step") == "3"
    layer = gateviz.load_pretrained("tang", "gru").trace("白日依山尽，黄河入海流。").layer(1)
    shown = float(page.locator(".curve [data-cell=gru][data-signal=update_gate]").get_attribute("data-value") or "nan")
    assert shown == pytest.approx(layer["update_gate"][0, 3, 21], rel=1e-4)
    assert page.locator("select[data-option=rows]").input_value() == "cluster"
