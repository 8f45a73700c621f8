"""A person takes the picture away: the link opens it elsewhere, the code says the link, files and figures are right."""

import re
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, WebSocket, expect

import gateviz
from gateviz.i18n.translator import load
from tests.browser.app_page import ARTEFACTS, App, Visit
from tests.browser.expected import layer, trace
from tests.browser.exported_page import OpenFile
from tests.browser.take_away_dialog import SVG, button_of, numbers_in, open_dialog, parsed, saved, saved_figure

TEXT = "He said <so> & “no”?"
LINK = "/?text=He+said+so.&step=5&unit=8"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


def read_code(image: Locator) -> str:
    (found,) = zxingcpp.read_barcodes(np.asarray(Image.open(BytesIO(image.screenshot())).convert("L")))
    return found.text


def test_the_copied_link_opens_the_same_picture_in_another_browser(visit: Visit) -> None:
    app = visit(permissions=CLIPBOARD)
    app.type(TEXT)
    app.viewer.locator("[data-token='7']").click()
    app.choose_unit(21)
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


def test_the_code_on_the_screen_says_the_link_of_this_step(visit: Visit) -> None:
    app = visit("/?text=He+said+so.&lang=zh")
    app.viewer.locator("[data-token='4']").click()
    for scheme in ("light", "dark"):
        app.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        dialog = open_dialog(app)
        code, large = dialog.locator(".code"), dialog.locator(".large")
        expect(code).to_have_attribute("data-link", re.compile("step=4"))
        link = read_code(code)
        assert link == app.page.url == dialog.locator("[data-take=link]").input_value()
        app.picture(f"take-away-1440-{scheme}")
        code.click()
        assert read_code(large) == link
        app.page.keyboard.press("Escape")
        expect(large).not_to_be_visible()
        expect(dialog).to_have_count(0)  # before it is opened anew


def test_a_link_that_is_too_long_for_a_code_says_so(visit: Visit) -> None:
    app = visit()
    app.type("长" * 200)
    dialog = open_dialog(app)
    expect(dialog.get_by_text(load("en")("take.too_long"))).to_be_visible()
    assert not dialog.locator(".code").is_visible()


def test_on_localhost_it_is_said_who_can_open_the_link(visit: Visit) -> None:
    dialog = open_dialog(visit())
    expect(dialog.get_by_text(load("en")("take.alone"))).to_be_visible()


