"""A person takes the picture away: the link opens it elsewhere, the code says the link, files and figures are right."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, expect

import gateviz
from gateviz.i18n.translator import load
from tests.browser.conftest import ARTEFACTS, App

Visit = Callable[..., App]
TEXT = "He said <so> & “no”?"
SVG = "{http://www.w3.org/2000/svg}"


def numbers_in(colour: str) -> list[float]:
    """The channels of a computed colour, 0 to 255: rgb(32, 36, 43) or color(srgb 0.13 0.14 0.17)."""
    channels = [float(number) for number in re.findall(r"[\d.]+", colour)][:3]
    return channels if colour.startswith("rgb") else [255 * channel for channel in channels]


def open_dialog(app: App) -> Locator:
    app.page.locator(".st-key-take_away button").first.click()
    app.page.locator("[data-take=link]").wait_for()
    return app.page.locator("[data-gateviz=take-away]")


def saved(app: App, press: Locator, folder: Path) -> Path:
    with app.page.expect_download() as download:
        press.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_copied_link_opens_the_same_picture_in_another_browser(visit: Visit) -> None:
    app = visit(permissions=["clipboard-read", "clipboard-write"])
    app.type(TEXT)
    app.viewer.locator("[data-token='7']").click()
    app.viewer.locator(".unit-box").fill("21")
    app.viewer.locator(".unit-box").press("Enter")
    app.page.wait_for_timeout(400)
    dialog = open_dialog(app)
    dialog.locator("[data-take=copy]").click()
    expect(dialog.locator("[data-take=copy]")).to_have_text("Copied")
    link = app.page.evaluate("navigator.clipboard.readText()")
    other = visit(link.removeprefix(app.server))
    assert (other.step, "".join(other.tokens()).replace("␣", " ")) == (7, TEXT)
    for signal in ("forget_gate", "cell_state"):
        number = f".curve [data-cell=lstm][data-signal={signal}][data-unit='21']"
        assert other.number(number) == app.number(number)


def test_without_the_clipboard_the_link_is_copied_or_left_selected(visit: Visit) -> None:
    app = visit()
    app.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")  # as on plain http
    dialog = open_dialog(app)
    dialog.locator("[data-take=copy]").click()
    expect(dialog.locator("[data-take=copy]")).to_have_text(re.compile(r"Copied|Press Ctrl\+C"))
    selected = dialog.locator("[data-take=link]").evaluate(
        "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    )
    assert selected == dialog.locator("[data-take=link]").input_value() == app.page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_code_on_the_screen_says_the_link_of_this_step(visit: Visit, scheme: str) -> None:
    app = visit("/?text=He+said+so.&lang=zh", color_scheme=scheme)
    app.viewer.locator("[data-token='4']").click()
    app.page.wait_for_timeout(400)
    dialog = open_dialog(app)
    code = dialog.locator(".code")
    expect(code).to_have_attribute("data-link", re.compile("step=4"), timeout=5000)
    (read,) = zxingcpp.read_barcodes(np.asarray(Image.open(BytesIO(code.screenshot())).convert("L")))
    assert read.text == app.page.url == dialog.locator("[data-take=link]").input_value()
    app.picture(f"take-away-1440-{scheme}")
    code.click()
    large = dialog.locator(".large")
    assert zxingcpp.read_barcodes(np.asarray(Image.open(BytesIO(large.screenshot())).convert("L")))[0].text == read.text
    app.page.keyboard.press("Escape")
    expect(large).not_to_be_visible()


def test_a_link_that_is_too_long_for_a_code_says_so(visit: Visit) -> None:
    app = visit()
    app.type("长" * 200)
    dialog = open_dialog(app)
    expect(dialog.get_by_text(load("en")("take.too_long"))).to_be_visible(timeout=5000)
    assert not dialog.locator(".code").is_visible()


def test_on_localhost_it_is_said_who_can_open_the_link(visit: Visit) -> None:
    dialog = open_dialog(visit())
    expect(dialog.get_by_text(load("en")("take.alone"))).to_be_visible()


def test_the_files_are_computed_when_asked_for_and_hold_the_trace(visit: Visit, tmp_path: Path) -> None:
    app = visit()
    app.type(TEXT)
    open_dialog(app)
    trace = gateviz.load_pretrained("timemachine", "gru").trace(TEXT)
    for kind in ("html", "csv", "npz"):
        button = app.page.locator(f".st-key-take_{kind}").get_by_role("button").first
        path = saved(app, button, tmp_path)
        assert path.name == f"gateviz-timemachine.{kind}"
    loaded = gateviz.load_trace(tmp_path / "gateviz-timemachine.npz", cell="gru")
    assert np.array_equal(loaded.layer(0)["update_gate"], trace.layer(0)["update_gate"])
    assert len((tmp_path / "gateviz-timemachine.csv").read_text("utf-8-sig").splitlines()) == 1 + (2 + 6 + 4) * len(
        TEXT
    )
    page = app.page.context.new_page()
    page.goto((tmp_path / "gateviz-timemachine.html").as_uri())
    page.locator(".gateviz-cursor").first.wait_for(state="attached")
    assert page.locator("[data-gateviz=viewer]").get_attribute("data-steps") == str(len(TEXT))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_saved_diagram_has_the_numbers_of_the_step_on_white(visit: Visit, tmp_path: Path, scheme: str) -> None:
    app = visit("/?text=He+said+so.&step=5&unit=8", color_scheme=scheme)
    app.viewer.locator("[data-option=one]").click()
    dialog = open_dialog(app)
    dialog.locator("[data-take=cell]").select_option("lstm")
    tree = ElementTree.parse(saved(app, dialog.locator("[data-take=svg]"), tmp_path)).getroot()  # noqa: S314
    layer = gateviz.load_pretrained("timemachine", "lstm").trace("He said so.").layer(0)
    texts = [text for text in tree.iter(f"{SVG}text") if text.get("data-signal")]
    numbers = {str(text.get("data-signal")): text.text or "" for text in texts}
    assert set(numbers) == set(layer.signals)
    for signal, number in numbers.items():
        assert float(number.replace("−", "-")) == pytest.approx(layer[signal][0, 5, 8], abs=5.1e-3)
    assert tree.find(f"{SVG}rect").get("fill") == "#ffffff"  # type: ignore[union-attr]
    ink = {element.get("fill") for element in tree.iter(f"{SVG}text")} - {None}
    assert ink == {"rgb(32, 36, 43)"} or all(max(numbers_in(str(colour))) <= 160 for colour in ink), "dark on white"
    png = Image.open(saved(app, dialog.locator("[data-take=png]"), tmp_path)).convert("RGB")
    assert png.size == (2 * int(tree.get("width") or 0), 2 * int(float(tree.get("height") or 0)))
    assert png.getpixel((2, 2)) == (255, 255, 255)
    assert len(png.getcolors(png.width * png.height) or []) > 20, "something is drawn"


def test_saved_curves_and_heatmaps_show_the_signals(visit: Visit, tmp_path: Path) -> None:
    app = visit("/?text=He+said+so.&unit=8", color_scheme="dark")
    dialog = open_dialog(app)
    dialog.locator("[data-take=cell]").select_option("gru")
    layer = gateviz.load_pretrained("timemachine", "gru").trace("He said so.").layer(0)
    dialog.locator("[data-take=kind]").select_option("curves")
    tree = ElementTree.parse(saved(app, dialog.locator("[data-take=svg]"), tmp_path)).getroot()  # noqa: S314
    curves = {group.get("data-curve"): group for group in tree.iter(f"{SVG}g") if group.get("data-curve")}
    gate = curves["update_gate"]
    heights = [float(rect.get("height") or 0) / 44 for rect in gate.iter(f"{SVG}rect")]
    assert heights == pytest.approx(list(layer["update_gate"][0, :, 8]), abs=1e-3)
    dialog.locator("[data-take=kind]").select_option("maps")
    tree = ElementTree.parse(saved(app, dialog.locator("[data-take=svg]"), tmp_path)).getroot()  # noqa: S314
    assert [image.get("data-map") for image in tree.iter(f"{SVG}image")] == [
        "hidden_state", "update_gate", "reset_gate", "candidate",
    ]  # fmt: skip
    png = saved(app, dialog.locator("[data-take=png]"), tmp_path)
    ARTEFACTS.mkdir(exist_ok=True)
    Image.open(png).save(ARTEFACTS / "figure-gru-maps.png")


def test_on_a_phone_the_dialog_fits(visit: Visit) -> None:
    app = visit(width=390, height=844, locale="zh-CN")
    dialog = open_dialog(app)
    expect(dialog.locator(".code")).to_be_visible(timeout=5000)
    body = app.page.locator("[data-testid=stPopoverBody]").bounding_box()
    assert body
    assert body["x"] >= 0
    assert body["x"] + body["width"] <= 390
    assert app.page.evaluate("document.documentElement.scrollWidth") <= 390
    app.picture("take-away-390-zh")


def test_a_page_taken_in_the_moment_of_a_step_opens_at_that_step(visit: Visit, tmp_path: Path) -> None:
    app = visit("/?text=He+said+so.&step=2")
    open_dialog(app)
    app.page.wait_for_timeout(1000)  # the server knows the step before
    step_and_press = """(button) => {
        const press = () => new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true });
        for (const _ of "abc") document.dispatchEvent(press());
        button.click();
    }"""
    button = app.page.locator(".st-key-take_html").get_by_role("button").first
    with app.page.expect_download() as download:
        button.evaluate(step_and_press)
    download.value.save_as(tmp_path / "page.html")
    assert app.step == 5
    page = app.page.context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.locator(".gateviz-cursor").first.wait_for(state="attached")
    assert page.locator("[data-gateviz=viewer]").get_attribute("data-step") == "5"
    page.close()
    with app.page.expect_download() as again:  # and the next press has nothing to wait for
        button.click()
    assert again.value.suggested_filename == "gateviz-timemachine.html"


def test_a_link_copied_in_the_moment_of_a_step_names_that_step(visit: Visit) -> None:
    app = visit("/?text=He+said+so.&step=2", permissions=["clipboard-read", "clipboard-write"])
    dialog = open_dialog(app)
    app.page.wait_for_timeout(1000)
    dialog.locator("[data-take=copy]").evaluate("""(button) => {
        document.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
        button.click();
    }""")
    expect(dialog.locator("[data-take=copy]")).to_have_text("Copied")
    assert "step=3" in app.page.evaluate("navigator.clipboard.readText()")