def test_the_files_are_computed_when_asked_for_and_hold_the_trace(
    visit: Visit, open_file: OpenFile, tmp_path: Path
) -> None:
    app = visit()
    app.type(TEXT)
    open_dialog(app)
    for kind in ("html", "csv", "npz"):
        assert saved(app, button_of(app, kind), tmp_path).name == f"gateviz-timemachine.{kind}"
    loaded = gateviz.load_trace(tmp_path / "gateviz-timemachine.npz", cell="gru")
    assert np.array_equal(loaded.layer(0)["update_gate"], trace("gru", TEXT).layer(0)["update_gate"])
    rows = (tmp_path / "gateviz-timemachine.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + (2 + 6 + 4) * len(TEXT)
    file = open_file(tmp_path / "gateviz-timemachine.html")
    assert file.viewer.get_attribute("data-steps") == str(len(TEXT))


def test_a_saved_diagram_has_the_numbers_of_the_step_on_white(visit: Visit, tmp_path: Path) -> None:
    app = visit(LINK)
    app.viewer.locator("[data-option=one]").click()
    dialog = open_dialog(app)
    dialog.locator("[data-take=cell]").select_option("lstm")
    signals = layer("lstm", "He said so.")
    for scheme in ("light", "dark"):
        app.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        app.let_frames_pass()
        tree = parsed(saved(app, dialog.locator("[data-take=svg]"), tmp_path))
        texts = [text for text in tree.iter(f"{SVG}text") if text.get("data-signal")]
        numbers = {str(text.get("data-signal")): text.text or "" for text in texts}
        assert set(numbers) == set(signals.signals)
        for signal, number in numbers.items():
            assert float(number.replace("−", "-")) == pytest.approx(signals[signal][0, 5, 8], abs=5.1e-3)
        assert tree.find(f"{SVG}rect").get("fill") == "#ffffff"  # type: ignore[union-attr]
        ink = {element.get("fill") for element in tree.iter(f"{SVG}text")} - {None}
        assert ink == {"rgb(32, 36, 43)"} or all(max(numbers_in(str(colour))) <= 160 for colour in ink), "dark on white"
        png = Image.open(saved(app, dialog.locator("[data-take=png]"), tmp_path)).convert("RGB")
        assert png.size == (2 * int(tree.get("width") or 0), 2 * int(float(tree.get("height") or 0)))
        assert png.getpixel((2, 2)) == (255, 255, 255)
        assert len(png.getcolors(png.width * png.height) or []) > 20, "something is drawn"


def test_saved_curves_and_heatmaps_show_the_signals(visit: Visit, tmp_path: Path) -> None:
    app = visit(LINK, color_scheme="dark")
    dialog = open_dialog(app)
    dialog.locator("[data-take=cell]").select_option("gru")
    tree = saved_figure(app, dialog, "curves", tmp_path)
    curves = {group.get("data-curve"): group for group in tree.iter(f"{SVG}g") if group.get("data-curve")}
    heights = [float(rect.get("height") or 0) / 44 for rect in curves["update_gate"].iter(f"{SVG}rect")]
    assert heights == pytest.approx(list(layer("gru", "He said so.")["update_gate"][0, :, 8]), abs=1e-3)
    tree = saved_figure(app, dialog, "maps", tmp_path)
    maps = ["update_gate", "reset_gate", "hidden_state"]
    assert [image.get("data-map") for image in tree.iter(f"{SVG}image")] == maps
    png = saved(app, dialog.locator("[data-take=png]"), tmp_path)
    ARTEFACTS.mkdir(exist_ok=True)
    Image.open(png).save(ARTEFACTS / "figure-gru-maps.png")


def test_on_a_phone_the_dialog_fits(visit: Visit) -> None:
    app = visit(width=390, height=844, locale="zh-CN")
    dialog = open_dialog(app)
    expect(dialog.locator(".code")).to_be_visible()
    body = app.page.locator("[data-testid=stPopoverBody]").bounding_box()
    assert body
    assert body["x"] >= 0
    assert body["x"] + body["width"] <= 390
    assert app.page.evaluate("document.documentElement.scrollWidth") <= 390
    app.picture("take-away-390-zh")


def open_dialog_that_the_server_knows(app: App) -> Locator:
    """Its code says step 2, and was asked for after the server was told how the picture stands."""
    dialog = open_dialog(app)
    expect(dialog.locator(".code")).to_have_attribute("data-link", re.compile("step=2"))
    return dialog


def test_a_page_taken_in_the_moment_of_a_step_opens_at_that_step(
    visit: Visit, open_file: OpenFile, tmp_path: Path
) -> None:
    app = visit("/?text=He+said+so.&step=2")
    open_dialog_that_the_server_knows(app)
    step_and_press = """(button) => {
        const press = () => new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true });
        for (const _ of "abc") document.dispatchEvent(press());
        button.click();
    }"""
    with app.page.expect_download() as download:
        button_of(app, "html").evaluate(step_and_press)
    download.value.save_as(tmp_path / "page.html")
    assert app.step == 5
    assert open_file(tmp_path / "page.html").step == 5
    again = saved(app, button_of(app, "html"), tmp_path)  # and the next press has nothing to wait for
    assert again.name == "gateviz-timemachine.html"


def test_stepping_does_not_draw_the_files_buttons_anew(visit: Visit) -> None:
    """Streamlit forgets the file of a button that is drawn anew, and a press in that moment would get nothing."""
    app = visit("/?text=He+said+so.&step=2")
    frames: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: frames.append(frame if isinstance(frame, bytes) else frame.encode()))

    app.page.on("websocket", listen)
    app.open("/?text=He+said+so.&step=2")  # the socket of this visit is heard from its beginning
    open_dialog_that_the_server_knows(app)
    assert any(b"take_csv" in frame for frame in frames), "the buttons came"
    frames.clear()
    app.go(step=4)
    expect(app.page.locator(".code")).to_have_attribute("data-link", re.compile("step=4"))
    assert frames
    assert not any(b"take_csv" in frame for frame in frames)


def test_a_link_copied_in_the_moment_of_a_step_names_that_step(visit: Visit) -> None:
    app = visit("/?text=He+said+so.&step=2", permissions=CLIPBOARD)
    dialog = open_dialog_that_the_server_knows(app)
    dialog.locator("[data-take=copy]").evaluate("""(button) => {
        document.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
        button.click();
    }""")
    expect(dialog.locator("[data-take=copy]")).to_have_text("Copied")
    assert "step=3" in app.page.evaluate("navigator.clipboard.readText()")
